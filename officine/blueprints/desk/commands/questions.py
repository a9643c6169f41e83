"""Deciding about what a reader asked the guest of an interview."""

from collections.abc import Sequence
from datetime import datetime
from typing import Required, Unpack

from officine.blueprints.desk import queries
from officine.blueprints.desk.commands.errors import AlreadyDecided, OwnCase
from officine.blueprints.desk.events import Decided
from officine.core.db import db
from officine.core.locks import lock_row
from officine.core.outbox import record
from officine.models import Decision, Member, ReaderQuestion, Report
from officine.models.case import close_cases
from officine.models.decision import Grounds, decide


class Because(Grounds, total=False):
    """A decision about a question: whose, when, by which rule, and why."""

    by: Required[Member]
    at: Required[datetime]
    rule: Required[str]
    facts: Required[str]


def hide_question(
    question: ReaderQuestion, *, reports: Sequence[int] = (), **because: Unpack[Because]
) -> Decision:
    """Take a question and its answer out of the page. Who asked reads why, and still sees it.
    ``reports`` are those the editor had in view.
    """
    waiting = _begin(question, because["by"], reports)
    decision = decide(
        "hide-question", on_report=bool(waiting), affected_id=question.by_id,
        question_id=question.id, **because,
    )  # fmt: skip
    question.hiding_id = decision.id
    _answer(question, waiting, decision)
    return decision


def dismiss_reports_of_question(
    question: ReaderQuestion, *, reports: Sequence[int] = (), **because: Unpack[Because]
) -> Decision:
    """Leave a question in the page and tell who reported it why."""
    waiting = _begin(question, because["by"], reports)
    if not waiting:
        raise AlreadyDecided(None)
    decision = decide("dismiss", on_report=True, question_id=question.id, **because)
    _answer(question, waiting, decision)
    return decision


def show_question_again(first: Decision, *, at: datetime) -> None:
    """Put a question back into the page, unless another decision has hidden it since."""
    question = queries.question_decided(first)
    if question is None:
        return
    lock_row(question)
    if question.hiding_id == first.id:
        question.hiding_id = None
        question.interview.version += 1


def _begin(question: ReaderQuestion, by: Member, seen: Sequence[int]) -> list[Report]:
    """The open reports of a question, with its row held; or why nothing can be decided."""
    if question.by_id == by.id:
        raise OwnCase(question.id)
    lock_row(question)
    if answered := queries.answered_among(seen):
        raise AlreadyDecided(answered)
    if question.hiding_id is not None:
        raise AlreadyDecided(db.session.get(Decision, question.hiding_id))
    return queries.open_reports_of_question(question.id)


def _answer(question: ReaderQuestion, waiting: Sequence[Report], decision: Decision) -> None:
    for report in waiting:
        report.decision = decision
    question.interview.version += 1
    close_cases("question", question.id, at=decision.at, decision=decision)
    record(Decided(decision.id))
