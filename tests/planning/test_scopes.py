"""“Only this one”, “this one and the following”, “all that are still to come”: which dates of a
series each kind of change reaches. There are four; what was changed alone stays as it is.
"""

from datetime import timedelta

import pytest
from sqlalchemy import select

from officine.blueprints.planning.commands import drafting, rescheduling, series
from officine.core.clock import now
from officine.core.db import db
from officine.models import Event
from tests.planning.conftest import make

REACHED = {
    "this": [False, True, False, False],
    "following": [False, True, True, True],
    "all": [True, True, True, True],
}


def dates():
    return list(db.session.scalars(select(Event).order_by(Event.series_date)))


@pytest.fixture
def four(world):
    """Four dates, a week apart, in the calendar."""
    event = make(world.marta, title="Colazione")
    series.repeat_event(event, by=world.marta, at=now(), seen=event.version, every="week", count=4)
    event.put_into_calendar(now())
    series.extend_series(event.series, at=now())
    db.session.commit()
    return dates()


def where_of(event, **changed):
    names = ("place", "address", "town", "country", "is_online", "room_url")
    return {name: getattr(event, name) for name in names} | changed


def _move(event, scope, by, *, hours=0, **where):
    later = timedelta(hours=hours)
    when = {
        "starts_at": event.starts_at + later, "ends_at": event.ends_at + later, "zone": event.zone,
    }  # fmt: skip
    series.move_with(
        event, scope, by=by, at=now(), seen=event.version, when=when,
        where=where_of(event, **where),
    )  # fmt: skip


def _later(event, scope, by):
    _move(event, scope, by, hours=3)


def _elsewhere(event, scope, by):
    _move(event, scope, by, place="Biblioteca", address="Piazza Lucati 1")


def _renamed(event, scope, by):
    def change(each):
        drafting.save_text(each, "it", by=by, at=now(), seen=1, title="Brunch")

    series.change_with(event, scope, now(), change)


def _smaller(event, scope, by):
    def change(each):
        drafting.change_facts(each, by=by, at=now(), seen=each.version, spoken=("it",), capacity=7)

    series.change_with(event, scope, now(), change)


def _cancelled(event, scope, by):
    series.cancel_with(event, scope, by=by, at=now(), seen=event.version, reason="Chiudiamo.")


ACTS = {
    _later: lambda was, each: each.starts_at == was.starts_at + timedelta(hours=3),
    _elsewhere: lambda was, each: each.place == "Biblioteca" and each.starts_at == was.starts_at,
    _renamed: lambda was, each: each.texts[0].title == "Brunch",
    _smaller: lambda was, each: each.capacity == 7,
    _cancelled: lambda was, each: each.state == "cancelled",
}


class Was:
    """How a date was."""

    def __init__(self, event):
        self.id, self.starts_at = event.id, event.starts_at


@pytest.mark.parametrize("scope", REACHED)
@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__.strip("_"))
def test_a_change_reaches_the_dates_it_is_meant_for(world, four, act, scope):
    before = [Was(each) for each in four]
    act(four[1], scope, world.marta)
    db.session.commit()
    after = {each.id: each for each in dates()}
    assert [ACTS[act](was, after[was.id]) for was in before] == REACHED[scope]


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__.strip("_"))
def test_what_was_changed_alone_and_what_was_cancelled_stays(world, four, act):
    rescheduling.cancel_event(
        four[0], by=world.marta, at=now(), seen=four[0].version, reason="Neve."
    )
    _move(four[2], "this", world.marta, hours=-1, place="In piazza")
    db.session.commit()
    alone = (four[2].starts_at, four[2].place, four[2].texts[0].title, four[2].state)
    sequence = four[2].sequence, four[0].sequence
    act(four[1], "all", world.marta)
    db.session.commit()
    kept = next(each for each in dates() if each.id == four[2].id)
    assert (kept.starts_at, kept.place, kept.texts[0].title, kept.state) == alone
    assert (kept.sequence, four[0].sequence) == sequence


def test_the_year_ahead_goes_on_after_all_moved_elsewhere(world):
    event = make(world.marta, title="Colazione")
    series.repeat_event(event, by=world.marta, at=now(), seen=event.version, every="two-weeks")
    event.put_into_calendar(now())
    series.extend_series(event.series, at=now())
    _elsewhere(event, "all", world.marta)
    _later(event, "all", world.marta)
    db.session.commit()
    made = series.extend_series(event.series, at=now() + timedelta(days=30))
    assert len(made) == 2
    assert {each.place for each in made} == {"Biblioteca"}
    hours = {each.starts_at.astimezone(each.timezone).hour for each in dates()}
    assert len(hours) == 1
