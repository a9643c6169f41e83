"""Someone the viewer might meet, and why: what one seeks and the other offers."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, func, or_, select

from officine.core.db import db
from officine.lib.text import excerpt
from officine.lib.words import folded_words, is_stop_word
from officine.models import Company, Member
from officine.models.member import STAFF, photo_url
from officine.models.sanction import is_here

LOOKED_AT = 120
SHORTEST = 5
LONGEST_WORDS = 200
RARE = 0.12
"""A word that more than this share of people use says nothing of a person."""
SECTOR_ALONE = 0.5
SAYS_NOTHING = {
    "answer", "aziend", "client", "compan", "consej", "custom", "empres", "impres", "small",
    "verdad", "within", "without",
}  # fmt: skip
"""Words, as `_words` leaves them, that any firm may use and that join nobody."""
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")


@dataclass(frozen=True, slots=True)
class Meeting:
    """Someone to meet. ``because`` is “seeks” (what the viewer offers), “offers” (what the viewer
    seeks) or “sector”; ``words`` is the sentence in which they say so.
    """

    handle: str
    name: str
    photo: str | None
    job: str
    firm: str
    place: str
    is_supplier: bool
    because: str
    words: str
    language: str
    sector: str


def someone_to_meet(viewer: Any, today: date) -> Meeting | None:
    """One person a day, of those with whom the viewer has most in common; None when nobody has
    anything. Contact is not among what this tells.
    """
    people = _people(viewer)
    weights = _weights(people)
    scored = [(*_reason(viewer, person, weights), person) for person in people]
    best = max((score for score, _, _, person in scored), default=0.0)
    if best <= 0:
        return None
    fitting = [each for each in scored if each[0] >= best * 0.6]
    fitting.sort(key=lambda each: (-each[0], each[3].handle))
    _, because, words, person = fitting[today.toordinal() % min(len(fitting), 4)]
    return Meeting(
        handle=person.handle,
        name=person.name,
        photo=photo_url(person.photo_key),
        job=person.job,
        firm=person.firm,
        place=person.place,
        is_supplier=person.kind == "supplier",
        because=because,
        words=words,
        language=person.profile_language,
        sector=person.sector,
    )


def _people(viewer: Any) -> Sequence[Any]:
    """Whom the viewer could meet: members who say something, in a language the viewer reads, and
    read one the viewer writes. Members see what members show.
    """
    statement = _candidates(viewer.reads, viewer.profile_language, bool(viewer.company_id))
    return db.session.execute(statement, {"me": viewer.id, "mine": viewer.company_id}).all()


@lru_cache(maxsize=64)
def _candidates(
    reads: tuple[str, ...], language: str, has_company: bool
) -> Select[*tuple[Any, ...]]:
    query = (
        select(
            Member.handle,
            Member.name,
            Member.photo_key,
            Member.job,
            func.coalesce(Company.name, Member.company_name).label("firm"),
            Member.place,
            Member.kind,
            Member.sector,
            Member.profile_language,
            Member.about,
            Member.offers,
            Member.seeks,
        )
        .outerjoin(Company, Company.id == Member.company_id)
        .where(Member.id != bindparam("me"), is_here(), Member.confirmed_at.is_not(None))
        .where(Member.role.not_in(STAFF), Member.profile_language.in_(reads))
        .where(Member.reads.has_code(language))
        .where(or_(Member.offers != "", Member.seeks != ""))
        .order_by(Member.joined_at.desc(), Member.id.desc())
        .limit(LOOKED_AT)
    )
    if has_company:
        query = query.where(Member.company_id.is_distinct_from(bindparam("mine")))
    return query


def _weights(people: Sequence[Any]) -> dict[str, float]:
    """How much it says that two people use a word: the rarer, the more."""
    used = Counter(
        word for person in people for word in _words(_all_said(person), person.profile_language)
    )
    most = max(2, RARE * len(people))
    return {word: math.log(1 + len(people) / n) for word, n in used.items() if n <= most}


def _all_said(person: Any) -> str:
    return "\n".join((person.about, person.offers, person.seeks))


def _reason(viewer: Any, person: Any, weights: dict[str, float]) -> tuple[float, str, str]:
    """How well two people fit, why, and the sentence that says it."""
    near = SECTOR_ALONE if viewer.sector and viewer.sector == person.sector else 0.0
    reasons = [(near, "sector", "")]
    for because, mine, theirs in (
        ("seeks", viewer.offers, person.seeks),
        ("offers", viewer.seeks, person.offers),
    ):
        wanted = _words(mine, viewer.profile_language)
        score, words = _closest(wanted, theirs, person.profile_language, weights)
        if score:
            reasons.append((score + near, because, words))
    return max(reasons)


def _closest(
    wanted: frozenset[str], theirs: str, language: str, weights: dict[str, float]
) -> tuple[float, str]:
    """The sentence of theirs that says most of what is wanted."""
    scored = (
        (sum(weights.get(word, 0.0) for word in wanted & _words(each, language)), each)
        for each in _sentences(theirs)
    )
    score, words = max(scored, default=(0.0, ""))
    return score, excerpt(words, LONGEST_WORDS)


@lru_cache(maxsize=2048)
def _sentences(text: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in _SENTENCE.split(text) if each.strip())


@lru_cache(maxsize=4096)
def _words(text: str, language: str) -> frozenset[str]:
    """The words that mean something, singular and plural as one. Stems would join too many:
    fabrics that are printed, *stampati*, are no moulds, *stampi*.
    """
    plain = (
        word.rstrip("aeious") for word in folded_words(text) if not is_stop_word(word, language)
    )
    return frozenset(word for word in plain if len(word) >= SHORTEST) - SAYS_NOTHING
