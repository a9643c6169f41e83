"""Which interviews are being made, how far they are, and what they still need."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from officine.core.db import db
from officine.core.secret_links import fingerprint
from officine.models import (
    CaptionTrack,
    Case,
    Chapter,
    ChecklistItem,
    Correction,
    Cue,
    Interest,
    Interview,
    InterviewNote,
    InterviewQuestion,
    InterviewText,
    Member,
    Release,
    Video,
)
from officine.models.interview import STAGES
from officine.models.sanction import is_here, is_of_team

WORKING = ("idea", "questions", "recorded", "editing", "captions", "review")
"""The stages that an editor moves it through by hand."""
WAITING = (*WORKING, "scheduled")
LATEST = 12
"""How many of those that are done the board shows."""


@dataclass(frozen=True)
class Column:
    """One stage of the board."""

    stage: str
    interviews: list[Interview] = field(default_factory=list)
    total: int = 0


def board(languages: Sequence[str] = (), owner_id: int | None = None) -> list[Column]:
    """The interviews by stage, the nearest deadline first; of those that are done, the latest."""
    which: list[ColumnElement[bool]] = []
    if languages:
        which.append(Interview.language.in_(languages))
    if owner_id:
        which.append(Interview.owner_id == owner_id)
    stages = select(Interview.stage, func.count()).where(*which).group_by(Interview.stage)
    counts: dict[str, int] = dict(db.session.execute(stages).all())
    columns = {stage: Column(stage, total=counts.get(stage, 0)) for stage in STAGES}
    waiting = _listed().where(Interview.stage.in_(WAITING), *which)
    nearest = waiting.order_by(
        Interview.deadline.is_(None), Interview.deadline, Interview.created_at
    )
    for interview in db.session.scalars(nearest):
        columns[interview.stage].interviews.append(interview)
    since = func.coalesce(Interview.withdrawn_at, Interview.published_at)
    for stage in ("published", "withdrawn"):
        done = _listed().where(Interview.stage == stage, *which).order_by(since.desc())
        columns[stage].interviews.extend(db.session.scalars(done.limit(LATEST)))
    return list(columns.values())


def _listed() -> Any:
    return select(Interview).options(
        joinedload(Interview.owner), joinedload(Interview.company), selectinload(Interview.texts)
    )


def find_interview(interview_id: int) -> Interview | None:
    """One interview, with those it is about."""
    return db.session.scalar(
        select(Interview)
        .where(Interview.id == interview_id)
        .options(
            joinedload(Interview.owner),
            joinedload(Interview.company),
            joinedload(Interview.guest),
            selectinload(Interview.texts),
        )
    )


def text_in(interview: Interview, language: str) -> InterviewText | None:
    """What is read of it in one language."""
    return next((text for text in interview.texts if text.language == language), None)


def editors() -> Sequence[Member]:
    """Who can look after an interview, by name."""
    return db.session.scalars(
        select(Member).where(is_of_team()).order_by(func.lower(Member.name), Member.id)
    ).all()


def find_guest(handle: str) -> Member | None:
    """A member who can be the guest, by @name."""
    return db.session.scalar(
        select(Member).where(Member.handle == handle.lower(), Member.left_at.is_(None))
    )


def checklist(interview: Interview) -> Sequence[ChecklistItem]:
    """What is to be done, in order."""
    return db.session.scalars(
        select(ChecklistItem)
        .where(ChecklistItem.interview_id == interview.id)
        .options(joinedload(ChecklistItem.done_by))
        .order_by(ChecklistItem.position, ChecklistItem.id)
    ).all()


def notes(interview: Interview) -> Sequence[InterviewNote]:
    """What editors told each other, the newest first."""
    return db.session.scalars(
        select(InterviewNote)
        .where(InterviewNote.interview_id == interview.id)
        .options(joinedload(InterviewNote.by))
        .order_by(InterviewNote.at.desc(), InterviewNote.id.desc())
    ).all()


def corrections(interview: Interview) -> Sequence[Correction]:
    """What was corrected after publication, the newest first."""
    return db.session.scalars(
        select(Correction)
        .where(Correction.interview_id == interview.id)
        .order_by(Correction.at.desc(), Correction.id.desc())
    ).all()


# Questions


def questions(interview: Interview) -> Sequence[InterviewQuestion]:
    """The questions, in the order in which they are asked."""
    return db.session.scalars(
        select(InterviewQuestion)
        .where(InterviewQuestion.interview_id == interview.id)
        .order_by(InterviewQuestion.position, InterviewQuestion.id)
    ).all()


def find_question(question_id: int, interview: Interview) -> InterviewQuestion | None:
    """One of its questions."""
    return db.session.scalar(
        select(InterviewQuestion).where(
            InterviewQuestion.id == question_id, InterviewQuestion.interview_id == interview.id
        )
    )


def shared_by(secret: str) -> Interview | None:
    """The interview whose questions a secret opens."""
    return db.session.scalar(
        select(Interview).where(Interview.questions_token == fingerprint(secret))
    )


# The release


def releases(interview: Interview) -> Sequence[Release]:
    """All that were asked for, the newest first."""
    return db.session.scalars(
        select(Release).where(Release.interview_id == interview.id).order_by(Release.id.desc())
    ).all()


def release_opened_by(secret: str) -> Release | None:
    """The release that a secret opens."""
    return db.session.scalar(select(Release).where(Release.token == fingerprint(secret)))


def find_release(release_id: int, interview: Interview) -> Release | None:
    """One of its releases."""
    return db.session.scalar(
        select(Release).where(Release.id == release_id, Release.interview_id == interview.id)
    )


# What is missing

RELEASE_MISSING = _l("The guest has not been asked for a release yet.")
RELEASE_UNSIGNED = _l("The guest has not signed the release yet.")
RELEASE_WITHDRAWN = _l("The guest has withdrawn the release.")
RELEASE_EXPIRED = _l("The release has expired.")
TITLE_MISSING = _l("There is no title in the original language.")
STANDFIRST_MISSING = _l("There is no standfirst in the original language.")
CAPTIONS_MISSING = _l("There are no captions in the original language.")
CAPTIONS_DRAFT = _l("The captions are a machine’s draft: somebody must go through them.")
VIDEO_MISSING = _l("There is no video yet.")
VIDEO_WORKING = _l("The video is not ready yet.")
VIDEO_FAILED = _l("The video could not be used: upload another.")


def missing(interview: Interview, day: date) -> list[tuple[str, Any]]:
    """What keeps it from being published on a day, all together: for each a word and a sentence."""
    reasons = [("release", _release_problem(interview, day))]
    original = text_in(interview, interview.language)
    reasons.append(("title", None if original and original.title else TITLE_MISSING))
    reasons.append(("standfirst", None if original and original.standfirst else STANDFIRST_MISSING))
    reasons.append(("captions", _captions_problem(interview)))
    reasons.append(("video", _video_problem(interview)))
    return [(word, sentence) for word, sentence in reasons if sentence is not None]


def _release_problem(interview: Interview, day: date) -> Any:
    known = releases(interview)
    if any(release.holds(day) for release in known):
        return None
    if not known:
        return RELEASE_MISSING
    if known[0].withdrawn_at:
        return RELEASE_WITHDRAWN
    return RELEASE_EXPIRED if known[0].signed_at else RELEASE_UNSIGNED


def _captions_problem(interview: Interview) -> Any:
    track = db.session.scalar(
        select(CaptionTrack).where(
            CaptionTrack.interview_id == interview.id, CaptionTrack.language == interview.language
        )
    )
    words = exists().where(Cue.track_id == track.id, func.trim(Cue.text) != "") if track else None
    said = words is not None and db.session.scalar(select(words))
    if track is None or not said:
        return CAPTIONS_MISSING
    return CAPTIONS_DRAFT if track.is_draft else None


def _video_problem(interview: Interview) -> Any:
    video = db.session.scalar(select(Video).where(Video.interview_id == interview.id))
    if video is None:
        return VIDEO_MISSING
    if video.outside or video.state == "ready":
        return None
    return VIDEO_FAILED if video.state in ("failed", "refused") else VIDEO_WORKING


# Time


def due_ids(at: datetime) -> list[int]:
    """The interviews whose time of publication has come."""
    return list(
        db.session.scalars(
            select(Interview.id)
            .where(Interview.stage == "scheduled", Interview.publish_at <= at)
            .order_by(Interview.publish_at, Interview.id)
        )
    )


def uncovered_ids(holds: ColumnElement[bool]) -> list[int]:
    """The published interviews that no release covers any more."""
    return list(
        db.session.scalars(select(Interview.id).where(Interview.stage == "published", ~holds))
    )


def late(today: date) -> Sequence[Interview]:
    """The interviews whose deadline has passed, unless the desk has seen to it since."""
    seen_to = exists().where(
        Case.kind == "interview",
        Case.subject == "interview",
        Case.subject_id == Interview.id,
        func.date(Case.closed_at) > func.date(Interview.deadline),
    )
    return db.session.scalars(
        _listed().where(Interview.stage.in_(WORKING), Interview.deadline < today, ~seen_to)
    ).all()


# Texts


def chapters(interview: Interview) -> Sequence[Chapter]:
    """Its chapters in order, with their titles."""
    return db.session.scalars(
        select(Chapter)
        .where(Chapter.interview_id == interview.id)
        .options(selectinload(Chapter.titles))
        .order_by(Chapter.starts_ms)
    ).all()


# Who follows

NOUNS = ("person", "company", "sector")


def follows(viewer: Any, noun: str, name: str | int) -> bool:
    """Whether the viewer hears of what is published about a person, a company or a sector."""
    if not viewer.is_member:
        return False
    return db.session.get(Interest, (viewer.id, noun, str(name))) is not None


def followers_of(interview: Interview, after: int, limit: int) -> Sequence[Member]:
    """Who wants to hear of it and reads one of its languages: the next of them by number. Neither
    its guest nor its owner needs to be told.
    """
    languages = [text.language for text in interview.texts]
    about = [("company", str(interview.company_id))] if interview.company_id else []
    about += [("person", str(interview.guest_id))] if interview.guest_id else []
    about += [("sector", code) for code in interview.sectors]
    if not about or not languages:
        return []
    wanting = select(Interest.member_id).where(_any_of(about))
    return db.session.scalars(
        select(Member)
        .where(Member.id.in_(wanting), Member.id > after, is_here())
        .where(Member.confirmed_at.is_not(None))
        .where(Member.id.not_in([interview.owner_id, interview.guest_id or 0]))
        .where(or_(*[Member.reads.has_code(code) for code in languages]))
        .order_by(Member.id)
        .limit(limit)
    ).all()


def _any_of(about: Iterable[tuple[str, str]]) -> ColumnElement[bool]:
    return or_(*[and_(Interest.noun == noun, Interest.name == name) for noun, name in about])
