"""Reports of people, and people who often break the rules or report without cause."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from officine.blueprints.desk import commands, policy, queries
from officine.blueprints.desk.cases.shared import escalation, post_of, seen_reports
from officine.blueprints.desk.commands import AlreadyDecided
from officine.core.clock import now
from officine.models import Case, Decision, Member, Report
from officine.models.case import Grounded, Measure
from officine.models.decision import SANCTIONS


def _on_person(act: Callable[..., Decision]) -> Callable[..., Decision]:
    """A measure about the person of a case, which answers what the editor had in view."""

    def decided(case: Case, by: Member, at: datetime, it: Grounded) -> Decision:
        if case.member is None:
            raise AlreadyDecided(None)
        if answered := queries.answered_among(seen_reports(it)):
            raise AlreadyDecided(answered)
        post = post_of(case, by) if case.subject == "post" else None
        return act(
            case.member, by=by, at=at, post=post, answers=_reports_in(case), **it.grounds(case)
        )

    return decided


def _reports_in(case: Case) -> list[Report]:
    """What the reports of a case say that wait for an answer."""
    if case.kind in ("report", "report-person", "report-question"):
        return queries.open_reports_about(case.subject, case.subject_id)
    return []


WARN = Measure(
    "warn", "w", _l("Warn the person"),
    _l("They read what they did and what follows if it goes on"), _on_person(commands.warn),
)  # fmt: skip
RESTRICT = Measure(
    "restrict", "e", _l("Read their messages first"),
    _l("Until a date an editor approves what they write"), _on_person(commands.restrict),
    ("until",),
)  # fmt: skip
SUSPEND = Measure(
    "suspend", "s", _l("Suspend the person"),
    _l("Until a date they read, but do not write"), _on_person(commands.suspend), ("until",),
)  # fmt: skip
CLOSE_ACCOUNT = Measure(
    "close-account", "x", _l("Close the account"),
    _l("For good: others no longer find their page; what they wrote stays"),
    _on_person(commands.close_account),
)  # fmt: skip
RESTRICT_REPORTS = Measure(
    "restrict-reports", "b", _l("Take no reports from them"),
    _l("Until a date, except about terrorist content and offences against minors"),
    _on_person(commands.restrict_reports), ("until",),
)  # fmt: skip
PERSON_MEASURES = (WARN, RESTRICT, SUSPEND, CLOSE_ACCOUNT, RESTRICT_REPORTS)


def person_measures(
    member: Member | None, viewer: Any, only: Sequence[str] = SANCTIONS
) -> list[Measure]:
    """The measures about a person that this viewer may take and that are not in force already:
    a warning, and ``only`` these sanctions.
    """
    if member is None or not policy.may_sanction(viewer, member):
        return []
    held = {sanction.measure for sanction in queries.sanctions_in_force(member, now())}
    return [
        each
        for each in PERSON_MEASURES
        if each.name not in held and (each is WARN or each.name in only)
    ]


ABOUT_AUTHORS = ("restrict", "suspend", "close-account")
"""What is done about who wrote something; not how they report."""


def _leave(case: Case, by: Member, at: datetime, it: Grounded) -> Decision:
    return commands.leave_person(case, by=by, at=at, **it.grounds(case))


LEAVE = Measure(
    "dismiss", "a", _l("Nothing more, for now"),
    _l("Colleagues read why; the desk looks again if it goes on"), _leave,
)  # fmt: skip


def about_offender(case: Case, viewer: Any) -> dict[str, Any]:
    """What was decided against an author lately, and what the terms foresee."""
    since = now() - policy.MISUSE_WITHIN
    offences = queries.offences_of(case.subject_id, since)
    newest = offences.decisions[0] if offences.decisions else None
    return _misuse(case, since, "suspend") | {
        "offences": offences,
        "rule": newest.rule if newest else None,
    }


def about_false_reports(case: Case, viewer: Any) -> dict[str, Any]:
    """How a member’s reports were answered lately, and what the terms foresee."""
    since = now() - policy.MISUSE_WITHIN
    return _misuse(case, since, "restrict-reports") | {
        "answered": queries.reports_answered_to(case.subject_id, since),
        "rule": "other",
    }


def _misuse(case: Case, since: datetime, second: str) -> dict[str, Any]:
    warning = queries.warning_since(case.subject_id, since)
    return {
        "warning": warning,
        "suggestion": second if warning else "warn",
        "lasts": policy.MISUSE_LASTS.days,
    }


def measures_for_offender(case: Case, viewer: Any) -> Sequence[Measure]:
    return [*person_measures(case.member, viewer, ABOUT_AUTHORS), LEAVE, *escalation(case)]


def measures_for_false_reports(case: Case, viewer: Any) -> Sequence[Measure]:
    return [*person_measures(case.member, viewer, ("restrict-reports",)), LEAVE, *escalation(case)]


def about_person(case: Case, viewer: Any) -> dict[str, Any]:
    """A profile as it was written, and who reported it."""
    reports = queries.open_reports_of_person(case.subject_id)
    return {
        "person": case.member,
        "reports": reports,
        "records": queries.reporter_records(
            report.reporter_id for report in reports if report.reporter_id
        ),
        "rule": reports[0].rule if reports else None,
    }


def _dismiss_person(case: Case, by: Member, at: datetime, it: Grounded) -> Decision:
    if case.member is None:
        raise AlreadyDecided(None)
    return commands.dismiss_reports_of_person(
        case.member, by=by, at=at, reports=seen_reports(it), **it.grounds(case)
    )


DISMISS_PERSON = Measure(
    "dismiss", "a", _l("It is fine as it is"),
    _l("The profile stays as it is; who reported it reads why"), _dismiss_person,
)  # fmt: skip


def measures_for_person(case: Case, viewer: Any) -> Sequence[Measure]:
    return [DISMISS_PERSON, *person_measures(case.member, viewer), *escalation(case)]
