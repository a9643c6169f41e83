"""Files that nobody needs any more. They are deleted once the change is certain, and only where no
other event shows them: the dates of a series share theirs.
"""

from officine.blueprints.planning.events import FileGivenUp
from officine.core.outbox import record
from officine.models.event import Event
from officine.models.event_file import keys_of


def give_up(key: str | None) -> None:
    """Something shows this file no more."""
    if key:
        record(FileGivenUp(key))


def give_up_all(event: Event) -> None:
    """An event goes, with all that is kept of it."""
    for key in keys_of(event):
        give_up(key)
