"""Which interviews are published, as lists show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import selectinload

from officine.core.clock import day_of, now
from officine.core.db import db
from officine.core.session import Visitor
from officine.lib.facets import Facets
from officine.lib.words import stems
from officine.models import CaptionTrack, Company, Interview, InterviewText, Video
from officine.models.caption import for_readers
from officine.models.interview import picture_url, visible_to
from officine.models.translation import best_text

PAGE = 12
MOST_RELATED = 3
NEAR = 60


@dataclass(frozen=True, slots=True)
class InterviewRow:
    """An interview in a list, in the language its reader reads best."""

    id: int
    slug: str
    title: str
    title_language: str
    standfirst: str
    language: str
    """The one that is spoken."""
    captions: tuple[str, ...]
    guest: str
    company: str
    sectors: tuple[str, ...]
    published_at: datetime
    duration_ms: int | None
    picture: str | None

    @property
    def minutes(self) -> int:
        """How long it lasts; 0 where nobody knows."""
        return max(1, round(self.duration_ms / 60_000)) if self.duration_ms else 0


@dataclass(frozen=True)
class Wanted:
    """Which interviews somebody looks for."""

    language: str = ""
    captions: str = ""
    sector: str = ""
    page: int = 1


@dataclass(frozen=True)
class Listed:
    """A page of the list of interviews, with its counts."""

    interviews: list[InterviewRow]
    total: int
    by_language: dict[str, int]
    by_captions: dict[str, int]
    by_sector: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Mix:
    """What one interview can be filtered by."""

    id: int
    language: str
    captions: tuple[str, ...]
    sector: tuple[str, ...]
    number: int = 1

    def fits(self, wanted: Wanted) -> bool:
        return (
            wanted.language in ("", self.language)
            and (not wanted.captions or wanted.captions in self.captions)
            and (not wanted.sector or wanted.sector in self.sector)
        )


def listed_interviews(wanted: Wanted, reads: Sequence[str]) -> Listed:
    """The published interviews as they are wanted, newest first."""
    mixes = _mixes()
    facets = Facets(mixes, wanted, ("language", "captions", "sector"))
    fitting = [mix.id for mix in mixes if mix.fits(wanted)]
    first = (wanted.page - 1) * PAGE
    captions = {mix.id: mix.captions for mix in mixes}
    return Listed(
        interviews=_rows(fitting[first : first + PAGE], reads, captions),
        total=len(fitting),
        by_language=facets.counts("language"),
        by_captions=facets.counts("captions"),
        by_sector=facets.counts("sector"),
    )


def latest_interview(reads: Sequence[str]) -> InterviewRow | None:
    """The one published last, first of those that somebody understands by ear or by captions."""
    mixes = _mixes()
    if not mixes:
        return None
    understood = [mix for mix in mixes if not {mix.language, *mix.captions}.isdisjoint(reads)]
    first = (understood or mixes)[0]
    rows = _rows([first.id], reads, {first.id: first.captions})
    return rows[0] if rows else None


def related_interviews(interview: Interview, reads: Sequence[str]) -> list[InterviewRow]:
    """Others about the same person, company or sector, or whose titles share words with it."""
    near = db.session.execute(
        select(Interview.id, Interview.guest_id, Interview.company_id, Interview.sectors)
        .where(_published(), Interview.id != interview.id)
        .order_by(Interview.published_at.desc(), Interview.id.desc())
        .limit(NEAR)
    ).all()
    titles = _titles([row.id for row in near])
    wanted = {text.language: set(stems(text.title, text.language)) for text in interview.texts}

    def nearness(row: Any) -> int:
        shared = sum(
            len(wanted.get(language, set()) & set(stems(title, language)))
            for language, title in titles.get(row.id, {}).items()
        )
        same_guest = row.guest_id is not None and row.guest_id == interview.guest_id
        same_company = row.company_id is not None and row.company_id == interview.company_id
        sectors = len(set(row.sectors) & set(interview.sectors))
        return 8 * same_guest + 6 * same_company + 3 * sectors + shared

    best = sorted((row for row in near if nearness(row)), key=lambda row: -nearness(row))
    return _rows([row.id for row in best[:MOST_RELATED]], reads)


def captions_of(ids: Sequence[int]) -> Mapping[int, tuple[str, ...]]:
    """In which languages readers are offered captions of each of them."""
    if not ids:
        return {}
    found: dict[int, tuple[str, ...]] = {}
    for interview_id, language in db.session.execute(_captions(), {"ids": ids}):
        found[interview_id] = (*found.get(interview_id, ()), language)
    return found


@cache
def _captions() -> Select[*tuple[Any, ...]]:
    return (
        select(CaptionTrack.interview_id, CaptionTrack.language)
        .where(CaptionTrack.interview_id.in_(bindparam("ids", expanding=True)), for_readers())
        .order_by(CaptionTrack.language)
    )


def _published() -> Any:
    """What everyone may see: lists are of that, for the desk as well."""
    return visible_to(Visitor())


def _mixes() -> list[_Mix]:
    rows = db.session.execute(_what_mixes_show(day_of(now()))).all()
    captions = captions_of([row.id for row in rows])
    return [_Mix(row.id, row.language, captions.get(row.id, ()), row.sectors) for row in rows]


@lru_cache(maxsize=2)
def _what_mixes_show(_today: date) -> Select[*tuple[Any, ...]]:
    # What the interview’s release allows holds for a day.
    return (
        select(Interview.id, Interview.language, Interview.sectors)
        .where(_published())
        .order_by(Interview.published_at.desc(), Interview.id.desc())
    )


def _titles(ids: Sequence[int]) -> dict[int, dict[str, str]]:
    if not ids:
        return {}
    titles: dict[int, dict[str, str]] = {}
    for interview_id, language, title in db.session.execute(
        select(InterviewText.interview_id, InterviewText.language, InterviewText.title).where(
            InterviewText.interview_id.in_(ids)
        )
    ):
        titles.setdefault(interview_id, {})[language] = title
    return titles


def _rows(
    ids: Sequence[int],
    reads: Sequence[str],
    captions: Mapping[int, tuple[str, ...]] | None = None,
) -> list[InterviewRow]:
    """These interviews, in this order. ``captions`` as `captions_of` gives them, where they are
    known already.
    """
    if not ids:
        return []
    found = db.session.execute(_with_texts(), {"ids": ids}).all()
    if captions is None:
        captions = captions_of(ids)
    rows = {}
    for interview, company, duration in found:
        best = best_text(interview, reads)
        if best is None or interview.published_at is None:
            continue
        rows[interview.id] = InterviewRow(
            id=interview.id,
            slug=interview.slug,
            title=best.title,
            title_language=best.language,
            standfirst=best.standfirst,
            language=interview.language,
            captions=captions.get(interview.id, ()),
            guest=interview.guest_name,
            company=company or "",
            sectors=interview.sectors,
            published_at=interview.published_at,
            duration_ms=duration,
            picture=picture_url(interview.poster_key),
        )
    return [rows[each] for each in ids if each in rows]


@cache
def _with_texts() -> Select[*tuple[Any, ...]]:
    return (
        select(Interview, Company.name, Video.duration_ms)
        .outerjoin(Company, Company.id == Interview.company_id)
        .outerjoin(Video, Video.interview_id == Interview.id)
        .where(Interview.id.in_(bindparam("ids", expanding=True)))
        .options(selectinload(Interview.texts))
    )
