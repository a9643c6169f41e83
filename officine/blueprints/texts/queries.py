"""Which texts there are, in which edition, and what the desk suggests."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, select
from sqlalchemy.orm import aliased, joinedload

from officine.core.db import db
from officine.core.i18n import LANGUAGES
from officine.core.memory import remembered
from officine.core.prepared import for_, prepared
from officine.models import (
    Dismissal,
    Document,
    Edition,
    Group,
    Hiding,
    Highlight,
    Member,
    Notification,
    Post,
    Topic,
)
from officine.models.document import KINDS, LEGAL, TOLD, current_editions, in_language
from officine.models.group import readable_by

ANNOUNCED_WITHIN = timedelta(seconds=30)
"""How late an announcement may appear."""
WELCOMED_FOR = timedelta(days=30)
MEMORY = "announcements"
MOST_SUGGESTED = 4

Opening = aliased(Post, name="opening")
OpeningHiding = aliased(Hiding, name="opening_hiding")


@dataclass(frozen=True)
class TextState:
    """A document and its current edition in each language that has one: the newest, for the team;
    for readers the one that is in force.
    """

    document: Document
    editions: dict[str, Edition]
    coming: dict[str, list[Edition]] = field(default_factory=dict)
    """For readers, what is not in force yet: in each language the soonest first."""

    def edition(self, language: str) -> Edition | None:
        """The one in a language, or else in another."""
        return in_language(list(self.editions.values()), language)

    def is_outdated(self, language: str) -> bool:
        """Whether a language still says what the document meant before, or nothing at all."""
        if not self.document.is_translated:
            return False
        edition = self.editions.get(language)
        return edition is None or edition.revision < self.revision

    @property
    def revision(self) -> int:
        """What the document means for those who read these editions."""
        if not self.coming:
            return self.document.revision
        return max(edition.revision for edition in self.editions.values())

    def changes(self, language: str) -> list[Edition]:
        """What will change, revision after revision, in a language or else in another."""
        said: dict[int, list[Edition]] = {}
        for edition in chain.from_iterable(self.coming.values()):
            if edition.revision > self.revision:
                said.setdefault(edition.revision, []).append(edition)
        return [
            min(said[revision], key=lambda each: (each.language != language, each.number))
            for revision in sorted(said)
        ]


def texts() -> list[TextState]:
    """All documents: the legal ones in the order of the footer, the others by title; retired
    ones last.
    """
    states: dict[int, TextState] = {
        document.id: TextState(document, {}) for document in db.session.scalars(select(Document))
    }
    for edition in db.session.scalars(current_editions().options(joinedload(Edition.by))):
        states[edition.document_id].editions[edition.language] = edition
    return sorted((state for state in states.values() if state.editions), key=_place)


def _place(state: TextState) -> tuple[Any, ...]:
    document = state.document
    key = LEGAL.index(document.key) if document.key in LEGAL else len(LEGAL)
    first = state.edition(LANGUAGES[0])
    newest_first = -document.id if document.kind == "announcement" else 0
    title = first.title.casefold() if first else ""
    return (
        KINDS.index(document.kind), document.is_retired, key, newest_first, document.rule, title,
    )  # fmt: skip


def find_text(document_id: int) -> TextState | None:
    """One document with its current editions."""
    return _state(Document.id == document_id)


def find_text_called(kind: str, key: str) -> TextState | None:
    """The document of this kind and name."""
    return _state(and_(Document.kind == kind, Document.key == key))


def find_page(key: str, at: datetime) -> TextState | None:
    """One of the pages that bind members and the house, as readers find it at a moment."""
    found = pages((key,), at)
    return found[0] if found else None


def pages(keys: Sequence[str], at: datetime) -> list[TextState]:
    """Several of them, with what is in force at a moment and what comes."""
    begun = (
        select(Edition.document_id, Edition.language, func.max(Edition.number).label("number"))
        .where(Edition.in_force_at <= at)
        .group_by(Edition.document_id, Edition.language)
        .subquery()
    )
    same = (begun.c.document_id == Edition.document_id) & (begun.c.language == Edition.language)
    rows = db.session.execute(
        select(Edition, Document)
        .join(Document, Document.id == Edition.document_id)
        .outerjoin(begun, same)
        .where(Document.kind == "legal", Document.key.in_(keys))
        .where(begun.c.number.is_(None) | (Edition.number >= begun.c.number))
        .order_by(Document.id, Edition.number)
    )
    states: dict[int, TextState] = {}
    for edition, document in rows:
        state = states.setdefault(document.id, TextState(document, {}))
        if edition.in_force_at <= at:
            state.editions[edition.language] = edition
        else:
            state.coming.setdefault(edition.language, []).append(edition)
    return sorted((each for each in states.values() if each.editions), key=_place)


def _state(which: Any) -> TextState | None:
    rows = db.session.execute(
        current_editions()
        .add_columns(Document)
        .join(Document, Document.id == Edition.document_id)
        .where(which)
    ).all()
    if not rows:
        return None
    return TextState(rows[0].Document, {row.Edition.language: row.Edition for row in rows})


def editions_of(document: Document, language: str) -> Sequence[Edition]:
    """All editions in a language, the newest first, with who wrote them."""
    return db.session.scalars(
        select(Edition)
        .options(joinedload(Edition.by))
        .where(Edition.document_id == document.id, Edition.language == language)
        .order_by(Edition.number.desc())
    ).all()


def find_change(document: Document, revision: int, language: str) -> Edition | None:
    """The first edition that expressed a revision, in a language or else in the one in which it
    was made.
    """
    editions = db.session.scalars(
        select(Edition).where(Edition.document_id == document.id, Edition.revision == revision)
    ).all()
    in_it = [edition for edition in editions if edition.language == language]
    made = [edition for edition in editions if edition.significant]
    found = in_it or made or list(editions)
    return min(found, key=lambda each: each.number) if found else None


def significant_since(moment: datetime) -> Sequence[tuple[int, int]]:
    """Of what is told to members, the changes of meaning since a moment: document and revision."""
    rows = db.session.execute(
        select(Edition.document_id, Edition.revision)
        .join(Document, Document.id == Edition.document_id)
        .where(Document.kind == "legal", Document.key.in_(TOLD))
        .where(Edition.significant, Edition.revision > 1, Edition.at >= moment)
        .order_by(Edition.id)
    )
    return [(row.document_id, row.revision) for row in rows]


# Announcements


@dataclass(frozen=True)
class Announcement:
    """What the team has to say to every member for a while, in each language that it has."""

    id: int
    starts_at: datetime
    ends_at: datetime
    words: dict[str, tuple[str, str, str]]
    """For each language title, HTML, and the language in which they are."""


def announcements_for(viewer: Any, at: datetime) -> list[Announcement]:
    """What a member is told now on every page, unless they have put it away.

    As long as there is nothing to say, no page asks the database.
    """
    if not viewer.is_member:
        return []
    known: list[Announcement] = remembered(MEMORY, ANNOUNCED_WITHIN, _announcements)
    current = [each for each in known if each.starts_at <= at < each.ends_at]
    if not current:
        return []
    put_away = set(
        db.session.scalars(
            select(Dismissal.document_id).where(
                Dismissal.member_id == viewer.id,
                Dismissal.document_id.in_([each.id for each in current]),
            )
        )
    )
    return [each for each in current if each.id not in put_away]


def _announcements() -> list[Announcement]:
    rows = db.session.execute(
        current_editions()
        .add_columns(Document)
        .join(Document, Document.id == Edition.document_id)
        .where(Document.kind == "announcement", Document.retired_at.is_(None))
        .where(Document.starts_at.is_not(None), Document.ends_at.is_not(None))
        .order_by(Document.starts_at.desc(), Document.id.desc())
    ).all()
    editions: dict[Document, list[Edition]] = {}
    for edition, document in rows:
        editions.setdefault(document, []).append(edition)
    return [_announcement(document, said) for document, said in editions.items()]


def _announcement(document: Document, editions: list[Edition]) -> Announcement:
    assert document.starts_at and document.ends_at
    words = {}
    for language in LANGUAGES:
        if edition := in_language(editions, language):
            words[language] = (edition.title, edition.html, edition.language)
    return Announcement(document.id, document.starts_at, document.ends_at, words)


# The welcome


def find_welcome(viewer: Any, language: str, at: datetime) -> Edition | None:
    """What the team says to a newcomer, in a language, for a month or until they put it away."""
    if viewer.confirmed_at is None or viewer.confirmed_at < at - WELCOMED_FOR:
        return None
    waiting = select(Notification.document_id).where(
        Notification.member_id == viewer.id,
        Notification.cause == "welcome",
        Notification.read_at.is_(None),
    )
    editions = db.session.scalars(current_editions().where(Edition.document_id.in_(waiting))).all()
    return in_language(editions, language)


# What the desk suggests


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A topic that the desk suggests, with why."""

    topic_id: int
    slug: str
    title: str
    language: str
    group_name: str
    group_slug: str
    group_language: str
    author_name: str
    posts_count: int
    note: str
    note_language: str


def suggestions_for(viewer: Any, at: datetime) -> list[Suggestion]:
    """What the desk suggests now to somebody who reads the topic’s language and may read it. A
    topic that was hidden or taken back is suggested to nobody, not even to the desk.
    """
    rows = db.session.execute(_suggestions(viewer), for_(viewer, at=at))
    return [Suggestion(*row) for row in rows]


@prepared
def _suggestions(viewer: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Topic.id, Topic.slug, Topic.title, Topic.language,
            Group.name, Group.slug, Group.language.label("group_language"),
            Member.name, Topic.posts_count, Highlight.note, Highlight.language,
        )
        .select_from(Highlight)
        .join(Topic, Topic.id == Highlight.topic_id)
        .join(Group, Group.id == Topic.group_id)
        .join(Member, Member.id == Topic.author_id)
        .join(Opening, and_(Opening.topic_id == Topic.id, Opening.number == 1))
        .outerjoin(OpeningHiding, OpeningHiding.post_id == Opening.id)
        .where(readable_by(viewer), Group.opened_at.is_not(None))
        .where(Group.visibility != "private")
        .where(Opening.deleted_at.is_(None), OpeningHiding.post_id.is_(None))
        .where(Opening.published_at.is_not(None))
        .where(Highlight.until > bindparam("at"), Topic.language.in_(viewer.reads))
        .order_by(Highlight.at.desc())
        .limit(MOST_SUGGESTED)
    )  # fmt: skip


def find_suggestible(topic_id: int, viewer: Any) -> Topic | None:
    """A topic that the viewer reads, for suggesting it."""
    return db.session.scalar(
        select(Topic)
        .options(joinedload(Topic.group))
        .join(Group, Group.id == Topic.group_id)
        .join(Opening, and_(Opening.topic_id == Topic.id, Opening.number == 1))
        .outerjoin(OpeningHiding, OpeningHiding.post_id == Opening.id)
        .where(Topic.id == topic_id, readable_by(viewer))
        .where(Opening.deleted_at.is_(None), OpeningHiding.post_id.is_(None))
        .where(Opening.published_at.is_not(None))
    )


def find_highlight(topic_id: int) -> Highlight | None:
    """That the desk suggests, or suggested, a topic."""
    return db.session.get(Highlight, topic_id)


def highlights(at: datetime) -> Sequence[Highlight]:
    """What the desk suggests now, to be looked after: the soonest to end first."""
    return db.session.scalars(
        select(Highlight)
        .options(joinedload(Highlight.topic), joinedload(Highlight.by))
        .where(Highlight.until > at)
        .order_by(Highlight.until)
    ).all()
