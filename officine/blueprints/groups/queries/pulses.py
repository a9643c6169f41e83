"""How alive groups are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import Select, and_, bindparam, case, func, select

from officine.core.db import db
from officine.models import Hiding, Post, Topic

WEEKS = 12


@dataclass(frozen=True)
class Pulse:
    """How alive a group is: posts written in each of the last twelve weeks, this one last."""

    weeks: tuple[int, ...] = (0,) * WEEKS


def _written_by_week() -> Select[*tuple[Any, ...]]:
    edges: list[Any] = [bindparam(f"edge{week}") for week in range(WEEKS + 1)]
    columns = [
        func.sum(case((and_(Post.written_at > start, Post.written_at <= end), 1), else_=0))
        for start, end in pairwise(edges)
    ]
    return (
        select(Topic.group_id, *columns)
        .join(Post, Post.topic_id == Topic.id)
        .where(Topic.group_id.in_(bindparam("ids", expanding=True)))
        .where(Topic.last_post_at > edges[0], Post.written_at > edges[0])
        .where(Post.deleted_at.is_(None), Post.id.not_in(select(Hiding.post_id)))
        .group_by(Topic.group_id)
    )


# Two dozen conditions: they are put together once.
PULSES = _written_by_week()


def pulses(ids: Sequence[int], at: datetime) -> dict[int, Pulse]:
    """For each group, the posts of each of the last twelve weeks."""
    if not ids:
        return {}
    edges = {f"edge{week}": at - timedelta(weeks=WEEKS - week) for week in range(WEEKS + 1)}
    rows = db.session.execute(PULSES, {"ids": list(ids), **edges})
    return {group_id: Pulse(tuple(int(each or 0) for each in weeks)) for group_id, *weeks in rows}
