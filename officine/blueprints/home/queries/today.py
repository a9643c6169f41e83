"""What today asks of a member."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from sqlalchemy import and_, select

from officine.core.db import db
from officine.lib.text import excerpt
from officine.models import Group, Hiding, Member, Post, Topic

if TYPE_CHECKING:
    from officine.blueprints.forum.queries import TopicRow

FIRST_HOUR = timedelta(hours=1)
MOST_CALLS = 3
SNIPPET = 180


@dataclass(frozen=True, slots=True)
class Latest:
    """What was said last in a topic, if readers see it; and the sectors of its group."""

    sectors: tuple[str, ...]
    words: str
    language: str
    author: str


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody asks for help that the viewer could give."""

    topic: "TopicRow"
    because: str
    """Why they: “group”, “sector”, or “desk”."""
    sector: str
    waiting: timedelta
    """How long it has waited."""
    minutes_left: int
    """Of the first hour; 0 when it has passed."""


@dataclass(frozen=True, slots=True)
class News:
    """A topic of the viewer’s groups that holds something new, and what was said last."""

    topic: "TopicRow"
    latest: Latest | None


def latest_of(topics: Sequence["TopicRow"]) -> dict[int, Latest]:
    """For each of these topics, which the viewer may read, what was said last."""
    if not topics:
        return {}
    last = and_(
        Post.topic_id == Topic.id, Post.number == Topic.last_number, Post.deleted_at.is_(None)
    )
    rows = db.session.execute(
        select(
            Topic.id,
            Group.sectors,
            Post.html,
            Post.language,
            Member.name,
            Hiding.post_id,
        )
        .select_from(Topic)
        .join(Group, Group.id == Topic.group_id)
        .outerjoin(Post, last)
        .outerjoin(Member, Member.id == Post.author_id)
        .outerjoin(Hiding, Hiding.post_id == Post.id)
        .where(Topic.id.in_([topic.id for topic in topics]))
    )
    return {
        topic_id: Latest(
            sectors=sectors,
            words="" if hidden or not html else excerpt(Markup(html).striptags(), SNIPPET),
            language=language or "",
            author="" if hidden else name or "",
        )
        for topic_id, sectors, html, language, name, hidden in rows
    }


def calls_for(
    viewer: Any,
    calls: Sequence["TopicRow"],
    latest: dict[int, Latest],
    mine: frozenset[str],
    at: datetime,
) -> list[Call]:
    """Of the calls for help in the viewer’s languages those that are for them: of their groups
    (``mine``), of their sector, and, for the editorial desk, all.
    """
    found = []
    for topic in calls:
        sectors = latest[topic.id].sectors if topic.id in latest else ()
        because = _because(viewer, topic, sectors, mine)
        if because:
            waiting = at - topic.opened_at
            minutes = max(0, round((FIRST_HOUR - waiting).total_seconds() / 60))
            found.append(Call(topic, because, viewer.sector, waiting, minutes))
    return found[:MOST_CALLS]


def _because(viewer: Any, topic: "TopicRow", sectors: Sequence[str], mine: frozenset[str]) -> str:
    if topic.group_slug in mine:
        return "group"
    if viewer.sector and viewer.sector in sectors:
        return "sector"
    return "desk" if viewer.is_staff else ""


def news_of(topics: Sequence["TopicRow"], latest: dict[int, Latest]) -> list[News]:
    """The topics that hold something new, each with what was said last."""
    return [News(topic, latest.get(topic.id)) for topic in topics]
