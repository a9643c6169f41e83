"""Who may do what with groups."""

from typing import Any

from flask_babel import lazy_gettext as _l

from officine.blueprints.groups import queries
from officine.core.permission import SIGN_IN_FIRST, Refusal, Verdict, may_take_part
from officine.models import Group, Membership
from officine.models.removal import standing_removal

NOT_HOST = Refusal(_l("Only the group’s hosts and the editorial team can do this."))
NOT_OPEN = Refusal(_l("This group is not open yet."))
OPEN_ALREADY = Refusal(_l("This group is open already."))
REMOVED = _l("You were removed from this group. You come back when one of its hosts lets you in.")
HOST_STAYS = Refusal(_l("A host cannot be removed. Ask the editorial team."))


def may_propose(viewer: Any) -> Verdict:
    """Any member with a confirmed address; hosts and the desk open groups at once."""
    return may_take_part(viewer)


def opens_at_once(viewer: Any) -> bool:
    """Whether the viewer’s new group opens without waiting for the desk."""
    return bool(viewer.is_staff) or queries.hosts_any(viewer)


def may_decide(viewer: Any) -> Verdict:
    """Whether a proposed group opens is for the editorial desk to say."""
    if viewer.is_staff:
        return True
    return Refusal(_l("Only the editorial team decides about proposed groups."))


def may_decline(viewer: Any, group: Group) -> Verdict:
    """Say no to a proposal, while it is one."""
    verdict = may_decide(viewer)
    return OPEN_ALREADY if verdict and not group.is_proposed else verdict


def may_host(viewer: Any, group: Group) -> Verdict:
    """Change what the group says, its members, who asks to join."""
    signed_in = may_take_part(viewer)
    if not signed_in:
        return signed_in
    return True if viewer.is_staff or queries.is_host(viewer, group) else NOT_HOST


def may_join(viewer: Any, group: Group) -> Verdict:
    """Enter now: an open group, or one whose invitation waits. Who was removed is let in by a
    host again, not by themselves.
    """
    signed_in = _may_belong(viewer, group)
    if not signed_in:
        return signed_in
    if queries.open_invitation(viewer, group):
        return True
    if group.joining == "open":
        removal = standing_removal(viewer, group)
        return Refusal(REMOVED, decision_id=removal.id) if removal else True
    if group.joining == "request":
        return Refusal(_l("This group asks you to request access first."))
    return Refusal(_l("People enter this group by invitation of its hosts."))


def may_request(viewer: Any, group: Group) -> Verdict:
    """Ask the hosts to be let in; into an open group, only who was removed from it."""
    signed_in = _may_belong(viewer, group)
    if not signed_in:
        return signed_in
    if not (group.joining == "request" or asks_to_come_back(viewer, group)):
        return Refusal(_l("This group takes no requests."))
    if queries.open_request(viewer, group):
        return Refusal(_l("You have asked already. The hosts will answer you."))
    return True


def asks_to_come_back(viewer: Any, group: Group) -> bool:
    """Whether this open group is open to the viewer only after a host’s yes."""
    return group.joining == "open" and standing_removal(viewer, group) is not None


def may_invite(viewer: Any, group: Group) -> Verdict:
    """Hosts and the desk invite, once the group is open: nobody hears of it before."""
    verdict = may_host(viewer, group)
    return NOT_OPEN if verdict and group.is_proposed else verdict


def may_leave(viewer: Any, group: Group) -> Verdict:
    """A member leaves when they like; the last host first hands over."""
    if not viewer.is_member:
        return SIGN_IN_FIRST
    membership = queries.membership_of(viewer, group)
    if membership is None:
        return Refusal(_l("You do not belong to this group."))
    if membership.is_host and queries.hosts_count(group) == 1:
        return Refusal(_l("You are the only host. Make someone else a host, then leave."))
    return True


def may_remove(viewer: Any, group: Group, membership: Membership) -> Verdict:
    """Hosts and the desk remove a member, never a host."""
    verdict = may_host(viewer, group)
    if not verdict:
        return verdict
    if membership.is_host:
        return HOST_STAYS
    return True


def _may_belong(viewer: Any, group: Group) -> Verdict:
    signed_in = may_take_part(viewer)
    if not signed_in:
        return signed_in
    if group.is_proposed:
        return NOT_OPEN
    if queries.membership_of(viewer, group):
        return Refusal(_l("You belong to this group already."))
    return True
