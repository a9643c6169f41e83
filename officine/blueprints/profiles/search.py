"""What of a member can be found, in which language, for whose eyes; and the finding."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from officine.blueprints.companies.events import CompanyChanged
from officine.blueprints.profiles.queries import Profile, is_listed, profile_of, public_fields
from officine.core.db import db
from officine.core.i18n import writing_in
from officine.core.index.finding import Found, find_rows
from officine.core.index.interface import Document
from officine.core.index.keeping import note
from officine.core.words import country_name, sector_name
from officine.lib.text import words_in
from officine.models import Member
from officine.models.group import audiences_of

NOUN = "member"

# What a member shows to members alone is a second document, for members.
AUDIENCES = {"everyone": "public", "members": "members"}


def documents_for(ids: Iterable[int]) -> Iterator[Document]:
    """What can be found of these members, by what each audience sees of them."""
    members = (
        select(Member)
        .where(Member.id.in_(list(ids)), is_listed())
        .options(joinedload(Member.company))
    )
    for member in db.session.scalars(members):
        for_everyone = _document(member, "everyone")
        yield for_everyone
        for_members = _document(member, "members")
        if (for_members.title, for_members.body) != (for_everyone.title, for_everyone.body):
            yield for_members


def _document(member: Member, audience: str) -> Document:
    fields = public_fields(member, audience)
    with writing_in(member.profile_language):
        fields["country"] = country_name(fields.get("country", ""))
        fields["sector"] = sector_name(fields.get("sector", ""))
    fields["about"] = words_in(member.about_html) if "about" in fields else ""
    # What somebody does, and where, says as much of them as their name.
    title = ", ".join(filter(None, (fields.pop(key, "") for key in ("name", "job", "firm"))))
    return Document(
        id=f"member:{member.id}:{audience}",
        kind="person",
        language=member.profile_language,
        title=title,
        body="\n".join(text for text in fields.values() if text),
        audience=AUDIENCES[audience],
        under=f"member:{member.id}",
        author=f"member:{member.id}",
        at=member.joined_at,
    )


def document_ids(member_id: int) -> tuple[str, ...]:
    """A member is one document for each audience."""
    return tuple(f"member:{member_id}:{audience}" for audience in AUDIENCES)


def row_ids(after: int, limit: int) -> list[int]:
    """The next members, by number."""
    following = select(Member.id).where(Member.id > after).order_by(Member.id).limit(limit)
    return list(db.session.scalars(following))


def member_changed(event: Any) -> None:
    """A member came, left, or says something else of themselves."""
    note(NOUN, [event.member_id])


def company_changed(event: CompanyChanged) -> None:
    """The company of some members may have another name."""
    note(NOUN, db.session.scalars(select(Member.id).filter_by(company_id=event.company_id)))


@dataclass(frozen=True)
class FoundPerson:
    """A member in a list of what was found, as much as they show to the viewer."""

    profile: Profile
    is_supplier: bool
    words: str
    """What they tell about themselves, without marks."""


def listed_ids(ids: Iterable[int]) -> set[int]:
    """Those of these members who are here at this moment."""
    return set(db.session.scalars(select(Member.id).where(Member.id.in_(list(ids)), is_listed())))


def found_people(viewer: Any, ids: Iterable[int]) -> dict[int, FoundPerson]:
    """Those of these members who are here, as the viewer sees them."""
    members = (
        select(Member)
        .where(Member.id.in_(list(ids)), is_listed())
        .options(joinedload(Member.company))
    )
    found = {}
    for member in db.session.scalars(members):
        profile = profile_of(member, viewer)
        found[member.id] = FoundPerson(profile, member.is_supplier, words_in(profile.about_html))
    return found


def people_search(
    viewer: Any, text: str, languages: tuple[str, ...], unfinished: bool = False
) -> Found:
    """Find members by words, read in ``languages``, in what they show to the viewer."""
    return find_rows(
        "person",
        text,
        reads=languages,
        audiences=audiences_of(viewer),
        unfinished=unfinished,
        texts_of=lambda ids: _texts(viewer, ids),
    )


def _texts(viewer: Any, ids: Iterable[int]) -> Iterator[str]:
    for found in found_people(viewer, ids).values():
        profile = found.profile
        yield from (profile.name, profile.job, profile.firm, profile.place)
        yield from (profile.offers, profile.seeks, found.words)
