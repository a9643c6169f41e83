"""Published interviews, for whoever is looking."""

from officine.blueprints.interviews.queries.asked import (
    asked_lately,
    find_any_interview,
    find_question,
    questions_asked,
    questions_shown,
)
from officine.blueprints.interviews.queries.feeds import Entry, newest_in, newest_spoken_in
from officine.blueprints.interviews.queries.listing import (
    PAGE,
    InterviewRow,
    Listed,
    Wanted,
    latest_interview,
    listed_interviews,
    related_interviews,
)
from officine.blueprints.interviews.queries.showing import (
    SaidBelow,
    corrections_of,
    find_chapter,
    find_interview,
    latest_said,
    outside_of,
    tracks_of,
    video_of,
)

__all__ = [
    "PAGE",
    "Entry",
    "InterviewRow",
    "Listed",
    "SaidBelow",
    "Wanted",
    "asked_lately",
    "corrections_of",
    "find_any_interview",
    "find_chapter",
    "find_interview",
    "find_question",
    "latest_interview",
    "latest_said",
    "listed_interviews",
    "newest_in",
    "newest_spoken_in",
    "outside_of",
    "questions_asked",
    "questions_shown",
    "related_interviews",
    "tracks_of",
    "video_of",
]
