"""What is kept of somebody who comes: their registration, what they say, what they answered."""

import secrets
from collections.abc import Mapping
from datetime import datetime

from officine.blueprints.attendance import queries
from officine.blueprints.attendance.events import Registered
from officine.core.db import db
from officine.core.outbox import record
from officine.lib.text import clean
from officine.models import Event, Registration, RegistrationAnswer

CODE_BYTES = 18


def new_registration(event: Event, *, language: str, at: datetime, **who: object) -> Registration:
    """A registration that says nothing yet."""
    registration = Registration(
        event=event, language=language, reply="no", guests=0, guest_names="", refusal="",
        version=0, created_at=at, changed_at=at, code=secrets.token_urlsafe(CODE_BYTES), **who,
    )  # fmt: skip
    db.session.add(registration)
    return registration


def set_reply(registration: Registration, now: str, at: datetime, *, told: bool = True) -> None:
    """Keep a reply, and say so if it is another one than before."""
    was = "none" if registration.version == 0 else registration.reply
    registration.reply = now
    if now != "waiting":
        registration.waiting_since = None
    registration.offer_ends_at = None
    registration.changed_at = at
    registration.version = (registration.version or 0) + 1
    db.session.flush()
    if told and was != now:
        record(Registered(registration.id, registration.version, was, now))


def keep_answers(registration: Registration, answers: Mapping[int, str] | None) -> None:
    """What they answered to what is asked now; what they do not mention (None) stays."""
    if answers is None:
        return
    db.session.flush()
    known = {each.question_id: each for each in registration.answers}
    asked = {each.id for each in queries.questions(registration.event)}
    for question_id in asked & answers.keys():
        text = clean(answers[question_id])
        if question_id in known:
            known[question_id].text = text
        elif text:
            registration.answers.append(RegistrationAnswer(question_id=question_id, text=text))
