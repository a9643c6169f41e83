"""Answers that come back from calendars."""

from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage

import pytest
from icalendar import Calendar

from officine.blueprints.calendars import jobs
from officine.blueprints.calendars.jobs import NotOurs, NotPossible
from officine.blueprints.calendars.queries import invitation
from officine.core.clock import now
from officine.lib.ical.replies import NoAnswer
from tests.calendars.stage import an_event, goes
from tests.world import World


@pytest.fixture(autouse=True)
def awaited(app):
    """The site awaits answers by mail."""
    settings = app.extensions["officine.settings"]
    app.extensions["officine.settings"] = replace(settings, reply_address="reply@officine.test")
    yield
    app.extensions["officine.settings"] = settings


def answer(
    registration, partstat, *, at=None, sequence=None, to=None, subtype="calendar", uid=None
):
    """A mail as calendars write it: what they were sent, with their answer in it."""
    found = Calendar.from_ical(invitation(registration, "REQUEST", now()))
    found["METHOD"] = "REPLY"
    [event] = found.walk("VEVENT")
    event["ATTENDEE"].params["PARTSTAT"] = partstat
    event.pop("DTSTAMP")
    event.add("dtstamp", at or now())
    if sequence is not None:
        event["SEQUENCE"] = sequence
    if uid is not None:
        event["UID"] = uid
    message = EmailMessage()
    message["From"] = "Emma <emma-whitcombe@example.org>"
    message["To"] = to or str(event["ORGANIZER"]).removeprefix("mailto:")
    if to:
        event["ORGANIZER"] = f"mailto:{to}"
    message["Subject"] = "Accepted: Cena"
    message.set_content("Emma has accepted this invitation.")
    message.add_alternative(
        found.to_ical(), maintype="text", subtype=subtype, params={"method": "REPLY"}
    )
    return message.as_bytes()


@pytest.mark.parametrize(
    ("partstat", "reply"), [("ACCEPTED", "going"), ("TENTATIVE", "maybe"), ("DECLINED", "no")]
)
def test_an_answer_counts_as_on_the_page(world: World, partstat, reply):
    registration = goes(an_event(world.marta, capacity=5), world.emma)

    received = jobs.receive(answer(registration, partstat), at=now())

    assert received.outcome == "taken"
    assert registration.reply == reply
    assert registration.event.seats_taken == (1 if reply == "going" else 0)


def test_a_yes_waits_where_all_seats_are_taken(world: World):
    event = an_event(world.marta, capacity=1)
    goes(event, world.teresa)
    registration = goes(event, world.emma, "no")

    jobs.receive(answer(registration, "ACCEPTED"), at=now())

    assert registration.reply == "waiting"
    assert event.seats_taken == 1


def test_a_no_gives_the_seat_to_whoever_waits(world: World):
    event = an_event(world.marta, capacity=1)
    registration = goes(event, world.emma)
    waiting = goes(event, world.teresa, "waiting")

    jobs.receive(answer(registration, "DECLINED"), at=now())

    assert waiting.reply == "offered"


def test_an_older_answer_changes_nothing(world: World):
    registration = goes(an_event(world.marta), world.emma)
    late, early = now(), now() - timedelta(hours=1)
    jobs.receive(answer(registration, "DECLINED", at=late), at=now())

    received = jobs.receive(answer(registration, "ACCEPTED", at=early), at=now())

    assert received.outcome == "older"
    assert registration.reply == "no"
    assert jobs.receive(answer(registration, "ACCEPTED", at=late), at=now()).outcome == "older"


def test_a_clock_that_goes_ahead_does_not_make_later_answers_old(world: World):
    registration = goes(an_event(world.marta), world.emma)
    jobs.receive(answer(registration, "DECLINED", at=now() + timedelta(days=300)), at=now())

    received = jobs.receive(
        answer(registration, "ACCEPTED", at=now() + timedelta(minutes=1)), at=now()
    )

    assert received.outcome == "taken"
    assert registration.reply == "going"


def test_a_yes_to_an_earlier_date_is_no_yes_and_a_no_stays_one(world: World):
    event = an_event(world.marta, sequence=2)
    registration = goes(event, world.emma, "maybe")

    assert jobs.receive(answer(registration, "ACCEPTED", sequence=1), at=now()).outcome == (
        "outdated"
    )
    assert registration.reply == "maybe"
    assert jobs.receive(answer(registration, "DECLINED", sequence=1), at=now()).outcome == "taken"
    assert registration.reply == "no"


def test_who_has_no_account_answers_too(world: World):
    registration = goes(an_event(world.marta), "ospite@example.org")

    jobs.receive(answer(registration, "DECLINED"), at=now())

    assert registration.reply == "no"


def test_the_envelope_says_whose_it_is_as_well(world: World):
    registration = goes(an_event(world.marta), world.emma)
    secret = Calendar.from_ical(invitation(registration, "REQUEST", now())).walk("VEVENT")[0]
    raw = answer(registration, "DECLINED", to="reply@officine.test")

    with pytest.raises(NotOurs):
        jobs.receive(raw, at=now())
    sent_to = str(secret["ORGANIZER"]).removeprefix("mailto:").upper()
    assert jobs.receive(raw, at=now(), sent_to=sent_to).outcome == "taken"


def test_a_wrong_secret_opens_nothing(world: World):
    registration = goes(an_event(world.marta), world.emma)
    wrong = f"reply+{registration.id}-{'0' * 32}@officine.test"

    with pytest.raises(NotOurs):
        jobs.receive(answer(registration, "DECLINED", to=wrong), at=now())

    assert registration.reply == "going"


def test_a_secret_of_one_event_answers_for_no_other(world: World):
    registration = goes(an_event(world.marta), world.emma)

    with pytest.raises(NotOurs):
        jobs.receive(answer(registration, "DECLINED", uid="another@officine.test"), at=now())


def test_an_event_that_takes_no_more_says_so(world: World):
    registration = goes(an_event(world.marta, days=-3), world.emma, "no")

    with pytest.raises(NotPossible):
        jobs.receive(answer(registration, "ACCEPTED"), at=now())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\xff\xfe" * 50,
        b"To: reply@officine.test\n\nYes!",
        b"To: x\nContent-Type: text/calendar; charset=nonsense\n\nBEGIN:VCALENDAR\nMETHOD:REPLY",
        b"Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\nEND:VCALENDAR\n",
        b"Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\n"
        b"ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@b\nEND:VEVENT\nEND:VCALENDAR\n",
        b"Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\n"
        b"ATTENDEE:mailto:a@b\nDTSTAMP:2026\nEND:VEVENT\nEND:VCALENDAR\n",
        b"Content-Type: multipart/mixed; boundary=\n\n--\n--\n",
        b"X" * (jobs.LARGEST + 1),
    ],
)
def test_what_is_no_answer_is_refused(app, data):
    with pytest.raises(NoAnswer):
        jobs.receive(data, at=now())
