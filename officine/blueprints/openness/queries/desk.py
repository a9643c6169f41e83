"""The desk’s own figures: what waits, and how the promises are kept."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from officine.blueprints.openness.queries.report import median
from officine.blueprints.openness.queries.subjects import is_told
from officine.core.db import db
from officine.models import Appeal, Case, Decision

WEEK = 7
LATELY = timedelta(days=30)


@dataclass(frozen=True)
class Kept:
    """How the cases of a language were closed by a decision."""

    closed: int
    in_time: int
    median: timedelta

    @property
    def share(self) -> float:
        """The part that was decided as promised."""
        return self.in_time / self.closed


@dataclass(frozen=True)
class DeskFigures:
    """What the desk’s page of figures shows."""

    waiting: dict[tuple[str, str], int]
    """(kind, language) → how many cases wait."""
    late: int
    """How many of them past what was promised."""
    days: dict[date, tuple[int, int]]
    """Each of the last seven days, today first → decisions of people, and automatic ones."""
    kept: dict[str, Kept]
    """The last thirty days in each language."""
    kept_overall: Kept | None
    appeals: dict[str, int]
    """Answered in the last thirty days: ``upheld``, ``reversed``."""

    @property
    def waits(self) -> int:
        """How many cases wait."""
        return sum(self.waiting.values())


def desk_figures(at: datetime, zone: ZoneInfo) -> DeskFigures:
    """The figures of this moment; days as the clocks of ``zone`` count them."""
    is_late = Case.due_at < at
    rows = db.session.execute(
        select(Case.kind, Case.language, func.count(), func.count(Case.id).filter(is_late))
        .where(Case.closed_at.is_(None), Case.sent_back_at.is_(None))
        .group_by(Case.kind, Case.language)
    ).all()
    kept = _kept(at)
    return DeskFigures(
        waiting={(row[0], row[1]): row[2] for row in rows},
        late=sum(row[3] for row in rows),
        days=_days(at, zone),
        kept={code: _summed(each) for code, each in sorted(kept.items())},
        kept_overall=_summed([one for each in kept.values() for one in each]) if kept else None,
        appeals=_appeals(at),
    )


def _days(at: datetime, zone: ZoneInfo) -> dict[date, tuple[int, int]]:
    today = at.astimezone(zone).date()
    days = [today - timedelta(days=number) for number in range(WEEK)]
    since = datetime.combine(days[-1], datetime.min.time(), zone)
    counts: Counter[tuple[date, bool]] = Counter(
        (moment.astimezone(zone).date(), bool(automatic))
        for moment, automatic in db.session.execute(
            select(Decision.at, Decision.automatic).where(is_told(), Decision.at >= since)
        )
    )
    return {day: (counts[day, False], counts[day, True]) for day in days}


def _kept(at: datetime) -> dict[str, list[tuple[timedelta, bool]]]:
    """For each language how long each case took, and whether it was in time."""
    taken: dict[str, list[tuple[timedelta, bool]]] = {}
    for language, opened_at, due_at, closed_at in db.session.execute(
        select(Case.language, Case.opened_at, Case.due_at, Case.closed_at).where(
            Case.decision_id.is_not(None), Case.closed_at >= at - LATELY
        )
    ):
        if closed_at is not None:
            taken.setdefault(language, []).append((closed_at - opened_at, closed_at <= due_at))
    return taken


def _summed(cases: list[tuple[timedelta, bool]]) -> Kept:
    return Kept(
        closed=len(cases),
        in_time=sum(in_time for _lasted, in_time in cases),
        median=median([lasted for lasted, _in_time in cases]),
    )


def _appeals(at: datetime) -> dict[str, int]:
    answer = aliased(Decision)
    upheld = func.count(Appeal.id).filter(answer.measure == "uphold")
    row = db.session.execute(
        select(upheld, func.count(Appeal.id))
        .join(answer, answer.id == Appeal.outcome_id)
        .where(answer.at >= at - LATELY)
    ).one()
    return {"upheld": row[0], "reversed": row[1] - row[0]}
