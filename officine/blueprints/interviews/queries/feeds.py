"""What feeds tell of: the newest interviews that everyone may see."""

from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload, selectinload

from officine.blueprints.interviews.queries.listing import captions_of
from officine.core.db import db
from officine.core.session import Visitor
from officine.models import Interview, InterviewText, Video
from officine.models.interview import visible_to

NEWEST = 50


@dataclass(frozen=True)
class Entry:
    """An interview as a feed tells of it."""

    interview: Interview
    text: InterviewText
    video: Video
    captions: tuple[str, ...]


def newest_in(language: str) -> list[Entry]:
    """The newest interviews that have a text in a language."""
    has_text = exists().where(
        InterviewText.interview_id == Interview.id,
        InterviewText.language == language,
        InterviewText.title != "",
    )
    return _entries(language, has_text)


def newest_spoken_in(language: str) -> list[Entry]:
    """The newest interviews of ours in which a language is spoken, and can be heard."""
    entries = _entries(language, Interview.language == language)
    return [each for each in entries if each.video.outside is None and each.video.has_sound]


def _entries(language: str, *conditions: object) -> list[Entry]:
    rows = db.session.execute(
        select(Interview, Video)
        .join(Video, Video.interview_id == Interview.id)
        .where(visible_to(Visitor()), *conditions)  # type: ignore[arg-type]
        .where((Video.state == "ready") | Video.outside.is_not(None))
        .options(
            joinedload(Interview.company),
            selectinload(Interview.texts),
            selectinload(Interview.chapters),
        )
        .order_by(Interview.published_at.desc(), Interview.id.desc())
        .limit(NEWEST)
    ).all()
    captions = captions_of([interview.id for interview, _ in rows])
    entries = []
    for interview, video in rows:
        text = next((it for it in interview.texts if it.language == language and it.title), None)
        if text is not None:
            entries.append(Entry(interview, text, video, captions.get(interview.id, ())))
    return entries
