"""Many people at the very same moment, each with a transaction of their own."""

import random
import threading
from datetime import timedelta

from sqlalchemy import func, select

from officine.blueprints.attendance import commands, queries
from officine.core.clock import now
from officine.core.db import db, reading
from officine.models import Event, Member, Registration
from officine.models.registration import SEATED
from tests.attendance.conftest import an_event, people

SEATS = 10


def at_once(app, deeds, watch=None):
    """Run each deed in a thread with a session of its own, all at the same time."""
    start, failures = threading.Barrier(len(deeds)), []

    def run(deed):
        with app.app_context():
            start.wait()
            try:
                deed()
                db.session.commit()
            except Exception as problem:
                failures.append(problem)
                db.session.rollback()
            finally:
                db.session.remove()

    db.session.commit()
    db.session.remove()
    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    while watch and any(thread.is_alive() for thread in threads):
        watch()
    for thread in threads:
        thread.join(timeout=60)
    assert failures == []


def saying(event_id, member_id, wish):
    def deed():
        commands.reply(
            db.session.get(Event, event_id), wish, by=db.session.get(Member, member_id), at=now()
        )

    return deed


def seated(event_id) -> int:
    held = select(func.coalesce(func.sum(1 + Registration.guests), 0)).where(
        Registration.event_id == event_id, Registration.reply.in_(SEATED)
    )
    return db.session.scalar(held)


def registration_id(event_id, member_id) -> int:
    return db.session.scalar(
        select(Registration.id).filter_by(event_id=event_id, member_id=member_id)
    )


def test_of_fifty_who_join_at_once_ten_are_in_and_forty_wait_in_order(app, world):
    event_id = an_event(world.marta, capacity=SEATS).id
    crowd = [each.id for each in people(50)]
    at_once(app, [saying(event_id, each, "going") for each in crowd])

    event = db.session.get(Event, event_id)
    replies = [each.reply for each in db.session.scalars(select(Registration))]
    assert (replies.count("going"), replies.count("waiting")) == (SEATS, 40)
    assert event.seats_taken == SEATS
    moments = [each.waiting_since for each in db.session.scalars(queries.waiting_list(event))]
    assert len(set(moments)) == 40, "each has a place of their own"


def test_one_person_who_taps_many_times_at_once_takes_one_seat(app, world):
    event_id = an_event(world.marta, capacity=SEATS).id
    at_once(app, [saying(event_id, world.teresa.id, "going")] * 8)

    assert db.session.get(Event, event_id).seats_taken == 1


def test_under_cancellations_there_are_never_too_many_and_the_order_is_kept(app, world):
    event_id = an_event(world.marta, capacity=SEATS, offer_hours=6).id
    crowd = [each.id for each in people(40)]
    for each in crowd:
        saying(event_id, each, "going")()
    db.session.commit()
    order = [each.id for each in db.session.scalars(
        queries.waiting_list(db.session.get(Event, event_id))
    )]  # fmt: skip
    chance = random.Random(5)
    leaving = chance.sample(crowd[:SEATS], 6)
    later = now() + timedelta(hours=7)

    def clock_strikes():
        commands.see_to_the_list(db.session.get(Event, event_id), at=later)

    giving_up, insisting = chance.sample(crowd[SEATS:], 8), chance.sample(crowd[SEATS:], 8)
    # Whoever insists after their offer has lapsed stands at the end.
    gone = {registration_id(event_id, each) for each in giving_up + insisting}
    deeds = [saying(event_id, each, "no") for each in leaving + giving_up]
    deeds += [saying(event_id, each, "going") for each in insisting]
    deeds += [clock_strikes] * 3
    chance.shuffle(deeds)
    most = []

    def watch():
        with reading():
            most.append(seated(event_id))

    at_once(app, deeds, watch)

    assert max(most, default=0) <= SEATS
    event = db.session.get(Event, event_id)
    assert event.seats_taken == seated(event_id) <= SEATS
    still = [each.id for each in db.session.scalars(queries.waiting_list(event))]
    stayed = [each for each in still if each not in gone]
    assert stayed == [each for each in order if each in stayed], "nobody overtook who stayed"
    commands.see_to_the_list(event, at=later)
    assert event.seats_left == 0 or not still


def test_offers_lapse_and_are_taken_at_once_without_a_seat_too_many(app, world):
    event_id = an_event(world.marta, capacity=2, offer_hours=6).id
    crowd = [each.id for each in people(6)]
    for each in crowd:
        saying(event_id, each, "going")()
    saying(event_id, crowd[0], "no")()
    saying(event_id, crowd[1], "no")()
    later = now() + timedelta(hours=7)

    def clock_strikes():
        commands.see_to_the_list(db.session.get(Event, event_id), at=later)

    at_once(
        app,
        [saying(event_id, crowd[2], "going"), saying(event_id, crowd[3], "going")]
        + [clock_strikes] * 3,
    )
    event = db.session.get(Event, event_id)
    assert event.seats_taken == seated(event_id) == 2
