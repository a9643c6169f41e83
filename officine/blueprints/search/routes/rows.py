"""What the database says of each hit, and what a list shows of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import url_for
from markupsafe import Markup

from officine.blueprints.captions import search as captions_search
from officine.blueprints.companies import search as companies_search
from officine.blueprints.events import search as events_search
from officine.blueprints.forum import search as forum_search
from officine.blueprints.forum.queries import page_of
from officine.blueprints.groups import search as groups_search
from officine.blueprints.interviews import search as interviews_search
from officine.blueprints.profiles import search as profiles_search
from officine.blueprints.search.queries import Check
from officine.core.i18n import page_language
from officine.core.index.highlights import Marker
from officine.core.index.interface import Hit
from officine.core.session import viewer

BESIDE = 100
"""Characters of text that stand under a name."""


@dataclass(frozen=True)
class Row:
    """Something found, as its list shows it: the address, the name with its words marked, a
    line with its words marked, and the thing itself.
    """

    url: str
    name: Markup
    line: Markup
    thing: Any


def checks() -> dict[str, Check]:
    looking = viewer()
    return {
        "topic": lambda ids: _named("post", forum_search.readable_ids(looking, _numbers(ids))),
        "interview": lambda ids: _open_interviews(looking, ids),
        "event": lambda ids: events_search.SOURCE.readable_ids(looking, ids),
        "group": lambda ids: _named("group", groups_search.known_ids(looking, _numbers(ids))),
        "company": lambda ids: _named("company", companies_search.present_ids(_numbers(ids))),
        "person": _present_people,
    }


def _open_interviews(looking: Any, ids: Iterable[str]) -> set[str]:
    said, read = _said_and_read(ids)
    return captions_search.audible_ids(looking, said) | interviews_search.SOURCE.readable_ids(
        looking, read
    )


def _said_and_read(ids: Iterable[str]) -> tuple[list[str], list[str]]:
    """What is said in interviews, and what is read of them."""
    said: list[str] = []
    read: list[str] = []
    for id in ids:
        (read if interviews_search.SOURCE.is_text(id) else said).append(id)
    return said, read


def _present_people(ids: Iterable[str]) -> set[str]:
    present = profiles_search.listed_ids(_numbers(ids))
    return {id for id in ids if _number(id) in present}


def _named(noun: str, row_ids: Iterable[int]) -> set[str]:
    return {f"{noun}:{row_id}" for row_id in row_ids}


def _number(id: str) -> int:
    return int(id.split(":")[1])


def _numbers(ids: Iterable[str]) -> list[int]:
    return [_number(id) for id in ids]


def rows_of(kind: str, hits: list[Hit], marker: Marker) -> list[Row]:
    if not hits:
        return []
    if kind == "interview":
        return _interview_rows(hits, marker)
    if kind == "event":
        return _event_rows(hits, marker)
    rows = {
        "topic": _topic_rows,
        "person": _person_rows,
        "company": _company_rows,
        "group": _group_rows,
    }[kind]([_number(hit.id) for hit in hits], marker)
    return [rows[_number(hit.id)] for hit in hits if _number(hit.id) in rows]


def _topic_rows(ids: list[int], marker: Marker) -> dict[int, Row]:
    return {
        post.id: Row(
            url=url_for(
                "forum.show",
                topic_id=post.topic_id,
                slug=post.slug,
                page=page_of(post.number) if page_of(post.number) > 1 else None,
                _anchor=f"post-{post.id}" if post.number > 1 else None,
            ),
            name=marker.mark(post.title, post.topic_language),
            line=marker.snippet(post.words, post.language),
            thing=post,
        )
        for post in forum_search.found_posts(viewer(), ids).values()
    }


def _interview_rows(hits: Iterable[Hit], marker: Marker) -> list[Row]:
    hits = list(hits)
    said, read = _said_and_read(each.id for hit in hits for each in hit.all)
    passages = captions_search.found_passages(viewer(), said)
    texts = interviews_search.SOURCE.found_texts(viewer(), read)
    rows = []
    for hit in hits:
        answers = [
            _said_row(passages[it.id], marker)
            if it.id in passages
            else _read_row(texts[it.id], marker)
            for it in hit.all
            if it.id in passages or it.id in texts
        ]
        if answers:
            rows.append(max(answers, key=lambda answer: answer[0])[1])
    return rows


Worth = tuple[int, bool, bool]
"""How many of the words that were asked for it says; whether they are said aloud; whether in the
language of the page.
"""


def _said_row(found: captions_search.FoundPassage, marker: Marker) -> tuple[Worth, Row]:
    """The sentence that answers best; it opens where it is said."""
    language = found.language
    sentence, is_said = found.best_sentence(lambda text: marker.worth(text, language))
    title, title_language = found.title
    seconds = sentence.starts_ms // 1000 if is_said else None
    row = Row(
        url=url_for("interviews.show", slug=found.interview.slug, t=seconds, transcript=language),
        name=marker.mark(title, title_language),
        line=marker.snippet(sentence.text, language),
        thing={
            "language": language,
            "title_language": title_language,
            "seconds": seconds,
            "speaker": found.passage.speaker if is_said else "",
        },
    )
    worth = marker.worth(sentence.text, language)
    return (worth, is_said, language == page_language()), row


def _read_row(found: interviews_search.FoundInterview, marker: Marker) -> tuple[Worth, Row]:
    """The title, and the part of the text that answers best; it opens at the text."""
    language = found.language
    parts = found.parts or (found.title,)
    row = Row(
        url=url_for("interviews.show", slug=found.told.slug, text=language),
        name=marker.mark(found.title, language),
        line=_telling(marker, language, *parts),
        thing={
            "language": language,
            "title_language": language,
            "seconds": None,
            "speaker": "",
        },
    )
    worth = marker.worth(" ".join((found.title, *parts)), language)
    return (worth, False, language == page_language()), row


def _event_rows(hits: Iterable[Hit], marker: Marker) -> list[Row]:
    """Each event by the text that answers best, and the part of it that does."""
    hits = list(hits)
    texts = events_search.SOURCE.found_texts(
        viewer(), [each.id for hit in hits for each in hit.all]
    )
    rows = []
    for hit in hits:
        known = [texts[each.id] for each in hit.all if each.id in texts]
        if not known:
            continue
        best = max(known, key=lambda it: _event_worth(it, marker))
        rows.append(
            Row(
                url=url_for("events.show", slug=best.told.slug, text=best.language),
                name=marker.mark(best.title, best.language),
                line=_telling(marker, best.language, *(best.parts or ("",))),
                thing=best,
            )
        )
    return rows


def _event_worth(found: events_search.FoundEvent, marker: Marker) -> tuple[int, bool]:
    words = " ".join((found.title, *found.parts))
    return marker.worth(words, found.language), found.language == page_language()


def _person_rows(ids: list[int], marker: Marker) -> dict[int, Row]:
    rows = {}
    for member_id, found in profiles_search.found_people(viewer(), ids).items():
        profile = found.profile
        standing = ", ".join(filter(None, (profile.job, profile.firm, profile.place)))
        more = (profile.offers, profile.seeks, found.words)
        rows[member_id] = Row(
            url=url_for("profiles.show", handle=profile.handle),
            name=marker.mark(profile.name, profile.language),
            line=_telling(marker, profile.language, standing, *more),
            thing=found,
        )
    return rows


def _company_rows(ids: list[int], marker: Marker) -> dict[int, Row]:
    rows = {}
    for company in companies_search.found_companies(ids).values():
        more = (company.offers, company.seeks, companies_search.words_of(company), company.place)
        rows[company.id] = Row(
            url=url_for("companies.show", slug=company.slug),
            name=marker.mark(company.name, company.language),
            line=_telling(marker, company.language, company.tagline or company.place, *more),
            thing=company,
        )
    return rows


def _group_rows(ids: list[int], marker: Marker) -> dict[int, Row]:
    rows = {}
    for group in groups_search.found_groups(viewer(), ids).values():
        more = groups_search.words_of(group)
        rows[group.id] = Row(
            url=url_for("groups.show", slug=group.slug),
            name=marker.mark(group.name, group.language),
            line=_telling(marker, group.language, group.purpose, more),
            thing=group,
        )
    return rows


def _telling(marker: Marker, language: str, *texts: str) -> Markup:
    """The first of these texts that holds a word of the question; failing that, the first."""
    text = next((text for text in texts if marker.finds(text, language)), texts[0])
    return marker.snippet(text, language, BESIDE)
