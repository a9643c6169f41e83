"""Which groups there are and who belongs to them, for whoever is looking."""

from officine.blueprints.groups.queries.doors import (
    find_request,
    open_invitation,
    open_request,
    requests_waiting,
)
from officine.blueprints.groups.queries.listing import ORDERS, PAGE, Listed, Wanted, listed_groups
from officine.blueprints.groups.queries.members import (
    PEOPLE,
    find_membership,
    find_person,
    hosts_count,
    hosts_of,
    is_host,
    membership_of,
    shown_members,
    shown_members_count,
)
from officine.blueprints.groups.queries.mine import RailGroup, hosts_any, my_groups
from officine.blueprints.groups.queries.places import (
    declining_of,
    find_group,
    groups_named,
    may_read_topics,
    possible_readers,
    present_slug,
    proposed_groups,
)
from officine.blueprints.groups.queries.pulses import WEEKS, Pulse, pulses

__all__ = [
    "ORDERS",
    "PAGE",
    "PEOPLE",
    "WEEKS",
    "Listed",
    "Pulse",
    "RailGroup",
    "Wanted",
    "declining_of",
    "find_group",
    "find_membership",
    "find_person",
    "find_request",
    "groups_named",
    "hosts_any",
    "hosts_count",
    "hosts_of",
    "is_host",
    "listed_groups",
    "may_read_topics",
    "membership_of",
    "my_groups",
    "open_invitation",
    "open_request",
    "possible_readers",
    "present_slug",
    "proposed_groups",
    "pulses",
    "requests_waiting",
    "shown_members",
    "shown_members_count",
]
