"""Events, for whoever is looking: `visible_to` (in the models) says which."""

from officine.blueprints.events.queries.files import find_file
from officine.blueprints.events.queries.going import (
    Face,
    PersonGoing,
    faces_of,
    going_counts,
    people_going,
)
from officine.blueprints.events.queries.listing import (
    MINE,
    PAGE,
    EventRow,
    Listed,
    Wanted,
    events_for,
    newest_public,
    next_events,
    rows_of,
)
from officine.blueprints.events.queries.months import Day, MonthGrid, month_grid, month_marks
from officine.blueprints.events.queries.parts import Part, parts_of_company, parts_of_member
from officine.blueprints.events.queries.showing import (
    find_event,
    holder_of,
    interviews_among,
    other_dates,
    revealed_room,
)

__all__ = [
    "MINE",
    "PAGE",
    "Day",
    "EventRow",
    "Face",
    "Listed",
    "MonthGrid",
    "Part",
    "PersonGoing",
    "Wanted",
    "events_for",
    "faces_of",
    "find_event",
    "find_file",
    "going_counts",
    "holder_of",
    "interviews_among",
    "month_grid",
    "month_marks",
    "newest_public",
    "next_events",
    "other_dates",
    "parts_of_company",
    "parts_of_member",
    "people_going",
    "revealed_room",
    "rows_of",
]
