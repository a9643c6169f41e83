"""How it went, in numbers, for those who looked after the event."""

import pytest

from officine.blueprints.followup import queries
from officine.core.clock import now
from tests.attendance.conftest import an_event
from tests.followup.conftest import A_DAY, past_event, said

FIGURES = "/it/events/export-senza-sorprese/figures"


@pytest.mark.parametrize("who, status", [
    (None, 303), ("emma", 403), ("davide", 403), ("marta", 200), ("giulia", 200),
])  # fmt: skip
def test_only_organisers_and_the_desk_read_how_it_went(world, visit, yesterday, who, status):
    assert visit(getattr(world, who) if who else None).get(FIGURES).status_code == status


def test_who_came_who_did_not_and_who_was_new(world, visit, yesterday):
    earlier = past_event(world.giulia, slug="prima", starts_at=now() - 30 * A_DAY)
    said(earlier, world.teresa)
    said(earlier, "ugo@example.com")
    at = yesterday.starts_at
    said(yesterday, "ugo@example.com", arrived_at=at, guests=2, arrived_guests=1)
    said(yesterday, "ada@example.com", language="es", arrived_at=at)
    walked_in = said(yesterday, "x@example.com", "maybe", is_walk_in=True, arrived_at=at)
    walked_in.email = None
    counted = queries.figures(yesterday)

    assert (counted.expected, counted.came, counted.guests, counted.walk_ins) == (5, 5, 1, 1)
    assert [each.member_id for each in counted.missing] == [world.davide.id]
    assert dict(counted.languages) == {"es": 2, "en": 1, "it": 1}
    assert counted.newcomers == 2, "Emma and Ada; Teresa and Ugo were at another before"
    page = visit(world.marta).get(FIGURES)
    assert "Davide Rinaldi" in page.text


def test_without_a_door_nobody_is_missing(world, visit):
    event = past_event(world.marta)
    said(event, world.emma, guests=1)
    counted = queries.figures(event)
    assert (counted.came, counted.guests, counted.missing) == (1, 1, [])
    assert "non si sa" in visit(world.marta).get(FIGURES).text


def test_who_came_online_passed_no_door(world):
    event = past_event(world.marta, is_online=True)
    said(event, world.emma, arrived_at=event.starts_at)
    said(event, world.davide)
    counted = queries.figures(event)
    assert (counted.came, counted.missing) == (2, [])


def test_the_page_of_a_past_event_leads_there(world, visit, yesterday):
    page = "/it/events/export-senza-sorprese"
    assert f'href="{FIGURES}"' in visit(world.marta).get(page).text
    emma = visit(world.emma).get(page).text
    assert FIGURES not in emma and f'href="{page}/feedback"' in emma
    davide = visit(world.davide).get(page).text
    assert "/feedback" not in davide and "/met" not in davide


def test_the_page_of_an_event_to_come_does_not(world, visit):
    event = an_event(world.marta)
    said(event, world.emma)
    for who in (world.marta, world.emma):
        page = visit(who).get("/it/events/export-senza-sorprese").text
        assert "/met" not in page and "/feedback" not in page and "/figures" not in page
