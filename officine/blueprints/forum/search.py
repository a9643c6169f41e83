"""What of the forum can be found, in which language, for whose eyes.

A post is found by its own words and by its topic's title. A list shows a topic once, by whichever
of its posts answers best.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import aliased

from officine.blueprints.accounts.events import AccountClosed
from officine.blueprints.desk.events import StandingChanged
from officine.blueprints.forum.events import PostDeleted, PostEdited, PostWritten, TopicChanged
from officine.blueprints.groups.events import GroupChanged
from officine.core.db import db
from officine.core.index.interface import Document
from officine.core.index.keeping import note
from officine.lib.text import words_in
from officine.models import Answer, Group, Hiding, Lock, Mention, Post, Topic
from officine.models.group import readable_by

NOUN = "post"

Opening = aliased(Post, name="opening")
OpeningHiding = aliased(Hiding, name="opening_hiding")


# For the index


def documents_for(ids: Iterable[int]) -> list[Document]:
    """What can be found of these posts, as they are now."""
    rows = db.session.execute(
        _posts(Post, Topic.title, Group.id, Group.visibility).where(
            Post.id.in_(list(ids)), Group.opened_at.is_not(None), _everyone_reads()
        )
    )
    return [
        Document(
            id=f"post:{post.id}",
            kind="topic",
            language=post.language,
            title=title,
            body=words_in(post.html),
            audience={"public": "public", "members": "members"}.get(
                visibility, f"group:{group_id}"
            ),
            under=f"topic:{post.topic_id}",
            group=f"group:{group_id}",
            author=f"member:{post.author_id}",
            at=post.written_at,
        )
        for post, title, group_id, visibility in rows
    ]


def document_ids(post_id: int) -> tuple[str]:
    """A post is one document."""
    return (f"post:{post_id}",)


def row_ids(after: int, limit: int) -> list[int]:
    """The next posts, by number."""
    following = select(Post.id).where(Post.id > after).order_by(Post.id).limit(limit)
    return list(db.session.scalars(following))


# What changes it


def post_changed(event: PostWritten | PostEdited) -> None:
    """A post has other words."""
    note(NOUN, [event.post_id])


def post_seen_or_not(event: PostDeleted | Any) -> None:
    """A post was taken back, hidden or shown again; with the first its whole topic goes or
    comes.
    """
    post = db.session.get(Post, event.post_id)
    if post is not None:
        note(NOUN, _ids(Post.topic_id == post.topic_id) if post.opens else [post.id])


def name_changed(event: AccountClosed | StandingChanged) -> None:
    """Posts that mention somebody name them while they are here."""
    named = select(Mention.post_id).where(Mention.member_id == event.member_id)
    note(NOUN, _ids(Post.id.in_(named)))


def topic_changed(event: TopicChanged) -> None:
    """A topic has another title."""
    note(NOUN, _ids(Post.topic_id == event.topic_id))


def group_changed(event: GroupChanged) -> None:
    """A group may have other readers."""
    note(NOUN, _ids(Topic.group_id == event.group_id))


def _ids(condition: ColumnElement[bool]) -> Sequence[int]:
    return db.session.scalars(select(Post.id).join(Topic).where(condition)).all()


# For whoever searched


@dataclass(frozen=True, slots=True)
class FoundPost:
    """A post in a list of what was found, with the topic it stands for."""

    id: int
    number: int
    html: str
    language: str
    written_at: datetime
    topic_id: int
    slug: str
    title: str
    topic_language: str
    group_name: str
    group_language: str
    posts_count: int
    is_sos: bool
    is_solved: bool
    is_locked: bool

    @property
    def words(self) -> str:
        """What readers see, without marks."""
        return words_in(self.html)


def readable_ids(viewer: Any, ids: Iterable[int]) -> set[int]:
    """Those of these posts that the viewer may read at this moment."""
    return set(db.session.scalars(_readable(viewer, ids, Post.id)))


def found_posts(viewer: Any, ids: Iterable[int]) -> dict[int, FoundPost]:
    """Those of these posts that the viewer may read, with what a list shows of them."""
    rows = db.session.execute(
        _readable(
            viewer, ids,
            Post.id, Post.number, Post.html, Post.language, Post.written_at,
            Topic.id, Topic.slug, Topic.title, Topic.language, Group.name, Group.language,
            Topic.posts_count, Topic.is_sos, Answer.topic_id.is_not(None),
            Lock.topic_id.is_not(None),
        )
        .outerjoin(Answer, Answer.topic_id == Topic.id)
        .outerjoin(Lock, Lock.topic_id == Topic.id)
    )  # fmt: skip
    return {row[0]: FoundPost(*row) for row in rows}


def _readable(viewer: Any, ids: Iterable[int], *columns: Any) -> Select[Any]:
    return _posts(*columns).where(Post.id.in_(list(ids)), readable_by(viewer), _everyone_reads())


def _posts(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(Post)
        .join(Topic, Topic.id == Post.topic_id)
        .join(Group, Group.id == Topic.group_id)
        .outerjoin(Hiding, Hiding.post_id == Post.id)
        .join(Opening, and_(Opening.topic_id == Topic.id, Opening.number == 1))
        .outerjoin(OpeningHiding, OpeningHiding.post_id == Opening.id)
    )


def _everyone_reads() -> ColumnElement[bool]:
    """Neither taken back nor hidden, nor the post that opens the topic."""
    return and_(
        Post.deleted_at.is_(None),
        Hiding.post_id.is_(None),
        Opening.deleted_at.is_(None),
        OpeningHiding.post_id.is_(None),
    )
