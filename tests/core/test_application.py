"""Addresses are kept, and are those that Flask would build."""

from collections.abc import Callable

import pytest
from flask import Flask, url_for

from officine.core.i18n import writing_in


@pytest.fixture
def built(app: Flask) -> Callable[..., str]:
    """What Flask builds, each time anew."""
    return super(type(app), app).url_for


def test_each_language_keeps_addresses_of_its_own(app: Flask) -> None:
    with app.test_request_context("/it/groups"):
        for _ in range(2):
            assert url_for("groups.index") == "/it/groups"
            with writing_in("es"):
                assert url_for("groups.index") == "/es/groups"
            assert url_for("groups.index", lang="en") == "/en/groups"


def test_a_relative_name_means_what_the_page_is_part_of(app: Flask) -> None:
    for place in ("groups", "people", "groups"):
        with app.test_request_context(f"/it/{place}"):
            assert url_for(".index") == f"/it/{place}"


@pytest.mark.parametrize(
    "values",
    [
        {"q": "l’export & c."},
        {"page": 1},
        {"page": "1"},
        {"page": True},
        {"page": 1, "_anchor": "è qui"},
        {"lang": "es", "sector": ["trade", "energy"]},
        {"q": None},
    ],
    ids=str,
)
def test_what_is_kept_is_what_flask_builds(
    app: Flask, built: Callable[..., str], values: dict[str, object]
) -> None:
    with app.test_request_context("/it/people"):
        for _ in range(2):
            assert url_for("groups.index", **values) == built("groups.index", **values)


def test_a_site_below_another_address_keeps_its_own(app: Flask) -> None:
    for root in ("", "/club", ""):
        with app.test_request_context("/it/groups", environ_overrides={"SCRIPT_NAME": root}):
            assert url_for("groups.index") == f"{root}/it/groups"
