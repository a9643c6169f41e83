"""Captions as editors see them, and as a text that can be read."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from officine.core.db import db
from officine.core.i18n import LANGUAGES
from officine.lib.captions import (
    Finding,
    Passage,
    findings,
    passages,
    plain,
    replaced,
    words_of,
)
from officine.models import (
    CaptionDraft,
    CaptionEdit,
    CaptionTrack,
    Cue,
    Interview,
    InterviewText,
    Video,
)
from officine.models.caption import Spoken
from officine.models.interview import visible_to


def find_interview(interview_id: int, viewer: Any) -> Interview | None:
    """An interview whose captions the viewer may work on."""
    return db.session.get(Interview, interview_id) if viewer.is_staff else None


def find_visible(slug: str, viewer: Any) -> Interview | None:
    """The interview at an address, if the viewer may see it."""
    return db.session.scalar(select(Interview).where(Interview.slug == slug, visible_to(viewer)))


def find_track(interview: Interview, language: str) -> CaptionTrack | None:
    """The captions of an interview in a language."""
    return db.session.scalar(
        select(CaptionTrack).where(
            CaptionTrack.interview_id == interview.id, CaptionTrack.language == language
        )
    )


def find_public_track(slug: str, language: str, viewer: Any) -> CaptionTrack | None:
    """The captions that are shown with an interview. What a machine wrote and nobody has gone
    through is for the desk alone.
    """
    track = db.session.scalar(
        select(CaptionTrack)
        .join(Interview)
        .where(Interview.slug == slug, CaptionTrack.language == language, visible_to(viewer))
    )
    return None if track and track.is_draft and not viewer.is_staff else track


def tracks_of(interview: Interview) -> list[CaptionTrack]:
    """The captions of an interview, the original first."""
    tracks = db.session.scalars(
        select(CaptionTrack).where(CaptionTrack.interview_id == interview.id)
    )
    return sorted(tracks, key=lambda it: (it.language != interview.language, it.language))


def has_original_captions(interview: Interview) -> bool:
    """Whether there are captions in the language that is spoken, and somebody has gone through
    them: a condition of publication.
    """
    track = find_track(interview, interview.language)
    return (
        track is not None and not track.is_draft and any(it.text.strip() for it in lines_of(track))
    )


def cues_of(track: CaptionTrack) -> Sequence[Cue]:
    """Its cues in order, each with what it translates."""
    return db.session.scalars(
        select(Cue)
        .where(Cue.track_id == track.id)
        .order_by(Cue.starts_ms, Cue.id)
        .options(joinedload(Cue.source))
        .execution_options(populate_existing=True)
    ).all()


@dataclass(slots=True)
class Line(Spoken):
    """A cue as it is read: some thousand of them are looked at for a page that shows sixty."""

    id: int
    starts_ms: int
    ends_ms: int
    speaker: str
    text: str
    settings: str
    source_id: int | None
    version: int
    based_on: int
    source_text: str
    source: "Line | None" = None


def lines_of(track: CaptionTrack) -> list[Line]:
    """Its cues in order, to be read."""
    rows = db.session.execute(
        select(
            Cue.id, Cue.starts_ms, Cue.ends_ms, Cue.speaker, Cue.text, Cue.settings, Cue.source_id,
            Cue.version, Cue.based_on, Cue.source_text,
        )
        .where(Cue.track_id == track.id)
        .order_by(Cue.starts_ms, Cue.id)
    )  # fmt: skip
    return [Line(*row) for row in rows]


def find_cue(track: CaptionTrack, cue_id: int) -> Cue | None:
    """One of its cues."""
    cue = db.session.get(Cue, cue_id)
    return cue if cue is not None and cue.track_id == track.id else None


def seen(cue: Cue | Line) -> str:
    """A mark of a cue as it is now: an editor’s form carries the one that was shown."""
    state = (cue.starts_ms, cue.ends_ms, cue.speaker, cue.text, cue.settings)
    return hashlib.sha256(repr(state).encode()).hexdigest()[:16]


def duration_of(interview: Interview) -> int | None:
    """How long its video is, in milliseconds, where that is known."""
    return db.session.scalar(select(Video.duration_ms).where(Video.interview_id == interview.id))


def video_of(interview: Interview) -> Video | None:
    """Its video if it can be played here."""
    video = db.session.scalar(select(Video).where(Video.interview_id == interview.id))
    return video if video and video.state == "ready" and not video.outside else None


def title_of(interview: Interview) -> str:
    """What it is called in the language that is spoken; before it has a title, who is asked."""
    title = db.session.scalar(
        select(InterviewText.title).where(
            InterviewText.interview_id == interview.id,
            InterviewText.language == interview.language,
        )
    )
    return title or interview.guest_name


# The editor


@dataclass
class Row:
    """A cue in the editor: its place from 1, its flaws, and what it translates.

    A row without a cue is one of the original that nobody has translated.
    """

    number: int
    cue: Line | None
    source: Line | None = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_orphan(self) -> bool:
        """Whether its original is gone."""
        return self.cue is not None and self.source is None


@dataclass(frozen=True)
class Sheet:
    """All rows of a track."""

    track: CaptionTrack
    rows: list[Row]
    is_translation: bool

    @property
    def flawed(self) -> list[Row]:
        """The rows with findings."""
        return [row for row in self.rows if row.findings]

    @property
    def out_of_date(self) -> list[Row]:
        """The rows whose original has changed since."""
        return [row for row in self.rows if row.cue and row.cue.is_out_of_date]

    @property
    def missing(self) -> list[Row]:
        """The rows that say nothing yet."""
        return [
            row
            for row in self.rows
            if not (row.cue and row.cue.text.strip())
            and not (row.source and not row.source.text.strip())
        ]

    @property
    def is_complete(self) -> bool:
        """Every cue of the original has words here, and they are up to date."""
        return bool(self.rows) and not self.missing and not self.out_of_date


def sheet_of(interview: Interview, track: CaptionTrack) -> Sheet:
    """The track as its editor shows it."""
    lines = lines_of(track)
    found: dict[int, list[Finding]] = {}
    for finding in findings([line.caption for line in lines], duration_of(interview)):
        found.setdefault(finding.cue, []).append(finding)
    is_translation = track.language != interview.language
    original = find_track(interview, interview.language) if is_translation else None
    sources = {line.id: line for line in lines_of(original)} if original else {}
    for line in lines:
        line.source = sources.get(line.source_id or 0)
    rows = [
        Row(number, line, line.source, found.get(number, []))
        for number, line in enumerate(lines, start=1)
    ]
    if is_translation:
        known = {line.source_id for line in lines}
        rows += [Row(0, None, line) for line in sources.values() if line.id not in known]
        rows.sort(key=_begins)
    return Sheet(track, rows, is_translation)


def _begins(row: Row) -> tuple[int, int]:
    cue = row.cue or row.source
    return (cue.starts_ms, cue.id) if cue else (0, 0)


@dataclass(frozen=True)
class Standing:
    """How far the captions in one language are."""

    language: str
    track: CaptionTrack | None
    cues: int = 0
    flaws: int = 0
    missing: int = 0
    out_of_date: int = 0
    is_complete: bool = False
    is_hidden: bool = False
    """Whether readers are not offered it yet."""


def standings(interview: Interview) -> list[Standing]:
    """How far each language is, the original first."""
    known = {track.language: track for track in tracks_of(interview)}
    told = []
    for language in sorted(LANGUAGES, key=lambda code: code != interview.language):
        track = known.get(language)
        if track is None:
            told.append(Standing(language, None))
            continue
        sheet = sheet_of(interview, track)
        told.append(
            Standing(
                language,
                track,
                cues=sum(row.cue is not None for row in sheet.rows),
                flaws=sum(len(row.findings) for row in sheet.rows),
                missing=len(sheet.missing),
                out_of_date=len(sheet.out_of_date),
                is_complete=sheet.is_complete and not track.is_draft,
                is_hidden=_is_hidden(sheet, track),
            )
        )
    return told


def _is_hidden(sheet: Sheet, track: CaptionTrack) -> bool:
    """As `for_readers` has it, from rows that are here already."""
    said = [bool(row.cue.text.strip()) for row in sheet.rows if row.cue is not None]
    return track.is_draft or not any(said) or (sheet.is_translation and not all(said))


def is_complete(interview: Interview, track: CaptionTrack) -> bool:
    """Whether every cue of the original has words in this track that are up to date."""
    return sheet_of(interview, track).is_complete and not track.is_draft


@dataclass(frozen=True, slots=True)
class Replacement:
    """What a search with replacement would make of a cue."""

    cue: Cue
    number: int
    text: str
    seen: str


def replacements(
    track: CaptionTrack, find: str, by: str, *, any_case: bool = True
) -> list[Replacement]:
    """The cues that hold some words, each as it would be with others in their place."""
    wanted = find.casefold() if any_case else find
    rows = []
    for number, cue in enumerate(cues_of(track), start=1):
        said = words_of(cue.text)
        if wanted in (said.casefold() if any_case else said):
            text = replaced(cue.text, find, by, any_case=any_case)
            rows.append(Replacement(cue, number, text, seen(cue)))
    return rows


def last_edit(track: CaptionTrack, by: Any) -> CaptionEdit | None:
    """What this editor did last to the track, and could take back."""
    return db.session.scalar(
        select(CaptionEdit)
        .where(CaptionEdit.track_id == track.id, CaptionEdit.by_id == by.id)
        .order_by(CaptionEdit.id.desc())
        .limit(1)
    )


def speakers_of(interview: Interview) -> list[str]:
    """Who speaks, as the cues have it, and the guest."""
    names = db.session.scalars(
        select(Cue.speaker)
        .join(CaptionTrack)
        .where(CaptionTrack.interview_id == interview.id, Cue.speaker != "")
        .group_by(Cue.speaker)
        .order_by(func.count().desc())
    )
    return list(dict.fromkeys([*names, interview.guest_name]))


def latest_draft(interview: Interview) -> CaptionDraft | None:
    """How the machine’s last draft went."""
    return db.session.scalar(
        select(CaptionDraft)
        .where(CaptionDraft.interview_id == interview.id)
        .order_by(CaptionDraft.id.desc())
        .limit(1)
    )


# As a text


def passages_of(track: CaptionTrack) -> list[Passage]:
    """What is said, in the words of one language: paragraphs by who speaks, sentences with the
    moment they begin.
    """
    return passages(line.caption for line in lines_of(track))


def plain_words(cue: Cue | Line) -> str:
    """What a cue says, on one line."""
    return plain(words_of(cue.text))


def with_words(lines: Iterable[Line]) -> list[Line]:
    """Those that say something."""
    return [line for line in lines if words_of(line.text).strip()]
