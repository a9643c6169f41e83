"""One box over everything: topics, interviews, events, people, companies, groups."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, request, url_for
from markupsafe import Markup

from officine.blueprints.captions import search as captions_search
from officine.blueprints.companies import search as companies_search
from officine.blueprints.events import search as events_search
from officine.blueprints.forum import search as forum_search
from officine.blueprints.forum.queries import page_of
from officine.blueprints.groups import search as groups_search
from officine.blueprints.interviews import search as interviews_search
from officine.blueprints.profiles import search as profiles_search
from officine.blueprints.search import queries
from officine.blueprints.search.queries import Answer, Check, Wanted
from officine.core.asked import asked_languages, asked_words, one_of
from officine.core.htmx import is_partial, page
from officine.core.i18n import LANGUAGES, OWN_NAMES, page_language
from officine.core.index.highlights import Marker, as_written
from officine.core.index.interface import KINDS, Hit, IndexUnavailable
from officine.core.index.keeping import heal_soon
from officine.core.limits import limiter
from officine.core.session import viewer
from officine.core.words import number

search = Blueprint("search", __name__)

PAGE = 20
PACE = "240 per minute"
"""Fast enough for a whole office that types at once; a machine has other ways in."""
BESIDE = 100
"""Characters of text that stand under a name."""
OF_EACH_KIND = {"topic": 6, "interview": 3, "event": 3, "person": 3, "company": 3, "group": 3}


@search.get("/search")
@limiter.limit(PACE)
def show() -> Response:
    wanted = _wanted()
    if not wanted.text:
        return _page(wanted, None)
    try:
        answer = queries.answer_to(viewer(), wanted, _checks())
    except IndexUnavailable:
        heal_soon()
        return _page(wanted, None, heals=True)

    results = _results(answer, wanted)
    if wanted.page > 1 and not any(results.rows.values()):
        abort(404)
    return _page(wanted, results)


def _page(wanted: Wanted, results: "Results | None", *, heals: bool = False) -> Response:
    return page(
        "search/show.html",
        part="results",
        wanted=wanted,
        results=results,
        heals=heals,
        is_piece=is_partial(),
    )


def _wanted() -> Wanted:
    languages = asked_languages()
    asked = request.args.get("page", "1")
    return Wanted(
        text=asked_words(),
        reads=tuple(dict.fromkeys((page_language(), *viewer().reads))),
        kind=one_of(KINDS, "kind"),
        languages=languages if len(languages) < len(LANGUAGES) else (),
        page=int(asked) if re.fullmatch(r"[1-9][0-9]{0,2}", asked) else 1,
        to_the_letter=request.args.get("exactly") == "1",
        is_unfinished=is_partial() and request.headers.get("HX-Source", "").startswith("input"),
    )


@dataclass(frozen=True)
class Row:
    """Something found, as its list shows it: the address, the name with its words marked, a
    line with its words marked, and the thing itself.
    """

    url: str
    name: Markup
    line: Markup
    thing: Any


Switch = tuple[str, str, str, bool, str]
"""A language as a link that takes it in or leaves it out: code, own name, count, on, address."""


@dataclass(frozen=True)
class Results:
    """What the page shows."""

    text: str
    total: int
    is_more: bool
    """There is more than is counted."""
    kinds: dict[str, int]
    everything: int
    switches: list[Switch]
    rows: dict[str, list[Row]]
    left: int
    """How many of the one kind come after this page."""
    asked: str
    """The question as it was typed, where another was answered."""
    suggestion: str | None


def _results(answer: Answer, wanted: Wanted) -> Results:
    kinds = queries.counts_by_kind(answer, wanted)
    fitting = [
        narrowed for hit in answer.hits if wanted.fits(hit) and (narrowed := wanted.narrowed(hit))
    ]
    marker = queries.marker_for(answer, wanted)
    rows = {kind: _rows(kind, _on_page(fitting, kind, wanted), marker) for kind in KINDS}
    texts = [str(row.name.striptags()) for each in rows.values() for row in each]
    texts += [str(row.line.striptags()) for each in rows.values() for row in each]
    suggestion = answer.suggestion and as_written(answer.suggestion, texts)
    return Results(
        text=suggestion if suggestion and answer.is_corrected else wanted.text,
        total=len(fitting),
        is_more=any(not wanted.kind or kind == wanted.kind for kind in answer.overfull),
        kinds={kind: kinds.get(kind, 0) for kind in KINDS},
        everything=sum(kinds.values()),
        switches=_switches(answer, wanted),
        rows=rows,
        left=max(0, len(fitting) - wanted.page * PAGE) if wanted.kind else 0,
        asked=wanted.text if answer.is_corrected else "",
        suggestion=None if answer.is_corrected else suggestion,
    )


def _on_page(hits: Iterable[Hit], kind: str, wanted: Wanted) -> list[Hit]:
    of_kind = [hit for hit in hits if hit.kind == kind]
    if not wanted.kind:
        return of_kind[: OF_EACH_KIND[kind]]
    return of_kind[(wanted.page - 1) * PAGE : wanted.page * PAGE]


def _switches(answer: Answer, wanted: Wanted) -> list[Switch]:
    counts = queries.counts_by_language(answer, wanted)
    shown = [code for code in LANGUAGES if counts.get(code) or code in wanted.languages]
    on = {code for code in shown if not wanted.languages or code in wanted.languages}
    switches = []
    for code in shown:
        after = on ^ {code}
        chosen = [] if after in (set(), set(shown)) else sorted(after)
        switches.append(
            (code, OWN_NAMES[code], number(counts.get(code, 0)), code in on, _with(chosen))
        )
    return switches if len(switches) > 1 else []


def _with(languages: list[str]) -> str:
    """This page’s address with other languages. Written by hand: the filter is called as the
    first part of the address is.
    """
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    kept = [(name, value) for name, value in kept if name != "page"]
    return f"{request.path}?{urlencode([*kept, *(('lang', each) for each in languages)])}"


# What the database says of each hit, and what a list shows of it


def _checks() -> dict[str, Check]:
    looking = viewer()
    return {
        "topic": lambda ids: _named("post", forum_search.readable_ids(looking, _rows_of(ids))),
        "interview": lambda ids: _open_interviews(looking, ids),
        "event": lambda ids: events_search.SOURCE.readable_ids(looking, ids),
        "group": lambda ids: _named("group", groups_search.known_ids(looking, _rows_of(ids))),
        "company": lambda ids: _named("company", companies_search.present_ids(_rows_of(ids))),
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
    present = profiles_search.listed_ids(_rows_of(ids))
    return {id for id in ids if _row_of(id) in present}


def _named(noun: str, row_ids: Iterable[int]) -> set[str]:
    return {f"{noun}:{row_id}" for row_id in row_ids}


def _row_of(id: str) -> int:
    return int(id.split(":")[1])


def _rows_of(ids: Iterable[str]) -> list[int]:
    return [_row_of(id) for id in ids]


def _rows(kind: str, hits: list[Hit], marker: Marker) -> list[Row]:
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
    }[kind]([_row_of(hit.id) for hit in hits], marker)
    return [rows[_row_of(hit.id)] for hit in hits if _row_of(hit.id) in rows]


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
