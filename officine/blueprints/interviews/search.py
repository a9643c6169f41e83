"""What is read of interviews, as it can be found: title, standfirst, text and chapters, in each
language by its own grammar. What is said in them is found by the captions.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy.orm import joinedload, selectinload

from officine.core.index.texts import FoundText, TextSource
from officine.lib.text import words_in
from officine.models import Chapter, Interview, InterviewText
from officine.models.interview import visible_to

FoundInterview = FoundText[Interview, InterviewText]


def interview_changed(event: Any) -> None:
    """It was published, withdrawn, or says something else."""
    SOURCE.changed(event.interview_id)


def _parts(interview: Interview, text: InterviewText) -> Iterator[str]:
    titles = (title for chapter in interview.chapters for title in chapter.titles)
    chapters = [title.title for title in titles if title.language == text.language]
    yield from filter(None, (text.standfirst, words_in(text.html), " · ".join(chapters)))


def _names(interview: Interview) -> Iterator[str]:
    yield interview.guest_name
    if interview.company:
        yield interview.company.name


SOURCE = TextSource(
    noun="interview",
    model=Interview,
    shown=Interview.stage == "published",
    visible_to=visible_to,
    audience=lambda it: "public",
    at=lambda it: it.published_at,
    parts=_parts,
    names=_names,
    loaded=(
        joinedload(Interview.company),
        selectinload(Interview.texts),
        selectinload(Interview.chapters).selectinload(Chapter.titles),
    ),
)
