"""The transparency report: a period counted (Regulation (EU) 2022/2065, Articles 15 and 24).

What can be counted, the database counts; medians are taken here, of columns of two moments.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, func, literal, select, union, union_all
from sqlalchemy.orm import aliased

from officine.blueprints.openness.queries.subjects import (
    AnySelect,
    counted,
    is_told,
    kind_of_thing,
    language_of_thing,
    told_measure,
    with_subjects,
)
from officine.core.db import db
from officine.models import Appeal, Decision, Member, Post, ReadMark, Report, SignIn
from officine.models.sanction import is_of_team

Span = tuple[datetime, datetime]
"""From a moment, up to another and not including it."""

OUTCOMES = ("open", "upheld", "reversed")
AGAINST_REPEATED_OFFENCES = ("suspend", "close-account")
AGAINST_FALSE_REPORTS = ("restrict-reports",)


@dataclass
class Reports:
    """The reports that came in during a period, and what became of them until now."""

    total: int = 0
    by_rule: dict[tuple[str, str], int] = field(default_factory=dict)
    """(rule, ``member`` or ``visitor``) → how many."""
    by_kind: dict[str, int] = field(default_factory=dict)
    by_language: dict[str, int] = field(default_factory=dict)
    by_outcome: dict[str, int] = field(default_factory=dict)
    """``open``, ``dismissed``, or the ground of the measure taken: ``community``, ``law``."""
    answered_automatically: int = 0
    median: timedelta | None = None
    """From the report to the decision."""
    medians: dict[str, timedelta] = field(default_factory=dict)
    """The same in each language."""


@dataclass
class Decisions:
    """The decisions of a period."""

    total: int = 0
    by_measure: dict[tuple[str, str], int] = field(default_factory=dict)
    """(measure, ``report`` or ``own``) → how many."""
    by_rule: dict[tuple[str, str], int] = field(default_factory=dict)
    """(rule, ground) → how many."""
    by_language: dict[str, int] = field(default_factory=dict)
    by_kind: dict[str, int] = field(default_factory=dict)
    detected_automatically: int = 0
    automatic: int = 0
    repeat_offenders: int = 0
    """Suspensions and closed accounts (Article 23(1))."""
    false_reporters: int = 0
    """Reporting suspended (Article 23(2))."""

    @property
    def by_initiative(self) -> dict[str, int]:
        """How many on a report, and how many on the team’s own initiative."""
        counts: Counter[str] = Counter()
        for (_measure, initiative), number in self.by_measure.items():
            counts[initiative] += number
        return dict(counts)

    @property
    def by_ground(self) -> dict[str, int]:
        """How many by a rule of the community, and how many by a law."""
        counts: Counter[str] = Counter()
        for (_rule, ground), number in self.by_rule.items():
            counts[ground] += number
        return dict(counts)


@dataclass
class Appeals:
    """The appeals of a period (Article 20), and what became of them until now."""

    total: int = 0
    outcomes: dict[tuple[str, str], int] = field(default_factory=dict)
    """(side, one of OUTCOMES) → how many."""
    median: timedelta | None = None


@dataclass
class TransparencyReport:
    """All that is told of a period."""

    reports: Reports
    decisions: Decisions
    appeals: Appeals
    editors: dict[str, int]
    """How many of the team read each language, now."""
    team: int
    active: dict[datetime, int]
    """The beginning of a month → how many members were here in it."""

    @property
    def active_average(self) -> float:
        """Of the months counted."""
        return sum(self.active.values()) / len(self.active) if self.active else 0.0


def transparency_report(span: Span, months: list[Span]) -> TransparencyReport:
    """Count a period; active members in each of ``months``."""
    editors, team = _editors()
    return TransparencyReport(
        _reports(span), _decisions(span), _appeals(span), editors, team, active_members(months)
    )


def first_moment() -> datetime | None:
    """When the first report came in or the first decision was taken."""
    moments = db.session.execute(
        select(
            select(func.min(Decision.at)).scalar_subquery(),
            select(func.min(Report.reported_at)).scalar_subquery(),
        )
    ).one()
    return min((each for each in moments if each), default=None)


def _within(column: Any, span: Span) -> ColumnElement[bool]:
    condition: ColumnElement[bool] = (column >= span[0]) & (column < span[1])
    return condition


def _reports(span: Span) -> Reports:
    who = case((Report.reporter_id.is_(None), "visitor"), else_="member")
    kind = case((Report.post_id.is_(None), "person"), else_="message")
    language = func.coalesce(Post.language, Report.language)
    outcome = case(
        (Report.decision_id.is_(None), "open"),
        (Decision.measure == "dismiss", "dismissed"),
        else_=Decision.ground,
    )
    automatic = func.coalesce(Decision.automatic, False)
    rows = counted(
        _of_reports(
            select(
                Report.rule, who.label("who"), kind.label("kind"), language.label("language"),
                outcome.label("outcome"), automatic.label("automatic"),
            ),
            span,
        )
    )  # fmt: skip
    reports = Reports(
        total=sum(row[-1] for row in rows),
        by_rule=_tally(((row[0], row[1]), row[-1]) for row in rows),
        by_kind=_tally((row[2], row[-1]) for row in rows),
        by_language=_tally((row[3], row[-1]) for row in rows),
        by_outcome=_tally((row[4], row[-1]) for row in rows),
        answered_automatically=sum(row[-1] for row in rows if row[5]),
    )
    times = db.session.execute(
        _of_reports(select(language, Report.reported_at, Decision.at), span).where(
            Report.decision_id.is_not(None)
        )
    ).all()
    lasted: dict[str, list[timedelta]] = {}
    for code, reported_at, decided_at in times:
        lasted.setdefault(code, []).append(decided_at - reported_at)
    reports.median = middle([each for of_one in lasted.values() for each in of_one])
    reports.medians = {code: median(each) for code, each in lasted.items()}
    return reports


def _of_reports(query: AnySelect, span: Span) -> AnySelect:
    return (
        query.select_from(Report)
        .outerjoin(Post, Post.id == Report.post_id)
        .outerjoin(Decision, Decision.id == Report.decision_id)
        .where(_within(Report.reported_at, span))
    )


def _decisions(span: Span) -> Decisions:
    initiative = case((Decision.on_report, "report"), else_="own")
    query = with_subjects(
        select(
            told_measure().label("measure"), initiative.label("initiative"), Decision.rule,
            Decision.ground,
            language_of_thing().label("language"), kind_of_thing().label("kind"),
            Decision.detected_automatically, Decision.automatic,
        )
    )  # fmt: skip
    rows = counted(query.where(is_told(), _within(Decision.at, span)))
    return Decisions(
        total=sum(row[-1] for row in rows),
        by_measure=_tally(((row[0], row[1]), row[-1]) for row in rows),
        by_rule=_tally(((row[2], row[3]), row[-1]) for row in rows),
        by_language=_tally((row[4], row[-1]) for row in rows),
        by_kind=_tally((row[5], row[-1]) for row in rows),
        detected_automatically=sum(row[-1] for row in rows if row[6]),
        automatic=sum(row[-1] for row in rows if row[7]),
        repeat_offenders=sum(row[-1] for row in rows if row[0] in AGAINST_REPEATED_OFFENCES),
        false_reporters=sum(row[-1] for row in rows if row[0] in AGAINST_FALSE_REPORTS),
    )


def _appeals(span: Span) -> Appeals:
    answer = aliased(Decision)
    outcome = case(
        (Appeal.outcome_id.is_(None), "open"),
        (answer.measure == "uphold", "upheld"),
        else_="reversed",
    )
    made = _within(Appeal.made_at, span)
    rows = counted(
        select(Appeal.side, outcome.label("outcome"))
        .outerjoin(answer, answer.id == Appeal.outcome_id)
        .where(made)
    )
    times = db.session.execute(
        select(Appeal.made_at, answer.at).join(answer, answer.id == Appeal.outcome_id).where(made)
    ).all()
    return Appeals(
        total=sum(row[-1] for row in rows),
        outcomes=_tally(((row[0], row[1]), row[-1]) for row in rows),
        median=middle([answered_at - made_at for made_at, answered_at in times]),
    )


def _editors() -> tuple[dict[str, int], int]:
    """How many of the team read each language, and how many they are."""
    team = db.session.scalars(select(Member.reads).where(is_of_team())).all()
    return dict(Counter(code for reads in team for code in reads)), len(team)


def active_members(months: list[Span]) -> dict[datetime, int]:
    """How many members were here in each month (Article 24(2)): who in it began a session, was
    last seen in one, read a topic last, or wrote. A member whom later months overwrote may be
    missing: these numbers are the least there were.
    """
    if not months:
        return {}
    counts = []
    for number, month in enumerate(months):
        here = union(
            select(SignIn.member_id).where(_within(SignIn.started_at, month)),
            select(SignIn.member_id).where(_within(SignIn.seen_at, month)),
            select(ReadMark.member_id).where(_within(ReadMark.at, month)),
            select(Post.author_id).where(_within(Post.written_at, month)),
        ).subquery()
        counts.append(select(literal(number).label("month"), func.count()).select_from(here))
    rows = db.session.execute(union_all(*counts))
    return {months[number][0]: count for number, count in rows}


def middle(spans: list[timedelta]) -> timedelta | None:
    """The median; None of nothing."""
    return median(spans) if spans else None


def median(spans: list[timedelta]) -> timedelta:
    """The one in the middle, or half-way between the two that are."""
    ordered, half = sorted(spans), len(spans) // 2
    if len(ordered) % 2:
        return ordered[half]
    return (ordered[half - 1] + ordered[half]) / 2


def _tally(pairs: Iterable[tuple[Any, int]]) -> dict[Any, int]:
    counts: Counter[Any] = Counter()
    for key, number in pairs:
        counts[key] += number
    return dict(counts)
