"""What is read of interviews, as it can be found: title, standfirst, text and chapters, in each
language by its own grammar. What is said in them is found by the captions.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from officine.core.db import db
from officine.core.i18n import LANGUAGES
from officine.core.index.interface import Document
from officine.core.index.keeping import note
from officine.lib.text import words_in
from officine.models import Chapter, Interview, InterviewText
from officine.models.interview import visible_to

NOUN = "interview"


# For the index


def documents_for(ids: Iterable[int]) -> list[Document]:
    """A document for each language in which these interviews can be read."""
    published = select(Interview).where(Interview.id.in_(list(ids)), Interview.stage == "published")
    return [
        Document(
            id=f"interview:{interview.id}:{text.language}",
            kind="interview",
            language=text.language,
            title=text.title,
            body="\n".join(_all_words(interview, text)),
            audience="public",
            under=f"interview:{interview.id}",
            at=interview.published_at,
        )
        for interview in db.session.scalars(_with_texts(published))
        for text in interview.texts
        if text.title
    ]


def document_ids(interview_id: int) -> list[str]:
    """One a language."""
    return [f"interview:{interview_id}:{language}" for language in LANGUAGES]


def row_ids(after: int, limit: int) -> list[int]:
    """The next interviews, by number."""
    following = select(Interview.id).where(Interview.id > after).order_by(Interview.id)
    return list(db.session.scalars(following.limit(limit)))


def interview_changed(event: Any) -> None:
    """It was published, withdrawn, or says something else."""
    note(NOUN, [event.interview_id])


# For whoever searched


@dataclass(frozen=True)
class FoundText:
    """What is read of an interview in one language."""

    interview: Interview
    text: InterviewText

    @property
    def language(self) -> str:
        return self.text.language

    @property
    def parts(self) -> tuple[str, ...]:
        """What a list can show of it, the dearest first."""
        text = self.text
        chapters = " · ".join(_chapter_titles(self.interview, text.language))
        return tuple(part for part in (text.standfirst, words_in(text.html), chapters) if part)


def readable_ids(viewer: Any, ids: Iterable[str]) -> set[str]:
    """Those of these texts whose interview the viewer may see at this moment."""
    return set(found_texts(viewer, ids))


def found_texts(viewer: Any, ids: Iterable[str]) -> dict[str, FoundText]:
    """The texts with these ids, as they are now."""
    ids = list(ids)
    seen = select(Interview).where(Interview.id.in_({_row(id) for id in ids}), visible_to(viewer))
    known = {
        f"interview:{interview.id}:{text.language}": FoundText(interview, text)
        for interview in db.session.scalars(_with_texts(seen))
        for text in interview.texts
        if text.title
    }
    return {id: known[id] for id in ids if id in known}


def is_text(id: str) -> bool:
    """Whether a document is one of these."""
    return id.startswith(f"{NOUN}:")


def _with_texts(interviews: Select[Interview]) -> Select[Interview]:
    return interviews.options(
        joinedload(Interview.company),
        selectinload(Interview.texts),
        selectinload(Interview.chapters).selectinload(Chapter.titles),
    )


def _all_words(interview: Interview, text: InterviewText) -> Iterator[str]:
    yield from (text.standfirst, words_in(text.html), interview.guest_name)
    if interview.company:
        yield interview.company.name
    yield from _chapter_titles(interview, text.language)


def _chapter_titles(interview: Interview, language: str) -> list[str]:
    titles = (title for chapter in interview.chapters for title in chapter.titles)
    return [title.title for title in titles if title.language == language]


def _row(id: str) -> int:
    return int(id.split(":")[1])
