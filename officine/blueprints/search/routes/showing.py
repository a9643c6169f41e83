"""The page of results."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Response, abort, request

from officine.blueprints.search import queries
from officine.blueprints.search.queries import Answer, Wanted
from officine.blueprints.search.routes.blueprint import PACE, search
from officine.blueprints.search.routes.rows import Row, checks, rows_of
from officine.core.asked import asked_languages, asked_words, one_of
from officine.core.htmx import is_partial, page
from officine.core.i18n import LANGUAGES, OWN_NAMES, page_language
from officine.core.index.highlights import as_written
from officine.core.index.interface import KINDS, Hit, IndexUnavailable
from officine.core.index.keeping import heal_soon
from officine.core.limits import limiter
from officine.core.session import viewer
from officine.core.words import number

PAGE = 20
OF_EACH_KIND = {"topic": 6, "interview": 3, "event": 3, "person": 3, "company": 3, "group": 3}


@search.get("/search")
@limiter.limit(PACE)
def show() -> Response:
    wanted = wanted_here()
    if not wanted.text:
        return _page(wanted, None)
    try:
        answer = queries.answer_to(viewer(), wanted, checks())
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


def wanted_here() -> Wanted:
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
    figures: dict[str, str]
    """How many of each kind, and of all, as it is written: 200+ where there is more."""
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
    rows = {kind: rows_of(kind, _on_page(fitting, kind, wanted), marker) for kind in KINDS}
    texts = [str(row.name.striptags()) for each in rows.values() for row in each]
    texts += [str(row.line.striptags()) for each in rows.values() for row in each]
    suggestion = answer.suggestion and as_written(answer.suggestion, texts)
    return Results(
        text=suggestion if suggestion and answer.is_corrected else wanted.text,
        total=len(fitting),
        is_more=answer.has_more(kind=wanted.kind, languages=wanted.languages),
        kinds={kind: kinds.get(kind, 0) for kind in KINDS},
        figures={
            kind: _figure(
                kinds.get(kind, 0) if kind else sum(kinds.values()),
                answer.has_more(kind=kind, languages=wanted.languages),
            )
            for kind in ("", *KINDS)
        },
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


def _figure(count: int, is_more: bool) -> str:
    return f"{number(count)}+" if is_more else number(count)


def _switches(answer: Answer, wanted: Wanted) -> list[Switch]:
    counts = queries.counts_by_language(answer, wanted)
    shown = [code for code in LANGUAGES if counts.get(code) or code in wanted.languages]
    on = {code for code in shown if not wanted.languages or code in wanted.languages}
    switches = []
    for code in shown:
        after = on ^ {code}
        chosen = [] if after in (set(), set(shown)) else sorted(after)
        figure = _figure(counts.get(code, 0), answer.has_more(kind=wanted.kind, languages=(code,)))
        switches.append((code, OWN_NAMES[code], figure, code in on, _with(chosen)))
    return switches if len(switches) > 1 else []


def _with(languages: list[str]) -> str:
    """This page’s address with other languages. Written by hand: the filter is called as the
    first part of the address is.
    """
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    kept = [(name, value) for name, value in kept if name != "page"]
    return f"{request.path}?{urlencode([*kept, *(('lang', each) for each in languages)])}"
