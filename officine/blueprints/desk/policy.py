"""Who may report, and who may decide."""

from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from officine.blueprints.desk import queries
from officine.core.permission import Refusal, Verdict, for_team, is_not_barred, may_take_part
from officine.models import (
    Appeal,
    Case,
    Decision,
    Group,
    Member,
    Post,
    ReaderQuestion,
    Report,
    Topic,
)
from officine.models.decision import APPEALABLE

NOT_EDITOR = Refusal(_l("Only the editorial team decides about reports and messages."))
NOT_HOST = Refusal(_l("Only the group’s hosts and the editorial team close a topic."))
OWN_POST = Refusal(
    _l("You wrote this message: another editor decides about it. You can edit or delete it.")
)
OWN_CASE = Refusal(_l("This case is about you: another editor decides it."))
FOR_MANAGERS = Refusal(_l("This case waits for the community manager."))
FIRST_EDITOR = Refusal(
    _l("You took the decision that this appeal is against: another editor decides it.")
)
OWN_APPEAL = Refusal(_l("This appeal is yours: another editor decides it."))
APPEAL_TOO_LATE = Refusal(_l("The six months in which you could appeal are over."))
ALREADY_APPEALED = Refusal(_l("You have appealed against this decision already."))
TAKEN_BACK = Refusal(_l("This decision was taken back: there is nothing to appeal against."))
NOT_APPEALABLE = Refusal(_l("This decision takes nothing from you that an appeal could give back."))
NOT_AFFECTED = Refusal(_l("Only whom a decision affects, or who reported, can appeal."))
OWN_PROFILE = Refusal(_l("This is your own profile."))
REPORTING_SUSPENDED = Refusal(
    _l("You cannot report for now: the decision in your settings, under “Your standing”, says why.")
)
OWN_REPORT = Refusal(_l("This message is yours: you can edit or delete it."))
OWN_QUESTION = Refusal(_l("You asked this question."))
OWN_TOPIC = Refusal(_l("You opened this topic, and somebody else closed it: they reopen it."))
DESK_CLOSED_IT = Refusal(
    _l("The editorial team closed this topic. Write to the team if it should open again.")
)
OWN_PERSON = Refusal(_l("Nobody decides about themselves: a colleague does."))
STAFF_FOR_MANAGERS = Refusal(
    _l("About people of the editorial team the community manager or the administrator decides.")
)
LAST_ADMINISTRATOR = Refusal(
    _l("Nobody else runs the site: make somebody else an administrator first.")
)
NO_LONGER_HERE = Refusal(_l("This person has left: there is nothing to decide about them."))

NEVER_REFUSED = ("minors", "terrorism")
"""What is always taken, whoever reports it."""
HELD_TOPIC = Refusal(_l("This topic waits for an editor: decide about it first."))
NOT_OPEN = Refusal(_l("This group is not open yet."))
NOT_HOST_THERE = Refusal(_l("You move topics to groups that you host."))

PROMISES = {
    "terrorism": timedelta(hours=1),
    "minors": timedelta(hours=1),
    "illegal": timedelta(hours=12),
}
USUAL_PROMISE = timedelta(hours=24)
"""How soon a report is decided."""

MISUSE_WITHIN = timedelta(days=90)
"""How long decisions, reports and warnings count."""
MISUSE_PROMISE = timedelta(days=3)
MISUSE_LASTS = timedelta(days=30)
"""For how long who goes on after a warning may not write, or not report."""
MOST_OFFENCES = 3
LEAST_REPORTS = 5
MOST_DISMISSED = 0.8


def is_offender(offences: int) -> bool:
    """Whether somebody’s posts were so often taken out of sight that the desk looks at the
    person (Article 23(1)); what follows is for the desk to say.
    """
    return offences >= MOST_OFFENCES


def is_false_reporter(answered: int, dismissed: int) -> bool:
    """Whether somebody’s reports are so often unfounded that the desk looks at the person
    (Article 23(2)).
    """
    return answered >= LEAST_REPORTS and dismissed >= answered * MOST_DISMISSED


def promise_for(rule: str) -> timedelta:
    """How soon a report by this rule is decided. Terrorist content goes within an hour
    (Regulation (EU) 2021/784, Article 3(3)).
    """
    return PROMISES.get(rule, USUAL_PROMISE)


def may_report(viewer: Any, post: Post) -> Verdict:
    """Anyone, with an account or without, says that somebody else’s post breaks a rule or the
    law (Regulation (EU) 2022/2065, Article 16(1)).
    """
    return OWN_REPORT if post.author_id == viewer.id else True


def may_report_person(viewer: Any, member: Member) -> Verdict:
    """Anyone says so of somebody else’s profile."""
    return OWN_PROFILE if member.id == viewer.id else True


def may_report_question(viewer: Any, question: ReaderQuestion) -> Verdict:
    """Anyone says so of what somebody else asked a guest, or of the answer."""
    return OWN_QUESTION if question.by_id == viewer.id else True


def may_send_report(viewer: Any, rule: str, at: datetime) -> Verdict:
    """Whoever has often reported without cause may have to pause (Article 23(2)), but not about
    what no one may keep quiet.
    """
    if viewer.is_member and rule not in NEVER_REFUSED and viewer.sanction("restrict-reports", at):
        return REPORTING_SUSPENDED
    return True


def may_decide(viewer: Any) -> Verdict:
    """Only editors answer reports and hide what others wrote."""
    return for_team(viewer, NOT_EDITOR) and is_not_barred(viewer)


def may_decide_post(viewer: Any, post: Post) -> Verdict:
    """An editor does not decide about their own post."""
    verdict = may_decide(viewer)
    if not verdict:
        return verdict
    return OWN_POST if post.author_id == viewer.id else True


def may_decide_case(viewer: Any, case: Case) -> Verdict:
    """An editor does not decide about themselves, nor about an appeal against their own
    decision; what was escalated is for managers.
    """
    verdict = may_decide(viewer)
    if not verdict:
        return verdict
    if case.member_id == viewer.id:
        return OWN_CASE
    if case.subject == "appeal":
        appeal = queries.find_appeal(case.subject_id)
        verdict = may_decide_appeal(viewer, appeal) if appeal else verdict
        if not verdict:
            return verdict
    if case.escalated_at and not viewer.is_leader:
        return FOR_MANAGERS
    return True


def may_decide_appeal(viewer: Any, appeal: Appeal) -> Verdict:
    """Another editor than the one who took the decision (Article 20(6) asks for more than a
    machine; we ask for somebody else).
    """
    if appeal.decision.by_id == viewer.id:
        return FIRST_EDITOR
    return OWN_APPEAL if appeal.by_id == viewer.id else True


def may_appeal(member: Any, decision: Decision, at: datetime) -> Verdict:
    """Whom a decision affects asks another editor to look again, once and for six months
    (Article 20(1)).
    """
    if decision.affected_id is None or decision.affected_id != member.id:
        return NOT_AFFECTED
    if decision.by_id == member.id:
        return NOT_APPEALABLE
    if queries.appeal_of_author(decision):
        return ALREADY_APPEALED
    return _may_still_appeal(decision, at)


def may_appeal_report(report: Report, at: datetime) -> Verdict:
    """So does who reported something that was left as it is."""
    decision = report.decision
    if decision is None or decision.measure != "dismiss":
        return NOT_APPEALABLE
    if queries.appeal_of_report(report.id):
        return ALREADY_APPEALED
    return _may_still_appeal(decision, at)


def _may_still_appeal(decision: Decision, at: datetime) -> Verdict:
    if decision.measure not in APPEALABLE:
        return NOT_APPEALABLE
    if not decision.is_appealable(at):
        return APPEAL_TOO_LATE
    return TAKEN_BACK if queries.taken_back_by(decision) else True


def may_sanction(viewer: Any, member: Member) -> Verdict:
    """Editors decide about members, managers about editors too, nobody about themselves."""
    verdict = may_decide(viewer)
    if not verdict:
        return verdict
    if member.id == viewer.id:
        return OWN_PERSON
    if member.left_at is not None:
        return NO_LONGER_HERE
    return STAFF_FOR_MANAGERS if member.is_staff and not viewer.is_leader else True


def may_rearrange(viewer: Any, topic: Topic) -> Verdict:
    """Hosts slow, move, split and merge topics of their groups, editors any."""
    return may_lock(viewer, topic) and (True if not topic.is_held else HELD_TOPIC)


def may_move_to(viewer: Any, group: Group) -> Verdict:
    """Into which group: hosts those they look after, editors any that is open."""
    if group.is_proposed:
        return NOT_OPEN
    return True if viewer.is_staff or queries.hosts(viewer, group.id) else NOT_HOST_THERE


def may_lock(viewer: Any, topic: Topic) -> Verdict:
    """Hosts close topics of their group, editors any."""
    signed_in = may_take_part(viewer)
    if not signed_in:
        return signed_in
    return True if viewer.is_staff or queries.hosts(viewer, topic.group_id) else NOT_HOST


def may_unlock(viewer: Any, topic: Topic) -> Verdict:
    """Open a closed topic again: not one’s own against somebody else’s decision, and hosts not
    against the desk’s.
    """
    verdict = may_lock(viewer, topic)
    if not verdict or topic.lock is None or topic.lock.decision.by_id == viewer.id:
        return verdict
    if topic.author_id == viewer.id:
        return OWN_TOPIC
    by = topic.lock.decision.by
    return DESK_CLOSED_IT if (by is None or by.is_staff) and not viewer.is_staff else True


def may_read_decision(viewer: Any, decision: Decision) -> bool:
    """Whom it affects, and the editorial team; and whose post opens a topic of its own by it."""
    if viewer.is_staff or not viewer.is_member:
        return bool(viewer.is_staff)
    if decision.affected_id == viewer.id:
        return True
    return decision.measure == "split" and queries.splits_off_post_of(decision, viewer)
