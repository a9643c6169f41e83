"""Opening a topic and writing in it."""

from datetime import datetime

from officine.blueprints.forum.commands.errors import (
    LONGEST_TITLE,
    TitleHeld,
    TitleMissing,
    TitleTooLong,
    TooManySOS,
    TooSoon,
    TopicHeld,
    TopicLocked,
)
from officine.blueprints.forum.commands.holding import come_back, hold
from officine.blueprints.forum.commands.reading import discard_draft, mark_read
from officine.blueprints.forum.commands.rows import put, sent_before, unless_there
from officine.blueprints.forum.commands.words import checked_text
from officine.blueprints.forum.events import (
    PostWritten,
    TopicChanged,
    TopicOpened,
)
from officine.blueprints.forum.queries import (
    MOST_OPEN_SOS,
    Written,
    again_at,
    held_for,
    held_for_title,
    open_sos_count,
    opening_of,
)
from officine.core.db import db
from officine.core.i18n import LANGUAGES
from officine.core.locks import lock_row
from officine.core.outbox import record
from officine.lib.language import clear_language
from officine.lib.slugs import slugify
from officine.lib.text import clean_line
from officine.models import (
    Follow,
    Group,
    Member,
    Mention,
    Post,
    Topic,
)
from officine.models.case import close_cases
from officine.models.picture import note_pictures
from officine.models.post import publish
from officine.models.wording import rendered

UNANSWERED = ("sos", "unanswered")
"""The kinds of case that an answer closes."""


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
    """Open a topic with its first post. The author follows it. Where something speaks for it, both
    wait for an editor, and only their author knows of them.

    Without a ``language`` it is the one the text is clearly written in, or the group’s. The same
    form sent twice opens one topic.
    """
    title, text = _title(title), checked_text(text)
    if form_token:
        lock_row(group)
        if sent := sent_before(by, form_token):
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
    post = _write(topic, by, text, at, topic.language, form_token, title)
    discard_draft(by, "group", group.id)
    if post.number:
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
    form sent twice writes one post. Raises TopicLocked, and
    TopicHeld where the topic itself waits for an editor, and TooSoon in one that was slowed down.
    """
    text = checked_text(text)
    lock_row(topic)
    if form_token and (sent := sent_before(by, form_token)):
        return sent
    if topic.is_locked:
        raise TopicLocked(topic.id)
    if topic.is_held:
        raise TopicHeld(topic.id)
    if again := again_at(topic, by, at):
        raise TooSoon(again)

    language = language or _language_of(text, topic.group.language)
    post = _write(topic, by, text, at, language, form_token)
    discard_draft(by, "topic", topic.id)
    return post


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

    Raises TitleHeld where words like these would wait for an editor in a post. A title does not
    wait: it is one line, and whoever wrote it can choose other words at once. One that nobody
    sees yet is read with the post that opens its topic.
    """
    lock_row(topic)
    opening = opening_of(topic)
    if title is not None and (title := _title(title)) != topic.title:
        in_sight = opening is not None and opening.is_readable
        if in_sight and (signals := held_for_title(topic, title, by=by, at=at)):
            raise TitleHeld(signals)
        topic.title = title
        topic.slug = slugify(title)
    if sos is not None and sos != topic.is_sos:
        if sos and open_sos_count(topic.author, at) >= MOST_OPEN_SOS:
            raise TooManySOS(by.id)
        topic.is_sos = sos
    if opening is not None and opening.hiding is not None and opening.is_mendable:
        come_back(opening, at=at)
    if not topic.is_sos:
        close_cases("topic", topic.id, at=at, kinds=("sos",))
    topic.version += 1
    record(TopicChanged(topic.id))


def _write(
    topic: Topic,
    by: Member,
    text: str,
    at: datetime,
    language: str,
    form_token: str | None,
    title: str = "",
) -> Post:
    """A post, published at once or kept for an editor."""
    html, people = rendered(text)
    signals = held_for(Written(by, topic.group, text, html, language, at, title))
    post = Post(
        topic=topic, author=by, language=language, text=text, html=html, written_at=at,
        thanks_count=0, version=1, form_token=form_token,
    )  # fmt: skip
    was_waiting = topic.first_answer_at is None
    if not signals:
        publish(post, at)
    db.session.add(post)
    db.session.flush()
    db.session.add_all(Mention(post_id=post.id, member_id=person.id) for person in people)
    note_pictures(post)
    following = {"since": at, "stopped": False}
    put(Follow, {"topic_id": topic.id, "member_id": by.id}, following, only_if=unless_there)
    if post.number is None:
        hold(post, signals, at=at)
        return post
    mark_read(by.id, topic.id, post.number, at=at)
    if was_waiting and topic.first_answer_at is not None:
        close_cases("topic", topic.id, at=at, kinds=UNANSWERED)
    record(PostWritten(post.id))
    return post


def _title(title: str) -> str:
    title = clean_line(title)
    if not title:
        raise TitleMissing
    if len(title) > LONGEST_TITLE:
        raise TitleTooLong(len(title))
    return title


def _language_of(text: str, usual: str) -> str:
    return clear_language(text, LANGUAGES) or usual
