from datetime import UTC, datetime, timedelta, timezone

import pytest
from flask import Response
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from officine.core.db import db, reading
from officine.models import Group, Member, OldAddress
from tests.world import person


def test_moments_come_back_aware_and_in_utc(app):
    there = datetime(2026, 3, 29, 3, 30, tzinfo=timezone(timedelta(hours=2)))
    member = person("piero", "Piero", "it", ("it",))
    member.joined_at = there
    db.session.add(member)
    db.session.commit()
    db.session.expire_all()

    assert member.joined_at == there
    assert member.joined_at.tzinfo is UTC


def test_a_moment_without_a_time_zone_is_refused(app):
    member = person("piero", "Piero", "it", ("it",))
    member.joined_at = datetime(2026, 3, 29)
    db.session.add(member)

    with pytest.raises(StatementError, match="time zone"):
        db.session.flush()


def test_codes_are_asked_one_by_one(world):
    italian = db.session.scalars(select(Member.handle).where(Member.reads.has_code("it"))).all()

    assert "emma-whitcombe" in italian
    assert db.session.scalars(select(Group.slug).where(Group.sectors.has_code("trad"))).all() == []


def test_codes_keep_their_order_and_stand_once(world):
    world.emma.reads = ["it", "en", "it"]
    db.session.commit()
    db.session.expire_all()

    assert world.emma.reads == ("it", "en")


@pytest.fixture
def writing_route(whole_app):
    """An address that writes and answers with the status it is asked for."""
    if "write_and_answer" not in whole_app.view_functions:
        whole_app._got_first_request = False

        @whole_app.post("/write-and-answer/<int:status>", endpoint="write_and_answer")
        def write_and_answer(status):
            db.session.add(OldAddress(noun="test", slug=f"{status}", owner_id=1))
            return Response("done", status, mimetype="text/plain")


@pytest.mark.parametrize(
    ("status", "kept"), [(200, True), (303, True), (400, False), (422, False), (500, False)]
)
def test_a_request_is_kept_below_status_400_and_undone_above(visit, writing_route, status, kept):
    visit().post(f"/write-and-answer/{status}")

    assert bool(db.session.scalars(select(OldAddress)).all()) is kept


def test_reading_keeps_nobody_from_writing(world):
    with reading():
        names = db.session.scalars(select(Member.name)).all()
        other = db.engine.connect()
        with other.begin():
            other.execute(OldAddress.__table__.insert().values(noun="x", slug="x", owner_id=1))
        other.close()

    assert names
    assert not db.session().in_transaction()
