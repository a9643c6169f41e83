"""What of a group can be found, in which language, for whose eyes; and the finding."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Select, select

from officine.blueprints.groups.events import GroupChanged
from officine.core.db import db
from officine.core.i18n import writing_in
from officine.core.index.finding import Found, find_rows
from officine.core.index.interface import Document
from officine.core.index.keeping import note
from officine.core.words import sector_name
from officine.lib.text import words_in
from officine.models import Group
from officine.models.group import audiences_of, known_to

NOUN = "group"


def documents_for(ids: Iterable[int]) -> list[Document]:
    """What can be found of these groups. Who may not read a members’ group may know that it is
    there; of a private one only its people know.
    """
    open_groups = select(Group).where(Group.id.in_(list(ids)), Group.opened_at.is_not(None))
    return [
        Document(
            id=f"group:{group.id}",
            kind="group",
            language=group.language,
            title=group.name,
            body="\n".join((group.purpose, words_of(group), *_sectors(group))),
            audience=f"group:{group.id}" if group.visibility == "private" else "public",
            group=f"group:{group.id}",
            at=group.created_at,
        )
        for group in db.session.scalars(open_groups)
    ]


def words_of(group: Group) -> str:
    """What the group says of itself, without marks."""
    return words_in(group.text_html)


def _sectors(group: Group) -> list[str]:
    with writing_in(group.language):
        return [sector_name(code) for code in group.sectors]


def document_ids(group_id: int) -> tuple[str]:
    """A group is one document."""
    return (f"group:{group_id}",)


def row_ids(after: int, limit: int) -> list[int]:
    """The next groups, by number."""
    following = select(Group.id).where(Group.id > after).order_by(Group.id).limit(limit)
    return list(db.session.scalars(following))


def group_changed(event: GroupChanged) -> None:
    """A group was opened, or says something else of itself."""
    note(NOUN, [event.group_id])


def known_ids(viewer: Any, ids: Iterable[int]) -> set[int]:
    """Those of these groups that the viewer may know of at this moment."""
    return set(db.session.scalars(_known(viewer, ids).with_only_columns(Group.id)))


def found_groups(viewer: Any, ids: Iterable[int]) -> dict[int, Group]:
    """The same, with what they say of themselves."""
    return {group.id: group for group in db.session.scalars(_known(viewer, ids))}


def _known(viewer: Any, ids: Iterable[int]) -> Select[Group]:
    return select(Group).where(
        Group.id.in_(list(ids)), Group.opened_at.is_not(None), known_to(viewer)
    )


def group_search(
    viewer: Any, text: str, languages: tuple[str, ...], unfinished: bool = False
) -> Found:
    """Find groups by words, read in ``languages``. What the viewer may not know of is not
    among them; the caller asks SQL once more.
    """
    return find_rows(
        "group",
        text,
        reads=languages,
        audiences=audiences_of(viewer),
        unfinished=unfinished,
        texts_of=lambda ids: _texts(viewer, ids),
    )


def _texts(viewer: Any, ids: Iterable[int]) -> Iterator[str]:
    for group in found_groups(viewer, ids).values():
        yield from (group.name, group.purpose, words_of(group), *_sectors(group))
