"""The kinds of case that the desk itself brings, and how each is decided."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _lp

from officine.blueprints.desk import commands, policy, queries
from officine.blueprints.desk.commands import AlreadyDecided
from officine.core.clock import now
from officine.core.i18n import current_language
from officine.models import Appeal, Case, Decision, Member, Post, Report
from officine.models.case import Grounded, Kind, Measure
from officine.models.decision import SANCTIONS


def about_post(case: Case, viewer: Any) -> dict[str, Any]:
    """A post as it was written, with what was said around it and who reported it."""
    post = queries.find_post(case.subject_id, viewer)
    reports = queries.open_reports(case.subject_id)
    return {
        "post": post,
        "around": queries.posts_around(post) if post else [],
        "reports": reports,
        "records": queries.reporter_records(
            report.reporter_id for report in reports if report.reporter_id
        ),
        "rule": reports[0].rule if reports else None,
    }


def post_of(case: Case, by: Member) -> Post:
    """The post of a case; AlreadyDecided where it vanished."""
    post = queries.find_post(case.subject_id, by)
    if post is None:
        raise AlreadyDecided(None)
    return post


def seen_reports(grounded: Grounded) -> tuple[int, ...]:
    """The reports the editor had in view."""
    return tuple((grounded.more or {}).get("reports", ()))


def _dismiss(case: Case, by: Member, at: datetime, it: Grounded) -> Decision:
    return commands.dismiss_reports(
        post_of(case, by), by=by, at=at, reports=seen_reports(it), **it.grounds(case)
    )


def _hide(case: Case, by: Member, at: datetime, it: Grounded) -> Decision:
    return commands.hide_post(
        post_of(case, by), by=by, at=at, reports=seen_reports(it), **it.grounds(case)
    )


def _send_back(case: Case, by: Member, at: datetime, it: Grounded) -> Decision:
    return commands.send_back(
        post_of(case, by), by=by, at=at, reports=seen_reports(it), **it.grounds(case)
    )


def _remove(case: Case, by: Member, at: datetime, it: Grounded) -> Decision:
    return commands.remove_post(
        post_of(case, by), by=by, at=at, reports=seen_reports(it), **it.grounds(case)
    )


def _remove_urgently(case: Case, by: Member, at: datetime, it: Grounded) -> Decision:
    return commands.remove_post(
        post_of(case, by), by=by, at=at, reports=seen_reports(it), urgent=True, **it.grounds(case)
    )


def _escalate(case: Case, by: Member, at: datetime, it: Grounded) -> Decision:
    return commands.escalate(case, by=by, at=at, grounded=it)


DISMISS = Measure(
    "dismiss", "a", _l("It is fine as it is"),
    _l("It stays in sight; who reported it reads why"), _dismiss,
)  # fmt: skip
SEND_BACK = Measure(
    "send-back", "m", _l("Back to the author"),
    _l("Out of sight until they have mended it; it keeps its place"), _send_back,
)  # fmt: skip
HIDE = Measure(
    "hide", "h", _l("Hide it"),
    _l("Readers no longer see it; the author reads why"), _hide,
)  # fmt: skip
REMOVE = Measure(
    "remove", "r", _l("Remove it"),
    _l("Only the desk can read it any more; the author reads why"), _remove,
)  # fmt: skip
REMOVE_URGENTLY = Measure(
    "remove-urgently", "u", _l("Remove it at once"),
    _l("Terrorist content: within one hour of the report"), _remove_urgently,
)  # fmt: skip
ESCALATE = Measure(
    "escalate", "p", _l("Leave it to the community manager"),
    _l("It keeps its place and its promise; say why"), _escalate,
)  # fmt: skip


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
    if case.kind == "report":
        return queries.open_reports(case.subject_id)
    if case.kind == "report-person":
        return queries.open_reports_of_person(case.subject_id)
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


def _measures_for_offender(case: Case, viewer: Any) -> Sequence[Measure]:
    return [*person_measures(case.member, viewer, ABOUT_AUTHORS), LEAVE, *_escalation(case)]


def _measures_for_false_reports(case: Case, viewer: Any) -> Sequence[Measure]:
    return [*person_measures(case.member, viewer, ("restrict-reports",)), LEAVE, *_escalation(case)]


def _escalation(case: Case) -> list[Measure]:
    return [] if case.escalated_at else [ESCALATE]


def _measures_for_report(case: Case, viewer: Any) -> Sequence[Measure]:
    chosen = [DISMISS, SEND_BACK, HIDE, REMOVE]
    if any(signal.get("value") in ("terrorism", "minors") for signal in case.signals):
        chosen.append(REMOVE_URGENTLY)
    chosen.extend(person_measures(case.member, viewer, ABOUT_AUTHORS))
    return [*chosen, *_escalation(case)]


# People


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


def _measures_for_person(case: Case, viewer: Any) -> Sequence[Measure]:
    return [DISMISS_PERSON, *person_measures(case.member, viewer), *_escalation(case)]


# Appeals


def about_appeal(case: Case, viewer: Any) -> dict[str, Any]:
    """The first decision with its reason, the words of who appeals, and what it is about."""
    appeal = queries.find_appeal(case.subject_id)
    if appeal is None:
        return {"appeal": None, "reports": (), "rule": None}
    first = appeal.decision
    return {
        "appeal": appeal,
        "first": first,
        "about": queries.post_decided(first, viewer),
        "topic": queries.topic_decided(first, viewer),
        "group": queries.group_decided(first),
        "person": appeal.report.member if appeal.report else None,
        "taken_back": queries.taken_back_by(first),
        "standard": queries.standard_of(first, current_language()),
        "reports": (),
        "rule": first.rule,
    }


def appeal_of(case: Case) -> Appeal:
    """The appeal of a case; AlreadyDecided where it vanished."""
    appeal = queries.find_appeal(case.subject_id)
    if appeal is None:
        raise AlreadyDecided(None)
    return appeal


def _uphold(case: Case, by: Member, at: datetime, it: Grounded) -> Decision:
    return commands.uphold(appeal_of(case), by=by, at=at, **it.grounds(case))


def _reverse(case: Case, by: Member, at: datetime, it: Grounded) -> Decision:
    return commands.reverse(appeal_of(case), by=by, at=at, **it.grounds(case))


UPHOLD = Measure(
    "uphold", "u", _l("The decision stands"),
    _l("Who appealed reads why"), _uphold,
)  # fmt: skip
REVERSE = Measure(
    "reverse", "v", _l("Take the decision back"),
    _l("Everything is as it was before it; who appealed reads why"), _reverse,
)  # fmt: skip
REVERSE_DISMISSAL = Measure(
    "reverse", "v", _l("Hide it after all"),
    _l("Its author reads why and can appeal; who reported it hears of it"), _reverse,
)  # fmt: skip


WARN_AFTER_ALL = Measure(
    "reverse", "v", _l("Warn them after all"),
    _l("They read why and can appeal; who reported them hears of it"), _reverse,
)  # fmt: skip


def _measures_for_appeal(case: Case, viewer: Any) -> Sequence[Measure]:
    """Nothing, for the editor whose decision it is."""
    appeal = queries.find_appeal(case.subject_id)
    if appeal is None or not policy.may_decide_appeal(viewer, appeal):
        return ()
    first = appeal.decision
    after_dismissal = REVERSE_DISMISSAL if first.post_id else WARN_AFTER_ALL
    reverse = after_dismissal if first.measure == "dismiss" else REVERSE
    return [UPHOLD, reverse, *_escalation(case)]


KINDS = (
    Kind(
        "report", _l("Report"), "desk/cases/_post.html", about_post, _measures_for_report,
    ),
    Kind(
        "report-person", _l("Report on a person"), "desk/cases/_person.html", about_person,
        _measures_for_person,
    ),
    Kind(
        "appeal", _lp("noun", "Appeal"), "desk/cases/_appeal.html", about_appeal,
        _measures_for_appeal,
    ),
    Kind(
        "offender", _l("Often against the rules"), "desk/cases/_offender.html", about_offender,
        _measures_for_offender,
    ),
    Kind(
        "false-reports", _l("Reports without cause"), "desk/cases/_offender.html",
        about_false_reports, _measures_for_false_reports,
    ),
)  # fmt: skip
