"""Replies, seats and the waiting list."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from officine.blueprints.attendance import commands, exports, queries
from officine.core.clock import now
from officine.core.db import db
from officine.core.outbox import RecordedEvent
from officine.models import Event, Registration, RegistrationAnswer
from tests.attendance.conftest import a_question, an_event


def going(event, by, **more):
    return commands.reply(event, "going", by=by, at=more.pop("at", now()), **more)


def happened(name: str) -> list[dict]:
    return [
        row.payload
        for row in db.session.scalars(select(RecordedEvent).order_by(RecordedEvent.id))
        if row.name == name
    ]


def listed(event) -> list[str]:
    return [each.shown_name for each in db.session.scalars(queries.waiting_list(event))]


def test_whoever_goes_takes_a_seat_and_each_guest_one(world, evening):
    evening.most_guests = 2
    registration = going(evening, world.teresa, guests=2)

    assert (registration.reply, evening.seats_taken) == ("going", 3)
    assert len(registration.code) >= 20


def test_saying_it_twice_takes_one_seat(world, evening):
    going(evening, world.teresa)
    going(evening, world.teresa)

    assert evening.seats_taken == 1
    assert len(happened("Registered")) == 1


def test_maybe_and_no_take_no_seat_and_give_one_back(world, evening):
    going(evening, world.teresa)
    commands.reply(evening, "maybe", by=world.teresa, at=now())
    assert evening.seats_taken == 0

    registration = commands.reply(evening, "no", by=world.teresa, at=now())
    assert (registration.reply, evening.seats_taken) == ("no", 0)


def test_when_all_seats_are_taken_one_waits_with_a_place(world, crowd):
    event = an_event(world.marta, capacity=1)
    first, second, third = crowd(3)
    for who in (first, second, third):
        going(event, who)

    assert listed(event) == [second.name, third.name]
    mine = queries.my_registrations(third, [event.id])[event.id]
    assert (mine.reply, mine.place) == ("waiting", 2)


def test_who_leaves_makes_room_for_the_first_in_the_list(world, crowd):
    event = an_event(world.marta, capacity=1, offer_hours=6)
    first, second, third = crowd(3)
    for who in (first, second, third):
        going(event, who)
    moment = now()
    commands.reply(event, "no", by=first, at=moment)

    offered = queries.registration_of(event, second)
    assert (offered.reply, offered.offer_ends_at) == ("offered", moment + timedelta(hours=6))
    assert event.seats_taken == 1, "the offer holds the seat"
    assert listed(event) == [third.name]


def test_an_offer_never_stands_beyond_the_beginning(world, crowd):
    begins = now() + timedelta(hours=3)
    event = an_event(world.marta, capacity=1, starts_at=begins)
    first, second = crowd(2)
    going(event, first)
    going(event, second)
    commands.reply(event, "no", by=first, at=now())

    assert queries.registration_of(event, second).offer_ends_at == begins


def test_an_offer_that_lapses_goes_to_the_next_and_loses_its_place(world, crowd):
    event = an_event(world.marta, capacity=1, offer_hours=6)
    first, second, third = crowd(3)
    for who in (first, second, third):
        going(event, who)
    commands.reply(event, "no", by=first, at=now())
    commands.see_to_the_list(event, at=now() + timedelta(hours=5))
    assert queries.registration_of(event, second).reply == "offered", "not yet"

    commands.see_to_the_list(event, at=now() + timedelta(hours=7))

    assert queries.registration_of(event, second).reply == "no"
    assert queries.registration_of(event, third).reply == "offered"
    assert event.seats_taken == 1
    assert [each["registration_id"] for each in happened("OfferLapsed")] == [
        queries.registration_of(event, second).id
    ]


def test_an_offer_taken_too_late_is_a_new_place_at_the_end(world, crowd):
    event = an_event(world.marta, capacity=1, offer_hours=6)
    first, second, third = crowd(3)
    for who in (first, second, third):
        going(event, who)
    commands.reply(event, "no", by=first, at=now())
    going(event, second, at=now() + timedelta(hours=7))

    assert queries.registration_of(event, second).reply == "waiting"
    assert queries.registration_of(event, third).reply == "offered"


def test_who_declines_an_offer_lets_the_next_be_asked(world, crowd):
    event = an_event(world.marta, capacity=1)
    first, second, third = crowd(3)
    for who in (first, second, third):
        going(event, who)
    commands.reply(event, "no", by=first, at=now())
    commands.reply(event, "no", by=second, at=now())

    assert queries.registration_of(event, third).reply == "offered"


def test_nobody_overtakes_a_large_party(world, crowd):
    event = an_event(world.marta, capacity=4, most_guests=3)
    a, b, large, small, late = crowd(5)
    going(event, a, guests=1)
    going(event, b, guests=1)
    going(event, large, guests=2)
    going(event, small)
    commands.reply(event, "no", by=a, at=now())
    going(event, late)

    assert listed(event) == [large.name, small.name, late.name]
    assert event.seats_left == 2
    registration = going(event, large, guests=1)
    assert registration.reply == "going", "they bring fewer people, and it is their turn"
    assert queries.registration_of(event, small).reply == "waiting"


def test_a_party_that_can_never_fit_is_told_at_once(world):
    event = an_event(world.marta, capacity=2, most_guests=5)
    with pytest.raises(commands.TooManyGuests) as problem:
        going(event, world.teresa, guests=3)
    assert problem.value.most == 1


def test_who_goes_brings_more_people_only_while_nobody_waits_for_those_seats(world, crowd):
    event = an_event(world.marta, capacity=3, most_guests=2)
    a, b = crowd(2)
    going(event, a)
    going(event, b, guests=1)
    with pytest.raises(commands.NoSeatsForGuests) as problem:
        going(event, a, guests=1)
    assert problem.value.left == 0
    assert event.seats_taken == 3


def test_more_seats_are_offered_at_once(world, crowd):
    event = an_event(world.marta, capacity=1)
    a, b, c = crowd(3)
    for who in (a, b, c):
        going(event, who)
    event.capacity = 3
    commands.see_to_the_list(event, at=now())

    assert [queries.registration_of(event, each).reply for each in (a, b, c)] == [
        "going", "offered", "offered",
    ]  # fmt: skip


def test_where_the_organisers_approve_nobody_sits_before_they_say_yes(world):
    event = an_event(world.marta, capacity=1, needs_approval=True)
    first, second = going(event, world.teresa), going(event, world.emma)
    assert (first.reply, event.seats_taken) == ("asked", 0)

    commands.accept(first, at=now())
    commands.accept(second, at=now())
    assert (first.reply, second.reply, event.seats_taken) == ("going", "waiting", 1)


def test_who_was_refused_reads_why_and_does_not_ask_again(world):
    event = an_event(world.marta, needs_approval=True)
    registration = going(event, world.davide)
    commands.refuse(registration, at=now(), reason="È per sole imprese tessili.")

    assert (registration.reply, registration.refusal) == ("refused", "È per sole imprese tessili.")
    with pytest.raises(commands.WasRefused):
        going(event, world.davide)


def test_who_was_invited_needs_no_approval(world):
    event = an_event(world.marta, needs_approval=True, capacity=5)
    commands.invite(event, world.emma, by=world.marta, at=now())
    assert event.seats_taken == 0

    assert going(event, world.emma).reply == "going"


def test_nobody_is_invited_twice(world, evening):
    commands.invite(evening, world.emma, by=world.marta, at=now())
    with pytest.raises(commands.AlreadyThere):
        commands.invite(evening, world.emma, by=world.marta, at=now())


def test_after_the_closing_time_nobody_registers_but_one_may_still_leave(world, evening):
    going(evening, world.teresa)
    evening.closes_at = now() - timedelta(minutes=1)
    with pytest.raises(commands.NotTaking):
        going(evening, world.emma)
    commands.reply(evening, "no", by=world.teresa, at=now())
    assert evening.seats_taken == 0


def test_answers_are_kept_when_somebody_changes_their_mind(world, evening):
    question = a_question(evening)
    going(evening, world.teresa, answers={question.id: "Da Castellón"})
    commands.reply(evening, "no", by=world.teresa, at=now())
    going(evening, world.teresa)

    assert db.session.scalar(select(RegistrationAnswer.text)) == "Da Castellón"


def test_an_answer_to_another_event_s_question_is_not_kept(world, evening):
    other = an_event(world.emma, slug="altro")
    question = a_question(other)
    going(evening, world.teresa, answers={question.id: "x"})
    assert db.session.scalar(select(RegistrationAnswer.text)) is None


def test_the_database_itself_refuses_one_too_many(world, evening):
    evening.seats_taken = 11
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_without_a_limit_everybody_gets_in(world, crowd):
    event = an_event(world.marta)
    for who in crowd(12):
        assert going(event, who).reply == "going"
    assert event.seats_taken == 12


def test_somebody_by_mail_holds_nothing_before_the_address_is_proved(world):
    event = an_event(world.marta, capacity=1, takes_outsiders=True)
    commands.ask_by_mail(event, name="Ugo Verdi", email="ugo@example.com", language="it", at=now())
    registration = queries.registration_by_address(event, "ugo@example.com")
    assert (registration.reply, event.seats_taken) == ("unproven", 0)

    commands.prove_address(registration, at=now())
    assert (registration.reply, event.seats_taken) == ("going", 1)
    commands.prove_address(registration, at=now())
    assert event.seats_taken == 1


def test_a_second_request_by_mail_changes_nothing_for_who_is_in(world):
    event = an_event(world.marta, takes_outsiders=True)
    mail = "ugo@example.com"
    commands.ask_by_mail(event, name="Ugo Verdi", email=mail, language="it", at=now())
    registration = queries.registration_by_address(event, mail)
    commands.prove_address(registration, at=now())
    commands.ask_by_mail(event, name="Altro Nome", email=mail, language="en", at=now())

    assert (registration.name, registration.language) == ("Ugo Verdi", "it")
    assert len(happened("AddressToProve")) == 2
    assert (
        db.session.scalar(select(Registration.id).where(Registration.name == "Altro Nome")) is None
    )


def test_the_address_of_a_member_makes_no_second_person(world):
    event = an_event(world.marta, takes_outsiders=True)
    commands.ask_by_mail(event, name="Teresa", email=world.teresa.email, language="es", at=now())
    assert db.session.scalar(select(Registration.id)) is None
    assert [each["member_id"] for each in happened("AddressIsMembers")] == [world.teresa.id]


def test_a_cancelled_event_offers_nothing(world, crowd):
    event = an_event(world.marta, capacity=1)
    a, b = crowd(2)
    going(event, a)
    going(event, b)
    event.state, event.cancelled_at = "cancelled", now()
    commands.reply(event, "no", by=a, at=now())

    assert queries.registration_of(event, b).reply == "waiting"
    assert db.session.scalar(select(Event.seats_taken)) == 0


def test_what_somebody_said_is_theirs_to_take_away(world, evening):
    evening.most_guests = 2
    question = a_question(evening)
    going(evening, world.teresa, guests=1, guest_names="Ana", answers={question.id: "Castellón"})
    [one] = exports.registrations(world.teresa)
    assert (one["reply"], one["guests"], one["guest_names"]) == ("going", 1, "Ana")
    assert one["answers"] == {"Da dove vieni?": "Castellón"}
    assert exports.registrations(world.emma) == []
