"""What leaves the house as a calendar."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from officine.lib.ical.writing import Entry, Person, calendar, message

ROME, BOGOTA = ZoneInfo("Europe/Rome"), ZoneInfo("America/Bogota")


def entry(**changes):
    given = {
        "uid": "event-1@officine.test",
        "sequence": 2,
        "stamp": datetime(2026, 11, 1, tzinfo=UTC),
        "changed_at": datetime(2026, 10, 30, tzinfo=UTC),
        "starts_at": datetime(2026, 12, 1, 8, tzinfo=UTC),
        "ends_at": datetime(2026, 12, 1, 10, tzinfo=UTC),
        "zone": "Europe/Rome",
        "title": "L’export, dopo; le «dogane» \\ altro",
        "language": "it",
    }
    return Entry(**given | changes)


def read(data):
    """What another program finds in it; every line is one that the standard knows."""
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    found = Calendar.from_ical(data)
    assert not any(component.errors for component in found.walk())
    return found


def event(data):
    return read(data).walk("VEVENT")[0]


def test_what_is_written_is_read_again():
    made = entry(
        text="Prima riga,\nseconda; terza " + "è" * 200,
        place="Via Roma, 1; Como",
        url="https://officine.test/it/events/export",
        categories=("Export e dogane", "a,b"),
        organiser=Person(email="reply+1-ab@officine.test", name='Officine "Como"; sede'),
        invited=Person(email="marta@example.org", name="Marta Colombo"),
        answer="ACCEPTED",
    )

    found = event(calendar([made], name="Eventi", language="it"))

    assert found["SUMMARY"] == made.title
    assert found["SUMMARY"].params["LANGUAGE"] == "it"
    assert found["DESCRIPTION"] == made.text
    assert found["LOCATION"] == made.place
    assert found["URL"] == made.url
    assert [str(each) for each in found["CATEGORIES"].cats] == list(made.categories)
    assert found["ORGANIZER"] == "mailto:reply+1-ab@officine.test"
    assert found["ORGANIZER"].params["CN"] == 'Officine "Como"; sede'
    assert found["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    assert (found["UID"], found["SEQUENCE"]) == ("event-1@officine.test", 2)
    assert found["DTSTAMP"].dt == made.stamp
    assert found["LAST-MODIFIED"].dt == made.changed_at


def test_the_room_and_alarms_go_only_with_what_has_them():
    without = calendar([entry()], name="Eventi", language="it")
    with_room = event(
        calendar(
            [entry(room_url="https://meet.example/a?b=1,2;c", alarms=(timedelta(hours=1),))],
            name="Eventi",
            language="it",
        )
    )

    assert b"CONFERENCE" not in without and b"VALARM" not in without
    assert with_room["CONFERENCE"] == "https://meet.example/a?b=1,2;c"
    assert with_room.walk("VALARM")[0]["TRIGGER"].dt == timedelta(hours=-1)


def test_a_cancelled_event_reminds_nobody():
    made = event(
        calendar([entry(status="CANCELLED", alarms=(timedelta(hours=1),))], name="E", language="it")
    )

    assert made["STATUS"] == "CANCELLED"
    assert made["TRANSP"] == "TRANSPARENT"
    assert not made.walk("VALARM")


def test_a_calendar_says_its_name_where_it_is_and_how_often_to_look():
    found = read(
        calendar(
            [],
            name="Eventi di Officine",
            language="it",
            text="Di Officine",
            source="https://officine.test/it/calendar/events.ics",
            url="https://officine.test/it/events",
            color="teal",
            refresh=timedelta(hours=4),
        )
    )

    assert found.calendar_name == "Eventi di Officine"
    assert found["X-WR-CALNAME"] == "Eventi di Officine"
    assert found["NAME"].params["LANGUAGE"] == "it"
    assert found["SOURCE"] == "https://officine.test/it/calendar/events.ics"
    assert found["COLOR"] == "teal"
    assert found["REFRESH-INTERVAL"].dt == timedelta(hours=4)
    assert b"X-PUBLISHED-TTL:PT4H" in found.to_ical()
    assert found["PRODID"].endswith("//IT")


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL", "PUBLISH"])
def test_a_message_says_its_method(method):
    found = read(message([entry()], method))

    assert found["METHOD"] == method


@pytest.mark.parametrize(
    ("day", "hour_in_utc", "hour_in_bogota"),
    [
        ((2026, 10, 23), 7, 2),
        ((2026, 10, 30), 8, 3),
        ((2027, 3, 26), 8, 3),
        ((2027, 4, 2), 7, 2),
    ],
)
def test_nine_in_rome_stays_nine_on_both_sides_of_a_clock_change(day, hour_in_utc, hour_in_bogota):
    begins = datetime(*day, 9, tzinfo=ROME)
    made = entry(
        starts_at=begins.astimezone(UTC), ends_at=begins.astimezone(UTC) + timedelta(hours=1)
    )

    found = event(calendar([made], name="E", language="it"))["DTSTART"]

    assert found.params["TZID"] == "Europe/Rome"
    assert found.dt.replace(tzinfo=None) == datetime(*day, 9)
    assert found.dt.astimezone(UTC).hour == hour_in_utc
    assert found.dt.astimezone(BOGOTA).hour == hour_in_bogota


def test_the_rules_of_the_zone_count_as_the_zone_itself():
    """A program that knows no zones goes by ours, also in the hours around a change."""
    data = calendar([entry()], name="E", language="it")
    rules = read(data).walk("VTIMEZONE")[0].to_tz(lookup_tzid=False)

    for change in (datetime(2026, 3, 29), datetime(2026, 10, 25), datetime(2027, 3, 28)):
        for minutes in range(0, 24 * 60, 30):
            local = change + timedelta(minutes=minutes)
            if change.month == 3 and local.hour == 2:
                continue  # This hour does not exist.
            if change.month == 10 and local.hour == 2:
                continue  # This one comes twice.
            assert local.replace(tzinfo=rules).utcoffset() == (
                local.replace(tzinfo=ROME).utcoffset()
            ), local


def test_a_change_of_the_clocks_is_said_in_the_time_it_ends():
    text = calendar([entry()], name="E", language="it").decode()

    assert "20260329T020000" in text
    assert "20261025T030000" in text


@pytest.mark.parametrize("zone", ["America/Bogota", "Asia/Kolkata", "Africa/Casablanca"])
def test_other_zones_bring_their_rules(zone):
    found = read(calendar([entry(zone=zone)], name="E", language="it"))

    assert found.walk("VTIMEZONE")[0]["TZID"] == zone
    assert found.walk("VEVENT")[0]["DTSTART"].dt == datetime(2026, 12, 1, 8, tzinfo=UTC)


def test_universal_time_needs_no_rules():
    found = read(calendar([entry(zone="UTC")], name="E", language="it"))

    assert not found.walk("VTIMEZONE")
    assert b"DTSTART:20261201T080000Z" in found.to_ical()


def test_each_zone_is_told_once():
    found = read(
        calendar([entry(), entry(uid="2"), entry(uid="3", zone="Europe/Madrid")], name="E",
                 language="it")
    )  # fmt: skip

    assert [zone["TZID"] for zone in found.walk("VTIMEZONE")] == ["Europe/Madrid", "Europe/Rome"]
