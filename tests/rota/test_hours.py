"""When somebody is on duty, by which clock, and where nobody is."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from officine.blueprints.rota import commands, queries
from officine.core.db import db
from officine.models import Leave, Member, Shift
from tests.world import World

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
"""Eleven o’clock in Rome."""
EVERY_DAY = range(7)


def shift(
    member: Member, starts: str = "09:00", ends: str = "18:00", *,
    days=EVERY_DAY, languages=("it",), timezone: str = "Europe/Rome",
) -> list[Shift]:  # fmt: skip
    added = commands.add_shifts(
        member, by=member, weekdays=days, starts=time.fromisoformat(starts),
        ends=time.fromisoformat(ends), timezone=timezone, languages=languages,
    )  # fmt: skip
    db.session.commit()
    return added


def leave(member: Member, first: date, last: date) -> Leave:
    away = commands.add_leave(member, by=member, first_day=first, last_day=last)
    db.session.commit()
    return away


def names(at: datetime) -> list[str]:
    return [each.member.first_name for each in queries.on_duty(at)]


def test_an_editor_is_on_duty_from_the_first_minute_to_the_last(world: World):
    shift(world.giulia, days=[0])

    assert names(datetime(2026, 11, 23, 7, 59, tzinfo=UTC)) == []
    assert names(datetime(2026, 11, 23, 8, 0, tzinfo=UTC)) == ["Giulia"]
    assert names(datetime(2026, 11, 23, 16, 59, tzinfo=UTC)) == ["Giulia"]
    assert names(datetime(2026, 11, 23, 17, 0, tzinfo=UTC)) == []
    assert names(MONDAY + timedelta(days=1)) == []


def test_a_shift_past_midnight_belongs_to_the_day_on_which_it_starts(world: World):
    shift(world.giulia, "22:00", "06:00", days=[6])

    assert names(datetime(2026, 11, 22, 20, 59, tzinfo=UTC)) == []
    assert names(datetime(2026, 11, 22, 21, 0, tzinfo=UTC)) == ["Giulia"]
    assert names(datetime(2026, 11, 23, 4, 59, tzinfo=UTC)) == ["Giulia"]
    assert names(datetime(2026, 11, 23, 5, 0, tzinfo=UTC)) == []


def test_from_midnight_to_midnight_is_the_whole_day(world: World):
    shift(world.giulia, "00:00", "00:00", days=[0])

    assert names(datetime(2026, 11, 22, 23, 0, tzinfo=UTC)) == ["Giulia"]
    assert names(datetime(2026, 11, 23, 22, 59, tzinfo=UTC)) == ["Giulia"]
    assert names(datetime(2026, 11, 23, 23, 0, tzinfo=UTC)) == []


def test_hours_follow_the_clock_of_the_editor(world: World):
    shift(world.giulia, "09:00", "12:00", days=[0], timezone="America/Mexico_City")

    assert names(datetime(2026, 11, 23, 14, 59, tzinfo=UTC)) == []
    assert names(datetime(2026, 11, 23, 15, 0, tzinfo=UTC)) == ["Giulia"]


def test_nine_o_clock_is_nine_o_clock_in_summer_and_in_winter(world: World):
    shift(world.giulia)

    assert names(datetime(2026, 7, 6, 7, 0, tzinfo=UTC)) == ["Giulia"]
    assert names(datetime(2026, 12, 7, 7, 0, tzinfo=UTC)) == []
    assert names(datetime(2026, 12, 7, 8, 0, tzinfo=UTC)) == ["Giulia"]


@pytest.mark.parametrize(
    ("day", "starts", "ends", "begin", "end"),
    [
        # On 25 October 2026 three o’clock is two o’clock again.
        (date(2026, 10, 25), "02:30", "06:00", "00:30", "05:00"),
        (date(2026, 10, 25), "00:00", "02:30", "22:00", "01:30"),
        # On 28 March 2027 two o’clock is three o’clock at once.
        (date(2027, 3, 28), "02:30", "06:00", "01:30", "04:00"),
        (date(2027, 3, 28), "00:00", "02:30", "23:00", "01:30"),
    ],
)
def test_when_clocks_change_one_colleague_still_follows_the_other(
    world: World, day, starts, ends, begin, end
):
    [kept] = shift(world.giulia, starts, ends, days=[6])

    times = kept.hours_on(day)
    assert [f"{each:%H:%M}" for each in times] == [begin, end]


def test_nobody_is_on_duty_on_leave(world: World):
    shift(world.giulia)
    leave(world.giulia, date(2026, 11, 23), date(2026, 11, 24))

    assert names(MONDAY - timedelta(days=1)) == ["Giulia"]
    assert names(MONDAY) == []
    assert names(MONDAY + timedelta(days=1)) == []
    assert names(MONDAY + timedelta(days=2)) == ["Giulia"]


def test_a_night_that_began_before_the_leave_is_kept_to_its_end(world: World):
    shift(world.giulia, "22:00", "06:00")
    leave(world.giulia, date(2026, 11, 23), date(2026, 11, 23))

    assert names(datetime(2026, 11, 23, 3, 0, tzinfo=UTC)) == ["Giulia"]
    assert names(datetime(2026, 11, 23, 22, 0, tzinfo=UTC)) == []


def test_two_shifts_at_once_are_one_person_with_the_languages_of_both(world: World):
    shift(world.giulia, "09:00", "12:00", languages=("es",))
    shift(world.giulia, "10:00", "18:00", languages=("it", "en"))

    [only] = queries.on_duty(MONDAY)
    assert only.languages == ("it", "en", "es")
    assert only.until == datetime(2026, 11, 23, 17, 0, tzinfo=UTC)


def test_who_no_longer_works_at_the_desk_is_not_on_duty(world: World):
    shift(world.giulia)
    world.giulia.role = "member"
    db.session.commit()

    assert names(MONDAY) == []


def test_the_same_hours_are_kept_once(world: World):
    assert len(shift(world.giulia, days=[0, 1])) == 2
    assert shift(world.giulia, days=[1]) == []


def test_hours_that_end_when_they_start_are_none(world: World):
    with pytest.raises(commands.NoHours):
        shift(world.giulia, "09:00", "09:00")


def test_nobody_answers_in_a_language_they_do_not_read(world: World):
    world.giulia.reads = ("it",)
    with pytest.raises(commands.UnreadLanguage):
        shift(world.giulia, languages=("it", "es"))


# Holes


def holes(language: str, begin: datetime, end: datetime) -> list[tuple[str, str]]:
    duties = queries.duties_between(begin, end)
    return [
        (f"{each.begins:%d %H:%M}", f"{each.ends:%d %H:%M}")
        for each in queries.holes_between(begin, end, duties)
        if each.language == language
    ]


def test_where_nobody_is_there_is_a_hole(world: World):
    shift(world.giulia, "09:00", "13:00", days=[0, 1])
    shift(world.beatriz, "12:00", "18:00", days=[0])

    found = holes("it", MONDAY, MONDAY + timedelta(days=2))
    assert found == [("23 17:00", "24 08:00"), ("24 12:00", "25 10:00")]
    assert holes("es", MONDAY, MONDAY + timedelta(days=2)) == [("23 10:00", "25 10:00")]


def test_where_somebody_always_is_there_is_none(world: World):
    shift(world.giulia, "00:00", "12:00")
    shift(world.beatriz, "12:00", "00:00")

    assert holes("it", MONDAY, MONDAY + timedelta(days=7)) == []


def test_a_leave_makes_a_hole(world: World):
    shift(world.giulia, "00:00", "00:00", languages=("it", "es"))
    leave(world.giulia, date(2026, 11, 25), date(2026, 11, 25))

    found = holes("es", MONDAY, MONDAY + timedelta(days=7))
    assert found == [("24 23:00", "25 23:00")]
