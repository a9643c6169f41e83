from datetime import timedelta
from email import message_from_bytes, policy

import pytest
import time_machine

from officine.core import mail
from officine.core.clock import now
from officine.core.db import db
from officine.core.mail import Mail


@pytest.fixture
def letter(world):
    """A letter to Marta that waits."""
    moment = now()
    row = Mail(
        key="test:1", to_address="marta-colombo@example.org", to_name="Marta «Colombo», Como",
        language="it", subject="Perché no?", text="Ciao\n", html="<p>Ciao</p>",
        headers={"List-Unsubscribe": "<https://officine.test/it/unsubscribe/x>"},
        written_at=moment, next_attempt_at=moment,
    )  # fmt: skip
    db.session.add(row)
    db.session.commit()
    return row


def test_a_letter_goes_out_once(letter, outbound):
    mail.deliver_waiting()
    mail.deliver_waiting()

    assert len(outbound.letters) == 1
    assert outbound.letters[0]["List-Unsubscribe"].startswith("<https://officine.test/")
    assert outbound.letters[0]["Content-Language"] == "it"


def test_a_letter_has_a_text_and_a_page(letter, outbound):
    mail.deliver_waiting()
    kinds = [part.get_content_type() for part in outbound.letters[0].walk()]

    assert kinds == ["multipart/alternative", "text/plain", "text/html"]


def test_a_letter_that_does_not_go_out_waits_and_goes_later(app, letter, outbound):
    class Closed:
        def send(self, message):
            raise ConnectionRefusedError

    app.extensions["officine.mail"] = Closed()
    mail.deliver_waiting()
    app.extensions["officine.mail"] = outbound
    mail.deliver_waiting()
    assert outbound.letters == []

    with time_machine.travel(now() + timedelta(minutes=5)):
        mail.deliver_waiting()
    assert len(outbound.letters) == 1


def test_a_worker_that_died_while_sending_leaves_the_letter_to_be_sent_again(letter, outbound):
    mail._claim(letter.id)
    mail.deliver_waiting()
    assert outbound.letters == [], "somebody may still be sending it"

    with time_machine.travel(now() + timedelta(minutes=11)):
        mail.deliver_waiting()
    assert len(outbound.letters) == 1


def test_a_letter_sent_again_after_a_crash_carries_the_same_name(letter):
    assert mail._message(letter)["Message-ID"] == mail._message(letter)["Message-ID"]
    assert f"officine-{letter.id}@" in mail._message(letter)["Message-ID"]


def test_a_letter_on_its_way_keeps_nobody_from_writing(app, letter):
    class Slow:
        def send(self, message):
            assert not db.session().in_transaction()

    app.extensions["officine.mail"] = Slow()

    assert mail.deliver_waiting() == 1


def test_no_header_is_smuggled_through_a_subject(world, letter, outbound):
    letter.subject = "Ciao\r\nBcc: everyone@example.org"
    with pytest.raises(ValueError, match=r"[Hh]eader"):
        mail._message(letter)


def test_an_invitation_is_a_version_of_the_letter_and_a_file(letter, outbound):
    letter.calendar = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nNAME:Perché\r\nEND:VCALENDAR\r\n"
    db.session.commit()
    mail.deliver_waiting()

    [sent] = outbound.letters
    message = message_from_bytes(sent.as_bytes(), policy=policy.SMTP)
    versions, file = message.iter_parts()
    assert message.get_content_type() == "multipart/mixed"
    assert [part.get_content_type() for part in versions.iter_parts()] == [
        "text/plain",
        "text/html",
        "text/calendar",
    ]
    *_, event = versions.iter_parts()
    assert event["Content-Type"].params == {"method": "REQUEST", "charset": "utf-8"}
    assert event.get_payload(decode=True).decode() == letter.calendar
    assert (file.get_content_type(), file.get_filename()) == ("application/ics", "invite.ics")
    assert file.get_payload(decode=True).decode() == letter.calendar
