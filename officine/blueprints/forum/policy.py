"""Who may do what in the forum. Whether somebody may read is for the queries to say."""

from typing import Any

from flask_babel import lazy_gettext as _l

from officine.core import permission
from officine.core.permission import Refusal, Verdict, for_team
from officine.models import Group, Membership, Post, Topic
from officine.models.removal import standing_removal

NOT_EDITOR = Refusal(_l("Only the editorial team sees what is held before publication."))
NOT_MANAGER = Refusal(_l("Only community managers change what is held before publication."))
JOIN_FIRST = Refusal(_l("Join the group to write in it."))
ASK_FIRST = Refusal(
    _l("Only members of the group write here. You can ask its hosts to let you in.")
)
INVITED_ONLY = Refusal(_l("Only members of the group write here, and they enter by invitation."))
REMOVED = _l("You were removed from this group. You come back when one of its hosts lets you in.")
NOT_OPEN = Refusal(_l("This group is not open yet."))
WAITS = Refusal(
    _l("This topic waits for an editor. As soon as it is published, everyone can answer.")
)
LOCKED = Refusal(_l("This topic is closed: it takes no more messages."))
ONE_S_OWN = Refusal(_l("Only its author can change a message."))
HIDDEN = Refusal(_l("The editorial team has hidden this message: it cannot be changed now."))
GONE = Refusal(_l("This message was deleted."))
ANSWERED = Refusal(
    _l("Others have answered: the message that opens the topic stays. You can edit it.")
)
TITLE = Refusal(_l("Only its author and the group’s hosts can change a topic’s title."))
MARK = Refusal(
    _l("Whoever opened the topic, or a host of the group, says which answer was useful.")
)
PIN = Refusal(_l("Only the group’s hosts and the editorial team pin topics."))
OWN_THANKS = Refusal(_l("This message is yours: the others will say if it helped."))


def may_write_in(viewer: Any, group: Group, membership: Membership | None) -> Verdict:
    """Members of the group with a confirmed address write in it."""
    signed_in = may_take_part(viewer)
    if not signed_in:
        return signed_in
    if group.is_proposed:
        return NOT_OPEN
    if membership is None:
        return _how_to_enter(viewer, group)
    return True


def _how_to_enter(viewer: Any, group: Group) -> Refusal:
    if group.joining != "open":
        return ASK_FIRST if group.joining == "request" else INVITED_ONLY
    removal = standing_removal(viewer, group)
    return Refusal(REMOVED, decision_id=removal.id) if removal else JOIN_FIRST


def may_open(viewer: Any, group: Group, membership: Membership | None) -> Verdict:
    """Open a topic in the group."""
    return may_write_in(viewer, group, membership)


def may_answer(viewer: Any, topic: Topic, membership: Membership | None) -> Verdict:
    """Answer in a topic that takes answers."""
    if topic.is_locked:
        return LOCKED
    if topic.is_held:
        return WAITS
    return may_write_in(viewer, topic.group, membership)


def may_edit(viewer: Any, post: Post) -> Verdict:
    """Change one’s own words. Nobody rewrites another’s, not even the editorial desk."""
    return _own_words(viewer, post)


def may_delete(viewer: Any, post: Post, answers: int) -> Verdict:
    """Take back one’s own post; the one that opens a topic only while nobody has answered."""
    verdict = _own_words(viewer, post)
    if not verdict:
        return verdict
    return ANSWERED if post.opens and answers else True


def may_change_title(
    viewer: Any,
    topic: Topic,
    membership: Membership | None,
    *,
    is_hidden: bool = False,
    is_mendable: bool = False,
) -> Verdict:
    """The title is the author’s; hosts and the desk may make it say what the topic is about. One
    that the desk has hidden (``is_hidden``) stays as it is, unless its author is to mend it.
    """
    signed_in = may_take_part(viewer)
    if not signed_in:
        return signed_in
    if not _leads(viewer, topic, membership):
        return TITLE
    if is_hidden and not (is_mendable and topic.author_id == viewer.id):
        return HIDDEN
    return True


def may_mark_answer(viewer: Any, topic: Topic, membership: Membership | None) -> Verdict:
    """Say which post solved the matter."""
    signed_in = may_take_part(viewer)
    if not signed_in:
        return signed_in
    return True if _leads(viewer, topic, membership) else MARK


def may_pin(viewer: Any, membership: Membership | None) -> Verdict:
    """Keep a topic first in its group, or no longer."""
    signed_in = may_take_part(viewer)
    if not signed_in:
        return signed_in
    return True if _hosts(viewer, membership) else PIN


def may_thank(viewer: Any, post: Post) -> Verdict:
    """Say that somebody else’s post was useful."""
    signed_in = may_take_part(viewer)
    if not signed_in:
        return signed_in
    if not post.is_readable:
        return GONE if post.deleted_at else HIDDEN
    return OWN_THANKS if post.author_id == viewer.id else True


def may_follow(viewer: Any) -> Verdict:
    """Hear of new posts in a topic one can read."""
    return may_take_part(viewer)


def may_see_screening(viewer: Any) -> Verdict:
    """See what keeps posts for an editor, and how often it was right."""
    return for_team(viewer, NOT_EDITOR)


def may_set_screening(viewer: Any) -> Verdict:
    """Change it."""
    verdict = may_see_screening(viewer)
    if not verdict:
        return verdict
    return True if viewer.is_leader else NOT_MANAGER


def may_see_history(viewer: Any, post: Post) -> bool:
    """What a post said before is read by whoever reads what it says now."""
    if post.deleted_at:
        return False
    if post.is_removed and not viewer.is_staff:
        return False
    return post.hiding is None or bool(viewer.is_staff) or post.author_id == viewer.id


def may_take_part(viewer: Any) -> Verdict:
    """A member with a confirmed address who is not suspended."""
    return permission.may_take_part(viewer)


def _own_words(viewer: Any, post: Post) -> Verdict:
    signed_in = may_take_part(viewer)
    if not signed_in:
        return signed_in
    if post.author_id != viewer.id:
        return ONE_S_OWN
    if post.deleted_at:
        return GONE
    return True if post.is_mendable else HIDDEN


def _hosts(viewer: Any, membership: Membership | None) -> bool:
    return bool(viewer.is_staff) or (membership is not None and membership.is_host)


def _leads(viewer: Any, topic: Topic, membership: Membership | None) -> bool:
    return topic.author_id == viewer.id or _hosts(viewer, membership)
