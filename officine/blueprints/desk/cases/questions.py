"""Reports of what a reader asked the guest of an interview."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from officine.blueprints.desk import commands, queries
from officine.blueprints.desk.cases.people import ABOUT_AUTHORS, person_measures
from officine.blueprints.desk.cases.shared import escalation, seen_reports
from officine.blueprints.desk.commands import AlreadyDecided
from officine.models import Case, Decision, Member, ReaderQuestion
from officine.models.case import Grounded, Measure


def about_question(case: Case, viewer: Any) -> dict[str, Any]:
    """A question with its answer, as everyone reads them, and who reported it."""
    reports = queries.open_reports_of_question(case.subject_id)
    return {
        "question": queries.find_question(case.subject_id, viewer),
        "reports": reports,
        "records": queries.reporter_records(
            report.reporter_id for report in reports if report.reporter_id
        ),
        "rule": reports[0].rule if reports else None,
    }


def _question_of(case: Case, by: Member) -> ReaderQuestion:
    question = queries.find_question(case.subject_id, by)
    if question is None:
        raise AlreadyDecided(None)
    return question


def _dismiss(case: Case, by: Member, at: datetime, it: Grounded) -> Decision:
    return commands.dismiss_reports_of_question(
        _question_of(case, by), by=by, at=at, reports=seen_reports(it), **it.grounds(case)
    )


def _hide(case: Case, by: Member, at: datetime, it: Grounded) -> Decision:
    return commands.hide_question(
        _question_of(case, by), by=by, at=at, reports=seen_reports(it), **it.grounds(case)
    )


DISMISS = Measure(
    "dismiss", "a", _l("It is fine as it is"),
    _l("It stays in sight; who reported it reads why"), _dismiss,
)  # fmt: skip
HIDE = Measure(
    "hide-question", "h", _l("Hide it"),
    _l("Readers no longer see it, nor its answer; who asked reads why"), _hide,
)  # fmt: skip


def measures_for_question(case: Case, viewer: Any) -> Sequence[Measure]:
    people = person_measures(case.member, viewer, ABOUT_AUTHORS)
    return [DISMISS, HIDE, *people, *escalation(case)]
