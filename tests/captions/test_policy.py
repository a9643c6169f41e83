"""Who works on captions."""

from officine.blueprints.captions.policy import may_see, may_work
from officine.core.session import Visitor
from tests.world import World


def test_editors_managers_and_administrators_work_on_captions(world: World) -> None:
    for member in (world.giulia, world.beatriz, world.ruth):
        assert may_see(member) is True
        assert may_work(member) is True


def test_nobody_else_does(app: object, world: World) -> None:
    assert may_work(Visitor()).sign_in  # type: ignore[union-attr]
    for member in (world.marta, world.davide, world.newcomer):
        assert not may_see(member)
        assert not may_work(member)
