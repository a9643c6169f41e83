"""Who hears of what happens to companies. Each notice reaches a member once."""

from typing import Any

from officine.blueprints.companies.events import SpeakingAnswered, SpeakingRequested
from officine.blueprints.companies.queries import answerers_of
from officine.core import mail
from officine.core.clock import now
from officine.core.context import public_url
from officine.core.db import db
from officine.core.i18n import writing_in
from officine.models import Company, CompanyRequest, Member
from officine.models.notification import notify


def tell_who_answers(event: SpeakingRequested) -> None:
    """Those who answer hear that somebody asks to speak for a company."""
    request = db.session.get(CompanyRequest, event.request_id)
    if request is None or request.answered_at or request.member.left_at:
        return
    for answerer in answerers_of(request.company):
        notify(
            answerer,
            kind="company-request",
            cause=f"company-request:{request.id}",
            at=now(),
            actor_id=request.member_id,
            company_id=request.company_id,
        )
        _write(
            "asked",
            to=answerer,
            key=f"company-request:{request.id}:{answerer.id}",
            company=request.company,
            person=request.member,
            words=request.text,
        )


def tell_who_asked(event: SpeakingAnswered) -> None:
    """Who asked hears the answer, and the reason of a no."""
    request = db.session.get(CompanyRequest, event.request_id)
    if request is None or request.answered_at is None or request.member.left_at:
        return
    notify(
        request.member,
        kind="company-accepted" if request.accepted else "company-refused",
        cause=f"company-answer:{request.id}",
        at=now(),
        actor_id=request.answered_by_id,
        company_id=request.company_id,
    )
    _write(
        "answered",
        to=request.member,
        key=f"company-answer:{request.id}",
        company=request.company,
        accepted=bool(request.accepted),
        reason=request.reason,
    )


def _write(template: str, *, to: Member, key: str, company: Company, **context: Any) -> None:
    if not to.hears_letters:
        return
    with writing_in(to.interface_language):
        url = public_url("companies.show", slug=company.slug)
    mail.write(f"companies/{template}", to=to, key=key, company=company, url=url, **context)
