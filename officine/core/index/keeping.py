"""Keeping the index in step with the database.

Whoever changes what can be found notes which row it was, in the same transaction as what follows
from the change. The worker alone writes: it reads those rows afresh, writes their documents and
ticks the notes off. A note survives a crash, and writing twice does no harm.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Protocol

import structlog
from flask import Flask, current_app
from sqlalchemy import Index, String, delete, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from officine.core.clock import now
from officine.core.db import Model, db, reading
from officine.core.index.interface import (
    Changes,
    Document,
    IndexUnavailable,
    SearchIndex,
    open_index,
)
from officine.core.worker import jobs

log = structlog.get_logger(__name__)

BATCH = 500
KEPT = timedelta(days=2)
MOST_LEFTOVERS = 0.25

# A rebuild takes up what was ticked off shortly before it began as well: the clocks of two
# machines may differ.
MARGIN = timedelta(minutes=2)


class IndexNote(Model):
    """That the documents of a row may have changed."""

    __tablename__ = "index_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    noun: Mapped[str] = mapped_column(String(20))
    row_id: Mapped[int]
    noted_at: Mapped[datetime]
    written_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_index_note_waiting", "written_at", "id"),)


class Source(Protocol):
    """What can be found of one noun: a feature's `search.py`."""

    def documents_for(self, ids: Iterable[int]) -> Iterable[Document]:
        """The documents of these rows, as they are now; none for what nobody may find."""

    def document_ids(self, row_id: int) -> Iterable[str]:
        """The ids of every document that a row may ever have had."""

    def row_ids(self, after: int, limit: int) -> list[int]:
        """The ids of the rows that may have documents, in order, some at a time."""


Sources = Mapping[str, Source]


def init_app(app: Flask, url: str, sources: Sources) -> None:
    """Open the index; `sources` has a source for each noun."""
    app.extensions["officine.index"] = open_index(url)
    app.extensions["officine.index_sources"] = sources
    app.extensions.setdefault("officine.follow_ups", []).append(keep_up)


def the_index() -> SearchIndex:
    """The index that this application searches."""
    index: SearchIndex = current_app.extensions["officine.index"]
    return index


def note(noun: str, ids: Iterable[int]) -> None:
    """Say that the documents of these rows may have changed; kept with the transaction."""
    moment = now()
    db.session.add_all(IndexNote(noun=noun, row_id=row_id, noted_at=moment) for row_id in ids)


@jobs.job
def keep_up() -> None:
    """Write what was noted. A missing index is made anew first."""
    if not the_index().health().is_ready:
        rebuild(only_if_missing=True)
    while _write_some():
        pass


def rebuild(only_if_missing: bool = False) -> None:
    """Make the index anew from the database; the old one answers until the new one is whole."""
    began = now()
    the_index().rebuild(
        _everything(), lambda: _changed_since(began - MARGIN), only_if_missing=only_if_missing
    )


@jobs.every(minute="17", hour="3")
def forget_old_notes() -> None:
    """Notes long since written are of no use to a rebuild."""
    db.session.execute(delete(IndexNote).where(IndexNote.written_at < now() - KEPT))


@jobs.every(minute="41", hour="3")
def tidy_up() -> None:
    """Make the index anew when much of it is leftovers, which slow every search down."""
    health = the_index().health()
    if health.is_ready and health.leftovers > health.documents * MOST_LEFTOVERS:
        rebuild()


def heal_soon() -> None:
    """Somebody found the index missing: let the worker look at once."""
    jobs.later(keep_up)


def _write_some() -> bool:
    """Write the oldest notes; gives whether there may be more."""
    taken: list[int] = []

    def changes() -> Changes:
        # Read only now: another thread may have written some while this one waited its turn.
        waiting = (
            select(IndexNote)
            .where(IndexNote.written_at.is_(None))
            .order_by(IndexNote.id)
            .limit(BATCH)
        )
        with reading():
            notes = list(db.session.scalars(waiting))
            taken.extend(each.id for each in notes)
            return _documents_of(notes)

    try:
        the_index().update(changes)
    except IndexUnavailable as error:
        # The next nudge, a minute from now at the latest, makes it anew.
        log.warning("search index cannot be written", reason=str(error))
        db.session.rollback()
        return False
    if not taken:
        return False
    db.session.execute(update(IndexNote).where(IndexNote.id.in_(taken)).values(written_at=now()))
    db.session.commit()
    return len(taken) == BATCH


def _changed_since(moment: datetime) -> Changes:
    recent = or_(IndexNote.written_at.is_(None), IndexNote.written_at >= moment)
    with reading():
        return _documents_of(db.session.scalars(select(IndexNote).where(recent)))


def _documents_of(notes: Iterable[IndexNote]) -> Changes:
    rows: dict[str, dict[int, None]] = {}
    for each in notes:
        rows.setdefault(each.noun, {})[each.row_id] = None
    documents: list[Document] = []
    possible: set[str] = set()
    for noun, ids in rows.items():
        if source := _sources().get(noun):
            documents += source.documents_for(ids)
            possible |= {id for row_id in ids for id in source.document_ids(row_id)}
    return documents, possible - {document.id for document in documents}


def _everything() -> Iterator[Document]:
    for source in _sources().values():
        last = 0
        while True:
            # A transaction that lasted through a whole rebuild would hold back the database.
            with reading():
                ids = source.row_ids(last, BATCH)
                documents = list(source.documents_for(ids)) if ids else []
            if not ids:
                break
            yield from documents
            last = ids[-1]


def _sources() -> Sources:
    sources: Sources = current_app.extensions["officine.index_sources"]
    return sources
