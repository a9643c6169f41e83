"""The texts that tests change."""

from collections.abc import Callable

import pytest

from officine.blueprints.texts import commands, queries
from officine.core.clock import now
from officine.core.db import db
from officine.models import Document, Edition, Member


@pytest.fixture
def terms(app) -> Document:
    """The terms, in their first edition."""
    return named("legal", "terms")


@pytest.fixture
def welcome(app) -> Document:
    """The words for newcomers, in their first edition."""
    return named("welcome", "welcome")


@pytest.fixture
def publish(app) -> Callable[..., Edition]:
    """Write a new edition: `publish(terms, "it", by=world.beatriz, text="…")`."""

    def write(
        document: Document, language: str, *, by: Member, change: str = "meaning", **words: str
    ) -> Edition:
        state = queries.find_text(document.id)
        assert state is not None
        current = state.editions.get(language)
        said = {
            "title": current.title if current else "?",
            "text": current.text if current else "?",
        }
        edition = commands.publish(
            document, language, by=by, at=now(), change=change,
            seen=current.number if current else 0, **(said | words),
        )  # fmt: skip
        db.session.commit()
        return edition

    return write


def named(kind: str, key: str) -> Document:
    """The document of a kind and name."""
    state = queries.find_text_called(kind, key)
    assert state is not None
    return state.document
