"""A language in which cases wait and nobody is on duty raises the alarm."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from officine.blueprints.desk import commands as desk
from officine.blueprints.desk.queries.people import colleagues_of
from officine.blueprints.rota import queries
from officine.blueprints.rota.jobs import watch_over_languages
from officine.core.clock import now
from officine.core.db import db
from officine.models import Notification
from officine.models.case import Case, close_cases, open_case
from tests.rota.test_hours import MONDAY, leave, shift
from tests.world import World


@pytest.fixture
def only_spanish(world: World) -> World:
    """Beatriz alone is on duty for Spanish; Giulia for the rest. Ruth reads no Spanish."""
    world.ruth.reads = ("en",)
    shift(world.beatriz, "00:00", "00:00", languages=("es",))
    shift(world.giulia, "00:00", "00:00", languages=("it", "en"))
    return world


def waiting(language: str, number: int = 1) -> Case:
    case = open_case(
        "report", subject="post", subject_id=number, title="?", language=language,
        at=MONDAY, due_at=MONDAY + timedelta(days=1),
    )  # fmt: skip
    db.session.commit()
    return case


def beatriz_is_away(world: World) -> None:
    leave(world.beatriz, date(2026, 11, 23), date(2026, 11, 29))


def told() -> list[tuple[str, str]]:
    rows = db.session.scalars(select(Notification).order_by(Notification.id))
    return sorted((each.kind, _name(each.member_id)) for each in rows)


def _name(member_id: int) -> str:
    from officine.models import Member

    return db.session.get_one(Member, member_id).first_name


def watch(at: datetime, time_machine) -> None:
    time_machine.move_to(at, tick=False)
    watch_over_languages()
    db.session.commit()


def test_with_somebody_on_duty_there_is_no_alarm(only_spanish: World, time_machine):
    waiting("es")
    watch(MONDAY, time_machine)

    assert queries.uncovered_languages(MONDAY) == ()
    assert told() == []


def test_an_editor_whose_account_was_closed_is_on_duty_no_more(only_spanish: World):
    desk.close_account(
        only_spanish.beatriz, by=only_spanish.ruth, at=MONDAY, rule="spam", facts="Vende."
    )
    waiting("es")

    assert only_spanish.beatriz not in queries.staff()
    assert only_spanish.beatriz not in colleagues_of(only_spanish.ruth)
    assert queries.uncovered_languages(MONDAY) == ("es",)


def test_with_the_only_spanish_editor_on_leave_spanish_cases_raise_it(
    only_spanish: World, time_machine
):
    waiting("es")
    beatriz_is_away(only_spanish)
    watch(MONDAY, time_machine)

    assert queries.uncovered_languages(MONDAY) == ("es",)
    assert queries.duty_now(MONDAY, only_spanish.giulia).uncovered == ("es",)
    assert told() == [("duty-es", "Giulia")]


def test_and_they_fall_to_those_who_read_it(only_spanish: World):
    world = only_spanish
    assert queries.answers_for(world.giulia, MONDAY) == {"it", "en"}
    assert queries.answers_for(world.beatriz, MONDAY) == {"es"}
    beatriz_is_away(world)

    assert queries.answers_for(world.giulia, MONDAY) == {"it", "en", "es"}
    assert queries.answers_for(world.ruth, MONDAY) == set()


def test_where_nobody_at_hand_reads_it_the_managers_are_told(only_spanish: World, time_machine):
    world = only_spanish
    world.giulia.reads = ("it", "en")
    waiting("es")
    beatriz_is_away(world)
    watch(MONDAY, time_machine)

    assert told() == [("duty-es", "Beatriz"), ("duty-es", "Ruth")]
    assert queries.answers_for(world.ruth, MONDAY) == {"es"}


def test_a_hole_is_told_once(only_spanish: World, time_machine):
    waiting("es")
    beatriz_is_away(only_spanish)
    for minutes in (0, 5, 10, 60 * 24):
        watch(MONDAY + timedelta(minutes=minutes), time_machine)

    assert told() == [("duty-es", "Giulia")]


def test_the_next_hole_is_told_again(world: World, time_machine):
    shift(world.giulia, "09:00", "18:00", languages=("it",))
    world.beatriz.reads = world.ruth.reads = ("en",)
    waiting("it")
    for hours in (9, 10, 24 + 9):
        watch(MONDAY + timedelta(hours=hours), time_machine)

    assert told() == [("duty-it", "Giulia")] * 2


def test_a_hole_that_lasts_for_weeks_is_told_again_each_week(only_spanish: World, time_machine):
    waiting("es")
    leave(only_spanish.beatriz, date(2026, 11, 23), date(2026, 12, 31))
    for days in (0, 3, 9, 10, 16):
        watch(MONDAY + timedelta(days=days), time_machine)

    assert told() == [("duty-es", "Giulia")] * 3


def test_without_waiting_cases_there_is_no_alarm(only_spanish: World, time_machine):
    case = waiting("es")
    close_cases(case.subject, case.subject_id, at=MONDAY)
    waiting("es", 2).sent_back_at = MONDAY
    beatriz_is_away(only_spanish)
    watch(MONDAY, time_machine)

    assert told() == []


def test_a_team_without_a_rota_has_no_alarm_and_answers_what_it_reads(world: World, time_machine):
    waiting("es")
    watch(MONDAY, time_machine)

    assert told() == []
    assert queries.answers_for(world.giulia, MONDAY) == {"it", "en", "es"}


def test_the_alarm_leads_to_the_rota(only_spanish: World, visit, time_machine):
    waiting("es")
    beatriz_is_away(only_spanish)
    watch(MONDAY, time_machine)
    notice = db.session.scalars(select(Notification)).one()
    editor = visit(only_spanish.giulia)

    listed = editor.get("/it/notifications").text
    assert "spagnolo" in listed
    reply = editor.get(f"/it/notifications/{notice.id}")
    assert reply.headers["Location"].endswith("/it/desk/rota")
    assert now() == MONDAY
