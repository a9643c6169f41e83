"""Who hears of seats, offers and changes: once by each way, in their language."""

from datetime import timedelta
from io import BytesIO

import pytest
import segno
from sqlalchemy import func, select

from officine.blueprints.attendance import commands, jobs, notices, queries
from officine.blueprints.attendance.notices import telling
from officine.blueprints.planning.events import EventCancelled, EventChanged, EventRescheduled
from officine.core.clock import now
from officine.core.context import public_url
from officine.core.db import db
from officine.core.mail import Mail
from officine.core.outbox import record
from officine.models import Event, EventChange, Notification
from tests.attendance.conftest import an_event
from tests.outbound import html_of, link_in, text_of


def going(event, by, **more):
    return commands.reply(event, "going", by=by, at=more.pop("at", now()), **more)


def heard(member) -> list[str]:
    kinds = select(Notification.kind).where(Notification.member_id == member.id)
    return list(db.session.scalars(kinds.order_by(Notification.id)))


def subjects(outbound, address) -> list[str]:
    return [str(letter["Subject"]) for letter in outbound.to(address)]


def change(event, by, kind="moved", **more) -> EventChange:
    made = EventChange(
        kind=kind, event_id=event.id, at=now(), by_id=by.id, language="it",
        was_starts_at=event.starts_at, was_ends_at=event.ends_at, was_place="Sala Blu, Como",
        **({"reason": ""} | more),
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    return made


@pytest.fixture
def full(world):
    """One seat, which Emma has; Teresa and Davide wait."""
    event = an_event(world.marta, capacity=1)
    for who in (world.emma, world.teresa, world.davide):
        going(event, who)
    db.session.commit()
    return event


def test_who_goes_finds_the_code_for_the_door_in_the_letter(world, evening, settle, outbound):
    registration = going(evening, world.teresa)
    online = an_event(world.marta, slug="in-linea", place="", address="", town="", is_online=True)
    going(online, world.emma)
    settle()
    [letter] = outbound.to(world.teresa.email)
    assert 'src="cid:code"' in html_of(letter)
    [picture] = [part for part in letter.walk() if part.get_content_type() == "image/png"]
    assert (picture["Content-ID"], picture.get_content_disposition()) == ("<code>", "inline")
    address = public_url("attendance.at_door", lang="es", slug=evening.slug, code=registration.code)
    expected = BytesIO()
    segno.make(address, error="m", micro=False).save(expected, kind="png", scale=6, border=4)
    assert picture.get_content() == expected.getvalue()

    [letter] = outbound.to(world.emma.email)
    assert "cid:code" not in html_of(letter)
    assert all(part.get_content_type() != "image/png" for part in letter.walk())


def test_who_goes_has_it_in_writing_with_an_invitation_for_the_calendar(
    world, evening, settle, outbound
):  # fmt: skip
    going(evening, world.teresa)
    settle()
    settle()

    [letter] = outbound.to(world.teresa.email)
    assert letter["Subject"] == "Vas a ir: Export senza sorprese"
    assert letter["Content-Language"] == "es"
    assert link_in(letter, "/es/events/")
    parts = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
    assert parts and "METHOD:REQUEST" in parts[0].get_payload(decode=True).decode()


def test_whoever_waits_knows_their_place_and_then_of_the_offer(world, full, settle, outbound):
    settle()
    assert "número 1" in text_of(outbound.to(world.teresa.email)[-1])
    commands.reply(full, "no", by=world.emma, at=now())
    settle()

    assert subjects(outbound, world.teresa.email)[-1].startswith("Hay una plaza libre para ti")
    assert heard(world.teresa) == ["event-offer"]
    assert heard(world.davide) == []


def test_an_offer_lapses_on_the_clock_and_the_next_is_asked(world, full, settle, outbound):
    commands.reply(full, "no", by=world.emma, at=now())
    offered = queries.registration_of(full, world.teresa)
    offered.offer_ends_at = now() - timedelta(seconds=1)
    db.session.commit()
    jobs.see_to_the_lists()
    settle()
    jobs.see_to_the_lists()
    settle()

    assert heard(world.teresa) == ["event-lapsed"]
    assert heard(world.davide) == ["event-offer"]
    assert full.seats_taken == 1


def test_more_seats_are_offered_as_soon_as_the_event_changes(world, full, settle):
    full.capacity = 2
    record(EventChanged(full.id))
    settle()
    assert queries.registration_of(full, world.teresa).reply == "offered"


def test_an_event_that_begins_earlier_ends_its_offers_earlier(world, full, settle):
    commands.reply(full, "no", by=world.emma, at=now())
    made = change(full, world.marta)
    full.starts_at = now() + timedelta(hours=2)
    full.ends_at = full.starts_at + timedelta(hours=1)
    record(EventRescheduled(made.id))
    settle()
    assert queries.registration_of(full, world.teresa).offer_ends_at == full.starts_at


def test_a_refusal_carries_its_reason(world, settle, outbound):
    event = an_event(world.marta, needs_approval=True)
    registration = going(event, world.davide)
    settle()
    assert heard(world.marta) == ["event-asked"]
    commands.refuse(registration, at=now(), reason="Solo per chi produce.")
    settle()

    assert heard(world.davide) == ["event-refused"]
    assert "Solo per chi produce." in text_of(outbound.to(world.davide.email)[-1])


def test_who_was_let_in_hears_it(world, settle, outbound):
    event = an_event(world.marta, needs_approval=True)
    registration = going(event, world.davide)
    commands.accept(registration, at=now())
    settle()
    assert heard(world.davide) == ["event-accepted"]
    assert subjects(outbound, world.davide.email) == ["Ci vai: Export senza sorprese"]


def concerned(world, event):
    """One who goes, one who may, one who was invited, one without an account; one said no."""
    going(event, world.teresa)
    commands.reply(event, "maybe", by=world.emma, at=now())
    commands.invite(event, world.davide, by=world.marta, at=now())
    commands.reply(event, "no", by=world.beatriz, at=now())
    commands.ask_by_mail(event, name="Ugo Verdi", email="ugo@example.com", language="en", at=now())
    commands.prove_address(queries.registration_by_address(event, "ugo@example.com"), at=now())


@pytest.mark.parametrize(
    "kind, reason, told, word",
    [
        ("moved", "", EventRescheduled, "Nuevo horario"),
        ("place", "La sala è troppo piccola.", EventRescheduled, "Nuevo lugar"),
        ("postponed", "Chi parla è malato.", EventRescheduled, "Aplazado"),
        ("cancelled", "Chi parla è malato.", EventCancelled, "Cancelado"),
    ],
)
def test_a_change_reaches_each_person_once_by_each_way(
    world, evening, settle, outbound, kind, reason, told, word
):
    concerned(world, evening)
    settle()
    outbound.letters.clear()
    made = change(evening, world.marta, kind, reason=reason)
    record(told(made.id))
    db.session.commit()

    # The worker is killed after it told them, before it could say so; then it starts again.
    notices.tell_of_change(told(made.id))
    db.session.rollback()
    settle()
    # And whoever runs the same reaction once more tells nobody anything.
    notices.tell_of_change(told(made.id))
    settle()

    for address in (
        world.teresa.email, world.emma.email, world.davide.email, "ugo@example.com",
    ):  # fmt: skip
        [letter] = outbound.to(address)
        assert reason in text_of(letter)
    assert outbound.to(world.beatriz.email) == []
    assert subjects(outbound, world.teresa.email)[0].startswith(word)
    for member in (world.teresa, world.emma, world.davide):
        assert heard(member).count(f"event-{kind}") == 1
    assert str(outbound.to("ugo@example.com")[0]["Content-Language"]) == "en"
    method = "CANCEL" if kind == "cancelled" else "REQUEST"
    calendars = [
        part.get_payload(decode=True).decode()
        for part in outbound.to(world.teresa.email)[0].walk()
        if part.get_content_type() == "text/calendar"
    ]
    assert [f"METHOD:{method}" in each for each in calendars] == [True]


def test_many_are_told_in_batches_each_once(world, settle, outbound, crowd, monkeypatch):
    event = an_event(world.marta)
    for who in crowd(7):
        going(event, who)
    settle()
    outbound.letters.clear()
    monkeypatch.setattr(telling, "BATCH", 3)
    made = change(event, world.marta, "cancelled", reason="Neve.")
    record(EventCancelled(made.id))
    settle()
    assert len(outbound.letters) == 7
    assert len({str(letter["To"]) for letter in outbound.letters}) == 7


def test_who_may_no_longer_see_the_event_hears_nothing_of_it(world, settle, outbound):
    event = an_event(world.marta, audience="group", group_id=world.export.id)
    going(event, world.emma)
    settle()
    outbound.letters.clear()
    made = change(event, world.marta, "cancelled", reason="Neve.")
    record(EventCancelled(made.id))
    settle()
    assert outbound.to(world.emma.email) == []
    assert heard(world.emma) == []


def soon(event, **ahead):
    """Let everybody have replied long ago, and the event begin soon."""
    event.starts_at = now() + timedelta(**ahead)
    event.ends_at = event.starts_at + timedelta(hours=2)
    for registration in queries.replies(event, "going", "maybe", "invited", "waiting"):
        registration.changed_at = registration.created_at = now() - timedelta(days=9)
    db.session.commit()


def test_only_those_who_go_are_reminded_and_once_who_did_not_answer(
    world, evening, settle, outbound
):
    concerned(world, evening)
    settle()
    outbound.letters.clear()
    soon(evening, hours=23)
    for _again in range(3):
        jobs.remind_people()
        settle()
    assert [each.split(":")[0] for each in subjects(outbound, world.teresa.email)] == [
        "Dentro de un día"
    ]
    assert [each.split("?")[0] for each in subjects(outbound, world.davide.email)] == ["Vieni"]
    assert outbound.to(world.emma.email) == []
    assert len(outbound.to("ugo@example.com")) == 1

    evening.starts_at = now() + timedelta(minutes=50)
    db.session.commit()
    for _again in range(2):
        jobs.remind_people()
        settle()
    assert [each.split(":")[0] for each in subjects(outbound, world.teresa.email)] == [
        "Dentro de un día", "Dentro de una hora",
    ]  # fmt: skip
    assert len(outbound.to(world.davide.email)) == 1


def test_a_reminder_says_what_has_changed(world, evening, settle, outbound):
    going(evening, world.teresa)
    settle()
    soon(evening, hours=20)
    change(evening, world.marta, "moved")
    db.session.commit()
    jobs.remind_people()
    settle()
    words = text_of(outbound.to(world.teresa.email)[-1])
    assert "Atención" in words and "Sala Blu, Como" in words


def test_a_cancelled_event_reminds_nobody(world, evening, settle, outbound):
    going(evening, world.teresa)
    settle()
    outbound.letters.clear()
    soon(evening, hours=20)
    evening.state, evening.cancelled_at = "cancelled", now()
    db.session.commit()
    jobs.remind_people()
    settle()
    assert outbound.letters == []


def test_who_wants_no_letters_about_events_is_not_reminded_by_mail(
    world, evening, settle, outbound, visit
):
    going(evening, world.teresa)
    settle()
    soon(evening, hours=20)
    jobs.remind_people()
    settle()
    letter = outbound.to(world.teresa.email)[-1]
    stop = link_in(letter, "unsubscribe")
    assert visit().get(stop).status_code == 200
    assert visit().post(stop).status_code == 200
    assert world.teresa.mail_events is False
    outbound.letters.clear()
    soon(evening, minutes=30)
    jobs.remind_people()
    settle()
    assert outbound.letters == []
    assert heard(world.teresa)[-1] == "event-reminder"


def test_the_link_for_who_has_no_account_opens_their_registration(world, settle, outbound, visit):
    event = an_event(world.marta, takes_outsiders=True)
    commands.ask_by_mail(event, name="Ugo Verdi", email="ugo@example.com", language="en", at=now())
    settle()
    [letter] = outbound.to("ugo@example.com")
    assert str(letter["Subject"]).startswith("Confirm that you’re coming")
    link = link_in(letter, "/en/registrations/")
    assert visit().get(link).status_code == 200
    assert visit().post(link, reply="going").status_code == 303
    settle()
    assert event.seats_taken == 1
    assert subjects(outbound, "ugo@example.com")[-1] == "You’re going: Export senza sorprese"

    commands.ask_by_mail(event, name="X", email="ugo@example.com", language="it", at=now())
    commands.ask_by_mail(event, name="X", email=world.teresa.email, language="it", at=now())
    settle()
    assert subjects(outbound, "ugo@example.com")[-1].startswith("Your registration")
    assert subjects(outbound, world.teresa.email) == ["Entra para asistir: Export senza sorprese"]


def test_the_invited_hear_it_once(world, evening, settle, outbound, visit):
    commands.invite(evening, world.davide, by=world.marta, at=now())
    settle()
    settle()
    assert subjects(outbound, world.davide.email) == [
        "Marta Colombo ti invita: Export senza sorprese"
    ]
    page = visit(world.davide).get("/it/notifications")
    assert "Marta Colombo ti invita a" in page.get_data(as_text=True)


def test_every_notice_has_its_sentence(world, evening, visit):
    kinds = (
        "asked", "accepted", "waiting", "refused", "offer", "lapsed", "invited", "reminder",
        "moved", "place", "postponed", "cancelled",
    )  # fmt: skip
    for kind in kinds:
        db.session.add(
            Notification(
                member_id=world.teresa.id, kind=f"event-{kind}", cause=kind, at=now(),
                event_id=evening.id, actor_id=world.marta.id,
            )
        )  # fmt: skip
    text = visit(world.teresa).get("/es/notifications").get_data(as_text=True)
    assert text.count("Export senza sorprese") == len(kinds)


def test_the_room_is_written_only_to_those_who_go(world, settle, outbound):
    room = "https://rooms.example/secret"
    event = an_event(world.marta, capacity=1, is_online=True, room_url=room)
    going(event, world.teresa)
    going(event, world.davide)
    settle()
    assert room in text_of(outbound.to(world.teresa.email)[0])
    assert room not in str(outbound.to(world.davide.email)[0])


def test_who_closes_the_account_gives_back_their_seats(world, full, settle):
    commands.leave_all(world.emma, at=now())
    settle()
    assert queries.registration_of(full, world.teresa).reply == "offered"


def test_unconfirmed_addresses_are_forgotten(world):
    event = an_event(world.marta, takes_outsiders=True)
    long_ago = now() - timedelta(days=9)
    for mail, at in (("old@example.com", long_ago), ("new@example.com", now())):
        commands.ask_by_mail(event, name="Ugo Verdi", email=mail, language="it", at=at)
    jobs.forget_unproven()
    assert queries.registration_by_address(event, "old@example.com") is None
    assert queries.registration_by_address(event, "new@example.com") is not None


def test_no_letter_is_written_twice(world, evening, settle):
    going(evening, world.teresa)
    settle()
    count = db.session.scalar(select(func.count()).select_from(Mail))
    assert count == db.session.scalar(select(func.count(func.distinct(Mail.key))))
    assert db.session.scalar(select(func.count()).select_from(Event)) == 1
