"""Who hears that the audit log was touched."""

from datetime import datetime

from sqlalchemy import select

from officine.core.audit import AuditCheck
from officine.core.db import db
from officine.models import Member
from officine.models.member import LEADERS
from officine.models.notification import notify


def tell_of_break(check: AuditCheck, at: datetime) -> None:
    """Managers and administrators hear once of each place where the chain breaks."""
    if check.first_wrong is None:
        return
    leaders = select(Member).where(Member.role.in_(LEADERS), Member.left_at.is_(None))
    for member in db.session.scalars(leaders):
        cause = f"audit:{check.first_wrong}:{check.what}"
        notify(member, kind="audit-wrong", cause=cause, at=at)
