"""Who hears of what the desk does, each in their own language, each once."""

from officine.blueprints.desk.notices.appeals import confirm_appeal, tell_who_appealed
from officine.blueprints.desk.notices.colleagues import tell_colleague
from officine.blueprints.desk.notices.decided import tell_affected
from officine.blueprints.desk.notices.preview import letter, reader_of
from officine.blueprints.desk.notices.reports import confirm_report, tell_reporters
from officine.blueprints.desk.notices.split import (
    tell_author_of_split,
)
from officine.blueprints.desk.notices.words import TOLD_ELSEWHERE

__all__ = [
    "TOLD_ELSEWHERE",
    "confirm_appeal",
    "confirm_report",
    "letter",
    "reader_of",
    "tell_affected",
    "tell_author_of_split",
    "tell_colleague",
    "tell_reporters",
    "tell_who_appealed",
]
