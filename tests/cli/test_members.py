"""Commands about people."""

import pytest
from sqlalchemy import select

from officine.cli.application import Refused
from officine.cli.members import promote
from officine.core.audit import AuditEntry
from officine.core.db import db
from tests.world import World


def test_a_member_becomes_an_administrator_however_the_address_is_spelled(world: World) -> None:
    promote(f" {world.marta.email.upper()} ")

    assert world.marta.role == "administrator"


def test_who_became_an_administrator_is_kept_in_the_audit_log(world: World) -> None:
    promote(world.marta.email)
    db.session.commit()

    entry = db.session.scalar(select(AuditEntry))
    assert entry is not None
    assert (entry.act, entry.by_id) == ("role.administrator", None)
    assert entry.about == {"member": world.marta.id}


def test_whoever_runs_the_server_vouches_for_the_address(world: World) -> None:
    promote(world.newcomer.email)

    assert world.newcomer.is_confirmed


def test_nobody_becomes_an_administrator_without_an_account(world: World) -> None:
    with pytest.raises(Refused, match="Sign up first"):
        promote("nobody@officine.example")
