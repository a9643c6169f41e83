"""Appeals: another editor looks at a decision again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from officine.blueprints.desk import commands, policy, queries
from officine.blueprints.desk.cases.shared import escalation
from officine.blueprints.desk.commands import AlreadyDecided
from officine.core.i18n import current_language
from officine.models import Appeal, Case, Decision, Member
from officine.models.case import Grounded, Measure


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
        "question": queries.question_decided(first),
        "refused": queries.words_refused(first),
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
OPEN_AFTER_ALL = Measure(
    "reverse", "v", _l("Open the group after all"),
    _l("It appears in the list; its proposer hosts it and reads why"), _reverse,
)  # fmt: skip
PUBLISH_AFTER_ALL = Measure(
    "reverse", "v", _l("Publish the event after all"),
    _l("It stands in the calendar; its proposer reads why"), _reverse,
)  # fmt: skip
WARN_AFTER_ALL = Measure(
    "reverse", "v", _l("Warn them after all"),
    _l("They read why and can appeal; who reported them hears of it"), _reverse,
)  # fmt: skip


def measures_for_appeal(case: Case, viewer: Any) -> Sequence[Measure]:
    """Nothing, for the editor whose decision it is."""
    appeal = queries.find_appeal(case.subject_id)
    if appeal is None or not policy.may_decide_appeal(viewer, appeal):
        return ()
    first = appeal.decision
    of_words = first.post_id or first.question_id
    after_dismissal = REVERSE_DISMISSAL if of_words else WARN_AFTER_ALL
    reverse = {
        "dismiss": after_dismissal,
        "decline-group": OPEN_AFTER_ALL,
        "decline-event": PUBLISH_AFTER_ALL,
    }.get(first.measure, REVERSE)
    return [UPHOLD, reverse, *escalation(case)]
