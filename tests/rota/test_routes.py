"""The duty rota over HTTP."""

from datetime import date, time

import pytest
from sqlalchemy import select

from officine.core.audit import AuditEntry
from officine.core.db import db
from officine.models import Leave, Shift
from tests.rota.test_hours import MONDAY, leave, shift
from tests.world import World

HOURS = {
    "shift-weekdays": ["0", "2"], "shift-starts": "09:00", "shift-ends": "13:30",
    "shift-languages": ["it", "es"], "shift-timezone": "Europe/Madrid",
}  # fmt: skip
AWAY = {"leave-first_day": "2026-12-24", "leave-last_day": "2027-01-06"}


@pytest.fixture(autouse=True)
def monday(time_machine) -> None:
    """It is eleven o’clock on a Monday."""
    time_machine.move_to(MONDAY, tick=False)


def shifts() -> list[Shift]:
    return list(db.session.scalars(select(Shift).order_by(Shift.id)))


def acts() -> list[str]:
    return list(db.session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)))


def test_the_week_shows_who_is_there_and_where_nobody_is(world: World, visit):
    shift(world.giulia, "09:00", "13:00", languages=("it", "en"))
    shift(world.beatriz, "22:00", "06:00", days=[6], languages=("es",))

    html = visit(world.giulia).get("/it/desk/rota", most_queries=20).text
    assert "09:00</time>–" in html
    assert "Beatriz Luna" in html
    assert "Nessuno" in html


def test_the_team_only_sees_it(world: World, visit):
    assert visit().get("/it/desk/rota").status_code in (302, 303, 401)
    assert visit(world.marta).get("/it/desk/rota").status_code == 403


def test_who_is_not_at_the_desk_has_no_hours(world: World, visit):
    editor = visit(world.beatriz)
    assert editor.get(f"/it/desk/rota?person={world.marta.handle}").status_code == 404
    assert editor.post(f"/it/desk/rota/{world.marta.handle}/shifts", **HOURS).status_code == 404


# Adding hours


def test_an_editor_adds_hours(world: World, visit):
    reply = visit(world.giulia).post(f"/it/desk/rota/{world.giulia.handle}/shifts", **HOURS)

    assert reply.status_code == 303
    assert [(each.weekday, each.starts, each.ends) for each in shifts()] == [
        (0, time(9), time(13, 30)), (2, time(9), time(13, 30)),
    ]  # fmt: skip
    assert {each.timezone for each in shifts()} == {"Europe/Madrid"}
    assert {each.languages for each in shifts()} == {("it", "es")}
    assert acts() == ["rota.shift", "rota.shift"]


def test_under_htmx_the_page_grows_in_place(world: World, visit):
    reply = visit(world.giulia).htmx_post(f"/it/desk/rota/{world.giulia.handle}/shifts", **HOURS)

    assert reply.status_code == 200
    assert 'id="rota"' in reply.text
    assert "13:30" in reply.text


@pytest.mark.parametrize(
    "wrong",
    [{"shift-weekdays": []}, {"shift-weekdays": ["9"]}, {"shift-starts": "25:00"},
     {"shift-ends": ""}, {"shift-ends": "09:00"}, {"shift-languages": []},
     {"shift-languages": ["fr"]}, {"shift-timezone": "Moon/Sea"}],
)  # fmt: skip
def test_hours_that_make_no_sense_come_back(world: World, visit, wrong):
    fields = {**HOURS, **wrong}
    reply = visit(world.giulia).post(f"/it/desk/rota/{world.giulia.handle}/shifts", **fields)

    assert reply.status_code == 422
    assert shifts() == []


def test_editors_leave_the_hours_of_others_alone(world: World, visit):
    [kept] = shift(world.beatriz, days=[0])
    away = leave(world.beatriz, date(2026, 12, 1), date(2026, 12, 2))
    editor, handle = visit(world.giulia), world.beatriz.handle

    assert editor.post(f"/it/desk/rota/{handle}/shifts", **HOURS).status_code == 403
    assert editor.post(f"/it/desk/rota/{handle}/leaves", **AWAY).status_code == 403
    assert editor.post(f"/it/desk/rota/shifts/{kept.id}/removal").status_code == 403
    assert editor.post(f"/it/desk/rota/leaves/{away.id}/removal").status_code == 403
    assert editor.get(f"/it/desk/rota?person={handle}", most_queries=20).status_code == 200


def test_the_community_manager_adds_hours_for_everybody(world: World, visit):
    manager = visit(world.beatriz)
    reply = manager.post(f"/es/desk/rota/{world.giulia.handle}/shifts", **HOURS)

    assert reply.headers["Location"].endswith(f"/es/desk/rota?person={world.giulia.handle}")
    assert {each.member_id for each in shifts()} == {world.giulia.id}
    html = manager.get(f"/es/desk/rota?person={world.giulia.handle}", most_queries=20).text
    assert "Giulia Serra" in html


@pytest.mark.parametrize("place", ["giulia-serra/shifts", "giulia-serra/leaves",
                                   "shifts/1/removal", "leaves/1/removal"])  # fmt: skip
def test_signed_out_or_outside_the_team_nothing_changes(world: World, visit, place):
    assert visit().post(f"/it/desk/rota/{place}").status_code in (302, 303, 401)
    assert visit(world.marta).post(f"/it/desk/rota/{place}").status_code == 403


# Taking them away


def test_an_editor_takes_hours_away(world: World, visit):
    first, second = (each.id for each in shift(world.giulia, days=[0, 1]))
    editor = visit(world.giulia)
    assert editor.post(f"/it/desk/rota/shifts/{first}/removal").status_code == 303
    assert editor.htmx_post(f"/it/desk/rota/shifts/{second}/removal").status_code == 200

    assert shifts() == []
    assert acts()[-2:] == ["rota.shift-end", "rota.shift-end"]
    assert editor.post(f"/it/desk/rota/shifts/{first}/removal").status_code == 404


# Days away


def test_an_editor_says_when_they_are_away(world: World, visit):
    reply = visit(world.giulia).post(f"/it/desk/rota/{world.giulia.handle}/leaves", **AWAY)

    assert reply.status_code == 303
    away = db.session.scalars(select(Leave)).one()
    assert (away.first_day, away.last_day) == (date(2026, 12, 24), date(2027, 1, 6))
    assert acts() == ["rota.leave"]


@pytest.mark.parametrize(
    "wrong",
    [{"leave-first_day": ""}, {"leave-first_day": "2027-02-01"},
     {"leave-first_day": "2026-11-01", "leave-last_day": "2026-11-22"},
     {"leave-last_day": "2029-01-01"}, {"leave-last_day": "tomorrow"}],
)  # fmt: skip
def test_days_that_make_no_sense_come_back(world: World, visit, wrong):
    handle = world.giulia.handle
    reply = visit(world.giulia).htmx_post(f"/it/desk/rota/{handle}/leaves", **{**AWAY, **wrong})

    assert reply.status_code == 422
    assert db.session.scalar(select(Leave)) is None


def test_days_away_are_taken_back(world: World, visit):
    away = leave(world.giulia, date(2026, 12, 1), date(2026, 12, 2))
    editor = visit(world.giulia)
    assert "1 dicembre 2026" in editor.get("/it/desk/rota", most_queries=20).text
    assert editor.post(f"/it/desk/rota/leaves/{away.id}/removal").status_code == 303

    assert db.session.scalar(select(Leave)) is None
