"""The events somebody made, for them to take away."""

from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from officine.core.db import db
from officine.core.export import moment
from officine.models import Event, Member
from officine.models.event import Organiser


def events_made(member: Member) -> list[dict[str, Any]]:
    """What they proposed or organise, and the texts of it that they wrote."""
    organised = select(Organiser.event_id).where(Organiser.member_id == member.id)
    events = db.session.scalars(
        select(Event)
        .where(or_(Event.created_by_id == member.id, Event.id.in_(organised)))
        .options(selectinload(Event.texts))
        .order_by(Event.id)
    )
    return [
        {
            "address": event.slug,
            "state": event.state,
            "starts_at": moment(event.starts_at),
            "ends_at": moment(event.ends_at),
            "zone": event.zone,
            "place": ", ".join(filter(None, (event.place, event.address, event.town))),
            "texts": [
                {
                    "language": text.language,
                    "title": text.title,
                    "summary": text.summary,
                    "text": text.text,
                    "price": text.price,
                }
                for text in event.texts
                if text.by_id == member.id
            ],
        }
        for event in events
    ]


PARTS = {"events_made": events_made}
