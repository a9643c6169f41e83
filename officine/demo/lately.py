"""What the demo’s people have seen, and what waits for them: only the last two days are news."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import case, func, or_, select, update

from officine.blueprints.forum.commands import mark_read
from officine.core.db import db
from officine.core.mail import no_letters
from officine.core.outbox import Reaction, RecordedEvent
from officine.demo.stage import Stage, chance
from officine.demo.talk import Act
from officine.demo.texts import Community, TopicText
from officine.models import Member, Notification, Post, ReadMark

NEWS = timedelta(days=2)
"""What is older is told to nobody."""

LAST_VISITS = {
    "marta-colombo": timedelta(hours=20),
    "teresa-uribe": timedelta(hours=22),
    "emma-whitcombe": timedelta(hours=11),
    "giulia-serra": timedelta(hours=3),
    "beatriz-luna": timedelta(hours=4),
    "ruth-adler": timedelta(hours=6),
}
"""When those whom everybody plays last read all through; the others, some time in the last two
days. Who wrote since has read that one topic."""

ALL_READ = timedelta(days=9)
"""Who comes every day has read what is older."""

SKIPPED = 0.2
"""The share of newer topics that somebody has not opened."""


def perform(acts: list[Act], stage: Stage) -> None:
    """Do everything in its order. Of the last two days people hear in the page, as they would
    have heard then; letters are written to nobody.
    """
    older = [act for act in acts if act.ago > NEWS]
    for act in older:
        act.do(stage.moment(act.ago))
    _settle_all(stage.at)
    with no_letters():
        for act in acts[len(older) :]:
            at = stage.moment(act.ago)
            act.do(at)
            _tell(at)


def catch_up(stage: Stage, community: Community) -> None:
    """Let everyone have read what they read on their last visit."""
    for person in community.people:
        member = stage.people[person.handle]
        visit = stage.at - LAST_VISITS.get(
            person.handle, NEWS * (0.1 + 0.9 * chance("visit", person.handle))
        )
        for topic in community.topics:
            if person.handle in community.group[topic.group].members:
                number = _read_until(stage, topic, person.handle, visit)
                if number:
                    mark_read(member.id, stage.topics[topic.key].id, number, at=visit)
        _have_heard(member, visit)


def _have_heard(member: Member, visit: datetime) -> None:
    """What they were told before their last visit, or of messages they have read, is no news."""
    seen = (
        select(Post.id)
        .join(ReadMark, ReadMark.topic_id == Post.topic_id)
        .where(ReadMark.member_id == member.id, Post.number <= ReadMark.number)
    )
    db.session.execute(
        update(Notification)
        .where(Notification.member_id == member.id)
        .where(or_(Notification.at <= visit, Notification.post_id.in_(seen)))
        .values(read_at=case((Notification.at > visit, Notification.at), else_=visit))
    )


def _settle_all(at: datetime) -> None:
    db.session.flush()
    db.session.execute(
        update(RecordedEvent).where(RecordedEvent.settled_at.is_(None)).values(settled_at=at)
    )


def _tell(at: datetime) -> None:
    """Let those who should hear of what was just recorded, as of then."""
    if not db.session().info.pop("something_happened", False):
        return
    before = db.session.scalar(select(func.max(Notification.id))) or 0
    waiting = select(RecordedEvent).where(RecordedEvent.settled_at.is_(None))
    for row in db.session.scalars(waiting.order_by(RecordedEvent.id)).all():
        event = row.event()
        for tell in _notices(type(event)):
            tell(event)
        row.settled_at = at
    db.session.flush()
    db.session.execute(update(Notification).where(Notification.id > before).values(at=at))


def _notices(kind: type) -> Iterator[Reaction]:
    for reaction in current_app.extensions["officine.reactions"].get(kind, ()):
        if "notices" in reaction.__module__.split("."):
            yield reaction


def _read_until(stage: Stage, topic: TopicText, handle: str, visit: datetime) -> int:
    """The number of the last post of a topic that somebody has seen."""
    is_old = topic.posts[-1].ago > ALL_READ or topic.lock is not None
    if not is_old and chance("skipped", topic.key, handle) < SKIPPED:
        return 0
    return max((post.number for post in topic.posts if stage.moment(post.ago) <= visit), default=0)
