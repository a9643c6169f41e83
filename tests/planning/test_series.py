"""Events that come again."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from officine.blueprints.planning import jobs
from officine.blueprints.planning.commands import drafting, publishing, rescheduling, series
from officine.blueprints.planning.commands.errors import NotNow
from officine.core.db import db
from officine.models import Event
from officine.models.event import EventSeries
from tests.planning.conftest import make

ROME = ZoneInfo("Europe/Rome")
AT = datetime(2026, 10, 1, 8, tzinfo=UTC)
NINE = datetime(2026, 10, 13, 9, tzinfo=ROME).astimezone(UTC)
WHERE = {"place": "Villa Olmo", "address": "Via Cantoni 1", "town": "Como", "country": "IT"}


@pytest.fixture
def weekly(world):
    """Breakfast each Tuesday at nine in Rome, in the calendar since the first of October."""
    event = make(world.marta, title="Colazione", starts=NINE, capacity=12)
    series.repeat_event(event, by=world.marta, at=AT, seen=event.version, every="week")
    publishing.publish_event(event, by=world.giulia, at=AT)
    series.extend_series(event.series, at=AT)
    db.session.commit()
    return event


def dates():
    return list(db.session.scalars(select(Event).order_by(Event.starts_at)))


def hours():
    return [each.starts_at.astimezone(ROME).hour for each in dates()]


def test_a_draft_is_one_event_and_all_are_made_when_it_is_published(world):
    event = make(world.marta, starts=NINE)
    series.repeat_event(event, by=world.marta, at=AT, seen=event.version, every="week")
    assert len(dates()) == 1
    publishing.publish_event(event, by=world.giulia, at=AT)
    series.extend_series(event.series, at=AT)
    assert len(dates()) == 51
    with pytest.raises(NotNow):
        series.repeat_event(event, by=world.marta, at=AT, seen=event.version, every="week")


def test_each_date_is_an_event_of_its_own_at_nine(world, weekly):
    made = dates()
    assert set(hours()) == {9}
    assert {each.starts_at.hour for each in made} == {7, 8}
    assert len({each.uid for each in made}) == len({each.slug for each in made}) == len(made)
    assert all(each.seats_taken == 0 and each.capacity == 12 for each in made)
    assert all(each.organisers[0].member_id == world.marta.id for each in made)
    assert made[1].slug == "colazione-2026-10-20"
    assert made[1].texts[0].title == "Colazione"


def test_every_night_the_year_ahead_is_made_once(world, weekly, monkeypatch):
    count = len(dates())
    monkeypatch.setattr(jobs, "now", lambda: AT + timedelta(days=15))
    jobs.extend_series()
    jobs.extend_series()
    assert len(dates()) == count + 2
    assert set(hours()) == {9}


def test_a_skipped_date_stays_skipped(world, weekly):
    second = dates()[1]
    series.cancel_with(
        second, "this", by=world.marta, at=AT, seen=second.version, reason="Festa patronale."
    )
    [row] = db.session.scalars(select(EventSeries)).all()
    series.extend_series(row, at=AT + timedelta(days=7))
    days = [each.starts_at for each in dates() if each.state == "published"]
    assert second.starts_at not in days and len(days) == 51


def test_what_changes_alone_goes_its_own_way(world, weekly):
    third = dates()[2]

    def fewer(event):
        drafting.change_facts(
            event, by=world.marta, at=AT, seen=event.version, spoken=("it",), capacity=5
        )

    def more(event):
        drafting.change_facts(
            event, by=world.marta, at=AT, seen=event.version, spoken=("it",), capacity=40
        )

    assert series.change_with(third, "this", AT, fewer) == 1
    assert series.change_with(weekly, "all", AT, more) == 50
    assert [each.capacity for each in dates()[:4]] == [40, 40, 5, 40]


def test_this_and_following_leaves_what_was_before(world, weekly):
    third = dates()[2]

    def rename(event):
        drafting.save_text(event, "it", by=world.marta, at=AT, seen=1, title="Brunch")

    assert series.change_with(third, "following", AT, rename) == 49
    assert [each.texts[0].title for each in dates()[:4]] == [
        "Colazione", "Colazione", "Brunch", "Brunch",
    ]  # fmt: skip
    [row] = db.session.scalars(select(EventSeries)).all()
    made = series.extend_series(row, at=AT + timedelta(days=8))
    assert [each.texts[0].title for each in made] == ["Brunch"]


def when(event, **shift):
    starts = (event.starts_at.astimezone(ROME).replace(tzinfo=None) + timedelta(**shift)).replace(
        tzinfo=ROME
    )
    starts = starts.astimezone(UTC)
    return {"starts_at": starts, "ends_at": starts + timedelta(hours=1), "zone": "Europe/Rome"}


def test_following_ones_move_by_the_clock_and_later_ones_are_made_there(world, weekly):
    third = dates()[2]
    assert third.starts_at.astimezone(ROME).isoformat() == "2026-10-27T09:00:00+01:00"
    count = series.move_with(
        third, "following", by=world.marta, at=AT, seen=third.version,
        when=when(third, days=1, hours=2), where=WHERE, reason="Il mercoledì va meglio.",
    )  # fmt: skip
    db.session.commit()
    assert count == 49
    moved = [each.starts_at.astimezone(ROME) for each in dates()]
    assert [each.hour for each in moved] == [9, 9] + [11] * 49
    assert {each.weekday() for each in moved[2:]} == {2}
    assert all(len(each.changes) == 1 and each.sequence == 1 for each in dates()[2:])
    made = [
        event
        for row in db.session.scalars(select(EventSeries))
        for event in series.extend_series(row, at=AT + timedelta(days=21))
    ]
    assert [f"{each.starts_at.astimezone(ROME):%a %H}" for each in made] == ["Wed 11"] * 3


def test_all_move_but_what_was_changed_alone(world, weekly):
    second, third = dates()[1:3]
    rescheduling.move_event(
        third, by=world.marta, at=AT, seen=third.version, when=when(third, hours=5), where=WHERE
    )
    assert third.is_apart
    series.move_with(
        second, "all", by=world.marta, at=AT, seen=second.version, when=when(second, hours=1),
        where=WHERE,
    )  # fmt: skip
    assert hours()[:4] == [10, 10, 14, 10]
    assert len(dates()) == 51


def test_cancelling_the_rest_ends_the_series(world, weekly):
    third = dates()[2]
    count = series.cancel_with(
        third, "following", by=world.marta, at=AT, seen=third.version, reason="Chiudiamo."
    )
    assert count == 49
    assert [each.state for each in dates()[:3]] == ["published", "published", "cancelled"]
    [row] = db.session.scalars(select(EventSeries)).all()
    assert series.extend_series(row, at=AT + timedelta(days=90)) == []


def test_a_series_that_ends_makes_no_more(world):
    event = make(world.marta, starts=NINE)
    series.repeat_event(event, by=world.marta, at=AT, seen=event.version, every="week", count=4)
    publishing.publish_event(event, by=world.giulia, at=AT)
    series.extend_series(event.series, at=AT)
    assert len(dates()) == 4
