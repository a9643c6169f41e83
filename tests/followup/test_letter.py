"""The letter after an event: once to each who was there, on its morning or when it is sent."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from officine.blueprints.followup import commands, jobs, notices, queries
from officine.blueprints.followup.events import FollowUpDue
from officine.core.clock import now
from officine.core.db import db
from officine.core.mail import Mail
from officine.models import EventMaterial, FollowUp, Notification, Registration
from tests.attendance.conftest import an_event
from tests.followup.conftest import past_event, said
from tests.outbound import link_in, text_of

LETTER = "/it/events/export-senza-sorprese/follow-up"


def sent(event, settle, **thanks):
    commands.write_thanks(event, thanks, by=event.created_by, at=now())
    commands.send_follow_up(event, at=now())
    settle()
    settle()


def material(event, **what):
    db.session.add(
        EventMaterial(event_id=event.id, language="it", at=now(), by_id=event.created_by_id, **what)
    )
    db.session.commit()


def test_each_who_was_there_is_thanked_once_in_their_language(world, yesterday, settle, outbound):
    material(yesterday, kind="slides", title="Tre pagine", url="https://example.org/a.pdf")
    material(yesterday, kind="recording", title="58 minuti", key="events/x.webm")
    ugo = said(yesterday, "ugo@example.com", arrived_at=yesterday.starts_at)
    sent(yesterday, settle, it="Grazie a voi.", es="Gracias a todos.")

    [spanish] = outbound.to(world.teresa.email)
    assert spanish["Subject"] == "Gracias por venir: Export senza sorprese"
    assert spanish["Content-Language"] == "es" and "Gracias a todos." in text_of(spanish)
    assert spanish["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for link in ("/es/events/export-senza-sorprese/feedback", "/met", "#after", "example.org"):
        assert link in text_of(spanish)
    [english] = outbound.to(world.emma.email)
    assert "The organisers write in Italian" in text_of(english)
    assert '<blockquote lang="it"' in english.get_body(("html",)).get_content()
    [letter] = outbound.to(ugo.email)
    assert link_in(letter, f"/it/registrations/{ugo.id}/").endswith("/feedback")
    assert "/met" not in text_of(letter)
    for missing in (world.davide, world.beatriz, world.marta):
        assert outbound.to(missing.email) == []


def test_who_wants_no_letters_of_events_hears_it_in_the_page_only(
    world, yesterday, settle, outbound
):
    world.emma.mail_events = False
    sent(yesterday, settle)
    assert outbound.to(world.emma.email) == []
    kinds = select(Notification.kind).where(Notification.member_id == world.emma.id)
    assert db.session.scalars(kinds).all() == ["event-after"]


def test_a_worker_killed_in_between_thanks_nobody_twice(
    world, yesterday, settle, outbound, monkeypatch
):
    monkeypatch.setattr(notices, "BATCH", 1)
    commands.send_follow_up(yesterday, at=now())
    db.session.commit()
    write = notices._tell_member

    def killed(event, registration, member, words):
        write(event, registration, member, words)
        raise SystemExit

    monkeypatch.setattr(notices, "_tell_member", killed)
    with pytest.raises(SystemExit):
        notices.write_follow_up(FollowUpDue(yesterday.id))
    db.session.rollback()
    monkeypatch.setattr(notices, "_tell_member", write)
    settle()
    notices.write_follow_up(FollowUpDue(yesterday.id))
    settle()

    for who in (world.teresa, world.emma):
        assert len(outbound.to(who.email)) == 1


def test_it_is_handed_over_once_whoever_comes_first(world, yesterday):
    commands.send_follow_up(yesterday, at=now(), by=world.marta)
    with pytest.raises(commands.AlreadySent):
        commands.send_follow_up(yesterday, at=now())
    with pytest.raises(commands.AlreadySent):
        commands.write_thanks(yesterday, {"it": "Tardi"}, by=world.marta, at=now())


@pytest.mark.parametrize("ends, morning", [
    (datetime(2026, 11, 20, 21, 0, tzinfo=UTC), datetime(2026, 11, 21, 8, 0, tzinfo=UTC)),
    (datetime(2026, 11, 21, 0, 30, tzinfo=UTC), datetime(2026, 11, 21, 8, 0, tzinfo=UTC)),
    (datetime(2026, 11, 21, 3, 0, tzinfo=UTC), datetime(2026, 11, 22, 8, 0, tzinfo=UTC)),
    (datetime(2026, 3, 28, 20, 0, tzinfo=UTC), datetime(2026, 3, 29, 7, 0, tzinfo=UTC)),
], ids=["evening", "after midnight", "at dawn", "before summer time"])  # fmt: skip
def test_the_morning_after_is_nine_where_it_was_held(world, ends, morning):
    event = an_event(world.marta, starts_at=ends - timedelta(hours=2))
    assert queries.morning_after(event) == morning


def test_the_job_sends_what_is_due_and_nothing_old(world, settle, outbound):
    due = past_event(world.marta, slug="ieri", starts_at=now() - timedelta(days=2))
    old = past_event(world.marta, slug="tempo-fa", starts_at=now() - timedelta(days=9))
    fresh = past_event(world.marta, slug="adesso", starts_at=now() - timedelta(hours=3))
    off = past_event(
        world.marta, slug="annullato", starts_at=now() - timedelta(days=2), state="cancelled",
        cancelled_at=now(),
    )  # fmt: skip
    for event in (due, old, fresh, off):
        said(event, world.emma)
    for _minute in range(2):
        jobs.say_thanks()
        settle()

    assert db.session.scalars(select(FollowUp.event_id)).all() == [due.id]
    assert len(outbound.to(world.emma.email)) == 1
    assert len(db.session.scalars(select(Mail)).all()) == 1


@pytest.mark.parametrize("who, status", [
    (None, 303), ("emma", 403), ("marta", 200), ("giulia", 200),
])  # fmt: skip
def test_only_organisers_and_the_desk_write_it(world, visit, yesterday, who, status):
    browser = visit(getattr(world, who) if who else None)
    assert browser.get(LETTER).status_code == status
    after = browser.post(LETTER, thanks_it="Grazie.").status_code
    assert after == (303 if status == 200 else status)
    words = queries.organisers_words(yesterday.id)
    assert words == ({"it": "Grazie."} if status == 200 else {})


def test_an_organiser_saves_takes_back_and_sends(world, visit, yesterday, settle, outbound):
    marta = visit(world.marta)
    marta.post(LETTER, thanks_it="Grazie.", thanks_en="Thanks.")
    assert "Thanks." in marta.get(LETTER).text
    assert marta.post(LETTER, thanks_it="x" * 3001).status_code == 422
    marta.post(LETTER, thanks_it="Grazie davvero.", thanks_en="")
    assert queries.organisers_words(yesterday.id) == {"it": "Grazie davvero."}

    assert marta.post(f"{LETTER}/sending", thanks_it="Grazie!").status_code == 303
    settle()
    assert "Grazie!" in text_of(outbound.to(world.teresa.email)[-1])
    assert marta.get(LETTER).status_code == 403
    assert marta.post(f"{LETTER}/sending", thanks_it="Ancora!").status_code == 403
    assert "È partita" in marta.get("/it/events/export-senza-sorprese/figures").text


def test_nobody_sends_it_before_the_end(world, visit):
    event = an_event(world.marta)
    said(event, world.emma)
    marta = visit(world.marta)
    assert marta.post(LETTER, thanks_it="Grazie.").status_code == 303
    assert marta.post(f"{LETTER}/sending", thanks_it="Grazie.").status_code == 403
    assert db.session.scalar(select(FollowUp)) is None


def test_who_has_not_proved_their_address_gets_no_letter(world, yesterday, settle, outbound):
    ada = said(yesterday, "ada@example.com", arrived_at=yesterday.starts_at, confirmed_at=None)
    sent(yesterday, settle)
    assert outbound.to(ada.email) == []
    assert db.session.scalar(select(Registration).filter_by(email=ada.email)) is not None
