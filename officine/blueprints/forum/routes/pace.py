"""How much one person writes in a short time. Nobody who converses comes near it."""

from officine.core.htmx import is_partial
from officine.core.session import viewer

MOST_TOPICS = "10 per hour"
MOST_POSTS = "30 per 10 minutes"
MOST_POSTS_A_DAY = "500 per day"
MOST_EDITS = "30 per 10 minutes"
MOST_PICTURES = "30 per 10 minutes"
MOST_PREVIEWS = "60 per 10 minutes"


def post_limits() -> tuple[tuple[str, str], ...]:
    """How often the viewer may write."""
    who = f"posts:{viewer().id}"
    return (MOST_POSTS, who), (MOST_POSTS_A_DAY, who)


def edit_limit() -> tuple[str, str]:
    """How often the viewer may change what they wrote."""
    return MOST_EDITS, f"edits:{viewer().id}"


def picture_limit() -> tuple[str, str]:
    """How often the viewer may send a picture."""
    return MOST_PICTURES, f"pictures:{viewer().id}"


def preview_limit() -> tuple[str, str]:
    """How often the viewer may look at what a text will be."""
    return MOST_PREVIEWS, f"previews:{viewer().id}"


def too_often_status() -> int:
    """The status of a form that comes back because of it: htmx puts only a 422 in place."""
    return 422 if is_partial() else 429
