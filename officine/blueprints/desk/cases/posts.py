"""Reports of posts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from officine.blueprints.desk import commands, queries
from officine.blueprints.desk.cases.people import ABOUT_AUTHORS, person_measures
from officine.blueprints.desk.cases.shared import escalation, post_of, seen_reports
from officine.models import Case, Decision, Member
from officine.models.case import Grounded, Measure


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


def measures_for_report(case: Case, viewer: Any) -> Sequence[Measure]:
    chosen = [DISMISS, SEND_BACK, HIDE, REMOVE]
    if any(signal.get("value") in ("terrorism", "minors") for signal in case.signals):
        chosen.append(REMOVE_URGENTLY)
    chosen.extend(person_measures(case.member, viewer, ABOUT_AUTHORS))
    return [*chosen, *escalation(case)]
