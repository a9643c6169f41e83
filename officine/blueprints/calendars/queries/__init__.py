"""Events as calendars, each for whoever looks."""

from officine.blueprints.calendars.queries.addresses import address_of, find_holder
from officine.blueprints.calendars.queries.entries import entry_of, group_names
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
    "Listed",
    "address_of",
    "entry_of",
    "find_event",
    "find_group",
    "find_holder",
    "fingerprint",
    "group_names",
    "invitation",
    "my_calendar",
    "shelf",
]
