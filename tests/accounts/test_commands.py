"""Business rules that no page shows by itself."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm.attributes import set_committed_value

from officine.blueprints.accounts import commands
from officine.blueprints.accounts.commands import joining
from officine.core.clock import now
from officine.core.db import db
from officine.models import Member, Ticket


def test_a_member_is_made_administrator(world):
    commands.make_administrator(world.marta)
    db.session.commit()

    assert db.session.get(Member, world.marta.id).is_administrator


def test_of_two_who_use_a_link_at_once_one_is_let_through(world):
    commands.send_confirmation_again(world.newcomer, at=now())
    ticket = db.session.scalars(select(Ticket)).one()
    commands.confirm(ticket, at=now())
    # The other read the ticket before it was used.
    db.session.refresh(ticket)
    set_committed_value(ticket, "used_at", None)
    assert ticket.is_good(now())

    with pytest.raises(commands.TicketSpent):
        commands.confirm(ticket, at=now())


def test_an_address_that_is_taken_meanwhile_is_no_accident(world, monkeypatch):
    """Two sign-ups with one address at the same instant: the second finds the first’s row."""
    seen = iter([None, world.marta])
    find = joining.find_member_by_address
    monkeypatch.setattr(
        joining, "find_member_by_address", lambda email: next(seen, None) or find(email)
    )

    commands.sign_up(
        name="Ada Verdi", email=world.marta.email, password="quattro telai cantano piano",
        kind="entrepreneur", language="it", reads=("it",), at=now(),
    )  # fmt: skip

    tickets = db.session.scalars(select(Ticket)).all()
    assert [(ticket.purpose, ticket.member) for ticket in tickets] == [("reset", world.marta)]
