"""What the worker does for notifications after a page has gone out."""

from officine.blueprints.notifications import commands
from officine.core.clock import now
from officine.core.worker import jobs


@jobs.job
def mark_read(member_id: int, notice_id: int) -> None:
    """A member has followed a notification to what it tells of."""
    commands.mark_read(member_id, notice_id, at=now())
