"""Who was at an event, whom they met, and what came of it."""

from officine.blueprints.followup.queries.figures import Figures, figures
from officine.blueprints.followup.queries.letter import (
    Due,
    due_events,
    follow_up_of,
    how_many_were_there,
    morning_after,
    organisers_words,
    people_to_write_to,
)
from officine.blueprints.followup.queries.meeting import (
    Companion,
    Presence,
    companion,
    companions,
    find_companion,
    find_event,
    presence,
    where_they_met,
    who_met,
)
from officine.blueprints.followup.queries.opinions import (
    ENOUGH,
    Opinions,
    feedback_of,
    opinions,
    was_at,
)

__all__ = [
    "ENOUGH",
    "Companion",
    "Due",
    "Figures",
    "Opinions",
    "Presence",
    "companion",
    "companions",
    "due_events",
    "feedback_of",
    "figures",
    "find_companion",
    "find_event",
    "follow_up_of",
    "how_many_were_there",
    "morning_after",
    "opinions",
    "organisers_words",
    "people_to_write_to",
    "presence",
    "was_at",
    "where_they_met",
    "who_met",
]
