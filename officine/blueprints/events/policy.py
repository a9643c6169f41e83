"""Who may do what around an event. Whether somebody may see one is for the models to say."""

from typing import Any

from flask_babel import lazy_gettext as _l

from officine.core.permission import Refusal, Verdict, may_take_part
from officine.models import Event, Group

NOT_YET = Refusal(_l("An event is discussed from when it is published."))
ORGANISERS_ONLY = Refusal(_l("The organisers choose in which group this event is discussed."))
TOO_OPEN = Refusal(_l("More people read this group than may know of the event."))


def may_choose_place(viewer: Any, event: Event) -> Verdict:
    """Choose in which group an event is discussed: who organises it, and the desk."""
    verdict = may_take_part(viewer)
    if not verdict:
        return verdict
    if not event.is_shown:
        return NOT_YET
    if viewer.is_staff or any(each.member_id == viewer.id for each in event.organisers):
        return True
    return ORGANISERS_ONLY


def may_discuss_in(viewer: Any, event: Event, group: Group) -> Verdict:
    """Begin the discussion of an event in a group: any member in the group that holds it, in
    another who organises it; nowhere where people read who may not know of the event.
    """
    verdict = may_take_part(viewer)
    if not verdict:
        return verdict
    if not event.is_shown:
        return NOT_YET
    if not keeps_secret(group, event):
        return TOO_OPEN
    return True if group.id == event.group_id else may_choose_place(viewer, event)


def keeps_secret(group: Group, event: Event) -> bool:
    """Whether nobody reads a group who may not know of an event."""
    if event.audience == "public":
        return True
    if event.audience == "members":
        return group.visibility != "public"
    return group.visibility == "private" and group.id == event.group_id
