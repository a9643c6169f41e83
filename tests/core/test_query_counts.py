"""The table of queries names the pages there are, and a page that asks once a row exceeds it."""

import pytest
from sqlalchemy import select

from officine.core.db import db
from officine.models import Member
from tests.query_counts import NEEDED, stated_for


def test_every_page_states_its_number_once(app):
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in rule.methods}

    assert sorted(pages - set(NEEDED)) == []
    assert sorted(set(NEEDED) - pages) == []


def test_a_page_that_asks_too_much_is_noticed(app, world, visit, monkeypatch):
    def asks_too_much() -> str:
        for _ in range(stated_for(app, "/it/groups") + 1):
            db.session.scalar(select(Member.id).limit(1))
        return "…"

    monkeypatch.setitem(app.view_functions, "groups.index", asks_too_much)

    with pytest.raises(AssertionError, match="queries for /it/groups"):
        visit().get("/it/groups")
