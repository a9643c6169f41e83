"""Somebody asks to be let in, and one of those who may let them in answers: once."""

from datetime import datetime

from officine.core.locks import lock_row
from officine.lib.text import clean
from officine.models.company import CompanyRequest
from officine.models.group import JoinRequest
from officine.models.member import Member


def answer(
    request: JoinRequest | CompanyRequest,
    *,
    by: Member,
    at: datetime,
    accepted: bool,
    reason: str = "",
) -> bool:
    """Say yes, or no with a reason. False where somebody has answered already: theirs stands."""
    lock_row(request)
    if request.answered_at:
        return False
    request.answered_at, request.answered_by_id, request.accepted = at, by.id, accepted
    request.reason = clean(reason)
    return True
