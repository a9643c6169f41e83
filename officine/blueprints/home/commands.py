"""What the first page changes."""

from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, literal, select
from sqlalchemy.dialects import postgresql, sqlite

from officine.core.db import UTCDateTime, db
from officine.models import Member, Membership, ReadMark, Topic


def read_everything(member: Member, *, until: datetime, at: datetime) -> None:
    """Count every topic of the member’s groups as read; not those where somebody wrote after
    ``until``, when the member last looked.
    """
    mark = and_(ReadMark.topic_id == Topic.id, ReadMark.member_id == member.id)
    unread = (
        select(literal(member.id), Topic.id, Topic.last_number, literal(at, UTCDateTime()))
        .join(Membership, Membership.group_id == Topic.group_id)
        .outerjoin(ReadMark, mark)
        .where(Membership.member_id == member.id, Topic.last_post_at <= until)
        .where(Topic.last_number > func.coalesce(ReadMark.number, 0))
    )
    insert: Any = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[db.engine.dialect.name]
    marks = insert(ReadMark).from_select(["member_id", "topic_id", "number", "at"], unread)
    db.session.execute(
        marks.on_conflict_do_update(
            index_elements=["member_id", "topic_id"],
            set_={"number": marks.excluded.number, "at": marks.excluded.at},
            where=ReadMark.number < marks.excluded.number,
        )
    )
