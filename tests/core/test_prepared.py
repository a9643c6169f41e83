"""Statements that are written once serve everyone, and nobody with another’s answer."""

from datetime import timedelta

import pytest
from sqlalchemy import bindparam, select

from officine.core import clock
from officine.core.db import db
from officine.core.prepared import for_, prepared
from officine.core.session import Visitor
from officine.models import Group
from officine.models.group import belongs_to, readable_by

written = []


@prepared
def readable(viewer, language):
    written.append(language)
    query = select(Group.slug).where(readable_by(viewer), Group.language == language)
    return query.where(Group.created_at < bindparam("before"))


def slugs(viewer, language="it"):
    tomorrow = clock.now() + timedelta(days=1)
    return set(db.session.scalars(readable(viewer, language), for_(viewer, before=tomorrow)))


def test_everyone_gets_their_own_answer(app, world):
    with app.test_request_context("/it/"):
        assert slugs(Visitor()) == {"export-e-dogane"}
    assert slugs(world.marta) == {"export-e-dogane", "passaggio-generazionale"}
    assert slugs(world.davide) == {"export-e-dogane"}
    assert slugs(world.giulia) == {"export-e-dogane", "passaggio-generazionale"}
    assert slugs(world.emma, "en") == {"metal-and-castings"}


def test_a_statement_is_written_once_for_each_kind_of_viewer(world):
    slugs(world.marta)
    before = len(written)
    world.davide.reads = world.marta.reads

    slugs(world.davide)

    assert len(written) == before


def test_what_is_one_viewer_s_alone_is_not_built_in(world):
    @prepared
    def careless(viewer):
        return select(Group.slug).where(Group.language == viewer.profile_language)

    with pytest.raises(AttributeError):
        careless(world.marta)


def test_a_visitor_s_missing_number_is_nobody_s(app, world):
    @prepared
    def mine(viewer):
        return select(Group.slug).where(Group.created_by_id == viewer.id, ~belongs_to(viewer))

    with app.test_request_context("/it/"):
        assert db.session.scalars(mine(Visitor()), for_(Visitor())).all() == []
