"""Who keeps which texts."""

import pytest

from officine.blueprints.texts import policy
from officine.core.session import Visitor
from officine.models.document import KINDS
from tests.texts.conftest import named
from tests.world import World


@pytest.mark.parametrize("kind", KINDS)
def test_members_and_visitors_keep_none(app, world: World, kind):
    with app.test_request_context("/it/"):
        assert policy.may_keep(Visitor(), kind).sign_in
    assert not policy.may_keep(world.marta, kind)


@pytest.mark.parametrize("kind", ["reason", "words", "announcement", "welcome"])
def test_every_editor_keeps_what_the_desk_works_with(world: World, kind):
    for somebody in (world.giulia, world.beatriz, world.ruth):
        assert policy.may_keep(somebody, kind)


def test_what_binds_members_is_kept_by_manager_and_administrator(world: World):
    assert not policy.may_keep(world.giulia, "legal")
    assert policy.may_keep(world.beatriz, "legal")
    assert policy.may_keep(world.ruth, "legal")


def test_only_reasons_and_announcements_are_retired(world: World):
    assert policy.may_retire(world.giulia, named("reason", "tone"))
    assert not policy.may_retire(world.giulia, named("welcome", "welcome"))
    assert not policy.may_retire(world.ruth, named("legal", "terms"))


def test_a_retired_text_has_no_new_editions(world: World):
    reason = named("reason", "tone")
    reason.retired_at = reason.created_at

    assert not policy.may_edit(world.giulia, reason)


def test_editors_suggest_topics_that_are_not_private(world: World):
    assert policy.may_suggest(world.giulia, world.export)
    assert policy.may_suggest(world.giulia, world.castings)
    assert not policy.may_suggest(world.giulia, world.famiglia)
    assert not policy.may_suggest(world.marta, world.export)
