"""The page of an event."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from officine.core.clock import now
from officine.core.db import db
from officine.models import (
    EventChange,
    EventMaterial,
    EventSession,
    EventText,
    Partner,
    Registration,
    Speaker,
    Topic,
)
from tests.events.making import event, going, group_event, utc
from tests.events.test_listing import words

ROOM = "https://meet.example.org/stanza-dieci"


def told(page: str) -> dict:
    """What the page tells search engines."""
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])


def test_everything_one_needs_to_come_is_there(visit, world):
    made = event(
        world.marta, "Porte aperte", place="Ferrandi Valvole", address="Via Monsuello 12",
        capacity=12, price="Si paga la cena", is_free=False, spoken=("it", "en"),
        closes_at=now() + timedelta(days=8), group_id=world.export.id,
    )  # fmt: skip
    going(made, world.davide)
    session = EventSession(
        event_id=made.id, starts_at=made.starts_at, ends_at=made.starts_at + timedelta(minutes=30),
        language="it", title="Il giro del reparto",
    )  # fmt: skip
    session.speakers = [
        Speaker(
            position=1, name="Marta Colombo", job="titolare", member_id=world.marta.id,
            company_id=world.companies["tessuti"].id,
        )
    ]  # fmt: skip
    db.session.add(session)
    db.session.add(
        Partner(
            event_id=made.id, position=1, role="sponsor", name="Banca di Prova", language="it",
            offer="Un conto senza spese per un anno", url="https://banca.example.org",
        )
    )  # fmt: skip

    page = visit(world.teresa).get(f"/it/events/{made.slug}").text

    said = words(page)
    for expected in (
        "Ferrandi Valvole", "Via Monsuello 12, Lumezzane, Italia", "italiano e inglese",
        "Si paga la cena", "restano 11 posti", "Il giro del reparto", "Colombo Tessuti",
        "Offerta di un partner", "Davide Rinaldi", "Export e dogane", "ora di Roma",
    ):  # fmt: skip
        assert expected in said, expected
    assert "/it/people/davide-rinaldi" in page or "davide-rinaldi" in page


def test_only_who_goes_sees_the_address_of_the_room(visit, world):
    made = event(world.marta, "Domande al doganalista", is_online=True, room_url=ROOM, town="")
    going(made, world.davide)
    address = f"/it/events/{made.slug}"

    for who in (None, world.teresa, world.emma):
        page = visit(who).get(address).text
        assert ROOM not in page
        assert "Chi partecipa trova qui l’indirizzo della stanza." in words(page)
    for who in (world.davide, world.marta, world.giulia):
        assert ROOM in visit(who).get(address).text


def test_search_engines_are_told_of_public_events_without_the_room(visit, world):
    made = event(
        world.marta, "Fiera </script>", slug="fiera", is_online=True, room_url=ROOM, capacity=5
    )
    going(made, world.davide)

    data = told(visit().get(f"/it/events/{made.slug}").text)

    assert data["@type"] == "Event" and data["name"] == "Fiera </script>"
    assert data["eventStatus"].endswith("EventScheduled")
    assert data["eventAttendanceMode"].endswith("MixedEventAttendanceMode")
    assert {each["@type"] for each in data["location"]} == {"Place", "VirtualLocation"}
    assert data["remainingAttendeeCapacity"] == 4
    assert ROOM not in json.dumps(data)
    hidden = event(world.marta, "Solo noi", audience="members")
    assert "ld+json" not in visit(world.emma).get(f"/it/events/{hidden.slug}").text


def test_the_best_text_is_read_with_a_way_to_the_others(visit, world):
    made = event(world.marta, "Porte aperte", titles={"en": "Open doors"})
    made.revision = 2

    english = visit(world.emma).get(f"/en/events/{made.slug}").text
    original = visit(world.emma).get(f"/en/events/{made.slug}?text=it").text

    assert "Open doors" in english.split("<h1")[1].split("</h1>")[0]
    assert "The original has changed since this translation was made." in english
    assert '<h1 lang="it">Porte aperte' in original
    assert "The original has changed" not in original


@pytest.mark.parametrize(
    ("kind", "state", "said"),
    [
        ("moved", "published", "Spostato: era martedì 1 dicembre 2026, 18:00"),
        ("place", "published", "Doveva essere qui: Villa Olmo."),
        ("postponed", "published", "Questo evento è stato rimandato"),
        ("cancelled", "cancelled", "Questo evento è stato annullato."),
    ],
)
def test_changes_are_marked_with_their_reason(visit, world, kind, state, said):
    with time_machine.travel(utc(2026, 11, 22, 9), tick=False):
        made = event(world.marta, "Cena fra tessitori", state=state)
        made.postponed_at = now() if kind == "postponed" else None
        db.session.add(
            EventChange(
                event_id=made.id, kind=kind, at=now(), by_id=world.marta.id, language="it",
                reason="La sala è allagata.", was_starts_at=utc(2026, 12, 1, 17),
                was_ends_at=utc(2026, 12, 1, 19), was_place="Villa Olmo",
            )
        )  # fmt: skip
        page = visit().get(f"/it/events/{made.slug}").text
        listed = visit().get("/it/events").text

    assert said in words(page) and "La sala è allagata." in words(page)
    mark = {"moved": "Spostato", "place": "Nuovo luogo", "postponed": "Rimandato"}
    assert mark.get(kind, "Annullato") in words(listed)
    status = {"moved": "Rescheduled", "postponed": "Postponed", "cancelled": "Cancelled"}
    assert told(page)["eventStatus"].endswith(status.get(kind, "Scheduled"))


def test_a_past_event_shows_what_came_of_it(visit, world):
    made = event(world.marta, "Cena di marzo", starts_at=now() - timedelta(days=20))
    going(made, world.davide, world.teresa)
    db.session.add(
        EventMaterial(
            event_id=made.id, kind="slides", title="Le tariffe in tre pagine", language="it",
            url="https://example.org/tariffe.pdf", at=now(), by_id=world.marta.id,
        )
    )  # fmt: skip

    said = words(visit().get(f"/it/events/{made.slug}").text)

    assert "Sono venute 2 persone" in said and "Le tariffe in tre pagine" in said
    assert "Davide Rinaldi" not in said


def test_of_a_past_event_one_sees_who_was_there_and_not_who_stayed_away(visit, world):
    made = event(world.marta, "Cena di marzo", starts_at=now() - timedelta(days=20))
    going(made, world.davide, world.teresa)
    came = db.session.scalar(select(Registration).filter_by(member_id=world.davide.id))
    came.arrived_at, came.guests, came.arrived_guests = made.starts_at, 3, 1
    db.session.flush()

    page = visit(world.emma).get(f"/it/events/{made.slug}").text
    listed = visit(world.emma).get("/it/events?when=past").text

    for each in (page, listed):
        assert "Sono venute 2 persone" in words(each), "Davide and one guest"
        assert "Teresa" not in words(each)
    assert "Davide" in words(page)


def test_a_host_of_the_group_is_offered_no_list_that_they_may_not_open(visit, world):
    made = event(world.teresa, "Cena", group_id=world.export.id)
    address = f"/it/events/{made.slug}"

    assert f"{address}/people" in visit(world.teresa).get(address).text
    page = visit(world.marta).get(address).text
    assert f"{address}/edit" in page, "Marta is the host of the group"
    assert f"{address}/people" not in page
    assert visit(world.marta).get(f"{address}/people").status_code == 403


@pytest.mark.parametrize("language", ["it", "en", "es"])
def test_the_page_stays_within_its_queries(visit, world, language):
    made = event(world.marta, capacity=30, group_id=world.export.id, is_online=True)
    going(made, world.davide, world.teresa, world.emma)

    assert visit(world.davide).get(f"/{language}/events/{made.slug}", most_queries=24)
    assert visit().get(f"/{language}/events/{made.slug}", most_queries=14)


def test_a_draft_is_for_its_organisers_and_the_desk(visit, world):
    made = event(world.marta, "Bozza", state="draft")
    address = f"/it/events/{made.slug}"

    assert visit().get(address).status_code == 404
    assert visit(world.teresa).get(address).status_code == 404
    assert "l’evento non è pubblicato" in visit(world.marta).get(address).text
    assert visit(world.giulia).get(address).status_code == 200


# Talking about it


def test_members_talk_about_an_event_in_the_group_that_holds_it(visit, world):
    made = event(world.marta, group_id=world.export.id)
    address = f"/it/events/{made.slug}/discussion"

    page = visit(world.emma).get(address)
    assert "Diventa una discussione in «Export e dogane»." in words(page.text)
    empty = visit(world.emma).post(address, group="export-e-dogane", text=" ")
    assert empty.status_code == 422
    sent = visit(world.emma).post(address, group="export-e-dogane", text="Chi viene in treno?")

    topic = db.session.scalars(db.select(Topic)).one()
    assert sent.status_code == 303 and topic.group_id == world.export.id
    assert made.topic_id == topic.id
    assert "Porte aperte" in words(visit().get(f"/it/events/{made.slug}").text)
    assert visit(world.davide).get(address).status_code == 303


def test_by_htmx_the_whole_page_goes_to_the_discussion(visit, world):
    made = event(world.marta, group_id=world.export.id)

    reply = visit(world.davide).htmx_post(
        f"/it/events/{made.slug}/discussion", group="export-e-dogane", text="Chi viene?"
    )

    assert "/topics/" in reply.headers["HX-Redirect"]


def test_nobody_else_chooses_where_it_is_discussed(visit, world):
    made = event(world.marta)
    address = f"/it/events/{made.slug}/discussion"

    assert visit().get(address).status_code in (302, 303, 403)
    assert visit(world.teresa).get(address).status_code == 403
    assert visit(world.marta).get(address).status_code == 200


def test_an_event_is_not_discussed_where_others_would_learn_of_it(visit, world):
    hidden = event(world.marta, "Solo noi", audience="members", group_id=world.export.id)
    private = group_event(world.marta, world.famiglia, "Cena riservata")

    refused = visit(world.davide).post(
        f"/it/events/{hidden.slug}/discussion", group="export-e-dogane", text="Eccomi"
    )
    chosen = visit(world.marta).get(f"/it/events/{hidden.slug}/discussion").text
    kept = visit(world.marta).get(f"/it/events/{private.slug}/discussion").text

    assert refused.status_code == 403
    assert "Export e dogane" not in words(chosen)
    assert "Passaggio generazionale" in words(kept)


def test_texts_without_the_original_are_told_by_another_language(visit, world):
    made = event(world.marta, "Porte aperte")
    db.session.add(
        EventText(
            event_id=made.id, language="es", title="Puertas abiertas", changed_at=now(),
            by_id=world.marta.id,
        )
    )  # fmt: skip

    assert "Puertas abiertas" in visit(world.teresa).get(f"/es/events/{made.slug}").text
