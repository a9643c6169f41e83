"""The public log of moderation: what was decided, never about whom or what."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import aliased

from officine.blueprints.openness.queries.subjects import (
    counted,
    is_told,
    kind_of_thing,
    language_of_thing,
    told_measure,
    with_subjects,
)
from officine.core.db import db
from officine.lib.facets import Facets
from officine.models import Appeal, Decision

PAGE = 50
FILTERS = ("rule", "measure", "language")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for in the log."""

    rule: str = ""
    measure: str = ""
    language: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One decision, as anybody may read it. It has no number: nothing leads from it to a person,
    a text or a group.
    """

    at: datetime
    measure: str
    kind: str
    rule: str
    law: bool
    language: str
    on_report: bool
    automatic: bool
    until: datetime | None
    taken_back: bool


@dataclass(frozen=True, slots=True)
class _Mix:
    rule: str
    measure: str
    language: str
    number: int


@dataclass(frozen=True)
class LogPage:
    """A page of the log, newest first, with the counts beside its filters."""

    entries: list[Entry]
    total: int
    counts: dict[str, dict[str, int]]
    has_more: bool


def log_page(wanted: Wanted) -> LogPage:
    """The log as somebody wants it."""
    query = with_subjects(
        select(
            Decision.at,
            told_measure().label("measure"),
            kind_of_thing().label("kind"),
            Decision.rule,
            (Decision.ground == "law").label("law"),
            language_of_thing().label("language"),
            Decision.on_report,
            Decision.automatic,
            Decision.until,
            was_taken_back().label("taken_back"),
        )
    )
    query = (
        query.where(is_told(), *_conditions(wanted))
        .order_by(Decision.at.desc(), Decision.id.desc())
        .offset((wanted.page - 1) * PAGE)
        .limit(PAGE)
    )
    entries = [Entry(*row) for row in db.session.execute(query)]
    facets = Facets(_mixes(), wanted, FILTERS)
    return LogPage(
        entries,
        total=facets.total,
        counts={name: facets.counts(name) for name in FILTERS},
        has_more=facets.total > wanted.page * PAGE,
    )


def was_taken_back() -> ColumnElement[bool]:
    """Whether another editor took a decision back after an appeal. A condition on Decision."""
    outcome = aliased(Decision)
    return exists().where(
        Appeal.decision_id == Decision.id,
        outcome.id == Appeal.outcome_id,
        outcome.measure != "uphold",
    )


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.rule:
        conditions.append(Decision.rule == wanted.rule)
    if wanted.measure:
        conditions.append(told_measure() == wanted.measure)
    if wanted.language:
        conditions.append(language_of_thing() == wanted.language)
    return conditions


def _mixes() -> list[_Mix]:
    query = with_subjects(
        select(
            Decision.rule,
            told_measure().label("measure"),
            language_of_thing().label("language"),
        )
    )
    return [_Mix(*row) for row in counted(query.where(is_told()))]
