"""Moving a topic to another group."""

from datetime import datetime
from typing import Any, Unpack

from sqlalchemy import update

from officine.blueprints.desk import queries
from officine.blueprints.desk.commands.errors import AlreadyDecided, WouldPublish
from officine.blueprints.desk.commands.places import (
    carry_cases,
    count_topic,
    drop_followers_who_cannot_read,
    held_in,
    hold_rows,
    is_counted,
    narrows,
    places_in,
    widens,
    withdraw_letters,
)
from officine.blueprints.desk.events import Decided
from officine.blueprints.forum.events import TopicChanged
from officine.core.db import db
from officine.core.outbox import record
from officine.models import (
    Decision,
    Follow,
    Group,
    Highlight,
    Member,
    Notification,
    Pin,
    Rearrangement,
    Topic,
)
from officine.models.decision import Grounds, decide
from officine.models.post import recount, recount_group


def move_topic(
    topic: Topic,
    *,
    to: Group,
    by: Member,
    at: datetime,
    rule: str,
    facts: str,
    publishes: bool = False,
    **grounds: Unpack[Grounds],
) -> Decision:
    """Put a topic into another group, with all its posts; its address leads there as before.

    Raises WouldPublish where people would read it there who may not read it here, unless a
    manager says (``publishes``) that this is meant.
    """
    here = topic.group
    hold_rows([topic.id], [here.id, to.id])
    if topic.group_id != here.id or topic.group_id == to.id:
        raise AlreadyDecided(queries.last_rearrangement_of(topic.id))
    forbid_publishing(here, to, by=by, confirmed=publishes)
    decision = decide(
        "move", by=by, at=at, rule=rule, facts=facts, affected_id=topic.author_id,
        topic_id=topic.id, group_id=here.id, **grounds,
    )  # fmt: skip
    before: dict[str, Any] = {"pin": _unpin(topic)}
    _carry(topic, here, to)
    before["followers"] = drop_followers_who_cannot_read(topic)
    db.session.add(
        Rearrangement(
            decision_id=decision.id, measure="move", topic_id=topic.id, group_id=here.id,
            before=before,
        )
    )  # fmt: skip
    record(TopicChanged(topic.id))
    record(Decided(decision.id))
    return decision


def undo_move(decision: Decision, *, at: datetime) -> None:
    """Put a topic back into the group from which a decision moved it."""
    change = db.session.get(Rearrangement, decision.id)
    if change is None or change.undone_at or change.group_id is None:
        return
    topic = change.topic
    here, back = topic.group, db.session.get_one(Group, change.group_id)
    hold_rows([topic.id], [here.id, back.id])
    change.undone_at = at
    if topic.group_id == back.id:
        return
    _unpin(topic)
    _carry(topic, here, back)
    pin = change.before.get("pin")
    if pin is not None:
        topic.pin = Pin(by_id=pin["by"], at=datetime.fromisoformat(pin["at"]))
    for row in change.before.get("followers", ()):
        if db.session.get(Follow, (topic.id, row["member"])) is None:
            db.session.add(
                Follow(
                    topic_id=topic.id, member_id=row["member"], since=at, stopped=row["stopped"]
                )
            )  # fmt: skip
    drop_followers_who_cannot_read(topic)
    record(TopicChanged(topic.id))


def forbid_publishing(here: Group, there: Group, *, by: Member, confirmed: bool) -> None:
    """What was said among few is not put before others by mistake, nor by whoever likes."""
    if widens(here, there) and not (confirmed and by.is_leader):
        raise WouldPublish(there.id)


def _carry(topic: Topic, here: Group, there: Group) -> None:
    counts = is_counted(topic)
    topic.group = there
    db.session.flush()
    if counts:
        count_topic(here, -1)
        count_topic(there, 1)
    recount(topic)
    recount_group(here)
    posts = [place.post_id for place in places_in(topic)]
    carry_cases(topic, [*posts, *held_in(topic)])
    db.session.execute(
        update(Notification).where(Notification.topic_id == topic.id).values(group_id=there.id)
    )
    if narrows(here, there):
        withdraw_letters(posts)
    highlight = db.session.get(Highlight, topic.id)
    if highlight is not None and there.visibility == "private":
        db.session.delete(highlight)


def _unpin(topic: Topic) -> dict[str, object] | None:
    """A pin holds in the group where it was set."""
    pin = topic.pin
    if pin is None:
        return None
    topic.pin = None
    return {"by": pin.by_id, "at": pin.at.isoformat()}
