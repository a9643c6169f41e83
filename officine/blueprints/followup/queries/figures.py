"""An event that is over, in numbers, for those who looked after it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased, selectinload

from officine.core.db import db
from officine.models import Event, Registration
from officine.models.follow_up import was_there


@dataclass(frozen=True)
class Figures:
    """Who had said that they come, and who came."""

    expected: int
    """Who had said so, without their guests."""
    came: int
    guests: int
    """Whom those who came brought along."""
    walk_ins: int
    door_was_kept: bool
    """Whether somebody ticked who came; without that, whoever said so is counted as there."""
    missing: list[Registration]
    """Who had said that they come and did not. Nobody, where no door was kept."""
    languages: list[tuple[str, int]]
    """The languages in which those who came read us, the commonest first."""
    newcomers: int
    """For how many it was the first event here."""


def figures(event: Event) -> Figures:
    """An event in numbers."""
    found = db.session.scalars(
        select(Registration)
        .where(Registration.event_id == event.id)
        .options(selectinload(Registration.member))
        .order_by(Registration.id)
    ).all()
    kept = any(each.arrived_at for each in found)
    # Who came online passed no door: of such an event nobody can say who was missing.
    tells_missing = kept and not event.is_online
    said = [each for each in found if each.reply == "going" and not each.is_walk_in]
    came = [
        each for each in found
        if each.arrived_at or (each.reply == "going" and not tells_missing)
    ]  # fmt: skip
    return Figures(
        expected=len(said),
        came=len(came),
        guests=sum(each.arrived_guests if each.arrived_at else each.guests for each in came),
        walk_ins=sum(each.is_walk_in for each in came),
        door_was_kept=kept,
        missing=[each for each in said if tells_missing and not each.arrived_at],
        languages=Counter(each.language for each in came if not _is_nameless(each)).most_common(),
        newcomers=_newcomers(event, came),
    )


def _is_nameless(registration: Registration) -> bool:
    """Whether we know nothing but a name: whoever came without being registered."""
    return registration.member_id is None and not registration.email


def _newcomers(event: Event, came: Sequence[Registration]) -> int:
    """Who was at no event here before, of those whom we would know again."""
    members = {each.member_id for each in came if each.member_id}
    addresses = {each.email for each in came if each.email and not each.member_id}
    earlier = aliased(Registration)
    known = (
        select(earlier.member_id, earlier.email)
        .join(Event, Event.id == earlier.event_id)
        .where(Event.ends_at <= event.starts_at, Event.id != event.id, was_there(earlier))
    )
    again = known.where(or_(earlier.member_id.in_(members), earlier.email.in_(addresses)))
    rows = db.session.execute(again).all()
    old_members, old_addresses = {row[0] for row in rows}, {row[1] for row in rows}
    return len(members - old_members) + len(addresses - old_addresses)
