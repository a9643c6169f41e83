"""What is said in interviews, as it can be found: paragraph by paragraph, in its own language.

A list shows an interview once, by the sentence that answers best; it opens at its second.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from officine.blueprints.captions.events import CaptionsChanged
from officine.blueprints.captions.queries import passages_of
from officine.core.db import db
from officine.core.index.interface import Document
from officine.core.index.keeping import note
from officine.lib.captions import Passage, Sentence
from officine.models import CaptionTrack, Interview
from officine.models.interview import visible_to

NOUN = "track"


# For the index


def documents_for(ids: Iterable[int]) -> list[Document]:
    """The paragraphs of these tracks. What nobody has gone through, and what is not published,
    is for nobody to find.
    """
    rows = db.session.execute(
        select(CaptionTrack, Interview)
        .join(Interview)
        .where(
            CaptionTrack.id.in_(list(ids)),
            CaptionTrack.is_draft.is_(False),
            Interview.stage == "published",
        )
        .options(selectinload(Interview.texts))
    )
    return [
        Document(
            id=f"track:{track.id}:{number}",
            kind="interview",
            language=track.language,
            title=title_in(interview, track.language)[0],
            body=passage.text,
            audience="public",
            under=f"interview:{interview.id}",
            at=interview.published_at,
        )
        for track, interview in rows
        for number, passage in enumerate(passages_of(track))
    ]


def document_ids(track_id: int) -> list[str]:
    """As many as the track ever had paragraphs."""
    most = db.session.scalar(select(CaptionTrack.passages).where(CaptionTrack.id == track_id))
    return [f"track:{track_id}:{number}" for number in range(most or 0)]


def row_ids(after: int, limit: int) -> list[int]:
    """The next tracks, by number."""
    following = select(CaptionTrack.id).where(CaptionTrack.id > after)
    return list(db.session.scalars(following.order_by(CaptionTrack.id).limit(limit)))


# What changes it


def captions_changed(event: CaptionsChanged) -> None:
    """A track says something else."""
    track = db.session.get(CaptionTrack, event.track_id)
    if track is not None:
        _note([track])


def interview_changed(event: Any) -> None:
    """An interview was published, withdrawn or changed: what is said in it comes or goes."""
    tracks = select(CaptionTrack).where(CaptionTrack.interview_id == event.interview_id)
    _note(db.session.scalars(tracks).all())


def _note(tracks: Sequence[CaptionTrack]) -> None:
    for track in tracks:
        track.passages = max(track.passages, len(passages_of(track)))
    note(NOUN, [track.id for track in tracks])


# For whoever searched


@dataclass(frozen=True)
class FoundPassage:
    """A paragraph of what is said, with the interview it stands for."""

    interview: Interview
    language: str
    passage: Passage

    @property
    def title(self) -> tuple[str, str]:
        """What the interview is called, in the language of the hit if it can be."""
        return title_in(self.interview, self.language)

    def best_sentence(self, fits: Callable[[str], int]) -> tuple[Sentence, bool]:
        """The sentence that says most of what was asked: ``fits`` counts for each text. And
        whether it says any of it: an interview is found by its title too.
        """
        best = max(self.passage.sentences, key=lambda sentence: fits(sentence.text))
        return best, fits(best.text) > 0


def title_in(interview: Interview, language: str) -> tuple[str, str]:
    """What an interview is called, in a language if it can be, and in which language that is.
    Before it has a title, who is asked.
    """
    titles = {text.language: text.title for text in interview.texts if text.title}
    for code in (language, interview.language, *titles):
        if code in titles:
            return titles[code], code
    return interview.guest_name, interview.language


def audible_ids(viewer: Any, ids: Iterable[str]) -> set[str]:
    """Those of these paragraphs whose interview the viewer may see at this moment."""
    ids = list(ids)
    tracks = set(
        db.session.scalars(
            select(CaptionTrack.id)
            .join(Interview)
            .where(
                CaptionTrack.id.in_({_track_of(id) for id in ids}),
                CaptionTrack.is_draft.is_(False),
                visible_to(viewer),
            )
        )
    )
    return {id for id in ids if _track_of(id) in tracks}


def found_passages(viewer: Any, ids: Iterable[str]) -> dict[str, FoundPassage]:
    """The paragraphs with these ids, as they are now."""
    ids = list(ids)
    rows = db.session.execute(
        select(CaptionTrack, Interview)
        .join(Interview)
        .where(CaptionTrack.id.in_({_track_of(id) for id in ids}), visible_to(viewer))
        .options(selectinload(Interview.texts))
    )
    known = {track.id: (interview, track.language, passages_of(track)) for track, interview in rows}
    found = {}
    for id in ids:
        if _track_of(id) in known:
            interview, language, passages = known[_track_of(id)]
            # The index may lag behind a track that has become shorter.
            if (number := int(id.split(":")[2])) < len(passages):
                found[id] = FoundPassage(interview, language, passages[number])
    return found


def _track_of(id: str) -> int:
    return int(id.split(":")[1])
