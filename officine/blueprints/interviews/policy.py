"""Who may do what with a published interview. Whether somebody may see one is for the queries."""

from typing import Any

from flask_babel import lazy_gettext as _l

from officine.core.permission import Refusal, Verdict, for_team, may_take_part
from officine.models import Interview, ReaderQuestion, Topic

NOT_YET = Refusal(_l("Readers ask when the interview is published."))
OWN_INTERVIEW = Refusal(_l("You are the one who answers here."))
DESK_ONLY = Refusal(_l("Only the editorial team chooses what the guest is asked."))
GUEST_ONLY = Refusal(_l("Only the guest answers, or an editor in the guest’s name."))
ANSWERED = Refusal(
    _l("It stands in the page with its answer: report it, and the desk decides with a reason.")
)
NO_PLACE = Refusal(_l("The editorial team has not chosen yet where this is discussed."))


def may_ask(viewer: Any, interview: Interview) -> Verdict:
    """Ask the guest something: members, of an interview that everyone sees."""
    verdict = may_take_part(viewer)
    if not verdict:
        return verdict
    # Who looks at it as a member finds the form a member will find; sending it is another request.
    if not interview.is_published and viewer.previews != interview.id:
        return NOT_YET
    return OWN_INTERVIEW if viewer.id == interview.guest_id else True


def may_choose(viewer: Any) -> Verdict:
    """Choose what the guest is asked, and where an interview is discussed."""
    return for_team(viewer, DESK_ONLY)


def may_answer(viewer: Any, interview: Interview) -> Verdict:
    """Answer readers: the guest who is a member, or the desk in the guest’s name."""
    verdict = may_take_part(viewer)
    if not verdict:
        return verdict
    return True if viewer.is_staff or viewer.id == interview.guest_id else GUEST_ONLY


def may_open_chapter(viewer: Any, place: Topic | None) -> Verdict:
    """Begin to discuss a chapter, where the interview itself is discussed (``place``)."""
    verdict = may_take_part(viewer)
    if not verdict:
        return verdict
    return NO_PLACE if place is None else True


def may_leave_aside(question: ReaderQuestion) -> Verdict:
    """Not choose a question; what stands in the page goes only by a decision with its reason."""
    return ANSWERED if question.is_public else True
