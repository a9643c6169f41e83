"""What happens by itself after an event."""

from officine.blueprints.followup import commands, queries
from officine.core.clock import now
from officine.core.db import db
from officine.core.worker import jobs


@jobs.every(minute="*/10")
def say_thanks() -> None:
    """On the morning after an event, its letter; each event in a transaction of its own."""
    for event in queries.due_events(now()):
        try:
            commands.send_follow_up(event, at=now())
        except commands.AlreadySent:
            db.session.rollback()
        db.session.commit()
