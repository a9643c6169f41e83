"""Events as calendars, each for whoever looks."""

from officine.blueprints.calendars.queries.addresses import address_of, find_holder
from officine.blueprints.calendars.queries.comparing import Compared, compared
from officine.blueprints.calendars.queries.entries import entry_of, group_names
from officine.blueprints.calendars.queries.importing import (
    find_source,
    groups_to_fill,
    hosted_groups,
    my_sources,
    source_like,
)
from officine.blueprints.calendars.queries.invitations import invitation
from officine.blueprints.calendars.queries.shelves import (
    Listed,
    find_event,
    find_group,
    fingerprint,
    my_calendar,
    shelf,
)

__all__ = [
    "Compared",
    "Listed",
    "address_of",
    "compared",
    "entry_of",
    "find_event",
    "find_group",
    "find_holder",
    "find_source",
    "fingerprint",
    "group_names",
    "groups_to_fill",
    "hosted_groups",
    "invitation",
    "my_calendar",
    "my_sources",
    "shelf",
    "source_like",
]
