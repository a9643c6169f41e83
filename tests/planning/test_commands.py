"""From a draft to the calendar, and what happens to it there."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from officine.blueprints.planning import queries
from officine.blueprints.planning.commands import drafting, publishing, rescheduling
from officine.blueprints.planning.commands.errors import (
    AlreadyOver,
    EditedMeanwhile,
    FewerSeatsThanTaken,
    NothingChanged,
    NotNow,
    OriginalFirst,
)
from officine.core.clock import now
from officine.core.db import db
from officine.core.outbox import RecordedEvent
from officine.models import Case, Event
from officine.models.event import visible_to
from tests.planning.conftest import ROME, make, next_week

WHERE = {"place": "Villa Olmo", "address": "Via Cantoni 1", "town": "Como", "country": "IT"}


def when(event, hours=0):
    return {
        "starts_at": event.starts_at + timedelta(hours=hours),
        "ends_at": event.ends_at + timedelta(hours=hours),
        "zone": event.zone,
    }


def seen_by(viewer):
    return set(db.session.scalars(select(Event.id).where(visible_to(viewer))))


def test_a_draft_is_its_organisers_and_the_desks_alone(world, draft):
    assert draft.id in seen_by(world.marta)
    assert draft.id in seen_by(world.giulia)
    assert draft.id not in seen_by(world.teresa)
    assert draft.slug == "cena-degli-esportatori"
    assert queries.text_in(draft, "it").html == "<p>Si <strong>mangia</strong>.</p>\n"


def test_a_second_of_the_same_name_has_an_address_of_its_own(world, draft):
    assert make(world.teresa).slug == "cena-degli-esportatori-2"
    assert make(world.teresa, title="New").slug == "new-2"


def test_a_proposal_waits_at_the_desk_and_can_be_taken_back(world, draft):
    publishing.propose_event(draft, by=world.marta, at=now())

    case = db.session.scalar(select(Case).filter_by(kind="event"))
    assert (case.subject_id, case.member_id, case.title) == (
        draft.id, world.marta.id, "Cena degli esportatori",
    )  # fmt: skip
    assert case.due_at <= draft.starts_at
    with pytest.raises(NotNow):
        publishing.propose_event(draft, by=world.marta, at=now())
    publishing.take_back(draft, by=world.marta, at=now())
    assert draft.state == "draft" and not case.is_open


def test_publishing_a_proposal_is_a_decision_of_the_desk(world, draft):
    publishing.propose_event(draft, by=world.marta, at=now())
    publishing.publish_event(draft, by=world.giulia, at=now())

    case = db.session.scalar(select(Case).filter_by(kind="event"))
    assert draft.state == "published" and case.decision.measure == "approve"
    assert draft.id in seen_by(world.teresa)


def test_nothing_that_is_over_goes_into_the_calendar(world):
    past = make(world.marta, starts=next_week() - timedelta(days=30))
    with pytest.raises(AlreadyOver):
        publishing.propose_event(past, by=world.marta, at=now())
    with pytest.raises(AlreadyOver):
        publishing.publish_event(past, by=world.giulia, at=now())


def test_of_two_editors_the_second_hears_of_the_first(world, draft):
    seen = draft.version
    drafting.change_facts(draft, by=world.marta, at=now(), seen=seen, spoken=("it", "en"))
    with pytest.raises(EditedMeanwhile):
        drafting.change_facts(draft, by=world.giulia, at=now(), seen=seen, spoken=("it",))
    assert draft.spoken == ("it", "en")


def test_there_are_never_fewer_seats_than_people(world, published):
    published.capacity, published.seats_taken = 10, 4
    db.session.commit()
    with pytest.raises(FewerSeatsThanTaken) as problem:
        drafting.change_facts(
            published, by=world.marta, at=now(), seen=published.version, spoken=("it",), capacity=3
        )
    assert problem.value.taken == 4


def test_a_large_change_of_the_original_leaves_translations_behind(world, draft):
    translation = {"title": "Exporters’ dinner", "text": "We eat."}
    drafting.save_text(draft, "en", by=world.emma, at=now(), seen=0, **translation)
    drafting.save_text(draft, "it", by=world.marta, at=now(), seen=1, title="Cena")
    assert queries.text_in(draft, "en").based_on == draft.revision

    drafting.save_text(draft, "it", by=world.marta, at=now(), seen=2, title="Pranzo", large=True)
    assert queries.text_in(draft, "en").based_on < draft.revision
    drafting.save_text(draft, "en", by=world.emma, at=now(), seen=1, title="Lunch")
    assert queries.text_in(draft, "en").based_on == draft.revision
    with pytest.raises(EditedMeanwhile):
        drafting.save_text(draft, "en", by=world.giulia, at=now(), seen=1, title="Dinner")


def test_there_is_no_translation_without_an_original(world, draft):
    draft.texts.clear()
    db.session.flush()
    with pytest.raises(OriginalFirst):
        drafting.save_text(draft, "en", by=world.emma, at=now(), seen=0, title="Dinner")


def test_moving_is_told_once_and_calendars_know(world, published):
    published.closes_at = published.starts_at - timedelta(days=1)
    db.session.commit()
    sequence, was = published.sequence, published.starts_at

    change = rescheduling.move_event(
        published, by=world.marta, at=now(), seen=published.version, when=when(published, 3),
        where=WHERE, reason="La sala è occupata.",
    )  # fmt: skip

    assert (change.kind, change.was_starts_at, change.language) == ("moved", was, "it")
    assert published.sequence == sequence + 1
    assert published.starts_at == was + timedelta(hours=3)
    assert published.closes_at == was + timedelta(hours=3) - timedelta(days=1)
    names = [each.name for each in db.session.scalars(select(RecordedEvent))]
    assert sum("EventRescheduled" in name for name in names) == 1


def test_another_room_is_another_place_but_its_address_stays_secret(world, published):
    where = {**WHERE, "is_online": True, "room_url": "https://room.example/1"}
    first = rescheduling.move_event(
        published, by=world.marta, at=now(), seen=published.version, when=when(published),
        where=where,
    )  # fmt: skip
    second = rescheduling.move_event(
        published, by=world.marta, at=now(), seen=published.version, when=when(published),
        where={**where, "room_url": "https://room.example/2"},
    )  # fmt: skip
    assert first.kind == second.kind == "place"
    assert "room.example" not in second.was_place
    with pytest.raises(NothingChanged):
        rescheduling.move_event(
            published, by=world.marta, at=now(), seen=published.version, when=when(published),
            where={**where, "room_url": "https://room.example/2"},
        )  # fmt: skip


def test_what_is_postponed_waits_for_a_new_date(world, published):
    rescheduling.postpone_event(
        published, by=world.marta, at=now(), seen=published.version, reason="Sciopero."
    )
    assert published.postponed_at and not published.takes_registrations(now())
    with pytest.raises(NotNow):
        rescheduling.postpone_event(
            published, by=world.marta, at=now(), seen=published.version, reason="Sciopero."
        )
    change = rescheduling.move_event(
        published, by=world.marta, at=now(), seen=published.version, when=when(published),
        where=WHERE,
    )  # fmt: skip
    assert change.kind == "moved" and published.postponed_at is None


def test_cancelling_needs_a_reason_and_happens_once(world, published):
    with pytest.raises(rescheduling.ReasonMissing):
        rescheduling.cancel_event(
            published, by=world.marta, at=now(), seen=published.version, reason=" "
        )
    rescheduling.cancel_event(
        published, by=world.marta, at=now(), seen=published.version, reason="Sciopero."
    )
    assert published.state == "cancelled" and published.is_shown
    assert published.id in seen_by(world.teresa)
    with pytest.raises(NotNow):
        rescheduling.cancel_event(
            published, by=world.marta, at=now(), seen=published.version, reason="Ancora."
        )


def test_only_what_was_never_published_is_thrown_away(world, draft):
    publishing.propose_event(draft, by=world.marta, at=now())
    drafting.discard_event(draft, by=world.marta, at=now())
    assert db.session.scalar(select(Event)) is None
    assert not db.session.scalar(select(Case).filter_by(kind="event")).is_open
    other = make(world.marta)
    publishing.publish_event(other, by=world.giulia, at=now())
    with pytest.raises(NotNow):
        drafting.discard_event(other, by=world.marta, at=now())


def test_time_and_place_of_a_published_event_change_by_moving_it(world, published):
    with pytest.raises(NotNow):
        drafting.change_facts(
            published, by=world.marta, at=now(), seen=published.version, spoken=("it",),
            when={**when(published, 1), "zone": ROME},
        )  # fmt: skip
