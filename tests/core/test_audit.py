"""The log of what staff did: written with the act, and never quietly changed."""

import sys
import threading
from contextlib import nullcontext
from datetime import timedelta

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from officine.cli.audit import audit as command
from officine.core import audit
from officine.core.audit import AuditCheck, AuditEntry, AuditHead
from officine.core.clock import now
from officine.core.db import db
from officine.models import Member
from tests.databases import audit_log_open
from tests.world import World


@pytest.fixture
def five(world: World) -> list[AuditEntry]:
    """Five acts, one transaction each."""
    for number in range(1, 6):
        audit.note("decision.hide", world.giulia, decision=number, rule="spam")
        db.session.commit()
    return entries()


def entries() -> list[AuditEntry]:
    return list(db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)))


def tamper(*statements: str) -> None:
    """Do what an intruder in the database does."""
    with audit_log_open():
        for statement in statements:
            db.session.execute(text(statement))
    db.session.commit()
    db.session.expire_all()


def wrong() -> tuple[int, str] | None:
    found = audit.verify().wrong
    return (found.id, found.what) if found else None


# Writing


def test_an_act_is_written_with_what_it_is_about(world: World, five):
    row = five[1]

    assert (row.id, row.by_id, row.act) == (2, world.giulia.id, "decision.hide")
    assert row.about == {"decision": 2, "rule": "spam"}
    assert row.previous == five[0].hash
    assert five[0].previous == audit.BEGINNING


def test_the_system_acts_too(app: Flask):
    audit.note("case.open", None, case=1)
    db.session.commit()

    assert entries()[0].by_id is None


def test_several_acts_of_one_transaction_keep_their_order(world: World):
    audit.note("case.claim", world.giulia, case=1)
    audit.note("decision.hide", world.giulia, decision=1)
    db.session.commit()

    assert [each.act for each in entries()] == ["case.claim", "decision.hide"]
    assert wrong() is None


def test_what_is_undone_was_never_done(world: World):
    audit.note("case.claim", world.giulia, case=1)
    db.session.rollback()
    audit.note("case.claim", world.giulia, case=2)
    db.session.close()
    audit.note("case.claim", world.giulia, case=3)
    db.session.commit()

    assert [each.about for each in entries()] == [{"case": 3}]
    assert entries()[0].id == 1


def test_what_a_savepoint_undoes_was_never_done(world: World):
    audit.note("case.claim", world.giulia, case=1)
    inner = db.session.begin_nested()
    audit.note("case.claim", world.giulia, case=2)
    inner.rollback()
    with db.session.begin_nested():
        audit.note("case.claim", world.giulia, case=3)
    db.session.commit()

    assert [each.about["case"] for each in entries()] == [1, 3]


def test_a_transaction_without_an_act_leaves_the_log_alone(world: World):
    world.marta.place = "Lecco"
    db.session.commit()

    assert db.session.scalar(select(func.count()).select_from(AuditHead)) == 0


def test_who_writes_at_once_writes_one_after_the_other(app: Flask, world: World):
    giulia_id, start = world.giulia.id, threading.Barrier(4)
    db.session.remove()

    def write(worker: int) -> None:
        with app.app_context():
            start.wait()
            for number in range(10):
                giulia = db.session.get(Member, giulia_id)
                audit.note("case.claim", giulia, case=number, worker=worker)
                audit.note("decision.hide", giulia, decision=number)
                db.session.commit()
            db.session.remove()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert [each.id for each in entries()] == list(range(1, 81))
    assert wrong() is None


# Looking


def test_a_look_is_kept_once_an_hour(world: World, time_machine):
    time_machine.move_to(now(), tick=False)
    for _ in range(2):
        audit.look("group.look", world.giulia, group=world.famiglia.id)
        db.session.commit()
    audit.look("group.look", world.beatriz, group=world.famiglia.id)
    db.session.commit()
    time_machine.shift(timedelta(minutes=61))
    audit.look("group.look", world.giulia, group=world.famiglia.id)
    db.session.commit()

    assert [each.by_id for each in entries()] == [
        world.giulia.id, world.beatriz.id, world.giulia.id,
    ]  # fmt: skip


# Verifying


def test_a_log_that_nobody_touched_holds(five):
    found = audit.verify()

    assert (found.entries, found.hash, found.wrong) == (5, five[-1].hash, None)


def test_an_empty_log_holds(app: Flask):
    assert audit.verify() == audit.Verification(0, audit.BEGINNING, None)


@pytest.mark.parametrize(
    "change",
    ["by_id = 1000", "act = 'decision.show'", "about = '{\"decision\": 4}'",
     "at = '2026-01-01 00:00:00'", f"hash = '{'f' * 64}'", f"previous = '{'f' * 64}'"],
)  # fmt: skip
def test_a_row_that_was_changed_is_named(five, change):
    tamper(f"UPDATE audit_entry SET {change} WHERE id = 3")

    found = audit.verify()
    assert found.entries == 2
    assert found.wrong is not None
    assert (found.wrong.id, found.wrong.what) == (3, "altered")
    assert found.wrong.act == ("decision.show" if "show" in change else "decision.hide")


def test_a_changed_last_row_is_named_though_its_hash_was_made_anew(five):
    row = {
        "id": 5, "at": five[4].at, "by_id": five[4].by_id, "act": "decision.show",
        "about": five[4].about, "previous": five[4].previous,
    }  # fmt: skip
    tamper(f"UPDATE audit_entry SET act = 'decision.show', hash = '{audit.hash_of(row)}' "
           "WHERE id = 5")  # fmt: skip

    assert wrong() == (5, "altered")


def test_a_row_that_was_removed_is_named(five):
    tamper("DELETE FROM audit_entry WHERE id = 2")

    assert wrong() == (2, "removed")


def test_the_first_row_can_be_missed_too(five):
    tamper("DELETE FROM audit_entry WHERE id = 1")

    assert wrong() == (1, "removed")


def test_rows_that_changed_places_are_named(five):
    tamper(
        "UPDATE audit_entry SET id = 20 WHERE id = 2",
        "UPDATE audit_entry SET id = 2 WHERE id = 3",
        "UPDATE audit_entry SET id = 3 WHERE id = 20",
    )

    assert wrong() == (2, "altered")


def test_an_end_that_was_cut_off_is_missed(five):
    tamper("DELETE FROM audit_entry WHERE id > 3")

    assert wrong() == (4, "cut")


def test_an_end_that_was_cut_off_with_care_is_missed_by_who_verified_before(five):
    audit.keep(audit.verify(), now())
    tamper(
        "DELETE FROM audit_entry WHERE id > 3",
        f"UPDATE audit_head SET last_id = 3, hash = '{five[2].hash}'",
    )

    assert wrong() == (4, "cut")


def test_a_log_written_anew_is_not_the_one_verified_before(world: World, five):
    audit.keep(audit.verify(), now())
    tamper("DELETE FROM audit_entry", "DELETE FROM audit_head")
    for number in range(1, 7):
        audit.note("decision.show", world.giulia, decision=number)
    db.session.commit()

    assert wrong() == (1, "rewritten")


def test_a_row_behind_the_end_is_named(five):
    tamper(f"UPDATE audit_head SET last_id = 4, hash = '{five[3].hash}'")

    found = audit.verify()
    assert (found.wrong and found.wrong.id, wrong()) == (5, (5, "added"))


# Guarding


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_entry SET act = 'x' WHERE id = 1", "DELETE FROM audit_entry WHERE id = 1"],
)
def test_the_database_refuses_to_touch_a_row(five, statement):
    with pytest.raises(DatabaseError, match="only appended to"):
        db.session.execute(text(statement))
    db.session.rollback()

    assert wrong() is None


# The command


@pytest.fixture
def run(app: Flask, monkeypatch):
    """Run `officine audit verify` in the tests’ application."""
    monkeypatch.setattr(sys.modules["officine.cli.audit"], "application", nullcontext)
    return lambda: CliRunner().invoke(command, ["verify"])


def test_the_command_says_how_many_hold(five, run):
    result = run()

    assert result.exit_code == 0
    assert "5 entries hold" in result.output
    check = db.session.scalar(select(AuditCheck))
    assert check is not None
    assert (check.entries, check.first_wrong) == (5, None)


def test_the_command_names_the_row_and_ends_with_1(five, run):
    tamper("UPDATE audit_entry SET by_id = NULL WHERE id = 4")

    result = run()

    assert result.exit_code == 1
    assert "Entry 4 (decision.hide, " in result.output
    assert "was altered" in result.output
    check = db.session.scalar(select(AuditCheck))
    assert check is not None
    assert (check.entries, check.first_wrong, check.what) == (3, 4, "altered")


def test_the_doctor_names_a_broken_chain(app: Flask, five):
    doctor = sys.modules["officine.cli.doctor"].audit
    assert doctor(app).state == "good"
    tamper("DELETE FROM audit_entry WHERE id = 2")

    finding = doctor(app)
    assert finding.state == "bad"
    assert "Entry 2 was removed" in finding.sentence
