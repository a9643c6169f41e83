"""Calendars that others wrote: taken over, or refused with a reason; never an exception."""

import subprocess
from datetime import UTC, datetime

import pytest

from officine.lib.ical import reading
from officine.lib.ical.reading import NotACalendar, Reading, read_apart, read_calendar

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


def calendar(*events: str, head: str = "") -> bytes:
    body = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{head}{body}END:VCALENDAR\n".encode()


def read(*events: str, head: str = "") -> Reading:
    return read_calendar(calendar(*events, head=head), at=AT, zone="Europe/Rome")


def one(event: str, head: str = "") -> reading.Found:
    found = read(event, head=head)
    assert not found.refused
    [each] = found.found
    return each


def why(event: str) -> str:
    found = read(event)
    assert not found.found
    [each] = found.refused
    return each.why


DINNER = "UID:1@x\nSUMMARY:Cena\n"


def test_an_event_is_found_with_what_we_keep_of_it():
    found = one(
        "UID:1@x\nSUMMARY:Cena\\, con vino\nDTSTART;TZID=Europe/Madrid:20261201T200000\n"
        "DTEND;TZID=Europe/Madrid:20261201T230000\nDESCRIPTION:Prima\\nseconda\n"
        "LOCATION:Via Roma\\, 1\nURL:https://example.org/cena\nORGANIZER:mailto:a@b.c\n"
        "ATTENDEE:mailto:someone@example.org"
    )

    assert found.title == "Cena, con vino"
    assert found.begins == datetime(2026, 12, 1, 19, tzinfo=UTC)
    assert found.ends == datetime(2026, 12, 1, 22, tzinfo=UTC)
    assert found.zone == "Europe/Madrid"
    assert (found.text, found.place) == ("Prima\nseconda", "Via Roma, 1")
    assert found.url == "https://example.org/cena"
    assert "example.org" not in found.text


@pytest.mark.parametrize(
    ("lines", "hours"),
    [
        ("DTSTART:20261201T200000Z", 1),
        ("DTSTART:20261201T200000Z\nDTEND:20261201T200000Z", 1),
        ("DTSTART:20261201T200000Z\nDURATION:PT3H", 3),
        ("DTSTART;VALUE=DATE:20261201", 24),
        ("DTSTART;VALUE=DATE:20261201\nDTEND;VALUE=DATE:20261203", 48),
    ],
)
def test_an_end_is_found_where_none_is_said(lines, hours):
    found = one(DINNER + lines)

    assert (found.ends - found.begins).total_seconds() == hours * 3600


def test_hours_without_a_zone_count_where_the_calendar_says_or_the_reader():
    assert one(DINNER + "DTSTART:20261201T200000").begins.hour == 19
    bogota = one(DINNER + "DTSTART:20261201T200000", head="X-WR-TIMEZONE:America/Bogota\n")
    assert (bogota.begins.day, bogota.begins.hour, bogota.zone) == (2, 1, "America/Bogota")
    assert one(DINNER + "DTSTART:20261201T200000", head="X-WR-TIMEZONE:Nonsense\n").zone == (
        "Europe/Rome"
    )


def test_a_zone_of_its_own_making_is_counted_by_its_rules():
    found = one(
        DINNER + "DTSTART;TZID=Ours:20261201T200000",
        head="BEGIN:VTIMEZONE\nTZID:Ours\nBEGIN:STANDARD\nDTSTART:19700101T000000\n"
        "TZOFFSETFROM:+0500\nTZOFFSETTO:+0500\nEND:STANDARD\nEND:VTIMEZONE\n",
    )

    assert found.begins == datetime(2026, 12, 1, 15, tzinfo=UTC)
    assert found.zone == "Europe/Rome"


def test_a_weekly_series_keeps_its_hour_over_a_change_of_clocks():
    found = read(
        DINNER + "DTSTART;TZID=Europe/Rome:20260907T090000\nRRULE:FREQ=WEEKLY\n"
        "EXDATE;TZID=Europe/Rome:20261207T090000"
    ).found

    hours = {each.begins.isoformat()[5:16] for each in found}
    assert "03-22T08:00" in hours
    assert "03-29T07:00" in hours
    assert "12-07T08:00" not in hours
    assert 50 <= len(found) <= 53
    assert len({each.uid for each in found}) == len(found)


def test_a_moved_date_of_a_series_keeps_its_name():
    rule = "DTSTART:20261124T090000Z\nRRULE:FREQ=WEEKLY;COUNT=3"
    before = read(DINNER + rule).found
    after = read(
        DINNER + rule,
        "UID:1@x\nSUMMARY:Cena spostata\nRECURRENCE-ID:20261201T090000Z\nDTSTART:20261202T100000Z",
    ).found

    assert [each.uid for each in before] == [each.uid for each in after]
    assert [each.title for each in after] == ["Cena", "Cena spostata", "Cena"]


def test_what_has_no_name_gets_one_that_stays():
    event = "SUMMARY:Cena\nDTSTART:20261201T200000Z"

    assert one(event).uid == one(event).uid
    assert len(one("UID:" + "x" * 5000 + "\n" + event).uid) <= 200


def test_an_address_as_place_is_the_room():
    found = one(DINNER + "DTSTART:20261201T200000Z\nLOCATION:https://meet.example/abc")

    assert (found.place, found.room_url) == ("", "https://meet.example/abc")


def test_html_becomes_words():
    found = one(DINNER + "DTSTART:20261201T200000Z\nDESCRIPTION:<p>Ciao <b>tutti</b></p><p>a</p>")

    assert "<" not in found.text
    assert "Ciao tutti" in found.text


def test_addresses_that_are_none_are_left_out():
    assert one(DINNER + "DTSTART:20261201T200000Z\nURL:javascript:alert(1)").url == ""


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ("SUMMARY:Ieri\nDTSTART:20261101T200000Z", "no-date-to-come"),
        ("SUMMARY:Poi\nDTSTART:20291101T200000Z", "no-date-to-come"),
        ("DTSTART:20261201T200000Z", "no-title"),
        ("SUMMARY:Senza inizio", "no-beginning"),
        ("SUMMARY:Inizio rotto\nDTSTART:2026-12-01", "no-beginning"),
        ("SUMMARY:Due inizi\nDTSTART:20261201T200000Z\nDTSTART:20261202T200000Z", "no-beginning"),
        (
            "SUMMARY:Al contrario\nDTSTART:20261201T200000Z\nDTEND:20261130T200000Z",
            "ends-before-it-begins",
        ),
        ("SUMMARY:Lungo\nDTSTART:20261201T200000Z\nDTEND:20270201T200000Z", "too-long"),
        ("SUMMARY:Annullata\nDTSTART:20261201T200000Z\nSTATUS:CANCELLED", "cancelled"),
        ("SUMMARY:Ogni s\nDTSTART:20261201T200000Z\nRRULE:FREQ=SECONDLY", "too-often"),
        ("SUMMARY:Ogni h\nDTSTART:20261201T200000Z\nRRULE:FREQ=HOURLY", "too-often"),
        (
            "SUMMARY:Spesso\nDTSTART:20261201T200000Z\nRRULE:FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=1,2",
            "too-often",
        ),
        ("SUMMARY:Ogni giorno\nDTSTART:20261201T200000Z\nRRULE:FREQ=DAILY", "too-many-dates"),
        ("SUMMARY:Antica\nDTSTART:00010101T000000Z\nRRULE:FREQ=DAILY", "too-old"),
    ],
)
def test_what_cannot_be_taken_over_is_refused_for_a_reason(lines, reason):
    assert why(f"UID:1@x\n{lines}") == reason


def test_a_broken_event_does_not_cost_the_others():
    found = read(
        "UID:1\nSUMMARY:Rotta\nDTSTART:x\nRRULE:FREQ=NEVER", "UID:2\nSUMMARY:Sana\nDTSTART:20261201"
    )  # fmt: skip

    assert [each.title for each in found.found] == ["Sana"]
    assert len(found.refused) == 1


def test_a_calendar_holds_so_many_events_and_no_more():
    events = [f"UID:{number}\nSUMMARY:N\nDTSTART:20261201T200000Z" for number in range(400)]

    found = read(*events)

    assert len(found.found) == reading.MOST_EVENTS
    assert {each.why for each in found.refused} == {"too-many-events"}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"<!doctype html><title>Sign in</title>", "unreadable"),
        (b"\x00\xff\xfe" * 100, "unreadable"),
        (b"BEGIN:VCALENDAR", "unreadable"),
        (b"BEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\n", "unreadable"),
        (b"x" * (reading.LARGEST + 1), "too-large"),
    ],
)
def test_what_is_no_calendar_says_why(data, code):
    with pytest.raises(NotACalendar) as refused:
        read_calendar(data, at=AT, zone="Europe/Rome")

    assert refused.value.code == code


def test_the_process_of_its_own_finds_the_same():
    data = calendar(DINNER + "DTSTART:20261201T200000Z", "UID:2\nSUMMARY:è\nDTSTART:19990101")

    assert read_apart(data, at=AT, zone="Europe/Rome") == read_calendar(
        data, at=AT, zone="Europe/Rome"
    )
    with pytest.raises(NotACalendar):
        read_apart(b"no calendar", at=AT, zone="Europe/Rome")


def test_a_rule_whose_date_never_comes_is_stopped(monkeypatch):
    """Looking for a thirtieth of February takes for ever: whoever reads it is stopped."""
    monkeypatch.setattr(reading, "SECONDS", -4.5)
    never = calendar(DINNER + "DTSTART:20261201T200000Z\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")

    with pytest.raises(NotACalendar) as refused:
        read_apart(never, at=AT, zone="Europe/Rome")

    assert refused.value.code == "too-slow"


def test_a_reader_that_died_is_no_calendar(monkeypatch):
    ended = subprocess.CompletedProcess([], -9, b"", b"")
    monkeypatch.setattr(reading.subprocess, "run", lambda *_, **__: ended)

    with pytest.raises(NotACalendar):
        read_apart(b"x", at=AT, zone="Europe/Rome")
