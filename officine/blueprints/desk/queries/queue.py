"""The queue: everything that waits for a human, the oldest promise first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from officine.blueprints.desk.queries.reports import SUBJECTS
from officine.core.db import db
from officine.models import Case, CaseNote, Decision, Group, Member, Report
from officine.models.case import CLAIM

MOST_ROWS = 200


@dataclass(frozen=True, slots=True)
class Filters:
    """Which cases somebody wants to see."""

    language: str = ""
    kind: str = ""
    group_id: int = 0
    mine: bool = False
    answers_for: frozenset[str] = frozenset()
    """The languages whose cases are the viewer’s just now, by the rota."""

    def conditions(self, viewer: Any) -> list[ColumnElement[bool]]:
        """The same, as conditions on Case."""
        chosen: list[ColumnElement[bool]] = [_waits()]
        if self.language:
            chosen.append(Case.language == self.language)
        if self.kind:
            chosen.append(Case.kind == self.kind)
        if self.group_id:
            chosen.append(Case.group_id == self.group_id)
        if self.mine:
            chosen.append(_is_mine(viewer, self.answers_for))
        return chosen


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A case in the queue."""

    id: int
    kind: str
    title: str
    """Empty where the matter is a person."""
    language: str
    person: str
    """The author, or the person it is about."""
    member_id: int | None
    opened_at: datetime
    due_at: datetime
    holder: str
    """Who has it open just now."""
    holder_id: int | None
    is_escalated: bool
    reports: int


def queue(viewer: Any, filters: Filters, at: datetime) -> list[QueueRow]:
    """What waits, the oldest promise first."""
    holder = aliased(Member, name="holder")
    query = (
        select(
            Case.id, Case.kind, Case.title, Case.language, Member.name.label("person"),
            Case.member_id,
            Case.opened_at, Case.due_at, holder.name.label("holder"), Case.claimed_by_id,
            Case.claimed_at, Case.escalated_at, Case.signals,
        )
        .outerjoin(Member, Member.id == Case.member_id)
        .outerjoin(holder, holder.id == Case.claimed_by_id)
        .where(*filters.conditions(viewer))
        .order_by(Case.due_at, Case.id)
        .limit(MOST_ROWS)
    )  # fmt: skip
    rows = []
    for row in db.session.execute(query):
        is_held = row.claimed_at is not None and row.claimed_at + CLAIM > at
        rows.append(
            QueueRow(
                id=row.id, kind=row.kind, title=row.title, language=row.language,
                person=row.person or "", member_id=row.member_id,
                opened_at=row.opened_at, due_at=row.due_at,
                holder=row.holder if is_held else "",
                holder_id=row.claimed_by_id if is_held else None,
                is_escalated=row.escalated_at is not None,
                reports=sum(signal.get("name") == "report" for signal in row.signals),
            )
        )  # fmt: skip
    return rows


def next_case(viewer: Any, rows: list[QueueRow], *, leads: bool) -> QueueRow | None:
    """The first that the viewer may decide: no colleague has it open, it is not about them, and
    the community manager’s only for who ``leads`` the team.
    """
    free = (
        row
        for row in rows
        if row.holder_id in (None, viewer.id)
        and row.member_id != viewer.id
        and (leads or not row.is_escalated)
    )
    return next(free, None)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cases wait, of each language and kind."""

    total: int
    by_language: dict[str, int]
    by_kind: dict[str, int]
    mine: int


def case_counts(viewer: Any, answers_for: frozenset[str] = frozenset()) -> Counts:
    """How many cases wait, and how many of them are the viewer’s."""
    rows = db.session.execute(
        select(
            Case.language,
            Case.kind,
            func.count(),
            func.count(Case.id).filter(_is_mine(viewer, answers_for)),
        )
        .where(_waits())
        .group_by(Case.language, Case.kind)
    ).all()
    by_language: dict[str, int] = {}
    by_kind: dict[str, int] = {}
    for language, kind, count, _mine in rows:
        by_language[language] = by_language.get(language, 0) + count
        by_kind[kind] = by_kind.get(kind, 0) + count
    return Counts(sum(by_language.values()), by_language, by_kind, sum(row[3] for row in rows))


def open_cases_count(viewer: Any) -> int:
    """How many cases wait; 0 for whoever does not work in the desk."""
    if not viewer.is_staff:
        return 0
    return db.session.scalar(select(func.count()).select_from(Case).where(_waits())) or 0


def groups_waiting() -> list[Group]:
    """The groups in which something waits, by name."""
    waiting = select(Case.group_id).where(_waits(), Case.group_id.is_not(None))
    return list(db.session.scalars(select(Group).where(Group.id.in_(waiting)).order_by(Group.name)))


def find_case(case_id: int) -> Case | None:
    """A case, open or closed, with those who have to do with it."""
    return db.session.scalar(
        select(Case)
        .where(Case.id == case_id)
        .options(
            joinedload(Case.group),
            joinedload(Case.member).joinedload(Member.company),
            joinedload(Case.claimed_by),
            joinedload(Case.decision).joinedload(Decision.by),
        )
    )


def cases_about(subject: str, subject_id: int) -> list[Case]:
    """What waits about something, in whatever kind of case."""
    return list(
        db.session.scalars(
            select(Case).where(
                Case.subject == subject, Case.subject_id == subject_id, Case.closed_at.is_(None)
            )
        )
    )


def notes_of(case: Case) -> list[CaseNote]:
    """What editors told each other about a case, oldest first."""
    return list(
        db.session.scalars(
            select(CaseNote)
            .where(CaseNote.case_id == case.id)
            .options(joinedload(CaseNote.by), joinedload(CaseNote.asked))
            .order_by(CaseNote.id)
        )
    )


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened with a case."""

    at: datetime
    what: str
    """``opened``, ``reported``, ``claimed``, or a measure."""
    who: str
    decision_id: int | None = None


def history_of(case: Case) -> list[Step]:
    """What has happened with a case and its subject so far, oldest first."""
    steps = [Step(case.opened_at, "opened", "")]
    if subject := SUBJECTS.get(case.subject):
        steps.extend(
            Step(report.reported_at, "reported", name or report.reporter_name)
            for report, name in db.session.execute(
                select(Report, Member.name)
                .outerjoin(Member, Member.id == Report.reporter_id)
                .where(subject == case.subject_id)
            )
        )
    about: ColumnElement[bool] = Decision.case_id == case.id
    if case.subject in ("post", "topic"):
        column = Decision.post_id if case.subject == "post" else Decision.topic_id
        about = or_(about, column == case.subject_id)
    steps.extend(
        Step(decision.at, decision.measure, decision.by.name if decision.by else "", decision.id)
        for decision in db.session.scalars(
            select(Decision).where(about).options(joinedload(Decision.by))
        )
    )
    if case.claimed_at and case.claimed_by:
        steps.append(Step(case.claimed_at, "claimed", case.claimed_by.name))
    return sorted(steps, key=lambda step: step.at)


def similar_cases(case: Case, since: datetime) -> dict[str, int]:
    """How cases of the same kind, in the same language, were decided since: measure → how often,
    the most frequent first.
    """
    rows = db.session.execute(
        select(Decision.measure, func.count())
        .join(Case, Case.decision_id == Decision.id)
        .where(Case.kind == case.kind, Case.language == case.language, Case.closed_at >= since)
        .group_by(Decision.measure)
        .order_by(func.count().desc(), Decision.measure)
    )
    return {row[0]: row[1] for row in rows}


def decisions_today(viewer: Any, since: datetime) -> int:
    """How many decisions the viewer has taken since."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Decision)
            .where(Decision.by_id == viewer.id, Decision.at >= since)
        )
        or 0
    )


def _waits() -> ColumnElement[bool]:
    """Open, and not waiting for its author to mend something."""
    return Case.closed_at.is_(None) & Case.sent_back_at.is_(None)


def _is_mine(viewer: Any, answers_for: frozenset[str]) -> ColumnElement[bool]:
    """Claimed by the viewer, put to them by a colleague, or of a language that is theirs now and
    claimed by nobody.
    """
    asked = select(CaseNote.case_id).where(CaseNote.asked_id == viewer.id)
    mine = (Case.claimed_by_id == viewer.id) | Case.id.in_(asked)
    return mine | (Case.language.in_(answers_for) & Case.claimed_by_id.is_(None))
