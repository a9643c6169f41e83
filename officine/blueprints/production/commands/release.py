"""The guest’s release: asked for, signed, kept as a PDF, withdrawn."""

import secrets
from datetime import date, datetime

from flask_babel import format_date
from flask_babel import gettext as _

from officine.blueprints.production import queries
from officine.blueprints.production.commands.errors import NoAddress, NoLongerOpen
from officine.blueprints.production.commands.publishing import withdraw
from officine.blueprints.production.commands.questions import guest_as_recipient
from officine.blueprints.production.events import ReleaseSigned
from officine.core import audit, mail, storage
from officine.core.clock import day_of
from officine.core.config import ROOT
from officine.core.context import public_url
from officine.core.db import db
from officine.core.i18n import writing_in
from officine.core.locks import lock_row
from officine.core.operator import operator
from officine.core.outbox import record
from officine.core.secret_links import fingerprint
from officine.lib.release_paper import ReleasePaper, draw_release
from officine.lib.release_terms import CURRENT
from officine.lib.share_picture import ShareFonts
from officine.lib.text import clean, clean_line
from officine.models import Interview, Member, Release
from officine.models.report import Correspondent


def ask(
    interview: Interview,
    *,
    by: Member,
    at: datetime,
    language: str,
    purposes: str,
    until: date | None,
) -> tuple[Release, str]:
    """Ask the guest to sign, by letter; gives the release and its secret. What was asked before
    and not signed opens nothing any more.
    """
    to = guest_as_recipient(interview)
    lock_row(interview)
    for before in queries.releases(interview):
        if before.signed_at is None:
            before.token = None
    secret = secrets.token_urlsafe(32)
    release = Release(
        interview_id=interview.id, language=language, terms=CURRENT, purposes=clean(purposes),
        until=until, token=fingerprint(secret), asked_at=at, asked_by_id=by.id,
    )  # fmt: skip
    db.session.add(release)
    db.session.flush()
    audit.note("interview.release-asked", by, interview=interview.id, release=release.id)
    _write_asking(interview, release, to, secret, by)
    return release, secret


def renew(interview: Interview, release: Release, *, by: Member) -> str:
    """Send the guest a new address for the same release; the one before opens nothing any more."""
    to = guest_as_recipient(interview)
    lock_row(release)
    secret = secrets.token_urlsafe(32)
    release.token = fingerprint(secret)
    audit.note("interview.release-renewed", by, interview=interview.id, release=release.id)
    _write_asking(interview, release, to, secret, by)
    return secret


def revoke(interview: Interview, release: Release, *, by: Member) -> None:
    """The address opens nothing any more. One that was signed keeps its own, by which the guest
    can withdraw it: NoLongerOpen.
    """
    lock_row(release)
    if release.signed_at is not None:
        raise NoLongerOpen
    release.token = None
    audit.note("interview.release-revoked", by, interview=interview.id, release=release.id)


def sign(
    interview: Interview,
    release: Release,
    *,
    name: str,
    address: str,
    signature: str,
    at: datetime,
    secret: str,
) -> None:
    """The guest signs. A PDF is made, kept, and sent to them."""
    lock_row(release)
    if release.signed_at is not None or release.withdrawn_at is not None:
        raise NoLongerOpen
    if release.until is not None and release.until < day_of(at):
        raise NoLongerOpen
    release.name, release.address = clean_line(name), clean_line(address)
    release.signature, release.signed_at = clean_line(signature), at
    release.pdf_key = f"release/{secrets.token_hex(16)}.pdf"
    with writing_in(release.language):
        storage.put(release.pdf_key, _paper(interview, release))
        url = public_url("guests.release", secret=secret)
        file_name = f"{_('release')}-{interview.slug}.pdf"
    audit.note("interview.release-signed", None, interview=interview.id, release=release.id)
    record(ReleaseSigned(release.id))
    try:
        to = guest_as_recipient(interview)
    except NoAddress:
        return
    mail.write(
        "production/signed",
        to=Correspondent(name=release.name, email=to.email, interface_language=release.language),
        key=f"release-signed:{release.id}",
        attachment=(release.pdf_key, file_name),
        interview=interview,
        release=release,
        url=url,
    )


def take_back(interview: Interview, release: Release, *, at: datetime, why: str = "") -> None:
    """The guest withdraws it. In the same transaction nobody can see the interview any more."""
    lock_row(interview)
    lock_row(release)
    if release.withdrawn_at is not None:
        return
    if release.signed_at is None:
        raise NoLongerOpen
    release.withdrawn_at, release.why_withdrawn = at, clean(why)
    db.session.flush()
    audit.note("interview.release-withdrawn", None, interview=interview.id, release=release.id)
    withdraw(interview, by=None, at=at, by_guest=True)


def _write_asking(
    interview: Interview,
    release: Release,
    to: Member | Correspondent,
    secret: str,
    by: Member,
) -> None:
    with writing_in(release.language):
        url = public_url("guests.release", secret=secret)
    mail.write(
        "production/release",
        to=Correspondent(name=to.name, email=to.email, interface_language=release.language),
        key=f"release:{release.id}:{fingerprint(secret)[:16]}",
        interview=interview,
        release=release,
        sender=by,
        url=url,
    )


def _paper(interview: Interview, release: Release) -> bytes:
    assert release.signed_at is not None
    until = format_date(release.until, "long") if release.until else _("without end")
    paper = ReleasePaper(
        language=release.language,
        title=_("Release for an interview"),
        about=_("Interview with %(guest)s", guest=interview.guest_name),
        points=release.purposes.split("\n"),
        facts=(
            (_("Given to"), ", ".join(filter(None, (operator().name, operator().address)))),
            (_("Name"), release.name),
            (_("Address"), release.address),
            (_("Until when"), until),
            (_("Signed on"), format_date(release.signed_at, "long")),
        ),
        signature_label=_("Signature, typed by the signer"),
        signature=release.signature,
        foot=_(
            "Release no. %(number)s, terms no. %(terms)s.", number=release.id, terms=release.terms
        ),
        signed_at=release.signed_at,
    )
    return draw_release(paper, fonts=ShareFonts.found_in(ROOT / "static" / "dist").reading)
