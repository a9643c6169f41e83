"""Who is on duty, and which languages have nobody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask_babel import get_timezone
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from officine.core.db import db
from officine.core.i18n import LANGUAGES
from officine.models import Member
from officine.models.case import Case
from officine.models.duty import Leave, Shift
from officine.models.sanction import is_of_team

DAY = timedelta(days=1)
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Duty:
    """One time at which somebody is at the desk."""

    member: Member
    languages: tuple[str, ...]
    begins: datetime
    ends: datetime

    def holds(self, at: datetime) -> bool:
        """Whether it is now."""
        return self.begins <= at < self.ends


@dataclass(frozen=True)
class Hole:
    """A time in which nobody answers in a language."""

    language: str
    begins: datetime
    ends: datetime


@dataclass(frozen=True)
class OnDuty:
    """Somebody who is at the desk."""

    member: Member
    languages: tuple[str, ...]
    until: datetime


@dataclass(frozen=True)
class DutyNow:
    """What the desk shows at its top."""

    people: list[OnDuty]
    uncovered: tuple[str, ...]
    """The languages in which cases wait and nobody is on duty."""
    mine: frozenset[str]
    """The languages whose cases are the viewer’s now; none as long as nobody declares hours."""


def duty_now(at: datetime, viewer: Member) -> DutyNow:
    """Who is on duty now, for which languages somebody should be, and which are the viewer’s."""
    duties = duties_between(at, at)
    is_kept = bool(duties) or _is_kept()
    mine = frozenset(_answers(viewer, duties, at)) if is_kept else frozenset()
    uncovered = _uncovered(duties, at) if is_kept else ()
    return DutyNow(_people(duties, at), uncovered, mine)


def on_duty(at: datetime) -> list[OnDuty]:
    """Who is at the desk at this moment, by name."""
    return _people(duties_between(at, at), at)


def languages_without(at: datetime) -> tuple[str, ...]:
    """The languages in which nobody answers at this moment."""
    return _without(duties_between(at, at), at)


def uncovered_languages(at: datetime) -> tuple[str, ...]:
    """The languages in which cases wait and nobody is on duty: the alarm. There is none as long
    as nobody has declared any hours: such a team works without a rota.
    """
    duties = duties_between(at, at)
    return _uncovered(duties, at) if duties or _is_kept() else ()


def answers_for(member: Member, at: datetime) -> set[str]:
    """The languages whose cases are this editor’s now: those of their shift, those that they read
    and that have nobody, and a manager’s also those that nobody at hand reads.
    """
    return _answers(member, duties_between(at, at), at)


def _answers(member: Member, duties: Sequence[Duty], at: datetime) -> set[str]:
    mine = {
        code for duty in duties if duty.member.id == member.id and duty.holds(at)
        for code in duty.languages
    }  # fmt: skip
    lonely = _without(duties, at)
    mine.update(code for code in lonely if code in member.reads)
    if member.is_leader:
        mine.update(code for code in lonely if code not in mine and not readers_of(code, at))
    return mine


def who_takes_over(language: str, at: datetime) -> list[Member]:
    """Who should know that a language has nobody: the editors at hand who read it; if none does,
    every manager and administrator.
    """
    return readers_of(language, at) or [each for each in staff() if each.is_leader]


def readers_of(language: str, at: datetime) -> list[Member]:
    """The editors who read a language and are not on leave."""
    away = _away(at)
    return [each for each in staff() if language in each.reads and each.id not in away]


def staff() -> Sequence[Member]:
    """Everybody who works in the editorial desk, by name."""
    return db.session.scalars(
        select(Member).where(is_of_team()).order_by(func.lower(Member.name), Member.id)
    ).all()


def find_editor(handle: str) -> Member | None:
    """A member of staff by handle."""
    return db.session.scalar(select(Member).where(Member.handle == handle, is_of_team()))


def shifts_of(member: Member) -> Sequence[Shift]:
    """An editor’s hours, from Monday on."""
    return db.session.scalars(
        select(Shift)
        .where(Shift.member_id == member.id)
        .order_by(Shift.weekday, Shift.starts, Shift.id)
    ).all()


def leaves_of(member: Member, at: datetime) -> Sequence[Leave]:
    """An editor’s leaves that are not over, the next first."""
    return db.session.scalars(
        select(Leave)
        .where(Leave.member_id == member.id, Leave.last_day >= today_of(member, at))
        .order_by(Leave.first_day, Leave.id)
    ).all()


def find_shift(shift_id: int) -> Shift | None:
    """A shift, with whose it is."""
    return db.session.get(Shift, shift_id, options=[joinedload(Shift.member)])


def find_leave(leave_id: int) -> Leave | None:
    """A leave, with whose it is."""
    return db.session.get(Leave, leave_id, options=[joinedload(Leave.member)])


def timezone_of(member: Member) -> str:
    """The time zone an editor lives in: their own choice, or the site’s."""
    return member.timezone or str(get_timezone())


def today_of(member: Member, at: datetime) -> date:
    """The day it is at this moment where an editor lives."""
    return at.astimezone(ZoneInfo(timezone_of(member))).date()


def duties_between(begin: datetime, end: datetime) -> list[Duty]:
    """Every time between two moments at which somebody is at the desk, in order."""
    leaves: dict[int, list[Leave]] = {}
    for leave in db.session.scalars(select(Leave).where(Leave.last_day >= begin.date() - 2 * DAY)):
        leaves.setdefault(leave.member_id, []).append(leave)
    duties = [
        duty
        for shift in _shifts()
        for duty in _times_of(shift, leaves.get(shift.member_id, ()), begin, end)
    ]
    return sorted(duties, key=lambda duty: (duty.begins, duty.ends, duty.member.id))


def holes_between(begin: datetime, end: datetime, duties: Iterable[Duty]) -> list[Hole]:
    """The times between two moments in which nobody answers in a language."""
    holes = []
    duties = sorted(duties, key=lambda duty: duty.begins)
    for language in LANGUAGES:
        covered = begin
        for duty in duties:
            if language not in duty.languages:
                continue
            if duty.begins > covered:
                holes.append(Hole(language, covered, min(duty.begins, end)))
            covered = max(covered, duty.ends)
            if covered >= end:
                break
        if covered < end:
            holes.append(Hole(language, covered, end))
    return [hole for hole in holes if hole.begins < hole.ends]


def hole_since(language: str, at: datetime) -> datetime | None:
    """Since when nobody answers in a language; None if for more than a week."""
    ends = [
        duty.ends for duty in duties_between(at - WEEK, at)
        if language in duty.languages and duty.ends <= at
    ]  # fmt: skip
    return max(ends, default=None)


def _shifts() -> Sequence[Shift]:
    return db.session.scalars(
        select(Shift)
        .join(Shift.member)
        .where(is_of_team())
        .options(joinedload(Shift.member))
        .order_by(Shift.id)
    ).all()


def _times_of(
    shift: Shift, leaves: Iterable[Leave], begin: datetime, end: datetime
) -> Iterable[Duty]:
    day, last = shift.today(begin) - DAY, shift.today(end)
    while day <= last:
        if day.weekday() == shift.weekday and not any(leave.covers(day) for leave in leaves):
            begins, ends = shift.hours_on(day)
            if begins <= end and ends > begin:
                yield Duty(shift.member, shift.languages, begins, ends)
        day += DAY


def _people(duties: Iterable[Duty], at: datetime) -> list[OnDuty]:
    people: dict[int, OnDuty] = {}
    for duty in duties:
        if not duty.holds(at):
            continue
        known = people.get(duty.member.id)
        spoken = {*duty.languages, *(known.languages if known else ())}
        people[duty.member.id] = OnDuty(
            duty.member,
            tuple(code for code in LANGUAGES if code in spoken),
            max(duty.ends, known.until) if known else duty.ends,
        )
    return sorted(people.values(), key=lambda each: each.member.name.casefold())


def _without(duties: Iterable[Duty], at: datetime) -> tuple[str, ...]:
    spoken = {code for duty in duties if duty.holds(at) for code in duty.languages}
    return tuple(code for code in LANGUAGES if code not in spoken)


def _uncovered(duties: Sequence[Duty], at: datetime) -> tuple[str, ...]:
    lonely = _without(duties, at)
    if not lonely:
        return ()
    waiting = set(
        db.session.scalars(
            select(Case.language)
            .where(Case.closed_at.is_(None), Case.sent_back_at.is_(None))
            .where(Case.language.in_(lonely))
            .distinct()
        )
    )
    return tuple(code for code in lonely if code in waiting)


def _is_kept() -> bool:
    """Whether anybody has declared hours."""
    return db.session.scalar(select(Shift.id).limit(1)) is not None


def _away(at: datetime) -> set[int]:
    near = select(Leave).where(
        Leave.first_day <= at.date() + DAY, Leave.last_day >= at.date() - DAY
    )
    leaves = db.session.scalars(near.options(joinedload(Leave.member)))
    return {each.member_id for each in leaves if each.covers(today_of(each.member, at))}
