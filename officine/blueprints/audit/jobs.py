"""Walking along the whole log, which takes its time."""

from datetime import datetime

from officine.blueprints.audit import notices
from officine.core import audit
from officine.core.clock import now
from officine.core.db import db, reading
from officine.core.worker import jobs


@jobs.every(hour="3", minute="20")
def verify_every_night() -> None:
    """Verify the audit log while the site is quiet."""
    verify()


@jobs.job
def verify() -> None:
    """Verify the audit log, keep what was found, and tell those who should know."""
    with reading():
        verification = audit.verify()
    _keep(verification, now())
    db.session.commit()


def verify_here(at: datetime) -> None:
    """The same within the transaction of a page, for a log that is short."""
    _keep(audit.verify(), at)


def _keep(verification: audit.Verification, at: datetime) -> None:
    notices.tell_of_break(audit.keep(verification, at), at)
