"""Who looks after an event."""

from datetime import datetime

from officine.blueprints.planning import queries
from officine.blueprints.planning.commands.drafting import finish
from officine.blueprints.planning.commands.errors import LastOrganiser
from officine.core.db import db
from officine.core.locks import lock_row
from officine.models import Member
from officine.models.event import Event, Organiser


def add_organiser(event: Event, member: Member, *, by: Member, at: datetime) -> None:
    """Let a member look after the event too."""
    lock_row(event)
    if db.session.get(Organiser, (event.id, member.id)) is None:
        event.organisers.append(Organiser(member=member))
        finish(event, by, at, "event.organiser", member=member.id)


def remove_organiser(event: Event, member: Member, *, by: Member, at: datetime) -> None:
    """Let a member look after it no more. The last one stays."""
    lock_row(event)
    organiser = db.session.get(Organiser, (event.id, member.id))
    if organiser is None:
        return
    if len(queries.organisers(event)) == 1:
        raise LastOrganiser(member.id)
    event.organisers.remove(organiser)
    finish(event, by, at, "event.no-organiser", member=member.id)
