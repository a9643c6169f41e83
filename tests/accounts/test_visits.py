"""When members were seen, and what is forgotten."""

from datetime import timedelta

import time_machine
from sqlalchemy import select

from officine.blueprints.accounts import commands, jobs
from officine.blueprints.accounts.queries import open_sessions
from officine.core.clock import now
from officine.core.db import db
from officine.core.mail import Mail
from officine.models import Member, SignIn, Ticket


def test_a_page_writes_nothing_and_the_worker_notes_the_visit(world, visit, settle):
    browser = visit(world.marta)
    first_seen = open_sessions(world.marta)[0].seen_at

    with time_machine.travel(now() + timedelta(minutes=11), tick=True):
        browser.get("/it/settings")
        assert open_sessions(world.marta)[0].seen_at == first_seen
        settle()
        assert open_sessions(world.marta)[0].seen_at > first_seen + timedelta(minutes=10)


def test_within_ten_minutes_nothing_is_noted(world, visit, app, settle):
    browser = visit(world.marta)
    settle()
    with time_machine.travel(now() + timedelta(minutes=9), tick=True):
        browser.get("/it/settings")

    assert app.extensions["officine.queue"].pending_count() == 0


def test_a_session_that_ended_meanwhile_is_left_alone(world, visit):
    visit(world.marta)
    session = open_sessions(world.marta)[0]
    commands.end_session(session, at=now())
    seen = session.seen_at

    jobs.note_visit(session.id)
    jobs.note_visit(987654)

    assert session.seen_at == seen


def test_every_night_what_nobody_needs_is_forgotten(world, visit, settle):
    visit(world.marta)
    visit().post("/it/password/forgotten", email=world.marta.email)
    settle()
    newcomer = world.newcomer.id

    with time_machine.travel(now() + timedelta(days=91), tick=True):
        jobs.forget()

    assert db.session.get(Member, newcomer) is None
    assert db.session.get(Member, world.marta.id) is not None
    for table in (SignIn, Ticket, Mail):
        assert db.session.scalars(select(table)).first() is None


def test_what_is_fresh_is_kept(world, visit):
    world.newcomer.joined_at = now()
    visit(world.marta)

    jobs.forget()

    assert db.session.get(Member, world.newcomer.id) is not None
    assert open_sessions(world.marta)


def test_two_members_are_never_the_same(world):
    assert world.marta != world.teresa
    assert len({world.marta, world.teresa, world.marta}) == 2
