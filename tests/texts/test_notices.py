"""Who hears of the texts of the team, and how often."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from officine.blueprints.accounts.commands import confirm, send_confirmation_again
from officine.blueprints.texts import notices
from officine.blueprints.texts.events import TextChanged
from officine.core.clock import now
from officine.core.db import db
from officine.core.mail import Mail
from officine.core.outbox import record
from officine.models import Notification, Ticket
from tests.world import World, person


def heard(kind: str) -> dict[int, int]:
    rows = db.session.execute(
        select(Notification.member_id, func.count())
        .where(Notification.kind == kind)
        .group_by(Notification.member_id)
    )
    return {row[0]: row[1] for row in rows}


def test_every_member_is_told_once_in_their_language(
    world: World, terms, publish, settle, outbound
):
    publish(terms, "it", by=world.ruth, text="Nuovo senso.")
    settle()
    settle()

    told = heard("text-changed")
    assert told[world.marta.id] == told[world.emma.id] == told[world.teresa.id] == 1
    assert world.newcomer.id not in told
    letters = {mail.to_address: mail for mail in db.session.scalars(select(Mail))}
    assert letters["marta-colombo@example.org"].subject == "Che cosa cambia in «Condizioni»"
    assert "/it/terms/changes/2" in letters["marta-colombo@example.org"].text
    assert letters["emma-whitcombe@example.org"].subject == "What changes in “Terms”"
    assert "being translated" in letters["emma-whitcombe@example.org"].text
    assert "traducendo" not in letters["marta-colombo@example.org"].text
    assert "piero-neri@example.org" not in letters


def test_a_reaction_that_runs_twice_tells_nobody_twice(world: World, terms, publish, settle):
    publish(terms, "it", by=world.ruth, text="Nuovo senso.")
    settle()
    letters = db.session.scalar(select(func.count(Mail.id)))

    notices.tell_members(TextChanged(terms.id, 2))
    record(TextChanged(terms.id, 2))
    settle()

    assert set(heard("text-changed").values()) == {1}
    assert db.session.scalar(select(func.count(Mail.id))) == letters


def test_a_translation_tells_nobody_again(world: World, terms, publish, settle):
    publish(terms, "it", by=world.ruth, text="Nuovo senso.")
    publish(terms, "en", by=world.ruth, change="translation", text="New sense.")
    settle()

    assert set(heard("text-changed").values()) == {1}


def test_all_are_told_in_batches(world: World, terms, publish, settle, monkeypatch):
    monkeypatch.setattr(notices, "BATCH", 2)
    publish(terms, "it", by=world.ruth, text="Nuovo senso.")
    settle()

    assert len(heard("text-changed")) == 7
    assert set(heard("text-changed").values()) == {1}


def test_who_joins_afterwards_agreed_to_the_new_text(world: World, terms, publish, settle):
    publish(terms, "it", by=world.ruth, text="Nuovo senso.")
    late = person("anna-late", "Anna Late", "it", ("it",))
    late.joined_at = late.confirmed_at = now() + timedelta(minutes=1)
    db.session.add(late)
    db.session.commit()
    settle()

    assert late.id not in heard("text-changed")


def test_the_notification_leads_to_what_is_different(visit, world: World, terms, publish, settle):
    publish(terms, "it", by=world.ruth, text="Nuovo senso.")
    settle()
    notice = db.session.scalar(select(Notification).filter_by(member_id=world.marta.id))

    assert "Le condizioni cambiano" in visit(world.marta).get("/it/notifications").text
    reply = visit(world.marta).get(f"/it/notifications/{notice.id}")
    assert reply.location == "/it/terms/changes/2"


@pytest.fixture
def welcomed(world: World, settle):
    """Piero confirms his address."""
    send_confirmation_again(world.newcomer, at=now())
    db.session.commit()
    ticket = db.session.scalar(select(Ticket).filter_by(member_id=world.newcomer.id))
    confirm(ticket, at=now())
    settle()
    return world.newcomer


def test_a_newcomer_finds_the_welcome_on_today_until_it_is_put_away(visit, welcomed, world):
    page = visit(welcomed).get("/it/").text
    assert "Ti diamo il benvenuto" in page
    assert "Ti diamo il benvenuto" not in visit(world.marta).get("/it/").text

    assert visit(welcomed).post("/it/welcome/dismissal").status_code == 303
    assert "Ti diamo il benvenuto" not in visit(welcomed).get("/it/").text


def test_it_can_be_put_away_without_a_new_page(visit, welcomed):
    assert visit(welcomed).htmx_post("/it/welcome/dismissal").text == ""
    assert "Ti diamo il benvenuto" not in visit(welcomed).get("/it/").text


def test_it_is_read_in_the_language_of_the_page(visit, welcomed):
    assert "You are among people who run a company" in visit(welcomed).get("/en/").text


def test_it_is_heard_of_once(visit, welcomed, world):
    assert heard("welcome") == {welcomed.id: 1}
    notice = db.session.scalar(select(Notification).filter_by(member_id=welcomed.id))
    assert "La redazione ti dà il benvenuto" in visit(welcomed).get("/it/notifications").text
    assert visit(welcomed).get(f"/it/notifications/{notice.id}").location == "/it/welcome"


def test_visitors_put_nothing_away(visit):
    assert visit().post("/it/welcome/dismissal").status_code in (303, 403)
