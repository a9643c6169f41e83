"""Who sees the rota, and who changes it."""

from officine.blueprints.rota import policy
from officine.core.session import Visitor
from tests.world import World


def test_the_team_sees_the_rota(world: World):
    assert policy.may_see_rota(world.giulia)
    assert policy.may_see_rota(world.ruth)
    assert not policy.may_see_rota(world.marta)
    assert not policy.may_see_rota(Visitor())


def test_editors_declare_their_own_hours_and_managers_everybody_s(world: World):
    assert policy.may_change_hours(world.giulia, world.giulia)
    assert policy.may_change_hours(world.beatriz, world.giulia)
    assert policy.may_change_hours(world.ruth, world.giulia)
    assert not policy.may_change_hours(world.giulia, world.beatriz)
    assert not policy.may_change_hours(world.marta, world.marta)
