"""Who may do what with companies."""

from typing import Any

from flask_babel import lazy_gettext as _l

from officine.blueprints.companies import queries
from officine.core.permission import Refusal, Verdict, may_take_part
from officine.models import Company

LEAVE_FIRST = Refusal(
    _l("You already speak for a company. Stop speaking for it before you take on another.")
)


def may_open(viewer: Any) -> Verdict:
    """A confirmed member who speaks for no company yet gives theirs a page."""
    signed_in = may_take_part(viewer)
    if not signed_in:
        return signed_in
    return LEAVE_FIRST if viewer.company_id else True


def may_edit(viewer: Any, company: Company) -> Verdict:
    """Those who speak for a company write its page."""
    signed_in = may_take_part(viewer)
    if not signed_in:
        return signed_in
    if viewer.speaks_for(company):
        return True
    return Refusal(_l("Only the people who speak for the company change its page."))


def may_ask(viewer: Any, company: Company) -> Verdict:
    """Ask to speak for a company: those who do already, or the desk, answer."""
    signed_in = may_take_part(viewer)
    if not signed_in:
        return signed_in
    if viewer.speaks_for(company):
        return Refusal(_l("You speak for this company already."))
    if viewer.company_id:
        return LEAVE_FIRST
    if queries.open_request(viewer, company):
        return Refusal(_l("You have asked already. The answer comes here and by e-mail."))
    return True


def may_answer(viewer: Any, company: Company) -> Verdict:
    """Say yes or no to who asks: those who speak for the company, and the desk."""
    signed_in = may_take_part(viewer)
    if not signed_in:
        return signed_in
    if viewer.speaks_for(company) or viewer.is_staff:
        return True
    return Refusal(_l("Only the people who speak for the company answer requests."))
