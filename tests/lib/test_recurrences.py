"""What comes again, at the hour people mean."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from officine.lib import recurrences

ROME = ZoneInfo("Europe/Rome")
NINE = datetime(2026, 10, 13, 9, 0, tzinfo=ROME)
YEAR = timedelta(days=365)


def local(rule, first=NINE, zone="Europe/Rome", span=YEAR):
    found = recurrences.moments(rule, first, zone, first, first + span)
    return [moment.astimezone(ZoneInfo(zone)) for moment in found]


def test_nine_stays_nine_on_both_sides_of_the_clock_changes_of_2026_and_2027():
    rule = recurrences.rule_of("week", NINE.date(), "Europe/Rome")
    found = recurrences.moments(rule, NINE, "Europe/Rome", NINE, NINE + YEAR)

    assert len(found) == 53
    assert {moment.astimezone(ROME).hour for moment in found} == {9}
    assert [moment.hour for moment in found[:3]] == [7, 7, 8]
    before, after = datetime(2027, 3, 23, 8, tzinfo=UTC), datetime(2027, 3, 30, 7, tzinfo=UTC)
    assert before in found and after in found
    bogota = {moment.astimezone(ZoneInfo("America/Bogota")).hour for moment in found}
    madrid = {moment.astimezone(ZoneInfo("Europe/Madrid")).hour for moment in found}
    assert (bogota, madrid) == ({2, 3}, {9})


@pytest.mark.parametrize(
    ("every", "days"),
    [
        ("week", ["2026-10-13", "2026-10-20", "2026-10-27"]),
        ("two-weeks", ["2026-10-13", "2026-10-27", "2026-11-10"]),
        ("month-weekday", ["2026-10-13", "2026-11-10", "2026-12-08"]),
        ("month-day", ["2026-10-13", "2026-11-13", "2026-12-13"]),
    ],
)
def test_a_rule_means_what_it_is_called(every, days):
    rule = recurrences.rule_of(every, NINE.date(), "Europe/Rome")
    assert [f"{moment:%Y-%m-%d}" for moment in local(rule)[:3]] == days
    assert recurrences.how_often(rule) == every


def test_the_fifth_of_a_weekday_is_the_last():
    first = datetime(2026, 10, 29, 18, tzinfo=ROME)
    rule = recurrences.rule_of("month-weekday", first.date(), "Europe/Rome")
    assert [f"{moment:%d/%m}" for moment in local(rule, first)[:3]] == ["29/10", "26/11", "31/12"]


def test_it_ends_after_a_day_or_after_so_many_times():
    last = recurrences.rule_of("week", NINE.date(), "Europe/Rome", last=date(2026, 10, 27))
    assert len(local(last)) == 3
    counted = recurrences.rule_of("week", NINE.date(), "Europe/Rome", count=5)
    assert len(local(counted)) == 5
    assert len(local(recurrences.with_count(counted, 2))) == 2
    assert recurrences.with_count(last, 2) == last


def test_it_is_ended_before_a_moment_and_moved_to_another_day():
    rule = recurrences.rule_of("month-weekday", NINE.date(), "Europe/Rome", count=9)
    assert len(local(recurrences.ended_before(rule, NINE + timedelta(days=28)))) == 1
    moved = recurrences.on_another_day(rule, date(2026, 10, 15))
    assert moved == "FREQ=MONTHLY;BYDAY=3TH;COUNT=9"
