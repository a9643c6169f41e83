"""What letters say to calendars."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from icalendar import Calendar

from officine.blueprints.attendance import commands as attendance
from officine.blueprints.calendars.queries import invitation
from officine.blueprints.planning.commands.rescheduling import move_event
from officine.core.clock import now
from officine.core.db import db
from officine.models import EventText
from tests.calendars.stage import an_event, goes
from tests.world import World

ROOM = "https://meet.example/a-secret-room"


@pytest.fixture
def awaited(app):
    """The site awaits answers by mail."""
    settings = app.extensions["officine.settings"]
    app.extensions["officine.settings"] = replace(settings, reply_address="reply@officine.test")
    yield
    app.extensions["officine.settings"] = settings


def event_in(text):
    found = Calendar.from_ical(text)
    [event] = found.walk("VEVENT")
    return found["METHOD"], event


def test_an_invitation_speaks_its_readers_language(world: World, awaited):
    event = an_event(world.marta, room_url=ROOM, is_online=True)
    event.texts.append(
        EventText(language="en", title="Dinner in Como", changed_at=now(), by_id=world.marta.id)
    )
    db.session.commit()

    method, said = event_in(invitation(goes(event, world.emma), "REQUEST", now()))

    assert method == "REQUEST"
    assert (said["UID"], said["SUMMARY"]) == (event.uid, "Dinner in Como")
    assert said["URL"] == "http://officine.test/en/events/cena-a-como"
    assert said["CONFERENCE"] == ROOM
    assert said["ATTENDEE"] == "mailto:emma-whitcombe@example.org"
    assert said["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    assert said["ATTENDEE"].params["RSVP"] == "TRUE"
    assert said["ORGANIZER"].startswith("mailto:reply+")


def test_each_reader_answers_to_an_address_of_their_own(world: World, awaited):
    event = an_event(world.marta)

    organisers = {
        str(event_in(invitation(goes(event, who), "REQUEST", now()))[1]["ORGANIZER"])
        for who in (world.emma, world.teresa, "ospite@example.org")
    }

    assert len(organisers) == 3


def test_without_an_address_for_answers_none_is_awaited(world: World):
    _, said = event_in(
        invitation(goes(an_event(world.marta), "ospite@example.org"), "REQUEST", now())
    )

    assert said["ORGANIZER"] == "mailto:officine@localhost"
    assert said["ATTENDEE"] == "mailto:ospite@example.org"
    assert said["ATTENDEE"].params["RSVP"] == "FALSE"


def test_who_waits_is_told_no_room(world: World):
    event = an_event(world.marta, room_url=ROOM, is_online=True)

    text = invitation(goes(event, world.emma, "waiting"), "REQUEST", now())

    assert "a-secret-room" not in text.replace("\r\n ", "")
    assert event_in(text)[1]["STATUS"] == "TENTATIVE"


def test_a_move_has_a_higher_number_and_a_cancellation_too(world: World):
    event = an_event(world.marta)
    registration = goes(event, world.emma)
    sequences = []
    for sequence in (0, 1):
        event.sequence = sequence
        sequences.append(event_in(invitation(registration, "REQUEST", now()))[1]["SEQUENCE"])
    event.state, event.cancelled_at, event.sequence = "cancelled", now(), 2

    method, said = event_in(invitation(registration, "CANCEL", now()))

    assert sequences == [0, 1]
    assert (method, said["STATUS"], said["SEQUENCE"]) == ("CANCEL", "CANCELLED", 2)
    assert said["UID"] == event.uid


def calendars_for(outbound, person):
    """What the letters to somebody say to their calendar, the last first."""
    parts = [part for mail in outbound.to(person.email) for part in mail.walk()]
    told = [part for part in parts if part.get_content_type() == "text/calendar"]
    return [event_in(part.get_payload(decode=True)) for part in reversed(told)]


def test_who_does_not_go_any_more_has_it_taken_out_of_their_calendar(
    world: World, outbound, settle
):
    event = an_event(world.marta, room_url=ROOM, is_online=True)
    registration = goes(event, world.emma)

    attendance.change_reply(registration, "no", at=now())
    db.session.commit()
    settle()

    [(method, said)] = calendars_for(outbound, world.emma)
    assert (method, said["STATUS"], said["UID"]) == ("CANCEL", "CANCELLED", event.uid)
    assert "CONFERENCE" not in said and not said.subcomponents
    assert calendars_for(outbound, world.marta) == []


def test_who_never_went_has_nothing_to_take_out(world: World, outbound, settle):
    registration = goes(an_event(world.marta), world.emma, "maybe")

    attendance.change_reply(registration, "no", at=now())
    db.session.commit()
    settle()

    assert outbound.to(world.emma.email) == []


def test_a_moved_event_says_when_it_was_moved_and_when_that_was_written(
    world: World, outbound, settle
):
    event = an_event(world.marta)
    goes(event, world.emma)
    moved, written = now() + timedelta(hours=1), now() + timedelta(hours=2)
    when = {
        "starts_at": event.starts_at + timedelta(days=1),
        "ends_at": event.ends_at + timedelta(days=1),
        "zone": event.zone,
    }

    move_event(
        event, by=world.marta, at=moved, seen=event.version, when=when, where={"town": "Como"}
    )
    db.session.commit()
    with time_machine.travel(written, tick=False):
        settle()

    [(method, said)] = calendars_for(outbound, world.emma)
    assert (method, said["SEQUENCE"]) == ("REQUEST", 1)
    assert said["DTSTAMP"].dt == written.replace(microsecond=0)
    assert said["LAST-MODIFIED"].dt == moved.replace(microsecond=0)


def test_of_two_sayings_the_later_is_the_newer(visit, world: World):
    event = an_event(world.marta)
    with time_machine.travel(now() + timedelta(hours=1)):
        goes(event, world.emma)
    someone = visit(world.emma)

    first = someone.get("/it/events/cena-a-como.ics")
    again = someone.get(
        "/it/events/cena-a-como.ics", headers={"If-None-Match": first.headers["ETag"]}
    )

    _, said = event_in(first.data)
    assert said["DTSTAMP"].dt >= said["LAST-MODIFIED"].dt
    assert again.status_code == 304
