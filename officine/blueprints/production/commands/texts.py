"""Titles, standfirsts, texts and chapters, in the original language and its translations."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from officine.blueprints.production import queries
from officine.blueprints.production.commands.errors import (
    BadChapters,
    EditedMeanwhile,
    OriginalFirst,
)
from officine.blueprints.production.events import InterviewChanged
from officine.core import audit
from officine.core.db import db
from officine.core.locks import lock_id, lock_row
from officine.core.outbox import record
from officine.lib.articles import render_article
from officine.lib.text import clean, clean_line
from officine.models import Chapter, ChapterTitle, Interview, InterviewText, Member

CHAPTER = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)\s+(?:[-–—]\s+)?(\S.*)")
LONGEST_TITLE = 160

Times = Sequence[tuple[int, str]]


def save_original(
    interview: Interview,
    *,
    by: Member,
    at: datetime,
    seen: int,
    title: str,
    standfirst: str,
    text: str,
    chapters: str,
    large: bool,
) -> InterviewText:
    """Write the original. A large change makes all translations out of date, in this transaction;
    a small one none. ``chapters``: a line each, “1:23 Title”.
    """
    marks = read_chapters(chapters)
    kept = _begin(interview, interview.language, by, at, seen)
    is_new = kept.version == 1
    if large and not is_new:
        interview.revision += 1
    _say(kept, title, standfirst, text)
    kept.based_on = interview.revision
    _keep_chapters(interview, marks)
    return _finish(interview, kept, by, large=large and not is_new)


def save_translation(
    interview: Interview,
    language: str,
    *,
    by: Member,
    at: datetime,
    seen: int,
    title: str,
    standfirst: str,
    text: str,
    translator: str,
    chapters: Mapping[int, str],
) -> InterviewText:
    """Write a translation, which says the original as it is now. ``chapters``: titles by the
    chapter’s number.
    """
    if queries.text_in(interview, interview.language) is None:
        raise OriginalFirst
    kept = _begin(interview, language, by, at, seen)
    _say(kept, title, standfirst, text)
    kept.translator = clean_line(translator)
    kept.based_on = interview.revision
    for chapter in queries.chapters(interview):
        if chapter.id in chapters:
            _title(chapter, language, chapters[chapter.id], interview.revision)
    return _finish(interview, kept, by, large=False)


def read_chapters(text: str) -> list[tuple[int, str]]:
    """The chapters that lines such as “1:23 Title” or “1:02:03 Title” name: milliseconds and
    titles, in order. BadChapters names the first line that cannot be read, or repeats a time.
    """
    found: dict[int, str] = {}
    for number, line in enumerate(clean(text).split("\n"), start=1):
        if not line.strip():
            continue
        match = CHAPTER.fullmatch(line.strip())
        if match is None:
            raise BadChapters(number, line.strip())
        hours, minutes, seconds, title = match.groups()
        starts = ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000
        if starts in found or (hours and int(minutes) > 59):
            raise BadChapters(number, line.strip())
        found[starts] = clean_line(title)[:LONGEST_TITLE]
    return sorted(found.items())


def clock(ms: int) -> str:
    """A time of the video as people write it: 1:23, 1:02:03."""
    minutes, seconds = divmod(ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def chapter_lines(interview: Interview, chapters: Sequence[Chapter]) -> str:
    """The chapters as they are edited: a line each."""
    return "\n".join(
        f"{clock(chapter.starts_ms)} {title_in(chapter, interview.language)}"
        for chapter in chapters
    )


def title_in(chapter: Chapter, language: str) -> str:
    """What a chapter is called in a language; nothing where it has no title in it."""
    return next((each.title for each in chapter.titles if each.language == language), "")


def _begin(
    interview: Interview, language: str, by: Member, at: datetime, seen: int
) -> InterviewText:
    lock_row(interview)
    kept = lock_id(InterviewText, (interview.id, language))
    if (kept.version if kept else 0) != seen:
        raise EditedMeanwhile
    if kept is None:
        kept = InterviewText(language=language, title="", version=0, changed_at=at, by_id=by.id)
        interview.texts.append(kept)
    kept.version += 1
    kept.changed_at, kept.by_id = at, by.id
    return kept


def _say(kept: InterviewText, title: str, standfirst: str, text: str) -> None:
    kept.title = clean_line(title)[:LONGEST_TITLE]
    kept.standfirst = clean(standfirst)
    kept.text = clean(text)
    kept.html = render_article(kept.text) if kept.text else ""


def _finish(interview: Interview, kept: InterviewText, by: Member, *, large: bool) -> InterviewText:
    interview.version += 1
    db.session.flush()
    audit.note(
        "interview.text", by, interview=interview.id, language=kept.language,
        version=kept.version, revision=interview.revision, large=int(large),
    )  # fmt: skip
    record(InterviewChanged(interview.id))
    return kept


def _keep_chapters(interview: Interview, marks: Times) -> None:
    """Let the chapters be these. One that only moved or only changed its name keeps its
    discussion and its translations.
    """
    known = list(queries.chapters(interview))
    matched: dict[int, Chapter] = {}
    for by_title, by_start in ((True, True), (True, False), (False, True)):
        for starts, title in marks:
            left = [each for each in known if each not in matched.values()]
            same = (
                each
                for each in left
                if (not by_title or title_in(each, interview.language) == title)
                and (not by_start or each.starts_ms == starts)
            )
            if starts not in matched and (found := next(same, None)) is not None:
                matched[starts] = found
    for gone in [chapter for chapter in known if chapter not in matched.values()]:
        db.session.delete(gone)
    # Two chapters may change places: nobody else may stand where one goes.
    for number, chapter in enumerate(matched.values(), start=1):
        chapter.starts_ms = -number
    db.session.flush()
    for starts, title in marks:
        chapter = matched.get(starts) or Chapter(interview_id=interview.id)
        chapter.starts_ms = starts
        db.session.add(chapter)
        _title(chapter, interview.language, title, interview.revision)
    db.session.flush()
    db.session.expire(interview, ["chapters"])


def _title(chapter: Chapter, language: str, words: str, revision: int) -> None:
    words = clean_line(words)[:LONGEST_TITLE]
    known = next((each for each in chapter.titles if each.language == language), None)
    if not words:
        if known is not None:
            chapter.titles.remove(known)
        return
    if known is None:
        known = ChapterTitle(language=language, title=words)
        chapter.titles.append(known)
    known.title, known.based_on = words, revision
