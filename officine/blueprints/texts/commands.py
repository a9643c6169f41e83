"""How the texts of the team change: edition after edition, none of which is lost."""

import re
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import delete, func, insert, select, update

from officine.blueprints.texts import queries
from officine.blueprints.texts.events import TextChanged
from officine.core import audit
from officine.core.db import db
from officine.core.i18n import LANGUAGES
from officine.core.locks import lock_row
from officine.core.memory import forget
from officine.core.outbox import record
from officine.lib.articles import render_article
from officine.lib.text import clean, clean_line
from officine.models import (
    Dismissal,
    Document,
    Edition,
    Highlight,
    Member,
    Notification,
    Topic,
)
from officine.models.decision import RULES
from officine.models.document import TOLD, after_notice, current_editions

FIRST = Path(__file__).parent / "first"
"""The first editions: a folder a language, a file a document, named by its kind and key."""


class EditedMeanwhile(Exception):
    """A colleague published an edition while this one was written; ``edition`` is theirs."""

    def __init__(self, edition: Edition) -> None:
        super().__init__(edition.id)
        self.edition = edition


class NothingChanged(Exception):
    """The new edition would say what the current one says."""


def publish(
    document: Document,
    language: str,
    *,
    by: Member,
    at: datetime,
    title: str,
    text: str,
    change: str,
    seen: int,
) -> Edition:
    """A new edition of a document in a language. What binds members and means something else
    holds only after their notice; its translations hold with it.

    ``change`` is “meaning” (the other languages become out of date), “wording” (nothing else
    changes), or “translation” (this language says again what the document means). ``seen`` is the
    number of the edition that the editor had before them, 0 for none: if a colleague published
    another meanwhile, EditedMeanwhile.
    """
    lock_row(document)
    title, text = clean_line(title), clean(text)
    current = _edition_to_follow(document, language, seen)
    if current and (current.title, current.text) == (title, text):
        _require_catching_up(current, change)
    means_more = change == "meaning" and document.is_translated
    if means_more and _has_editions(document):
        document.revision += 1
    edition = Edition(
        document=document,
        language=language,
        number=(current.number if current else 0) + 1,
        revision=current.revision if current and change == "wording" else document.revision,
        title=title,
        text=text,
        html=rendered(document.kind, text),
        significant=means_more,
        at=at,
        in_force_at=at,
        by=by,
    )
    edition.in_force_at = _in_force_from(edition, current)
    _publish(edition)
    return edition


def write_reason(
    language: str, *, by: Member, at: datetime, rule: str, title: str, text: str
) -> Document:
    """A new reason of the library, in its first language."""
    return _new("reason", language, by=by, at=at, title=title, text=text, rule=rule)


def announce(
    language: str,
    *,
    by: Member,
    at: datetime,
    title: str,
    text: str,
    starts_at: datetime,
    ends_at: datetime,
) -> Document:
    """Something to say to every member for a while, in its first language."""
    document = _new("announcement", language, by=by, at=at, title=title, text=text)
    document.starts_at, document.ends_at = starts_at, ends_at
    return document


def show_between(document: Document, *, starts_at: datetime, ends_at: datetime, by: Member) -> None:
    """Change from when until when an announcement is shown."""
    if (document.starts_at, document.ends_at) == (starts_at, ends_at):
        return
    document.starts_at, document.ends_at = starts_at, ends_at
    audit.note("change-text", by, document=document.id)
    forget(queries.MEMORY)


def file_under(document: Document, rule: str, *, by: Member) -> None:
    """Change the rule that a reason belongs to."""
    if document.rule != rule:
        document.rule = rule
        audit.note("change-text", by, document=document.id, rule=rule)


def retire(document: Document, *, by: Member, at: datetime) -> None:
    """Show it to nobody any more. What was decided with it keeps its words."""
    if document.retired_at is None:
        document.retired_at = at
        audit.note("retire-text", by, document=document.id)
        forget(queries.MEMORY)


def bring_back(document: Document, *, by: Member) -> None:
    """Show it again."""
    if document.retired_at is not None:
        document.retired_at = None
        audit.note("bring-back-text", by, document=document.id)
        forget(queries.MEMORY)


def put_away(document_id: int, *, by: Member, at: datetime) -> None:
    """A member has read an announcement."""
    if db.session.get(Dismissal, (document_id, by.id)) is None:
        db.session.add(Dismissal(document_id=document_id, member_id=by.id, at=at))
        db.session.flush()


def put_welcome_away(member: Member, *, at: datetime) -> None:
    """A newcomer has read the welcome."""
    db.session.execute(
        update(Notification)
        .where(Notification.member_id == member.id, Notification.cause == "welcome")
        .where(Notification.read_at.is_(None))
        .values(read_at=at)
        .execution_options(synchronize_session=False)
    )


def suggest(
    topic: Topic, *, by: Member, at: datetime, until: datetime, note: str, language: str
) -> Highlight:
    """Show a topic to those who read its language, until a moment."""
    highlight = db.session.merge(
        Highlight(
            topic_id=topic.id,
            by_id=by.id,
            at=at,
            until=until,
            note=clean_line(note),
            language=language,
        )
    )
    audit.note("suggest-topic", by, topic=topic.id)
    return highlight


def stop_suggesting(topic_id: int, *, by: Member) -> None:
    """Suggest a topic no more."""
    ended = db.session.execute(
        delete(Highlight).where(Highlight.topic_id == topic_id).returning(Highlight.topic_id)
    ).first()
    if ended:
        audit.note("stop-suggesting-topic", by, topic=topic_id)


def rendered(kind: str, text: str) -> str:
    """The HTML of a text: pages may be linked to by the name of a rule. A list of words is none."""
    if kind == "words":
        return ""
    return render_article(text, RULES if kind == "legal" else ())


# First editions


class FirstEdition(NamedTuple):
    """A text as it comes with the software."""

    language: str
    kind: str
    key: str
    rule: str
    title: str
    text: str
    html: str


def put_first_editions(*, at: datetime) -> int:
    """Give each document that comes with the software its first edition in each language where it
    has none; gives how many there were to put in. What editors wrote stays as it is.
    """
    documents = {(each.kind, each.key): each for each in db.session.scalars(select(Document))}
    missing = {
        (first.kind, first.key): first.rule
        for first in first_editions()
        if (first.kind, first.key) not in documents
    }
    if missing:
        db.session.execute(
            insert(Document),
            [
                {"kind": kind, "key": key, "rule": rule, "revision": 1, "created_at": at}
                for (kind, key), rule in missing.items()
            ],
        )
        documents = {(each.kind, each.key): each for each in db.session.scalars(select(Document))}
    present = {
        (row.document_id, row.language)
        for row in db.session.execute(select(Edition.document_id, Edition.language).distinct())
    }
    rows = [
        {
            "document_id": documents[first.kind, first.key].id,
            "language": first.language,
            "number": 1,
            "revision": 1,
            "title": first.title,
            "text": first.text,
            "html": first.html,
            "significant": False,
            "at": at,
            "in_force_at": at,
        }
        for first in first_editions()
        if (documents[first.kind, first.key].id, first.language) not in present
    ]
    if rows:
        db.session.execute(insert(Edition), rows)
    return len(rows)


@cache
def first_editions() -> tuple[FirstEdition, ...]:
    """What the files say, read once."""
    return tuple(
        _read(language, path)
        for language in LANGUAGES
        for path in sorted((FIRST / language).glob("*.md"))
    )


def _read(language: str, path: Path) -> FirstEdition:
    kind, *rest = path.stem.split(".")
    rule = rest[0] if kind == "reason" else ""
    title, _, text = path.read_text(encoding="utf-8").partition("\n")
    title, text = clean_line(title.removeprefix("#")), clean(text)
    return FirstEdition(language, kind, rest[-1], rule, title, text, rendered(kind, text))


def _new(
    kind: str, language: str, *, by: Member, at: datetime, title: str, text: str, rule: str = ""
) -> Document:
    document = Document(kind=kind, key=_free_key(kind, title), rule=rule, revision=1, created_at=at)
    db.session.add(document)
    db.session.flush()
    publish(document, language, by=by, at=at, title=title, text=text, change="translation", seen=0)
    return document


def _free_key(kind: str, title: str) -> str:
    base = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")[:50] or kind
    taken = set(
        db.session.scalars(
            select(Document.key).where(Document.kind == kind, Document.key.startswith(base))
        )
    )
    number = 2
    key = base
    while key in taken:
        key, number = f"{base}-{number}", number + 1
    return key


def _current(document: Document, language: str) -> Edition | None:
    return db.session.scalar(
        current_editions().where(Edition.document_id == document.id, Edition.language == language)
    )


def _edition_to_follow(document: Document, language: str, seen: int) -> Edition | None:
    """The current edition, if it is still the one that was seen; None for the first."""
    current = _current(document, language)
    if (current.number if current else 0) != seen:
        assert current is not None
        raise EditedMeanwhile(current)
    return current


def _require_catching_up(current: Edition, change: str) -> None:
    """The same words are published again only to say that they hold for a new meaning."""
    if change != "translation" or current.revision >= current.document.revision:
        raise NothingChanged


def _in_force_from(edition: Edition, current: Edition | None) -> datetime:
    """Not before what it says again, and what it takes the place of."""
    if edition.significant and _is_told(edition.document) and edition.revision > 1:
        return after_notice(edition.at)
    same = select(func.min(Edition.in_force_at)).where(
        Edition.document_id == edition.document.id, Edition.revision == edition.revision
    )
    said_first = db.session.scalar(same) or edition.at
    return max(edition.at, said_first, current.in_force_at if current else edition.at)


def _is_told(document: Document) -> bool:
    return document.kind == "legal" and document.key in TOLD


def _publish(edition: Edition) -> None:
    """Let an edition be read; members hear of one that changes what binds them."""
    document = edition.document
    db.session.add(edition)
    db.session.flush()
    audit.note(
        "publish-text", edition.by, document=document.id, language=edition.language,
        edition=edition.number, revision=edition.revision,
    )  # fmt: skip
    if edition.significant and _is_told(document):
        record(TextChanged(document.id, document.revision))
    forget(queries.MEMORY)


def _has_editions(document: Document) -> bool:
    found = select(Edition.id).where(Edition.document_id == document.id).limit(1)
    return db.session.scalar(found) is not None
