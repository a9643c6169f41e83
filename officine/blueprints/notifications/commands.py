"""What a member does with what they heard of, and which letters they want."""

from datetime import datetime

from sqlalchemy import ColumnElement, update

from officine.core.db import db
from officine.models import Member, Notification


def mark_read(member_id: int, notice_id: int, *, at: datetime) -> None:
    """Note that a member has opened one of theirs."""
    _mark(member_id, at, Notification.id == notice_id)


def mark_all_read(member_id: int, *, until: datetime, at: datetime) -> None:
    """Note that a member has seen all theirs up to a moment; what came since stays unread."""
    _mark(member_id, at, Notification.at <= until)


def choose_letters(member: Member, kind: str, *, wanted: bool) -> None:
    """Send a member letters about answers, mentions, interviews or events, or stop."""
    if kind == "answers":
        member.mail_answers = wanted
    elif kind == "interviews":
        member.mail_interviews = wanted
    elif kind == "events":
        member.mail_events = wanted
    else:
        member.mail_mentions = wanted


def _mark(member_id: int, at: datetime, which: ColumnElement[bool]) -> None:
    db.session.execute(
        update(Notification)
        .where(Notification.member_id == member_id, Notification.read_at.is_(None), which)
        .values(read_at=at)
        .execution_options(synchronize_session=False)
    )
