"""What the worker does about accounts."""

from officine.blueprints.accounts import commands
from officine.blueprints.accounts.events import AccountClosed
from officine.core import storage
from officine.core.clock import now
from officine.core.db import db
from officine.core.worker import jobs
from officine.models import SignIn
from officine.models.member import PHOTO_SIZES


@jobs.job
def note_visit(sign_in_id: int) -> None:
    """Write down that somebody was here, which the page they read could not."""
    session = db.session.get(SignIn, sign_in_id)
    if session is not None and session.ended_at is None:
        commands.see(session, at=now())


@jobs.every(hour="3", minute="40")
def forget() -> None:
    """Every night, let go of what nobody needs."""
    commands.forget(at=now())


def delete_photo(event: AccountClosed) -> None:
    """Delete the picture of somebody who left."""
    if event.photo_key.endswith(".svg"):
        storage.delete(event.photo_key)
    elif event.photo_key:
        for size in PHOTO_SIZES:
            storage.delete(f"{event.photo_key}/{size}.webp")
