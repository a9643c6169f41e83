from dataclasses import dataclass
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from officine.core import outbox
from officine.core.clock import now
from officine.core.db import db
from officine.core.outbox import Event, FinishedReaction, RecordedEvent, record, settle_events
from officine.models import OldAddress


@dataclass(frozen=True)
class BellRang(Event):
    """Something for these tests to react to."""

    times: int


heard: list[int] = []


def listen(event: BellRang) -> None:
    heard.append(event.times)


def write_down(event: BellRang) -> None:
    db.session.add(OldAddress(noun="bell", slug=f"{event.times}", owner_id=1))


def fail(event: BellRang) -> None:
    db.session.add(OldAddress(noun="bell", slug="half-done", owner_id=1))
    raise RuntimeError("not today")


@pytest.fixture
def reactions(app):
    heard.clear()
    table = {BellRang: [listen]}
    before = app.extensions["officine.reactions"]
    app.extensions["officine.reactions"] = table
    yield table
    app.extensions["officine.reactions"] = before


def bells() -> list[str]:
    return list(db.session.scalars(select(OldAddress.slug).filter_by(noun="bell")))


def test_what_is_rolled_back_is_never_told(reactions):
    record(BellRang(1))
    db.session.rollback()
    settle_events()

    assert heard == []


def test_what_is_committed_is_told_once(reactions):
    record(BellRang(1))
    db.session.commit()
    settle_events()
    settle_events()

    assert heard == [1]


def test_events_are_told_in_the_order_in_which_they_happened(reactions):
    for number in (1, 2, 3):
        record(BellRang(number))
    db.session.commit()
    settle_events()

    assert heard == [1, 2, 3]


def test_a_reaction_that_fails_leaves_nothing_half_done(reactions):
    reactions[BellRang] = [fail]
    record(BellRang(1))
    db.session.commit()
    settle_events()

    assert bells() == []


def test_a_reaction_that_fails_does_not_keep_others_from_theirs_nor_repeat_them(reactions):
    reactions[BellRang] = [write_down, fail]
    record(BellRang(1))
    db.session.commit()
    settle_events()
    with time_machine.travel(now() + timedelta(minutes=5)):
        settle_events()

    assert bells() == ["1"]
    assert db.session.scalar(select(func.count()).select_from(FinishedReaction)) == 1


def test_a_reaction_that_failed_is_tried_again_later(reactions):
    reactions[BellRang] = [fail]
    record(BellRang(1))
    db.session.commit()
    settle_events()

    reactions[BellRang] = [listen]
    settle_events()
    assert heard == [], "not at once: whatever was wrong needs a moment"

    with time_machine.travel(now() + timedelta(minutes=5)):
        settle_events()
    assert heard == [1]


def test_a_worker_killed_between_two_reactions_goes_on_with_the_second(reactions):
    reactions[BellRang] = [write_down, listen]
    record(BellRang(1))
    db.session.commit()
    event_id = db.session.scalar(select(RecordedEvent.id))
    name = f"{write_down.__module__}.{write_down.__qualname__}"
    write_down(BellRang(1))
    db.session.add(FinishedReaction(event_id=event_id, reaction=name))
    db.session.commit()

    settle_events()

    assert bells() == ["1"]
    assert heard == [1]


def test_an_event_that_always_fails_does_not_stop_the_others(reactions):
    reactions[BellRang] = [lambda event: fail(event) if event.times == 1 else listen(event)]
    for number in (1, 2):
        record(BellRang(number))
    db.session.commit()
    settle_events()

    assert heard == [2]
    assert outbox.waiting_events() == 1


def test_a_committed_event_wakes_the_worker(reactions, app):
    woken = []
    before = app.extensions["officine.wake_worker"]
    app.extensions["officine.wake_worker"] = lambda: woken.append(True)
    try:
        record(BellRang(1))
        assert woken == []
        db.session.commit()
    finally:
        app.extensions["officine.wake_worker"] = before

    assert woken == [True]


def test_two_workers_at_one_event_react_once(reactions):
    record(BellRang(1))
    db.session.commit()
    event_id = db.session.scalar(select(RecordedEvent.id))

    for _worker in range(2):
        assert outbox._react(event_id, BellRang(1), "listen", listen)

    assert heard == [1]
