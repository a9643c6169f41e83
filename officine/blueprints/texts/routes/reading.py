"""The pages that bind members and the house: in force now, and in every edition before."""

import re
from collections.abc import Sequence
from typing import Any

from flask import Response, abort

from officine.blueprints.texts import queries
from officine.blueprints.texts.routes.blueprint import KEY, texts
from officine.core.clock import now
from officine.core.htmx import page
from officine.core.i18n import page_language
from officine.lib.differences import Piece, differences
from officine.lib.text import words_in
from officine.models import Edition

END_OF_BLOCK = re.compile(r"</(?:p|h2|h3|h4|li|td|th|blockquote)>")


@texts.get(f"/<{KEY}:key>")
def show(key: str) -> Response:
    """What is in force, in the page’s language if there is such an edition."""
    text, edition = _text(key)
    lead, _, rest = edition.html.partition("</p>")
    begins_with_lead = lead.startswith("<p>")
    return page(
        "texts/show.html",
        key=key,
        edition=edition,
        summary=words_in(lead) if begins_with_lead else "",
        lead=lead.removeprefix("<p>") if begins_with_lead else "",
        html=rest if begins_with_lead else edition.html,
        is_outdated=text.is_outdated(edition.language),
        changes=text.changes(page_language()),
    )


@texts.get(f"/<{KEY}:key>/versions")
def versions(key: str) -> Response:
    """Every edition there was, with its date."""
    text, edition = _text(key)
    return page(
        "texts/versions.html",
        key=key,
        edition=edition,
        editions=queries.editions_of(text.document, edition.language),
        at=now(),
    )


@texts.get(f"/<{KEY}:key>/versions/<int:number>")
def version(key: str, number: int) -> Response:
    """One edition, with what was different from the one before."""
    text, current = _text(key)
    editions = queries.editions_of(text.document, current.language)
    found = next((each for each in editions if each.number == number), None) or abort(404)
    return _version(key, found, editions)


@texts.get(f"/<{KEY}:key>/changes/<int:revision>")
def change(key: str, revision: int) -> Response:
    """What changed in the meaning, in the reader’s language as soon as it says it too."""
    text, _ = _text(key)
    found = queries.find_change(text.document, revision, page_language()) or abort(404)
    return _version(key, found, queries.editions_of(text.document, found.language))


def _version(key: str, found: Edition, editions: Sequence[Edition]) -> Response:
    before = next((each for each in editions if each.number == found.number - 1), None)
    pieces = _changes_for_readers(before, found) if before else None
    in_force = next((each.number for each in editions if each.in_force_at <= now()), 0)
    return page("texts/version.html", key=key, edition=found, pieces=pieces, in_force=in_force)


def _changes_for_readers(before: Edition, after: Edition) -> list[Piece]:
    """What is different, in words and without marks; where only a link or a mark is, with them."""
    old, new = _words_of(before), _words_of(after)
    return differences(old, new) if old != new else differences(before.text, after.text)


def _words_of(edition: Edition) -> str:
    blocks = (words_in(block) for block in END_OF_BLOCK.split(edition.html))
    return "\n\n".join(block for block in blocks if block)


def changes_in(edition: Edition, editions: Sequence[Edition]) -> list[Piece] | None:
    """What an edition changed of the one before; None for the first."""
    before = next((each for each in editions if each.number == edition.number - 1), None)
    return differences(before.text, edition.text) if before else None


def _text(key: str) -> tuple[queries.TextState, Edition]:
    text: Any = queries.find_page(key, now()) or abort(404)
    return text, text.edition(page_language())
