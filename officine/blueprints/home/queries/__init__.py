"""What the first page shows."""

from officine.blueprints.home.queries.doors import Door, doors_of
from officine.blueprints.home.queries.groups import GroupCard, groups_in, groups_to_join
from officine.blueprints.home.queries.meeting import Meeting, someone_to_meet
from officine.blueprints.home.queries.today import Call, News, calls_for, latest_of, news_of
from officine.blueprints.home.queries.visitors import (
    UsefulAnswer,
    beginning,
    recent_faces,
    useful_answers,
    writers_by_language,
)

__all__ = [
    "Call",
    "Door",
    "GroupCard",
    "Meeting",
    "News",
    "UsefulAnswer",
    "beginning",
    "calls_for",
    "doors_of",
    "groups_in",
    "groups_to_join",
    "latest_of",
    "news_of",
    "recent_faces",
    "someone_to_meet",
    "useful_answers",
    "writers_by_language",
]
