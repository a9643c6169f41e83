"""What a member said after events, for them to take away.

Only what they said themselves: who says that they met them stays unsaid until they say so too.
"""

from typing import Any

from sqlalchemy import select

from officine.core.db import db
from officine.core.export import moment
from officine.models import Event, Feedback, Member, MetTick, Registration
from officine.models.follow_up import has_ticked


def people_met(member: Member) -> list[dict[str, Any]]:
    """Whom they ticked, where; and whether the other said so too."""
    found = db.session.execute(
        select(
            Event.slug,
            Member.handle,
            MetTick.at,
            has_ticked(MetTick.event_id, MetTick.other_id, MetTick.by_id),
        )
        .select_from(MetTick)
        .join(Event, Event.id == MetTick.event_id)
        .join(Member, Member.id == MetTick.other_id)
        .where(MetTick.by_id == member.id)
        .order_by(MetTick.at, Member.handle)
    )
    return [
        {"event": slug, "person": handle, "said": moment(at), "both_say_so": bool(both)}
        for slug, handle, at, both in found
    ]


def event_feedback(member: Member) -> list[dict[str, Any]]:
    """How they found the events they were at."""
    found = db.session.execute(
        select(Event.slug, Feedback)
        .join(Registration, Registration.id == Feedback.registration_id)
        .join(Event, Event.id == Feedback.event_id)
        .where(Registration.member_id == member.id)
        .order_by(Feedback.at, Feedback.registration_id)
    )
    return [
        {
            "event": slug,
            "worth_1_to_5": said.worth,
            "would_come_again": said.again,
            "to_do_differently": said.text,
            "language": said.language,
            "said": moment(said.at),
        }
        for slug, said in found
    ]


PARTS = {"people_met": people_met, "event_feedback": event_feedback}
"""By the name each has in the file."""
