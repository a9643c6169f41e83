"""What a member said about events, for them to take away."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from officine.core.db import db
from officine.core.export import moment
from officine.models import Event, Member, Registration, RegistrationAnswer


def registrations(member: Member) -> list[dict[str, Any]]:
    """To which events they said they come, with whom, and what they answered."""
    found = db.session.execute(
        select(Registration, Event.slug, Event.starts_at)
        .join(Event, Event.id == Registration.event_id)
        .where(Registration.member_id == member.id)
        .options(selectinload(Registration.answers).joinedload(RegistrationAnswer.question))
        .order_by(Registration.id)
    )
    return [
        {
            "event": slug,
            "begins": moment(starts_at),
            "reply": each.reply,
            "guests": each.guests,
            "guest_names": each.guest_names,
            "answers": {answer.question.text: answer.text for answer in each.answers},
            "replied": moment(each.changed_at),
            "arrived": moment(each.arrived_at),
            "refusal": each.refusal,
        }
        for each, slug, starts_at in found
    ]


PARTS = {"event_registrations": registrations}
