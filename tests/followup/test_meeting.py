"""Whom one met: two who say so both know it; what one says alone nobody else can tell."""

import json
import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from officine.blueprints.accounts.commands import leave
from officine.blueprints.desk import commands as desk
from officine.blueprints.followup import commands, queries
from officine.core.clock import now
from officine.core.db import db
from officine.core.export import own_data
from officine.models import Member, MetTick, Notification
from tests.attendance.conftest import an_event
from tests.followup.conftest import past_event, said
from tests.world import person

MET = "/it/events/export-senza-sorprese/met"
SECRETS = re.compile(r'((?:name="csrf_token" value|data-token)=)"[^"]+"')
SEEN_BY_TERESA = (
    "/es/", MET.replace("/it", "/es"), "/es/events/export-senza-sorprese", "/es/events",
    "/es/people/emma-whitcombe", "/es/people/teresa-uribe", "/es/people", "/es/notifications",
    "/es/search?q=emma", "/es/settings",
)  # fmt: skip


def ticked(event, by, other):
    commands.tick(event, other, by=by, at=now())
    db.session.commit()


def shown(browser, url) -> str:
    """A page as it is, but for its tokens."""
    return SECRETS.sub(r"\1", browser.get(url, most_queries=40).text)


def everything(browser, who) -> dict[str, str]:
    """All that somebody can see: pages as they are but for their tokens, how many queries each
    took, and what they take away.
    """
    seen = {}
    for url in SEEN_BY_TERESA:
        seen[url] = shown(browser, url)
        assert "</html>" in seen[url], url
        seen[f"queries of {url}"] = str(browser.queries)
    seen["export"] = json.dumps(own_data(db.session.get(Member, who.id)))
    return seen


def test_what_one_says_alone_nobody_else_can_tell(world, visit, yesterday, settle):
    settle()
    teresa, organiser = visit(world.teresa), visit(world.marta)
    figures = "/it/events/export-senza-sorprese/figures"
    teresa.get("/es/")
    before, told = everything(teresa, world.teresa), shown(organiser, figures)

    ticked(yesterday, world.emma, world.teresa)
    settle()

    assert everything(teresa, world.teresa) == before
    assert shown(organiser, figures) == told
    assert db.session.scalar(select(func.count()).select_from(Notification)) == 0
    [mine] = own_data(world.emma)["people_met"]
    assert (mine["person"], mine["both_say_so"]) == ("teresa-uribe", False)
    assert own_data(world.teresa)["people_met"] == []


@pytest.mark.parametrize("lang, words", [
    ("it", "Vi siete conosciuti"), ("en", "You met"), ("es", "Encuentro confirmado"),
])  # fmt: skip
def test_two_who_say_so_both_see_it(world, visit, yesterday, settle, lang, words):
    ticked(yesterday, world.emma, world.teresa)
    ticked(yesterday, world.teresa, world.emma)
    settle()
    settle()

    for me, other in ((world.emma, world.teresa), (world.teresa, world.emma)):
        browser = visit(me)
        assert words in browser.get(MET.replace("/it", f"/{lang}")).text
        profile = browser.get(f"/{lang}/people/{other.handle}").text
        assert "/events/export-senza-sorprese" in profile
        assert own_data(me)["people_met"][0]["both_say_so"] is True
        kinds = select(Notification.kind).where(Notification.member_id == me.id)
        assert db.session.scalars(kinds).all() == ["event-met"]
        assert other.name in browser.get(f"/{lang}/notifications").text
    for somebody in (None, world.marta, world.giulia):
        page = visit(somebody).get(f"/{lang}/people/emma-whitcombe")
        assert "export-senza-sorprese" not in page.text


def test_who_takes_it_back_takes_it_back_for_both_and_they_hear_of_it_once(
    world, visit, yesterday, settle
):
    ticked(yesterday, world.emma, world.teresa)
    ticked(yesterday, world.teresa, world.emma)
    settle()
    commands.untick(yesterday, world.teresa, by=world.emma)
    settle()

    teresa = visit(world.teresa)
    assert "Encuentro confirmado" not in teresa.get(MET.replace("/it", "/es")).text
    assert "Emma Whitcombe" not in teresa.get("/es/notifications").text
    assert "export-senza" not in teresa.get("/es/people/emma-whitcombe").text
    ticked(yesterday, world.emma, world.teresa)
    settle()
    assert teresa.get("/es/notifications").text.count("Emma Whitcombe") == 1


def test_who_leaves_takes_along_whom_they_met(world, visit, yesterday, settle):
    ticked(yesterday, world.emma, world.teresa)
    ticked(yesterday, world.teresa, world.emma)
    settle()
    leave(world.emma, at=now(), desk_takes_over=True)
    settle()

    assert db.session.scalar(select(func.count()).select_from(MetTick)) == 0
    assert own_data(world.teresa)["people_met"] == []
    teresa = visit(world.teresa)
    for url in (MET.replace("/it", "/es"), "/es/notifications"):
        page = teresa.get(url).text
        assert "Emma Whitcombe" not in page and "Encuentro confirmado" not in page


def test_a_tick_works_as_a_plain_form_and_in_place(world, visit, yesterday):
    emma = visit(world.emma)
    page = emma.get(MET).text
    assert "Marta Colombo" in page, "who organises an event is there"
    assert "Davide" not in page and "Beatriz" not in page and "Piero" not in page
    assert "Emma Whitcombe</a>" not in page

    plain = emma.post(f"{MET}/teresa-uribe", met="yes", next=f"{MET}?q=teresa")
    assert plain.status_code == 303
    assert plain.location == f"{MET}?q=teresa#met-teresa-uribe"
    piece = emma.htmx_post(f"{MET}/marta-colombo", met="yes")
    assert piece.status_code == 200 and 'aria-pressed="true"' in piece.text
    assert "<h1" not in piece.text and "Lo vedi solo tu" in piece.text
    assert emma.get(MET).text.count('aria-pressed="true"') == 2

    emma.htmx_post(f"{MET}/marta-colombo", met="no")
    emma.post(f"{MET}/teresa-uribe", met="no")
    assert emma.get(MET).text.count('aria-pressed="true"') == 0


def test_people_are_found_by_words_without_their_accents(world, visit, yesterday):
    emma = visit(world.emma)
    assert "Teresa Uribe" in emma.get(f"{MET}?q=ceramicas").text
    assert "Marta Colombo" not in emma.get(f"{MET}?q=ceramicas").text
    nobody = emma.htmx_get(f"{MET}?q=nessuno")
    assert nobody.status_code == 200 and "<h1" not in nobody.text


@pytest.mark.parametrize("who, status", [
    (None, 303), ("davide", 403), ("beatriz", 403), ("giulia", 403), ("newcomer", 403),
])  # fmt: skip
def test_only_who_was_there_finds_the_others(world, visit, yesterday, who, status):
    browser = visit(getattr(world, who) if who else None)

    assert browser.get(MET).status_code == status
    assert browser.post(f"{MET}/teresa-uribe", met="yes").status_code == status
    assert db.session.scalar(select(func.count()).select_from(MetTick)) == 0


def test_nobody_ticks_themselves_or_who_was_not_there(world, visit, yesterday):
    emma = visit(world.emma)
    for handle in ("emma-whitcombe", "davide-rinaldi", "giulia-serra", "nobody-at-all"):
        assert emma.post(f"{MET}/{handle}", met="yes").status_code == 404
    assert db.session.scalar(select(func.count()).select_from(MetTick)) == 0


def test_an_event_one_cannot_see_has_nobody_to_tick(world, visit):
    event = past_event(world.marta, audience="group", group_id=world.famiglia.id)
    for who in (world.marta, world.emma):
        said(event, who, arrived_at=event.starts_at)
    emma = visit(world.emma)

    assert emma.get(MET).status_code == 404
    assert emma.post(f"{MET}/marta-colombo", met="yes").status_code == 404
    assert queries.where_they_met(world.emma, world.marta, ("it",)) == []


@pytest.mark.parametrize("differently", [
    {"starts_at": None}, {"state": "cancelled"}, {"postponed_at": "now"},
], ids=["to come", "cancelled", "postponed"])  # fmt: skip
def test_what_has_not_taken_place_has_no_companions(world, visit, differently):
    moment = now()
    if "starts_at" in differently:
        differently = {"starts_at": moment + timedelta(hours=1)}
    elif "state" in differently:
        differently |= {"cancelled_at": moment}
    else:
        differently = {"postponed_at": moment}
    event = past_event(world.marta, **differently)
    for who in (world.emma, world.teresa):
        said(event, who)

    assert visit(world.emma).get(MET).status_code == 403
    assert visit(world.emma).post(f"{MET}/teresa-uribe", met="yes").status_code == 403


def test_without_a_door_whoever_said_so_was_there(world):
    event = an_event(world.marta, starts_at=now() - timedelta(minutes=5))
    said(event, world.emma)
    said(event, world.davide)
    names = [each.name for each in queries.companions(world.emma, event)]
    assert names == ["Davide Rinaldi", "Marta Colombo"]


def test_who_is_suspended_sees_whom_they_met_and_says_nothing_new(world, visit, yesterday):
    desk.suspend(
        world.emma,
        by=world.giulia,
        at=now(),
        rule="other",
        facts="Ha insultato.",
        until=now() + timedelta(days=7),
    )
    db.session.commit()
    assert visit(world.emma).get(MET).status_code == 200
    assert visit(world.emma).post(f"{MET}/teresa-uribe", met="yes").status_code == 403


def test_the_page_asks_as_much_for_many_as_for_few(world, visit, yesterday):
    emma = visit(world.emma)
    for _visit in range(2):
        emma.get(MET)
    few = emma.queries
    crowd = [person(f"persona-{n:02}", f"Persona {n:02}", "it", ("it",)) for n in range(20)]
    db.session.add_all(crowd)
    db.session.commit()
    for who in crowd:
        said(yesterday, who, arrived_at=yesterday.starts_at)
    emma.get(MET)
    assert emma.queries == few
    assert emma.get("/it/events/export-senza-sorprese").text.count('class="companion"') == 8
