"""What changes topics and posts: the rules of the forum.

Every command that changes what a topic shows locks its row first and raises its version. Numbers
of posts are given under that lock, so two answers at once never share one.
"""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, delete, false, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm.util import identity_key

from officine.blueprints.forum.events import (
    AnswerMarked,
    AnswerUnmarked,
    PostDeleted,
    PostEdited,
    PostThanked,
    PostWritten,
    TopicChanged,
    TopicOpened,
)
from officine.blueprints.forum.queries import (
    MOST_OPEN_SOS,
    answers_count,
    open_sos_count,
    people_called,
)
from officine.core import mail
from officine.core.db import Model, db
from officine.core.i18n import LANGUAGES
from officine.core.outbox import record
from officine.lib.language import clear_language
from officine.lib.markdown import handles_in, render
from officine.lib.slugs import slugify
from officine.lib.text import clean, clean_line
from officine.models import (
    Answer,
    Draft,
    Follow,
    Group,
    Member,
    Mention,
    Pin,
    Post,
    PostRevision,
    ReadMark,
    Thanks,
    Topic,
)
from officine.models.post import recount

LONGEST_TITLE = 160
LONGEST_TEXT = 20_000
MOST_MENTIONS = 20


class TextMissing(Exception):
    """There are no words."""


class TextTooLong(Exception):
    """More than LONGEST_TEXT characters."""


class TitleMissing(Exception):
    """There is no title."""


class TitleTooLong(Exception):
    """More than LONGEST_TITLE characters."""


class TopicLocked(Exception):
    """The topic takes no more posts."""


class PostGone(Exception):
    """The post was taken back, or is hidden."""


class AlreadyAnswered(Exception):
    """A topic that others have answered keeps its opening post."""


class TooManySOS(Exception):
    """Somebody already has MOST_OPEN_SOS open calls for help."""


def open_topic(
    group: Group,
    *,
    by: Member,
    title: str,
    text: str,
    at: datetime,
    language: str | None = None,
    sos: bool = False,
    form_token: str | None = None,
) -> Topic:
    """Open a topic with its first post. The author follows it.

    Without a ``language`` it is the one the text is clearly written in, or the group’s. The same
    form sent twice opens one topic.
    """
    title, text = _title(title), _text(text)
    if form_token:
        _lock(Group, group.id)
        if sent := _sent_before(by, form_token):
            return sent.topic
    if sos and open_sos_count(by, at) >= MOST_OPEN_SOS:
        raise TooManySOS(by.id)

    topic = Topic(
        group=group,
        author=by,
        title=title,
        slug=slugify(title),
        language=language or _language_of(f"{title}\n{text}", group.language),
        is_sos=sos,
        opened_at=at,
        last_post_at=at,
        last_number=0,
        posts_count=0,
        version=0,
    )
    db.session.add(topic)
    db.session.flush()
    _write(topic, by, text, at, topic.language, form_token)
    group.topics_count = Group.topics_count + 1
    discard_draft(by, "group", group.id)
    record(TopicOpened(topic.id))
    return topic


def answer(
    topic: Topic,
    *,
    by: Member,
    text: str,
    at: datetime,
    language: str | None = None,
    form_token: str | None = None,
) -> Post:
    """Write a post in a topic. Its author follows the topic, unless they once stopped.

    Without a ``language`` it is the one the text is clearly written in, or the group’s. The same
    form sent twice writes one post. Raises TopicLocked.
    """
    text = _text(text)
    _lock_topic(topic)
    if form_token and (sent := _sent_before(by, form_token)):
        return sent
    if topic.is_locked:
        raise TopicLocked(topic.id)

    language = language or _language_of(text, topic.group.language)
    post = _write(topic, by, text, at, language, form_token)
    if topic.first_answer_at is None and by.id != topic.author_id:
        topic.first_answer_at = at
    discard_draft(by, "topic", topic.id)
    return post


def edit_post(
    post: Post, *, by: Member, text: str, at: datetime, language: str | None = None
) -> None:
    """Change the words of a post; what they were is kept for its readers."""
    text = _text(text)
    _lock_post(post)
    if not post.is_readable:
        raise PostGone(post.id)
    if language and language != post.language:
        post.language = language
        if post.opens:
            post.topic.language = language
        _has_changed(post)
        record(PostEdited(post.id))
    if text == post.text:
        discard_draft(by, "post", post.id)
        return
    db.session.add(
        PostRevision(post_id=post.id, text=post.text, html=post.html, until=at, by_id=by.id)
    )
    _rewrite(post, text)
    post.edited_at = at
    _has_changed(post)
    discard_draft(by, "post", post.id)
    record(PostEdited(post.id))


def edit_topic(
    topic: Topic,
    *,
    by: Member,
    at: datetime,
    title: str | None = None,
    sos: bool | None = None,
) -> None:
    """Give a topic another title, or let it ask for help or no longer. The address follows the
    title; the old one leads to it.
    """
    _lock_topic(topic)
    if title is not None:
        topic.title = _title(title)
        topic.slug = slugify(topic.title)
    if sos is not None and sos != topic.is_sos:
        if sos and open_sos_count(topic.author, at) >= MOST_OPEN_SOS:
            raise TooManySOS(by.id)
        topic.is_sos = sos
    topic.version += 1
    record(TopicChanged(topic.id))


def delete_post(post: Post, *, by: Member, at: datetime) -> None:
    """Take a post back: its words go, its place stays. With the opening post goes the topic, but
    only while nobody has answered; otherwise AlreadyAnswered.
    """
    topic = post.topic
    _lock_post(post)
    if post.deleted_at:
        return
    if post.opens and answers_count(topic):
        raise AlreadyAnswered(topic.id)
    if topic.answer and topic.answer.post_id == post.id:
        unmark_answer(topic, by=by, at=at)
    post.deleted_at = at
    _has_changed(post)
    mail.withdraw(f"post:{post.id}:", f"useful:{post.id}:")
    if post.opens:
        topic.group.topics_count = Group.topics_count - 1
    db.session.flush()
    recount(topic)
    record(PostDeleted(post.id))


def mark_answer(topic: Topic, post: Post, *, by: Member, at: datetime) -> None:
    """Say which post solved the matter; an earlier choice gives way."""
    _lock_post(post)
    if post.topic_id != topic.id or not post.is_readable:
        raise PostGone(post.id)
    if topic.answer and topic.answer.post_id == post.id:
        return
    if topic.answer is None:
        topic.answer = Answer(post_id=post.id, by_id=by.id, at=at)
    else:
        topic.answer.post_id, topic.answer.by_id, topic.answer.at = post.id, by.id, at
    topic.version += 1
    record(AnswerMarked(topic.id, post.id))


def unmark_answer(topic: Topic, *, by: Member, at: datetime) -> None:
    """No post solved the matter after all."""
    _lock_topic(topic)
    if topic.answer is None:
        return
    topic.answer = None
    topic.version += 1
    record(AnswerUnmarked(topic.id))


def thank(post: Post, *, by: Member, at: datetime) -> None:
    """Say that a post was useful; once a member."""
    if _put(Thanks, {"post_id": post.id, "member_id": by.id}, {"at": at}, only_if=false()):
        _count_thanks(post, 1)
        record(PostThanked(post.id, by.id))


def unthank(post: Post, *, by: Member) -> None:
    """Take one’s thanks back."""
    thanks = _table(Thanks)
    gone = db.session.scalar(
        delete(thanks)
        .where(thanks.c.post_id == post.id, thanks.c.member_id == by.id)
        .returning(thanks.c.post_id)
    )
    if gone:
        _count_thanks(post, -1)


def follow(topic: Topic, *, by: Member, at: datetime) -> None:
    """Hear of new posts."""
    _put(Follow, {"topic_id": topic.id, "member_id": by.id}, {"since": at, "stopped": False})


def unfollow(topic: Topic, *, by: Member, at: datetime) -> None:
    """Hear no more of new posts, even after writing again."""
    _put(Follow, {"topic_id": topic.id, "member_id": by.id}, {"since": at, "stopped": True})


def pin(topic: Topic, *, by: Member, at: datetime) -> None:
    """Keep a topic first in its group."""
    _lock_topic(topic)
    if topic.pin is None:
        topic.pin = Pin(by_id=by.id, at=at)
        topic.version += 1


def unpin(topic: Topic) -> None:
    """Let a topic stand where its last post puts it."""
    _lock_topic(topic)
    if topic.pin is not None:
        topic.pin = None
        topic.version += 1


def save_draft(
    by: Member,
    noun: str,
    owner_id: int,
    *,
    text: str,
    at: datetime,
    title: str = "",
    form_token: str | None = None,
) -> Draft | None:
    """Keep what somebody has begun to write in a topic, a group or a post; nothing is kept of
    an empty text, nor of a form that was sent meanwhile. Gives the draft, or None.
    """
    text, title = clean(text)[: LONGEST_TEXT * 2], clean_line(title)[:200]
    if form_token and _sent_before(by, form_token):
        return None
    if not text and not title:
        discard_draft(by, noun, owner_id)
        return None
    place = {"member_id": by.id, "place": Draft.place_of(noun, owner_id)}
    _put(Draft, place, {"title": title, "text": text, "saved_at": at})
    return db.session.get(Draft, tuple(place.values()))


def discard_draft(by: Member, noun: str, owner_id: int) -> None:
    """Forget what somebody had begun to write."""
    draft = _table(Draft)
    db.session.execute(
        delete(draft).where(
            draft.c.member_id == by.id, draft.c.place == Draft.place_of(noun, owner_id)
        )
    )


def forget_name(member_id: int) -> None:
    """Show no more the name of somebody who has left where others mentioned them."""
    named = select(Mention.post_id).where(Mention.member_id == member_id)
    for post in db.session.scalars(select(Post).where(Post.id.in_(named))):
        post.html, _people = _rendered(post.text)
        _has_changed(post)
    for revision in db.session.scalars(select(PostRevision).where(PostRevision.post_id.in_(named))):
        revision.html, _people = _rendered(revision.text)


def mark_read(member_id: int, topic_id: int, number: int, *, at: datetime) -> None:
    """Remember the newest post of a topic that a member has seen; it never goes back."""
    place = {"member_id": member_id, "topic_id": topic_id}
    _put(ReadMark, place, {"number": number, "at": at}, only_if=ReadMark.number < number)


def _write(
    topic: Topic, by: Member, text: str, at: datetime, language: str, form_token: str | None
) -> Post:
    topic.last_number += 1
    topic.posts_count += 1
    topic.version += 1
    topic.last_post_at = max(topic.last_post_at, at)
    group = topic.group
    group.last_post_at = max(group.last_post_at or at, at)
    html, people = _rendered(text)
    post = Post(
        topic=topic,
        number=topic.last_number,
        author=by,
        language=language,
        text=text,
        html=html,
        written_at=at,
        thanks_count=0,
        version=1,
        form_token=form_token,
    )
    db.session.add(post)
    db.session.flush()
    db.session.add_all(Mention(post_id=post.id, member_id=person.id) for person in people)
    following = {"since": at, "stopped": False}
    _put(Follow, {"topic_id": topic.id, "member_id": by.id}, following, only_if=false())
    mark_read(by.id, topic.id, post.number, at=at)
    record(PostWritten(post.id))
    return post


def _rendered(text: str) -> tuple[str, list[Member]]:
    """The HTML of a text, made once, and whom it names."""
    people = people_called(handles_in(text)[:MOST_MENTIONS])
    return render(text, {person.handle: person.name for person in people}), people


def _rewrite(post: Post, text: str) -> None:
    post.text = text
    post.html, people = _rendered(text)
    known = set(db.session.scalars(select(Mention.member_id).where(Mention.post_id == post.id)))
    named = {person.id for person in people}
    db.session.add_all(
        Mention(post_id=post.id, member_id=member_id) for member_id in sorted(named - known)
    )
    db.session.execute(
        delete(Mention).where(Mention.post_id == post.id, Mention.member_id.in_(known - named))
    )


def _has_changed(post: Post) -> None:
    post.version += 1
    post.topic.version += 1


def _lock_topic(topic: Topic) -> None:
    """Whoever else changes this topic waits until we are done; its row is read afresh."""
    db.session.flush()
    db.session.scalar(
        select(Topic)
        .where(Topic.id == topic.id)
        .with_for_update(of=Topic)
        .execution_options(populate_existing=True)
    )


def _lock_post(post: Post) -> None:
    """The same for a post, which changes under its topic’s lock."""
    _lock_topic(post.topic)
    db.session.refresh(post)


def _count_thanks(post: Post, difference: int) -> None:
    """Thanks are many, so that they count in the database, without anybody waiting for a lock.

    The topic comes first: whoever changes it holds its row before those of its posts.
    """
    if db.session.dirty:
        db.session.flush()
    topic, this = _table(Topic), _table(Post)
    db.session.execute(
        update(topic).where(topic.c.id == post.topic_id).values(version=topic.c.version + 1)
    )
    db.session.execute(
        update(this)
        .where(this.c.id == post.id)
        .values(thanks_count=this.c.thanks_count + difference, version=this.c.version + 1)
    )
    db.session.expire(post, ["thanks_count", "version"])
    db.session.expire(post.topic, ["version"])


def _put(
    model: type[Model],
    place: dict[str, Any],
    values: dict[str, Any],
    only_if: ColumnElement[bool] | None = None,
) -> bool:
    """Insert a row or update the one at its place, in one step that no other can come between;
    False if nothing changed.
    """
    insert: Any = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[db.engine.dialect.name]
    table, first = _table(model), next(iter(place))
    changed = db.session.scalar(
        insert(table)
        .values(**place, **values)
        .on_conflict_do_update(index_elements=list(place), set_=values, where=only_if)
        .returning(table.c[first])
    )
    known = db.session.identity_map.get(identity_key(model, tuple(place.values())))
    if known is not None:
        db.session.expire(known)
    return changed is not None


def _table(model: type[Model]) -> Table:
    """A model’s table, for statements that many rows pass through."""
    return cast(Table, model.__table__)


def _lock(model: type[Group], row_id: int) -> None:
    db.session.execute(select(model.id).where(model.id == row_id).with_for_update())


def _sent_before(by: Member, form_token: str) -> Post | None:
    return db.session.scalar(select(Post).filter_by(author_id=by.id, form_token=form_token))


def _text(text: str) -> str:
    text = clean(text)
    if not text:
        raise TextMissing
    if len(text) > LONGEST_TEXT:
        raise TextTooLong(len(text))
    return text


def _title(title: str) -> str:
    title = clean_line(title)
    if not title:
        raise TitleMissing
    if len(title) > LONGEST_TITLE:
        raise TitleTooLong(len(title))
    return title


def _language_of(text: str, usual: str) -> str:
    return clear_language(text, LANGUAGES) or usual
