"""Following a topic, pinning it, how far one has read, what one has begun to write."""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Delete, bindparam, delete

from officine.blueprints.forum.commands.errors import LONGEST_TEXT
from officine.blueprints.forum.commands.rows import put, sent_before, table_of
from officine.core.db import db
from officine.core.locks import lock_row
from officine.lib.text import clean, clean_line
from officine.models import (
    Draft,
    Follow,
    Member,
    Pin,
    ReadMark,
    Topic,
)


def follow(topic: Topic, *, by: Member, at: datetime) -> None:
    """Hear of new posts."""
    put(Follow, {"topic_id": topic.id, "member_id": by.id}, {"since": at, "stopped": False})


def unfollow(topic: Topic, *, by: Member, at: datetime) -> None:
    """Hear no more of new posts, even after writing again."""
    put(Follow, {"topic_id": topic.id, "member_id": by.id}, {"since": at, "stopped": True})


def pin(topic: Topic, *, by: Member, at: datetime) -> None:
    """Keep a topic first in its group."""
    lock_row(topic)
    if topic.pin is None:
        topic.pin = Pin(by_id=by.id, at=at)
        topic.version += 1


def unpin(topic: Topic) -> None:
    """Let a topic stand where its last post puts it."""
    lock_row(topic)
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
    if form_token and sent_before(by, form_token):
        return None
    if not text and not title:
        discard_draft(by, noun, owner_id)
        return None
    place = {"member_id": by.id, "place": Draft.place_of(noun, owner_id)}
    put(Draft, place, {"title": title, "text": text, "saved_at": at})
    return db.session.get(Draft, tuple(place.values()))


def discard_draft(by: Member, noun: str, owner_id: int) -> None:
    """Forget what somebody had begun to write."""
    place = Draft.place_of(noun, owner_id)
    db.session.execute(_deletion_of_draft(), {"whose": by.id, "where": place})


def mark_read(member_id: int, topic_id: int, number: int, *, at: datetime) -> None:
    """Remember the newest post of a topic that a member has seen; it never goes back."""
    place = {"member_id": member_id, "topic_id": topic_id}
    put(ReadMark, place, {"number": number, "at": at}, only_if=_is_further)


def _is_further(stands: Any, put: Any) -> ColumnElement[bool]:
    further: ColumnElement[bool] = stands.number < put.number
    return further


@cache
def _deletion_of_draft() -> Delete:
    draft = table_of(Draft)
    return delete(draft).where(
        draft.c.member_id == bindparam("whose"), draft.c.place == bindparam("where")
    )
