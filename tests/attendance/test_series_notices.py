"""Several dates of a series changed at once: one letter to each person, with all of theirs."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from officine.blueprints.attendance import notices
from officine.blueprints.attendance.notices import telling
from officine.blueprints.planning.commands import series
from officine.blueprints.planning.events import EventCancelled
from officine.core.clock import now
from officine.core.db import db
from officine.core.outbox import RecordedEvent
from officine.models import Event, EventChange, Notification
from tests.calendars.stage import goes
from tests.outbound import text_of
from tests.planning.conftest import make


@pytest.fixture
def dates(world, settle):
    """Four breakfasts: Teresa comes to three, Emma and Ugo to one; Davide says no."""
    first = make(world.marta, title="Colazione")
    series.repeat_event(first, by=world.marta, at=now(), seen=first.version, every="week", count=4)
    first.put_into_calendar(now())
    series.extend_series(first.series, at=now())
    db.session.commit()
    made = db.session.scalars(select(Event).order_by(Event.starts_at)).all()
    for event in made[1:]:
        goes(event, world.teresa)
    goes(made[2], world.emma)
    goes(made[3], "ugo@example.com", confirmed_at=now())
    goes(made[2], world.davide, "no")
    settle()
    return made


def cancelled(world, dates):
    return series.cancel_with(
        dates[1], "following", by=world.marta, at=now(), seen=dates[1].version, reason="Chiudiamo."
    )


def moved(world, dates):
    event = dates[1]
    later = timedelta(days=1)
    when = {
        "starts_at": event.starts_at + later, "ends_at": event.ends_at + later, "zone": event.zone,
    }  # fmt: skip
    where = {
        name: getattr(event, name)
        for name in ("place", "address", "town", "country", "is_online", "room_url")
    }
    return series.move_with(
        event, "all", by=world.marta, at=now(), seen=event.version, when=when, where=where
    )


def waiting_names():
    waiting = select(RecordedEvent.name).where(RecordedEvent.settled_at.is_(None))
    return list(db.session.scalars(waiting))


def calendar_of(letter):
    [part] = [each for each in letter.walk() if each.get_content_type() == "text/calendar"]
    return part.get_payload(decode=True).decode()


@pytest.mark.parametrize(("act", "word"), [(cancelled, "3 fechas"), (moved, "Nuevas horas")])
def test_who_comes_to_several_dates_has_one_letter_about_all(
    world, dates, settle, outbound, act, word
):
    outbound.letters.clear()
    assert act(world, dates) == (3 if act is cancelled else 4)
    db.session.commit()
    settle()

    [letter] = outbound.to(world.teresa.email)
    assert word in str(letter["Subject"])
    told = text_of(letter)
    for event in dates[1:]:
        assert f"/es/events/{event.slug}" in told
    assert f"/es/events/{dates[0].slug}\n" not in told
    published = calendar_of(letter)
    assert "METHOD:PUBLISH" in published and published.count("BEGIN:VEVENT") == 3
    assert published.count("STATUS:CANCELLED") == (3 if act is cancelled else 0)
    assert "ATTENDEE" not in published

    [single] = outbound.to(world.emma.email)
    method = "CANCEL" if act is cancelled else "REQUEST"
    assert f"METHOD:{method}" in calendar_of(single)
    assert len(outbound.to("ugo@example.com")) == 1
    assert outbound.to(world.davide.email) == []


def test_each_person_is_told_once_also_when_the_worker_is_killed(
    world, dates, settle, outbound, monkeypatch
):
    outbound.letters.clear()
    monkeypatch.setattr(telling, "BATCH", 1)
    cancelled(world, dates)
    db.session.commit()
    first = db.session.scalar(select(EventChange).where(EventChange.along_with_id.is_(None)))
    notices.tell_of_change(EventCancelled(first.id))
    db.session.rollback()
    settle()
    notices.tell_of_change(EventCancelled(first.id))
    settle()
    addresses = sorted(str(letter["To"]) for letter in outbound.letters)
    assert len(addresses) == len(set(addresses)) == 3
    heard = db.session.scalars(
        select(Notification.member_id).where(Notification.kind == "event-cancelled")
    ).all()
    assert sorted(heard) == sorted((world.teresa.id, world.emma.id))


def test_a_change_of_one_date_is_told_for_that_one_alone(world, dates, settle, outbound):
    outbound.letters.clear()
    series.cancel_with(
        dates[2], "this", by=world.marta, at=now(), seen=dates[2].version, reason="Neve."
    )
    db.session.commit()
    settle()
    assert len(outbound.to(world.teresa.email)) == len(outbound.to(world.emma.email)) == 1
    assert f"/es/events/{dates[1].slug}" not in text_of(outbound.to(world.teresa.email)[0])
    assert db.session.scalar(select(EventChange.along_with_id)) is None


def test_whoever_may_not_see_the_dates_any_more_hears_nothing(world, dates, settle, outbound):
    outbound.letters.clear()
    for event in dates:
        event.audience, event.group_id = "group", world.export.id
    cancelled(world, dates)
    db.session.commit()
    settle()
    assert outbound.to(world.emma.email) == []
    assert len(outbound.to(world.teresa.email)) == 1


def test_all_dates_are_one_thing_that_happened(world, dates):
    moved(world, dates)
    assert sum("EventRescheduled" in each for each in waiting_names()) == 1
