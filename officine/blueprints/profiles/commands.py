"""What changes profiles."""

import secrets
from collections.abc import Iterable, Mapping

from sqlalchemy.exc import IntegrityError

from officine.blueprints.accounts.policy import may_be_handle
from officine.blueprints.accounts.queries import is_handle_free
from officine.blueprints.profiles.events import PhotoGivenUp, ProfileChanged
from officine.blueprints.profiles.queries import gave_up_handle
from officine.core import storage
from officine.core.db import db
from officine.core.i18n import LANGUAGES
from officine.core.outbox import record
from officine.lib.language import clear_language
from officine.lib.markdown import render
from officine.lib.text import clean, clean_line
from officine.models import Member
from officine.models.member import AUDIENCES, FIELDS
from officine.models.old_address import keep_old_address


class HandleTaken(Exception):
    """Somebody else has this handle, or had it, or nobody may have it."""


def describe_profile(
    member: Member,
    *,
    name: str | None = None,
    job: str | None = None,
    company_name: str | None = None,
    place: str | None = None,
    country: str | None = None,
    sector: str | None = None,
    about: str | None = None,
    offers: str | None = None,
    seeks: str | None = None,
    language: str | None = None,
) -> None:
    """Change what a member says of themselves; what is not given stays.

    ``language`` is that of about, offers and seeks; an empty one is looked for in the texts.
    Another company name means that the member speaks no more for the company they spoke for.
    """
    for field, value in (("job", job), ("place", place), ("country", country), ("sector", sector)):
        if value is not None:
            setattr(member, field, clean_line(value))
    if name is not None and clean_line(name):
        member.name = clean_line(name)
    if company_name is not None:
        _work_at(member, clean_line(company_name))
    if about is not None:
        member.about = clean(about)
        member.about_html = render(member.about)
    if offers is not None:
        member.offers = clean(offers)
    if seeks is not None:
        member.seeks = clean(seeks)
    if language is not None:
        member.profile_language = language or _language_of_texts(member)
    record(ProfileChanged(member.id))


def read_languages(member: Member, reads: Iterable[str]) -> None:
    """Say which languages a member reads: at least one."""
    codes = [code for code in LANGUAGES if code in set(reads)]
    if codes:
        member.reads = tuple(codes)
        record(ProfileChanged(member.id))


def show_to(member: Member, audiences: Mapping[str, str]) -> None:
    """Choose who sees some fields: ``{"place": "members"}``. The others stay as they are."""
    chosen = {
        field: audience
        for field, audience in audiences.items()
        if field in FIELDS and audience in AUDIENCES
    }
    member.shown_to = {**(member.shown_to or {}), **chosen}
    record(ProfileChanged(member.id))


def set_photo(member: Member, key: str | None) -> None:
    """Show the photo kept under ``key``, or none."""
    if member.photo_key and member.photo_key != key:
        record(PhotoGivenUp(member.photo_key))
    member.photo_key = key
    record(ProfileChanged(member.id))


def set_photo_drawing(member: Member, svg: str) -> None:
    """Show a drawing of ours in place of a photo."""
    key = f"faces/{secrets.token_urlsafe(12)}.svg"
    storage.put(key, svg.encode())
    set_photo(member, key)


def change_handle(member: Member, handle: str) -> None:
    """Give a member another address; the old one leads there. Raises HandleTaken."""
    if handle == member.handle:
        return
    if not may_be_handle(handle):
        raise HandleTaken(handle)
    if not is_handle_free(handle) and not gave_up_handle(member, handle):
        raise HandleTaken(handle)
    old = member.handle
    try:
        with db.session.begin_nested():
            member.handle = handle
    except IntegrityError:
        # Somebody took it at the same instant.
        raise HandleTaken(handle) from None
    keep_old_address("member", member.id, old=old, new=handle)
    record(ProfileChanged(member.id))


def _work_at(member: Member, company_name: str) -> None:
    if member.company and member.company.name.casefold() == company_name.casefold():
        return
    member.company = None
    member.company_name = company_name


def _language_of_texts(member: Member) -> str:
    texts = "\n".join((member.about, member.seeks, member.offers))
    return clear_language(texts, LANGUAGES) or member.profile_language
