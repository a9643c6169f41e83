"""The command that a mail server hands answers to."""

import re
import sys
from contextlib import contextmanager
from dataclasses import replace

import pytest
from click.testing import CliRunner
from icalendar import Calendar
from structlog.testing import capture_logs

from officine.blueprints.calendars.queries import invitation
from officine.cli import receive
from officine.core.clock import now
from officine.core.db import db
from tests.calendars.stage import an_event, goes
from tests.world import World


@pytest.fixture
def pipe(app, monkeypatch):
    """Hand a mail to the command; gives its code, its words and what it logged."""
    settings = app.extensions["officine.settings"]
    app.extensions["officine.settings"] = replace(settings, reply_address="reply@officine.test")

    @contextmanager
    def here():
        yield app

    monkeypatch.setattr(sys.modules["officine.cli.receive"], "application", here)

    def hand_over(data: bytes):
        with capture_logs() as lines:
            ended = CliRunner().invoke(receive, input=data)
        return ended.exit_code, ended.output, lines

    yield hand_over
    app.extensions["officine.settings"] = settings


def reply_of(registration, partstat="DECLINED"):
    text = invitation(registration, "REQUEST", now()).replace("METHOD:REQUEST", "METHOD:REPLY")
    text = text.replace("\r\n ", "").replace("PARTSTAT=ACCEPTED", f"PARTSTAT={partstat}")
    organiser = Calendar.from_ical(text).walk("VEVENT")[0]["ORGANIZER"].removeprefix("mailto:")
    return (
        f"From: emma-whitcombe@example.org\r\nTo: {organiser}\r\n"
        f"Content-Type: text/calendar; method=REPLY; charset=utf-8\r\n\r\n{text}"
    ).encode()


def test_an_answer_is_kept(pipe, world: World):
    registration = goes(an_event(world.marta), world.emma)

    code, said, lines = pipe(reply_of(registration))

    db.session.expire_all()
    assert (code, said) == (0, "")
    assert registration.reply == "no"
    assert [line["outcome"] for line in lines if line["event"] == "answer received"] == ["taken"]


def test_garbage_and_wrong_secrets_are_refused_without_a_word_of_them_in_the_log(
    pipe, world: World
):
    registration = goes(an_event(world.marta), world.emma)
    wrong = reply_of(registration).replace(b"reply+", b"reply+9")

    for data, expected in ((b"Subject: ciao Emma\n\nciao", 65), (wrong, 67)):
        code, said, lines = pipe(data)

        assert code == expected
        assert re.match(r"5\.\d\.\d ", said)
        for words in ("Questo indirizzo", "address", "Esta dirección"):
            assert words in said, "in all our languages: nobody knows whose it is"
        assert "emma" not in str(lines).lower()
        assert "reply+" not in str(lines)
    db.session.expire_all()
    assert registration.reply == "going"


def test_what_is_over_takes_no_answer(pipe, world: World):
    registration = goes(an_event(world.marta, days=-3), world.emma, "no")

    code, said, _ = pipe(reply_of(registration).replace(b"PARTSTAT=DECLINED", b"PARTSTAT=ACCEPTED"))

    assert code == 69
    assert said.startswith("5.7.0 “Cena a Como” takes no such answer any more.")
    assert "/en/events/cena-a-como" in said, "in the language of whoever answered"
