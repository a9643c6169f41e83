"""Editors declare when they are on duty and when they are away."""

from collections.abc import Iterable
from datetime import date, time

from sqlalchemy import select

from officine.core import audit
from officine.core.db import db
from officine.models import Member
from officine.models.duty import MIDNIGHT, Leave, Shift


class NoHours(Exception):
    """A shift ends when it starts. From midnight to midnight it lasts the whole day."""


class UnreadLanguage(Exception):
    """Nobody answers in a language they do not read."""


def add_shifts(
    member: Member,
    *,
    by: Member,
    weekdays: Iterable[int],
    starts: time,
    ends: time,
    timezone: str,
    languages: tuple[str, ...],
) -> list[Shift]:
    """Let an editor be on duty on some days of every week, between two hours of a time zone."""
    if starts == ends != MIDNIGHT:
        raise NoHours(starts)
    if not languages or not set(languages) <= set(member.reads):
        raise UnreadLanguage(languages)
    added = []
    for weekday in sorted(set(weekdays)):
        shift = Shift(
            member_id=member.id, weekday=weekday, starts=starts, ends=ends,
            timezone=timezone, languages=languages,
        )  # fmt: skip
        if _is_known(shift):
            continue
        db.session.add(shift)
        db.session.flush()
        audit.note("rota.shift", by, member=member.id, shift=shift.id, weekday=weekday)
        added.append(shift)
    return added


def remove_shift(shift: Shift, *, by: Member) -> None:
    """Take hours away."""
    audit.note("rota.shift-end", by, member=shift.member_id, shift=shift.id)
    db.session.delete(shift)


def add_leave(member: Member, *, by: Member, first_day: date, last_day: date) -> Leave:
    """Let an editor be away from one day to another, both included."""
    if last_day < first_day:
        first_day, last_day = last_day, first_day
    leave = Leave(member=member, first_day=first_day, last_day=last_day)
    db.session.add(leave)
    db.session.flush()
    audit.note("rota.leave", by, member=member.id, leave=leave.id)
    return leave


def remove_leave(leave: Leave, *, by: Member) -> None:
    """The editor is not away after all."""
    audit.note("rota.leave-end", by, member=leave.member_id, leave=leave.id)
    db.session.delete(leave)


def _is_known(shift: Shift) -> bool:
    same_hours = select(Shift.languages).where(
        Shift.member_id == shift.member_id,
        Shift.weekday == shift.weekday,
        Shift.starts == shift.starts,
        Shift.ends == shift.ends,
        Shift.timezone == shift.timezone,
    )
    return shift.languages in db.session.scalars(same_hours).all()
