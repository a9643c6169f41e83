"""What the worker watches over."""

from officine.blueprints.rota import notices
from officine.core.clock import now
from officine.core.worker import jobs


@jobs.every(minute="*/5")
def watch_over_languages() -> None:
    """Raise the alarm where a language has cases that wait and nobody on duty."""
    notices.tell_of_holes(now())
