"""What calendars of the world look like: each is taken over or refused with a reason."""

import re
from datetime import UTC, datetime

import pytest

from officine.lib.ical.reading import NotACalendar, Reading, read_calendar

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
DINNER = "UID:1@x\nSUMMARY:Caffè\n"
EVENING = DINNER + "DTSTART:20261201T200000Z\n"
IN_ROME = DINNER + "DTSTART;TZID=Europe/Rome:20261201T200000\n"
OUTLOOK = (
    "BEGIN:VTIMEZONE\nTZID:Our Time\nBEGIN:STANDARD\nDTSTART:16010101T030000\n"
    "TZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\n"
    "BEGIN:DAYLIGHT\nDTSTART:16010101T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\n"
    "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\nEND:DAYLIGHT\nEND:VTIMEZONE\n"
)


def calendar(*events: str, head: str = "", version: str = "2.0") -> str:
    body = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:{version}\nPRODID:x\n{head}{body}END:VCALENDAR\n"


def read(text: str | bytes) -> Reading:
    data = text.encode() if isinstance(text, str) else text
    return read_calendar(data, at=AT, zone="Europe/Rome")


def dates(*events: str, head: str = "") -> list[str]:
    """When each date begins that is found, in UTC: month, day, hour."""
    found = read(calendar(*events, head=head))
    assert not found.refused
    return [each.starts_at[5:13] for each in found.found]


WRITTEN = {
    "with a mark of bytes": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "in the letters of old programs": lambda text: text.encode("cp1252"),
    "in sixteen bits": lambda text: text.encode("utf-16"),
    "folded in the middle of a letter": lambda text: text.encode().replace(
        "è".encode(), b"\xc3\r\n \xa8"
    ),
    "with lines of an old Macintosh": lambda text: text.replace("\n", "\r").encode(),
    "with lines of Windows": lambda text: text.replace("\n", "\r\n").encode(),
    "with something around it": lambda text: f"\n\nWarning!\n{text}<!-- 3 ms -->".encode(),
    "with names in small letters": lambda text: re.sub(
        "^[A-Z]+(?=:)", lambda name: name[0].lower(), text, flags=re.M
    ).encode(),
    "with a line that is none": lambda text: text.replace("UID", "?\nUID").encode(),
}


@pytest.mark.parametrize("how", WRITTEN)
def test_the_letters_are_read_however_they_are_written(how):
    [found] = read(WRITTEN[how](calendar(EVENING))).found

    assert (found.title, found.uid) == ("Caffè", "1@x")


@pytest.mark.filterwarnings("ignore::icalendar.GloballyUniqueTZIDGuessed")
@pytest.mark.parametrize(
    ("zone", "begins"),
    [
        ("W. Europe Standard Time", "06-01T18"),
        ("Our Time", "06-01T18"),
        ("Romance Standard Time", "06-01T18"),
        ("SA Pacific Standard Time", "06-02T01"),
        ("/example.org/20070129_1/Europe/Madrid", "06-01T18"),
        ("Nowhere/Land", "06-01T18"),
    ],
)
def test_hours_count_in_the_zone_however_it_is_named(zone, begins):
    event = f'{DINNER}DTSTART;TZID="{zone}":20270601T200000'

    assert dates(event, head=OUTLOOK) == [begins]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ("RDATE;TZID=Europe/Rome:20261208T200000", ["12-01T19", "12-08T19"]),
        ("RDATE;VALUE=PERIOD:20261208T190000Z/PT3H", ["12-01T19", "12-08T19"]),
        ("RRULE:FREQ=WEEKLY;COUNT=3\nEXDATE;VALUE=DATE:20261208", ["12-01T19", "12-15T19"]),
        ("RRULE:FREQ=WEEKLY;COUNT=3\nEXDATE:20261208T200000", ["12-01T19", "12-15T19"]),
        ("RRULE:FREQ=WEEKLY;COUNT=3\nEXDATE:20261208T190000Z", ["12-01T19", "12-15T19"]),
        ("RRULE:FREQ=WEEKLY;UNTIL=20261208T200000", ["12-01T19", "12-08T19"]),
    ],
)
def test_dates_are_added_and_left_out(lines, found):
    assert dates(IN_ROME + lines) == found


WEEKLY = IN_ROME + "RRULE:FREQ=WEEKLY;COUNT=3"
LATER = "UID:1@x\nSUMMARY:Tè\nDTSTART;TZID=Europe/Rome:20261208T210000\nRECURRENCE-ID"


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (";TZID=Europe/Rome:20261208T200000", ["12-01T19", "12-08T20", "12-15T19"]),
        (":20261208T190000Z", ["12-01T19", "12-08T20", "12-15T19"]),
        (";VALUE=DATE:20261208", ["12-01T19", "12-08T20", "12-15T19"]),
        (";RANGE=THISANDFUTURE:20261208T190000Z", ["12-01T19", "12-08T20", "12-15T20"]),
    ],
)
def test_what_changes_some_dates_keeps_the_name_of_each(change, found):
    before = [each.uid for each in read(calendar(WEEKLY)).found]

    for events in ((WEEKLY, LATER + change), (LATER + change, WEEKLY)):
        after = read(calendar(*events)).found
        assert [each.starts_at[5:13] for each in after] == found
        assert [each.uid for each in after] == before


def test_a_date_that_falls_through_is_known_by_its_name():
    off = LATER + ":20261208T190000Z\nSTATUS:CANCELLED"

    found = read(calendar(WEEKLY, off))

    assert [each.starts_at[5:13] for each in found.found] == ["12-01T19", "12-15T19"]
    assert found.cancelled == ["1@x#20261208T190000"]


def test_two_of_one_name_are_one():
    assert len(read(calendar(EVENING) * 2).found) == 1
    assert len(read(calendar(EVENING, EVENING)).found) == 1


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ("DURATION:-PT1H", "ends-before-it-begins"),
        ("DURATION:P99999999999D", "unreadable"),
        ("DURATION:AN-HOUR", "unreadable"),
        ("DTEND:soon", "unreadable"),
        ("EXDATE:never\nRRULE:FREQ=WEEKLY;COUNT=3", "unreadable"),
        ("RRULE:FREQ=DAILY;COUNT=99999999999999999999", "unreadable"),
        ("RRULE:RSCALE=CHINESE;FREQ=YEARLY", "unreadable"),
        ("RRULE:FREQ=WEEKLY;INTERVAL=0", "unreadable-rule"),
        ("RRULE:FREQ=WEEKLY\nRRULE:FREQ=SECONDLY", "too-often"),
        ("RRULE:FREQ=DAILY;BYSECOND=1,2,3,4,5", "too-often"),
        ("RECURRENCE-ID:20261201T200000Z\nRECURRENCE-ID:20261202T200000Z", "unreadable"),
        ("STATUS:CANCELLED", "cancelled"),
    ],
)
def test_what_is_beyond_us_is_refused(lines, why):
    found = read(calendar(EVENING + lines, "UID:2@x\nSUMMARY:Sana\nDTSTART:20261202T200000Z"))

    assert [each.title for each in found.found] == ["Sana"]
    assert [(each.uid, each.why) for each in found.refused] == [("1@x", why)]


@pytest.mark.parametrize(
    "start", ["", "-0010101T000000Z", "20261231T235960Z", "20261231T240000Z", "99991231T235959Z"]
)
def test_moments_that_are_none_are_refused(start):
    found = read(calendar(f"UID:1@x\nSUMMARY:Mai\nDTSTART:{start}"))

    assert not found.found
    assert len(found.refused) == 1


@pytest.mark.parametrize(
    "text",
    [
        calendar(EVENING, version="1.0"),
        calendar(EVENING).removesuffix("END:VCALENDAR\n"),
        calendar(EVENING, head=OUTLOOK.replace("+0100", "+9900")),
        '["vcalendar", [], []]',
    ],
)
def test_other_formats_and_halves_are_no_calendars(text):
    with pytest.raises(NotACalendar):
        read(text)


def test_a_heap_of_nested_events_is_refused_not_followed():
    deep = "BEGIN:VEVENT\n" * 2000 + "END:VEVENT\n" * 2000

    assert not read(f"BEGIN:VCALENDAR\nVERSION:2.0\n{deep}END:VCALENDAR\n").found


def test_what_is_read_can_be_kept():
    found = read(calendar(WEEKLY, LATER + ":20261208T190000Z\nSTATUS:CANCELLED", "UID:9"))

    assert Reading.from_json(found.to_json()) == found
