"""The index in Whoosh: its files, its writer, its postings.

Whoosh keeps the postings safely on disk; how well a document fits is reckoned in `ranking.py`,
and texts are read in `analysis.py`. Whoosh's own query parser, collapsing, unsigned numbers and
`Searcher.refresh` are never used: each of them gives wrong answers in some case.

An index lies in one of the places of `places.py`, under a mark that changes whenever texts are read
or kept otherwise than before, so that an upgrade makes it anew instead of misreading the old one.
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from time import time_ns
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

import structlog
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.fields import ID, KEYWORD, STORED, TEXT, Schema
from whoosh.filedb.filestore import Storage
from whoosh.index import FileIndex
from whoosh.reading import IndexReader
from whoosh.writing import IndexWriter

from officine.core.index.analysis import DocumentTerms, document_terms, fingerprint, read_question
from officine.core.index.interface import (
    Changes,
    Document,
    Health,
    Hits,
    IndexUnavailable,
    Query,
)
from officine.core.index.places import Files, Folder, Memory, Place
from officine.core.index.postings import DamagedIndex, Facts, Snapshot, reading
from officine.core.index.ranking import best_hits
from officine.core.index.spelling import corrected

log = structlog.get_logger(__name__)

# Terms come ready from `analysis.py`, separated by spaces. No text is kept: what a page shows
# is read from the database. `facts` is what filters and lists need to know of a document.
SCHEMA = Schema(
    id=ID(unique=True),
    title=KEYWORD(scorable=True),
    body=KEYWORD(scorable=True),
    exact=TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=True),
    facts=STORED(),
)
LAYOUT = 1
"""Raise it when SCHEMA or what `_fields` keeps changes: every index is then made anew."""
MARK = f"{LAYOUT}{fingerprint()}"

WRITER_MEMORY_MB = 256
SEGMENT_SIZE = 2000

Answer = TypeVar("Answer")


class WhooshIndex:
    """One index: read by every process, written by the worker."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._seen: tuple[str, int] | None = None

    @classmethod
    def at(cls, url: str) -> "WhooshIndex":
        """The index at `whoosh:///path/of/a/folder`, or a passing one at `memory:`."""
        parts = urlsplit(url)
        if parts.scheme != "memory":
            return cls(Folder(Path("/" + unquote(parts.path).lstrip("/")), MARK))
        index = cls(Memory())
        index.rebuild([])
        return index

    def search(self, query: Query) -> Hits:
        """Find, with permission applied inside."""
        question = read_question(query.text, query.reads, query.unfinished)
        if not question.words:
            return Hits()
        return self._read(lambda snapshot: best_hits(snapshot, question, query))

    def suggestion(self, query: Query) -> str | None:
        """The question with its unknown words corrected to ones the asker may find."""
        question = read_question(query.text, query.reads, query.unfinished)
        return self._read(lambda snapshot: corrected(snapshot, question, query))

    def write(self, documents: Iterable[Document], deletions: Iterable[str] = ()) -> None:
        """Put documents in the place of those with the same id, and take others out, at once."""
        self.update(lambda: (documents, deletions))

    def update(self, changes: Callable[[], Changes]) -> None:
        """Write what `changes` gives when it is this process’s turn to write."""
        with self._place.locked("write"):
            name = self._name()
            documents, deletions = changes()
            prepared = _prepared(documents)
            try:
                _put(self._open(name), prepared, set(deletions))
            except DamagedIndex as error:
                raise self._damaged(name, error) from error

    def rebuild(
        self,
        documents: Iterable[Document],
        changed_meanwhile: Callable[[], Changes] | None = None,
        only_if_missing: bool = False,
    ) -> None:
        """Make the index anew beside the old one, which answers until the new one is whole."""
        with self._place.locked("rebuild"):
            if only_if_missing and self._place.current():
                return
            name = f"index-{MARK}-{time_ns()}"
            index = _Index.create(self._place.make(name), SCHEMA)
            _fill(index, documents)
            with self._place.locked("write"):
                if changed_meanwhile:
                    changed, gone = changed_meanwhile()
                    _put(index, _prepared(changed), set(gone))
                self._place.switch(name)
            log.info("search index made anew", documents=index.doc_count())

    def health(self) -> Health:
        """How the index is. What every search needs is read, so that damage shows."""
        try:
            size, documents = self._read(lambda known: (known.size, known.document_count))
            return Health("ready", documents, leftovers=size - documents)
        except IndexUnavailable as error:
            is_damaged = isinstance(error.__cause__, DamagedIndex)
            return Health("damaged" if is_damaged else "missing", reason=str(error))

    def close(self) -> None:
        """Let go of open files."""
        with self._lock:
            self._drop_snapshot()

    # One thread reads at a time: Whoosh's readers share the position in their files. A search
    # is pure computation, so taking turns costs threads nothing.

    def _read(self, use: Callable[[Snapshot], Answer]) -> Answer:
        with self._lock:
            try:
                return use(self._latest_snapshot(self._name()))
            except DamagedIndex:
                # The writer may have put away a file between our reading its name and opening
                # it: a second look sees what it left.
                self._drop_snapshot()
            name = self._name()
            try:
                return use(self._latest_snapshot(name))
            except DamagedIndex as error:
                self._drop_snapshot()
                raise self._damaged(name, error) from error

    def _latest_snapshot(self, name: str) -> Snapshot:
        index = self._open(name)
        latest = (name, index.latest_generation())
        if self._snapshot is None or self._seen != latest:
            before = self._snapshot
            self._snapshot = Snapshot.of(_reader(index), before)
            self._seen = latest
            if before:
                _close(before)
        return self._snapshot

    def _drop_snapshot(self) -> None:
        if self._snapshot:
            _close(self._snapshot)
        self._snapshot = self._seen = None

    def _name(self) -> str:
        name = self._place.current()
        if name is None:
            raise IndexUnavailable("There is no search index yet.")
        return name

    def _open(self, name: str) -> FileIndex:
        storage = self._place.storage(name)
        with reading(), _closing_what_failed(storage):
            return _Index(storage, schema=SCHEMA)

    def _damaged(self, name: str, error: DamagedIndex) -> IndexUnavailable:
        # Nobody is sent to a damaged index again; the worker finds none, and makes a new one.
        log.error("search index damaged", error=str(error))
        self._place.condemn(name)
        return IndexUnavailable(f"The search index is damaged: {error}.")


def _close(snapshot: Snapshot) -> None:
    with suppress(Exception):
        snapshot.close()


def _reader(index: FileIndex) -> IndexReader:
    with reading():
        return index.reader()


class _Index(FileIndex):
    """Where the writer puts away a file meanwhile, Whoosh reads anew: what it opened is closed."""

    @classmethod
    def _reader(cls, storage: Storage, *segments: Any, **options: Any) -> IndexReader:
        with _closing_what_failed(storage):
            return super()._reader(storage, *segments, **options)


@contextmanager
def _closing_what_failed(storage: Storage) -> Iterator[None]:
    # Whoosh leaves files open that it cannot make sense of.
    try:
        yield
    except Exception:
        if isinstance(storage, Files):
            storage.close_files()
        raise


def _fill(index: FileIndex, documents: Iterable[Document]) -> None:
    # Past WRITER_MEMORY_MB Whoosh writes every posting to disk and reads it back, at twice the
    # cost. Segments that stay within it may remain: later writes leave them alone as well.
    rest = iter(documents)
    while part := list(islice(rest, SEGMENT_SIZE)):
        writer = index.writer(limitmb=WRITER_MEMORY_MB)
        for document in part:
            writer.add_document(**_fields(document, document_terms(document)))
        writer.commit(merge=False)


Prepared = Mapping[str, tuple[Document, DocumentTerms]]


def _prepared(documents: Iterable[Document]) -> Prepared:
    return {document.id: (document, document_terms(document)) for document in documents}


def _put(index: FileIndex, documents: Prepared, deletions: set[str]) -> None:
    if not documents and not deletions:
        return
    with reading(), _writer(index) as writer:
        _take_out(writer, deletions | documents.keys())
        for document, terms in documents.values():
            writer.add_document(**_fields(document, terms))


@contextmanager
def _writer(index: FileIndex) -> Iterator[IndexWriter]:
    writer = index.writer(timeout=10, limitmb=WRITER_MEMORY_MB)
    try:
        yield writer
    except BaseException:
        writer.cancel()
        raise
    writer.commit()


def _take_out(writer: IndexWriter, ids: Iterable[str]) -> None:
    reader = writer.reader()
    try:
        for leaf, offset in reader.leaf_readers():
            for id in ids:
                if ("id", id) in leaf:
                    for number in list(leaf.postings("id", id).all_ids()):
                        writer.delete_document(offset + number)
    finally:
        reader.close()


def _fields(document: Document, terms: DocumentTerms) -> dict[str, object]:
    facts = Facts(
        id=document.id,
        kind=document.kind,
        language=document.language,
        audience=document.audience,
        under=document.under or document.id,
        group=document.group,
        author=document.author,
        at=int(document.at.timestamp()) if document.at else 0,
        lengths=(len(terms.title), len(terms.body), len(terms.exact)),
    )
    return {
        "id": document.id,
        "title": " ".join(terms.title),
        "body": " ".join(terms.body),
        "exact": " ".join(terms.exact),
        "facts": tuple(facts),
    }
