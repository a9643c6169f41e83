"""One interview, with all that its page shows but what is said in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from officine.core.db import db
from officine.lib.outside_video import OutsideVideo, recognise
from officine.models import (
    CaptionTrack,
    Chapter,
    Correction,
    Hiding,
    Interview,
    Member,
    Post,
    Topic,
    Video,
)
from officine.models.caption import for_readers, says_something
from officine.models.interview import visible_to

MOST_POSTS = 3


def find_interview(slug: str, viewer: Any) -> Interview | None:
    """The interview at an address, if the viewer may see it."""
    return db.session.scalar(
        select(Interview)
        .where(Interview.slug == slug, visible_to(viewer))
        .options(
            joinedload(Interview.guest).joinedload(Member.company),
            joinedload(Interview.company),
            selectinload(Interview.texts),
            selectinload(Interview.chapters).selectinload(Chapter.titles),
        )
    )


def find_chapter(interview: Interview, chapter_id: int) -> Chapter | None:
    """One of the chapters of an interview."""
    return next((each for each in interview.chapters if each.id == chapter_id), None)


def outside_of(video: Video) -> OutsideVideo | None:
    """Where a video is played that another site keeps; None for one of ours."""
    return recognise(video.outside_url) if video.outside_url else None


def video_of(interview: Interview) -> Video | None:
    """What can be played: a video of ours that is ready, or one outside."""
    video = db.session.scalar(select(Video).where(Video.interview_id == interview.id))
    if video is None or (video.outside is None and video.state != "ready"):
        return None
    return video


def tracks_of(interview: Interview, viewer: Any) -> list[CaptionTrack]:
    """The captions of an interview, the original first. What is not ready for readers is for the
    desk alone.
    """
    shown = says_something() if viewer.is_staff else for_readers()
    tracks = db.session.scalars(
        select(CaptionTrack).where(CaptionTrack.interview_id == interview.id, shown)
    ).all()
    return sorted(tracks, key=lambda it: (it.language != interview.language, it.language))


def corrections_of(interview: Interview) -> Sequence[Correction]:
    """What was corrected after publication, newest first."""
    return db.session.scalars(
        select(Correction)
        .where(Correction.interview_id == interview.id)
        .order_by(Correction.at.desc(), Correction.id.desc())
    ).all()


@dataclass(frozen=True, slots=True)
class SaidBelow:
    """A message in the conversation about an interview."""

    id: int
    name: str
    photo: str | None
    language: str
    html: str
    at: datetime


def latest_said(topic_id: int, viewer: Any) -> list[SaidBelow]:
    """What was said last in a topic that the viewer may read."""
    rows = db.session.execute(
        select(Post, Member)
        .join(Topic, Topic.id == Post.topic_id)
        .join(Member, Member.id == Post.author_id)
        .outerjoin(Hiding, Hiding.post_id == Post.id)
        .where(Post.topic_id == topic_id, Post.deleted_at.is_(None), Hiding.post_id.is_(None))
        .where(Post.number > 1)
        .order_by(Post.number.desc())
        .limit(MOST_POSTS)
    )
    return [
        SaidBelow(
            id=post.id,
            name=author.name,
            photo=author.photo_url(96) if author.shows("photo", viewer) else None,
            language=post.language,
            html=post.html,
            at=post.written_at,
        )
        for post, author in rows
    ]
