"""What is done about calendars later."""

from officine.blueprints.calendars import commands
from officine.core.clock import now
from officine.core.worker import jobs


@jobs.job
def note_reading(member_id: int) -> None:
    """A page that is only read writes nothing; the worker remembers that it was."""
    commands.note_reading(member_id, at=now())
