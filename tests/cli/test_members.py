"""Commands about people."""

import pytest

from officine.cli.application import Refused
from officine.cli.members import promote
from tests.world import World


def test_a_member_becomes_an_administrator_however_the_address_is_spelled(world: World) -> None:
    promote(f" {world.marta.email.upper()} ")

    assert world.marta.role == "administrator"


def test_nobody_becomes_an_administrator_without_an_account(world: World) -> None:
    with pytest.raises(Refused, match="Sign up first"):
        promote("nobody@officine.example")
