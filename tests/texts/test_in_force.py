"""From when on an edition holds: what binds members changes only after their notice."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from officine.blueprints.accounts.commands import confirm, send_confirmation_again
from officine.blueprints.texts import queries
from officine.core.clock import now
from officine.core.db import db
from officine.models import Notification, Ticket
from officine.models.document import TOLD
from tests.outbound import text_of
from tests.texts.conftest import named
from tests.world import World

ROME = ZoneInfo("Europe/Rome")
WRITTEN = datetime(2027, 3, 2, 17, 30, tzinfo=ROME)
LAST_DAY_BEFORE = datetime(2027, 3, 17, 23, 59, tzinfo=ROME)
FIRST_DAY = datetime(2027, 3, 18, 0, 0, tzinfo=ROME)
"""The first that begins when fifteen days have passed."""


@pytest.fixture
def coming(world: World, terms, publish, time_machine):
    """The terms mean something else, from a day that has not come."""
    time_machine.move_to(WRITTEN, tick=False)
    return publish(terms, "it", by=world.ruth, text="Nuovo senso.")


def told(member) -> int:
    asked = select(func.count()).where(
        Notification.member_id == member.id, Notification.kind == "text-changed"
    )
    return db.session.scalar(asked) or 0


def test_until_its_day_readers_have_the_old_one_and_are_told(visit, coming, time_machine):
    for moment in (WRITTEN, LAST_DAY_BEFORE):
        time_machine.move_to(moment, tick=False)
        page = visit().get("/it/terms", most_queries=1).text
        assert "Che cosa prometti" in page and "Nuovo senso." not in page
        assert "Edizione 1" in page
        assert "18 marzo 2027" in page and 'href="/it/terms/changes/2"' in page

    time_machine.move_to(FIRST_DAY, tick=False)
    page = visit().get("/it/terms", most_queries=1).text
    assert "Nuovo senso." in page and "Edizione 2" in page
    assert "/it/terms/changes/2" not in page


def test_in_another_language_too(visit, coming, time_machine):
    page = visit().get("/en/terms").text
    assert "18 March 2027" in page and "being translated" not in page

    time_machine.move_to(FIRST_DAY, tick=False)
    page = visit().get("/en/terms").text
    assert "18 March 2027" not in page and "being translated" in page


def test_what_comes_is_read_with_its_day(visit, coming, time_machine):
    for address in ("/it/terms/changes/2", "/it/terms/versions/2", "/it/terms/versions"):
        assert "in vigore dal" in visit().get(address).text
    assert "Non più in vigore" not in visit().get("/it/terms/versions/1").text

    time_machine.move_to(FIRST_DAY, tick=False)
    assert "in vigore dal" not in visit().get("/it/terms/versions").text
    assert "non più in vigore" in visit().get("/it/terms/versions/1").text


def test_members_are_told_once_with_the_day(
    world: World, coming, publish, settle, outbound, time_machine
):
    settle()
    publish(coming.document, "en", by=world.ruth, change="translation", text="New sense.")
    settle()
    time_machine.move_to(FIRST_DAY, tick=False)
    settle()

    [letter] = outbound.to(world.marta.email)
    assert "18 marzo 2027" in text_of(letter)
    assert told(world.marta) == told(world.emma) == 1


def test_its_translation_and_its_wording_come_with_it(world: World, coming, publish, time_machine):
    time_machine.shift(timedelta(days=3))
    translated = publish(
        coming.document, "en", by=world.ruth, change="translation", text="New sense."
    )
    reworded = publish(coming.document, "it", by=world.ruth, change="wording", text="Altro senso.")
    assert translated.in_force_at == reworded.in_force_at == FIRST_DAY

    time_machine.move_to(FIRST_DAY + timedelta(days=1), tick=False)
    late = publish(coming.document, "es", by=world.ruth, change="translation", text="Otro.")
    assert late.in_force_at == late.at


def test_two_changes_come_one_after_the_other(visit, world: World, coming, publish, time_machine):
    time_machine.shift(timedelta(days=3))
    publish(coming.document, "it", by=world.ruth, text="Ancora un altro.")

    page = visit().get("/it/terms").text
    assert "18 marzo 2027" in page and "21 marzo 2027" in page
    time_machine.move_to(FIRST_DAY, tick=False)
    page = visit().get("/it/terms").text
    assert "Nuovo senso." in page and "21 marzo 2027" in page


@pytest.mark.parametrize(("key", "change", "waits"), [
    *((key, "meaning", True) for key in TOLD), ("terms", "wording", False),
    ("contacts", "meaning", False), ("accessibility", "meaning", False),
])  # fmt: skip
def test_only_what_binds_members_and_means_something_else_waits(
    world: World, publish, key, change, waits
):
    edition = publish(named("legal", key), "it", by=world.ruth, change=change, text="Altro.")
    assert (edition.in_force_at > edition.at) is waits


def test_who_signs_up_meanwhile_reads_and_accepts_what_comes(visit, coming, time_machine):
    page = visit().get("/it/sign-up").text
    assert "18 marzo 2027" in page and 'href="/it/terms/changes/2"' in page
    invalid = visit().htmx_post("/it/sign-up", name="Anna")
    assert "18 marzo 2027" in invalid.text

    time_machine.move_to(FIRST_DAY, tick=False)
    assert "changes/2" not in visit().get("/it/sign-up").text


def test_who_accepted_the_old_one_and_confirms_afterwards_is_told_too(
    world: World, coming, settle, outbound
):
    settle()
    assert told(world.newcomer) == 0
    send_confirmation_again(world.newcomer, at=now())
    db.session.commit()
    confirm(db.session.scalar(select(Ticket).filter_by(member_id=world.newcomer.id)), at=now())
    settle()
    assert told(world.newcomer) == 1


def test_the_desk_sees_the_newest_and_from_when_it_holds(visit, world: World, coming):
    address = f"/it/desk/texts/{coming.document_id}/it"
    page = visit(world.ruth).get(address).text
    assert "Nuovo senso." in page and "18 marzo 2027" in page

    said = {"title": "Condizioni", "text": "Terza.", "change": "meaning", "seen": "2"}
    browser = visit(world.ruth)
    assert browser.post(address, **said).status_code == 303
    assert "è in vigore dal 18 marzo 2027" in browser.get("/it/desk/texts").text
    state = queries.find_text(coming.document_id)
    assert state.editions["it"].number == 3
