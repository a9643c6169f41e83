"""What can be found of things that are told in several languages: a document for each, by its own
grammar. A feature says which things, for whose eyes and with which words.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, select
from sqlalchemy.sql.base import ExecutableOption

from officine.core.db import Model, db
from officine.core.i18n import LANGUAGES
from officine.core.index.interface import Document
from officine.core.index.keeping import note

Told = TypeVar("Told", bound=Model)
"""What is told, such as an event."""
Text = TypeVar("Text", bound=Model)
"""What is read of it in one language."""


@dataclass(frozen=True)
class FoundText(Generic[Told, Text]):
    """What is read of something in one language."""

    told: Told
    text: Text
    language: str
    title: str
    parts: tuple[str, ...]
    """What a list can show of it, the dearest first."""


@dataclass(frozen=True, kw_only=True)
class TextSource(Generic[Told, Text]):
    """One noun whose texts can be found."""

    noun: str
    model: Any
    """What is told; each has its ``texts``."""
    shown: ColumnElement[bool]
    """Which of them stand in the index."""
    visible_to: Callable[[Any], ColumnElement[bool]]
    """Which of them somebody may see."""
    audience: Callable[[Told], str]
    at: Callable[[Told], datetime | None]
    parts: Callable[[Told, Text], Iterable[str]]
    """What a list can show of a text, the dearest first."""
    names: Callable[[Told], Iterable[str]]
    """What else it is found by in every language, such as who speaks."""
    loaded: Sequence[ExecutableOption] = field(default=())
    """What is read along with them."""

    def documents_for(self, ids: Iterable[int]) -> list[Document]:
        """A document for each language in which these can be read, once they are published."""
        return [
            Document(
                id=self._id(told, text),
                kind=self.noun,
                language=text.language,
                title=text.title,
                body="\n".join((*self.parts(told, text), *self.names(told))),
                audience=self.audience(told),
                under=f"{self.noun}:{told.id}",
                at=self.at(told),
            )
            for told, text in self._texts(ids)
        ]

    def document_ids(self, row_id: int) -> list[str]:
        """One a language."""
        return [f"{self.noun}:{row_id}:{language}" for language in LANGUAGES]

    def row_ids(self, after: int, limit: int) -> list[int]:
        """The next ones, by number."""
        number = self.model.id
        return list(
            db.session.scalars(select(number).where(number > after).order_by(number).limit(limit))
        )

    def changed(self, row_id: int) -> None:
        """It was published, withdrawn, or says something else."""
        note(self.noun, [row_id])

    def is_text(self, id: str) -> bool:
        """Whether a document is one of these."""
        return id.startswith(f"{self.noun}:")

    def readable_ids(self, viewer: Any, ids: Iterable[str]) -> set[str]:
        """Those of these texts that the viewer may read at this moment."""
        return set(self.found_texts(viewer, ids))

    def found_texts(self, viewer: Any, ids: Iterable[str]) -> dict[str, FoundText[Told, Text]]:
        """The texts with these ids, as they are now."""
        ids = list(ids)
        rows = {int(id.split(":")[1]) for id in ids}
        known = {
            self._id(told, text): FoundText(
                told, text, text.language, text.title, tuple(self.parts(told, text))
            )
            for told, text in self._texts(rows, self.visible_to(viewer))
        }
        return {id: known[id] for id in ids if id in known}

    def _texts(
        self, ids: Iterable[int], *conditions: ColumnElement[bool]
    ) -> Iterable[tuple[Any, Any]]:
        number = self.model.id
        rows = select(self.model).where(number.in_(list(ids)), self.shown, *conditions)
        for told in db.session.scalars(rows.options(*self.loaded)):
            yield from ((told, text) for text in told.texts if text.title)

    def _id(self, told: Any, text: Any) -> str:
        return f"{self.noun}:{told.id}:{text.language}"
