"""Coming without an account: by a letter that proves the address."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select

from officine.blueprints.attendance import queries
from officine.blueprints.attendance.commands.replying import change, check_party
from officine.blueprints.attendance.commands.rows import keep_answers, new_registration
from officine.blueprints.attendance.events import AddressIsMembers, AddressToProve
from officine.core.db import db
from officine.core.locks import lock_row
from officine.core.outbox import record
from officine.lib.text import clean_line
from officine.models import Event, Member, Registration


def ask_by_mail(
    event: Event,
    *,
    name: str,
    email: str,
    language: str,
    at: datetime,
    guests: int = 0,
    guest_names: str = "",
    answers: Mapping[int, str] | None = None,
) -> None:
    """Somebody without an account wants to come. They hold nothing before the letter that follows
    has proved that the address is theirs; who is registered already gets their link again, and
    nobody but the owner of the mailbox learns which it was.
    """
    lock_row(event)
    member_id = db.session.scalar(
        select(Member.id).where(Member.email == email, Member.left_at.is_(None))
    )
    if member_id is not None:
        record(AddressIsMembers(event.id, member_id, at.isoformat()))
        return
    registration = queries.registration_by_address(event, email)
    if registration is None:
        registration = new_registration(
            event, email=email, name=clean_line(name), language=language, at=at
        )
        registration.reply = "unproven"
    if registration.reply == "unproven":
        check_party(event, registration, guests)
        registration.name, registration.language = clean_line(name), language
        registration.guests, registration.guest_names = guests, clean_line(guest_names)
        registration.changed_at = at
        keep_answers(registration, answers)
    db.session.flush()
    record(AddressToProve(registration.id, at.isoformat()))


def prove_address(registration: Registration, *, at: datetime) -> None:
    """They followed the link in our letter: from now on they come, wait or ask like a member."""
    event = registration.event
    lock_row(event)
    db.session.refresh(registration)
    registration.confirmed_at = registration.confirmed_at or at
    if registration.reply == "unproven":
        change(event, registration, "going", at, registration.guests, None, None)


def forget_unproven(*, before: datetime) -> None:
    """What somebody registered by mail and never confirmed is kept no longer."""
    db.session.execute(
        delete(Registration).where(
            Registration.reply == "unproven", Registration.changed_at < before
        )
    )
