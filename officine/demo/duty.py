"""The hours of the demo’s editors, so that somebody is at the desk whenever one looks."""

from datetime import time

from officine.blueprints.rota.commands import add_shifts
from officine.demo.stage import Stage

EVERY_DAY = range(7)
HOURS = (
    ("giulia-serra", ("it", "en"), "Europe/Rome", 7, 22),
    ("beatriz-luna", ("es",), "Europe/Madrid", 7, 22),
    ("ruth-adler", ("en", "it", "es"), "Europe/London", 21, 6),
)
"""Who, in which languages, and from when to when in their own time."""


def keep_rota(stage: Stage) -> None:
    """Let the editors declare their hours."""
    for handle, languages, timezone, starts, ends in HOURS:
        editor = stage.people[handle]
        add_shifts(
            editor,
            by=editor,
            weekdays=EVERY_DAY,
            starts=time(starts),
            ends=time(ends),
            timezone=timezone,
            languages=languages,
        )
