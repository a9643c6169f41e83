"""Who hears of what happens in the forum: in the page, by mail, each thing once.

A reaction may run twice: a notification is the only one of its cause for its member, a letter
the only one of its key.
"""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, or_, select

from officine.blueprints.forum.events import (
    AnswerMarked,
    PostEdited,
    PostThanked,
    PostWritten,
    TopicChanged,
    TopicOpened,
)
from officine.core import mail
from officine.core.clock import now
from officine.core.context import public_url
from officine.core.db import db
from officine.core.i18n import writing_in
from officine.core.unsubscribe import unsubscribe_headers, unsubscribe_url
from officine.lib.markdown import plain
from officine.lib.text import excerpt
from officine.models import Follow, Group, Member, Membership, Mention, Post, Thanks, Topic
from officine.models.member import STAFF
from officine.models.notification import notify
from officine.models.sanction import is_here

LETTER = 600


def tell_of_post(event: PostWritten) -> None:
    """Who is named in a post hears of it, and who follows its topic."""
    post = _readable(event.post_id)
    if post is None:
        return
    mentioned = _mentioned(post)
    for member in mentioned:
        _tell(member, post, "mention")
    for member in _followers(post):
        if member not in mentioned:
            _tell(member, post, "answer")


def tell_newly_mentioned(event: PostEdited) -> None:
    """Who is named only since the post was edited hears of it too."""
    post = _readable(event.post_id)
    if post is None:
        return
    for member in _mentioned(post):
        _tell(member, post, "mention")


def tell_who_helped(event: AnswerMarked) -> None:
    """The author of the useful answer hears that it was chosen."""
    topic = db.session.get(Topic, event.topic_id)
    if topic is None or topic.answer is None or topic.answer.post_id != event.post_id:
        return
    post = _readable(event.post_id)
    if post is None or topic.answer.by_id == post.author_id:
        return
    if post.author in _readers([post.author], topic.group):
        _tell(post.author, post, "useful", cause=f"useful:{post.id}", actor=topic.answer.by)


def tell_who_was_thanked(event: PostThanked) -> None:
    """The author of a post hears, in the page and once a post, that it was useful to somebody."""
    post = _readable(event.post_id)
    if post is None or db.session.get(Thanks, (event.post_id, event.member_id)) is None:
        return
    if post.author in _readers([post.author], post.topic.group):
        _notify(post.author, post, "thanks", f"thanks:{post.id}", event.member_id)


def tell_who_can_help(event: TopicOpened | TopicChanged) -> None:
    """A call for help reaches, in the page, those who read its language and belong to the group
    or to its sectors.
    """
    topic = db.session.get(Topic, event.topic_id)
    if topic is None or not topic.is_sos or topic.is_solved or topic.is_locked:
        return
    opening = _opening(topic)
    if opening is None or not opening.is_readable:
        return
    belongs = select(Membership.member_id).where(Membership.group_id == topic.group_id)
    near = db.session.scalars(
        select(Member)
        .where(_is_here(), Member.reads.has_code(topic.language), Member.id != topic.author_id)
        .where(
            or_(Member.id.in_(belongs), Member.sector.in_([s for s in topic.group.sectors if s]))
        )
    )
    for member in _readers(near, topic.group):
        _notify(member, opening, "sos", f"sos:{topic.id}", topic.author_id)


def _readable(post_id: int) -> Post | None:
    """The post, unless readers do not see it, or not the title of its topic."""
    post = db.session.get(Post, post_id)
    if post is None or not post.is_readable:
        return None
    opening = _opening(post.topic)
    return post if opening and opening.is_readable else None


def _opening(topic: Topic) -> Post | None:
    return db.session.scalar(select(Post).filter_by(topic_id=topic.id, number=1))


def _tell(
    member: Member, post: Post, kind: str, cause: str | None = None, actor: Member | None = None
) -> None:
    topic, actor = post.topic, actor or post.author
    cause = cause or f"post:{post.id}"
    # Letters are let go of after a while, notifications are not: they know who has heard.
    if not _notify(member, post, kind, cause, actor.id):
        return
    stops = _stops(member, topic, kind)
    if stops is None:
        return
    with writing_in(member.interface_language):
        url = public_url("forum.post", post_id=post.id)
        stop_url = unsubscribe_url(member.id, stops, topic.id if stops == "topic" else None)
        stop_all_url = unsubscribe_url(member.id, "mentions" if stops == "mentions" else "answers")
    mail.write(
        "forum/post",
        to=member,
        key=f"{cause}:{member.id}",
        headers=unsubscribe_headers(stop_url),
        kind=kind,
        actor=actor,
        topic=topic,
        post=post,
        words=excerpt(plain(post.text), LETTER),
        url=url,
        stops=stops,
        stop_url=stop_url,
        stop_all_url=stop_all_url,
    )


def _notify(member: Member, post: Post, kind: str, cause: str, actor_id: int) -> bool:
    return notify(
        member,
        kind=kind,
        cause=cause,
        at=now(),
        actor_id=actor_id,
        group_id=post.topic.group_id,
        topic_id=post.topic_id,
        post_id=post.id,
    )


def _stops(member: Member, topic: Topic, kind: str) -> str | None:
    """What the letter’s first link stops; None when they want no letter."""
    if kind == "mention" and member.mail_mentions:
        return "mentions"
    if not member.mail_answers:
        return None
    if kind == "useful":
        return "answers"
    followed = db.session.get(Follow, (topic.id, member.id))
    return "topic" if followed and not followed.stopped else None


def _mentioned(post: Post) -> list[Member]:
    named = select(Mention.member_id).where(Mention.post_id == post.id)
    people = db.session.scalars(
        select(Member)
        .where(Member.id.in_(named), Member.id != post.author_id, _is_here())
        .order_by(Member.id)
    )
    return _readers(people, post.topic.group)


def _followers(post: Post) -> list[Member]:
    following = select(Follow.member_id).where(
        Follow.topic_id == post.topic_id, Follow.stopped.is_(False)
    )
    people = db.session.scalars(
        select(Member)
        .where(Member.id.in_(following), Member.id != post.author_id, _is_here())
        .order_by(Member.id)
    )
    return _readers(people, post.topic.group)


def _readers(people: Iterable[Member], group: Group) -> list[Member]:
    """Of some people, those who may read the group: they may have left it since."""
    people = list(people)
    if group.is_proposed:
        return []
    if group.visibility != "private":
        return people
    inside = set(
        db.session.scalars(select(Membership.member_id).where(Membership.group_id == group.id))
    )
    return [person for person in people if person.id in inside or person.role in STAFF]


def _is_here() -> ColumnElement[bool]:
    return is_here() & Member.confirmed_at.is_not(None)
