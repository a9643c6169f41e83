"""The pages of those who make events."""

import pytest
from sqlalchemy import select

from officine.blueprints.planning import queries
from officine.blueprints.planning.commands import drafting, publishing
from officine.core.clock import now
from officine.core.db import db
from officine.models import Case, Event, Notification
from tests.outbound import text_of
from tests.planning.conftest import make, next_week

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


def proposal(**changed):
    """What a browser sends."""
    starts = next_week()
    return {
        "language": "it", "title": "Visita alla tessitura", "summary": "Due ore tra i telai.",
        "text": "Si parte alle **nove**.", "price": "10 €", "day": f"{starts:%Y-%m-%d}",
        "begins": "09:00", "ends": "11:00", "zone": "Europe/Rome", "place": "Colombo Tessuti",
        "town": "Como", "country": "IT", "spoken": ["it", "en"], "audience": "public",
        "group": "0", "capacity": "20", "most_guests": "1", "offer_hours": "24",
        "then": "propose", **changed,
    }  # fmt: skip


def facts(event, **changed):
    sent = {key: value for key, value in proposal().items() if key not in ("title", "then")}
    return {**sent, "version": event.version, **changed}


def the_event():
    return db.session.scalar(select(Event).order_by(Event.id.desc()))


def at(event, end=""):
    return f"/it/events/{event.slug}{end}"


# Proposing


def test_a_visitor_is_asked_to_sign_in_to_propose(visit):
    assert "/sign-in" in visit().get("/it/events/new").headers["Location"]
    assert "/sign-in" in visit().post("/it/events/new", **proposal()).headers["Location"]
    assert the_event() is None


def test_who_has_not_confirmed_the_address_is_refused(visit, world):
    assert visit(world.newcomer).get("/it/events/new").status_code == 403
    assert visit(world.newcomer).post("/it/events/new", **proposal()).status_code == 403


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": " "}, "Scrivi un titolo"),
        ({"day": "domani"}, "Visita alla tessitura"),
        ({"begins": ""}, "quando comincia"),
        ({"ends": "08:00"}, "Finirebbe prima di cominciare"),
        ({"town": "", "place": ""}, "Di’ dov’è"),
        ({"is_online": "y", "room_url": "zoom"}, "indirizzo intero"),
        ({"spoken": []}, "almeno una lingua"),
        ({"audience": "group"}, "Scegli il gruppo"),
        ({"audience": "members", "takes_outsiders": "y"}, "che tutti vedono"),
        ({"capacity": "0"}, "tra 1 e 100"),
        ({"zone": "Mars/Base"}, "Visita alla tessitura"),
        ({"day": "2020-01-01"}, "già passato"),
        ({"day": "2027-03-28", "begins": "02:30"}, "in avanti"),
        ({"closes_at": "2090-01-01T10:00"}, "dopo la fine"),
        ({"is_free": "y"}, "allora non è gratis"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(visit, world, wrong, said):
    reply = visit(world.marta).post("/it/events/new", **proposal(**wrong))

    assert reply.status_code == 422
    assert said in reply.text and "Due ore tra i telai." in reply.text
    assert 'aria-invalid="true"' in reply.text
    assert the_event() is None


def test_a_proposal_goes_to_the_desk(visit, world):
    visit(world.marta).get("/it/events/new")
    reply = visit(world.marta).post("/it/events/new", **proposal())

    event = the_event()
    assert reply.status_code == 303 and reply.headers["Location"].endswith(at(event, "/edit"))
    assert (event.state, event.capacity, event.spoken) == ("proposed", 20, ("it", "en"))
    assert event.starts_at.astimezone(event.timezone).hour == 9
    assert "redazione" in visit(world.marta).get(at(event, "/edit")).text


def test_a_draft_is_kept_for_later_also_by_htmx(visit, world):
    reply = visit(world.marta, **HTMX).post("/it/events/new", **proposal(then="keep"))

    assert reply.headers["HX-Redirect"].endswith(at(the_event(), "/edit"))
    assert the_event().state == "draft"
    assert "Visita alla tessitura" in visit(world.marta).get("/it/events/mine").text


def test_nobody_else_finds_a_draft(visit, world, draft):
    for end in ("/edit", "/texts/it", "/move", "/cancellation"):
        assert visit(world.teresa).get(at(draft, end)).status_code == 404
        assert visit().get(at(draft, end)).status_code == 404


# What it is


def test_its_organiser_changes_it(visit, world, draft):
    assert visit(world.marta).get(at(draft, "/edit")).status_code == 200
    sent = facts(draft, ends="12:30")
    assert visit(world.marta).post(at(draft, "/edit"), **sent).status_code == 303
    assert the_event().ends_at.astimezone(draft.timezone).hour == 12
    sent = facts(the_event(), ends="08:30")
    reply = visit(world.marta).post(at(draft, "/edit"), **sent)
    assert reply.status_code == 422 and "08:30" in reply.text


def test_of_two_organisers_the_second_keeps_what_they_typed(visit, world, draft):
    seen = draft.version
    first = facts(draft, capacity="30")
    assert visit(world.giulia).post(at(draft, "/edit"), **first).status_code == 303
    reply = visit(world.marta).post(at(draft, "/edit"), **facts(draft, version=seen, capacity="44"))
    assert reply.status_code == 409 and 'value="44"' in reply.text
    assert the_event().capacity == 30
    again = facts(the_event(), capacity="44")
    assert visit(world.marta).post(at(draft, "/edit"), **again).status_code == 303


def test_who_sees_a_published_event_may_not_change_it(visit, world, published):
    assert visit(world.teresa).get(at(published, "/edit")).status_code == 403
    assert visit(world.teresa).post(at(published, "/edit")).status_code == 403
    assert "/sign-in" in visit().post(at(published, "/edit")).headers["Location"]


def test_seats_that_are_taken_stay(visit, world, published):
    published.capacity, published.seats_taken = 10, 6
    db.session.commit()
    reply = visit(world.marta).post(at(published, "/edit"), **facts(published, capacity="5"))
    assert reply.status_code == 422 and "6 posti" in reply.text
    reply = visit(world.marta).post(at(published, "/edit"), **facts(published, capacity="6"))
    assert reply.status_code == 303


# Texts


def test_a_translation_stands_beside_its_original(visit, world, draft):
    page = visit(world.marta).get(at(draft, "/texts/en"))
    assert "Cena degli esportatori" in page.text
    words = {"title": "Exporters’ dinner", "text": "We eat.", "seen": 0}
    assert visit(world.marta).post(at(draft, "/texts/en"), **words).status_code == 303
    reply = visit(world.giulia).post(at(draft, "/texts/en"), **{**words, "title": "Dinner"})
    assert reply.status_code == 409 and "Exporters’ dinner" in reply.text
    assert visit(world.marta).post(at(draft, "/texts/en"), title="", seen=1).status_code == 422
    original = {"title": "Pranzo", "text": "Si mangia.", "seen": 1, "change": "large"}
    assert visit(world.marta).post(at(draft, "/texts/it"), **original).status_code == 303
    page = visit(world.marta).get(f"/it/events/{the_event().slug}/texts/en")
    assert "non è più aggiornata" in page.text or "cambiato" in page.text
    assert visit(world.marta).get(f"/it/events/{the_event().slug}/texts/xx").status_code == 404


# Into the calendar


def test_a_member_proposes_and_takes_back(visit, world, draft):
    assert visit(world.marta).post(at(draft, "/proposal")).status_code == 303
    assert the_event().state == "proposed"
    assert visit(world.marta).post(at(draft, "/proposal")).status_code == 403
    assert visit(world.marta).post(at(draft, "/proposal/withdrawal")).status_code == 303
    assert the_event().state == "draft"
    assert visit(world.marta).post(at(draft, "/publication")).status_code == 403


def test_the_desk_publishes_and_the_proposer_hears(visit, world, draft, settle, outbound):
    publishing.propose_event(draft, by=world.marta, at=now())
    db.session.commit()
    assert visit(world.giulia).post(at(draft, "/publication")).status_code == 303
    settle()
    assert the_event().state == "published"
    [letter] = outbound.to(world.marta.email)
    assert "Cena degli esportatori" in text_of(letter)
    kinds = db.session.scalars(select(Notification.kind).filter_by(member_id=world.marta.id))
    assert list(kinds) == ["event-published"]
    page = visit(world.marta).get("/it/notifications")
    assert "Cena degli esportatori" in page.text


def test_a_host_publishes_for_their_group(visit, world):
    event = make(world.marta, audience="group", group_id=world.export.id)
    assert visit(world.marta).post(at(event, "/publication")).status_code == 303
    assert the_event().state == "published"


def test_the_desk_shows_the_proposal_and_declines_with_a_reason(
    visit, world, draft, settle, outbound
):
    publishing.propose_event(draft, by=world.marta, at=now())
    db.session.commit()
    queue = visit(world.giulia).get("/it/desk", most_queries=40)
    assert "Cena degli esportatori" in queue.text
    case = db.session.scalar(select(Case).filter_by(kind="event"))
    page = visit(world.giulia).get(f"/it/desk/cases/{case.id}", most_queries=40)
    assert "Villa Olmo" in page.text and "Si <strong>mangia</strong>." in page.text
    said = {"measure": "decline-event", "rule": "other", "facts": "Manca chi ospita."}
    reply = visit(world.giulia).post(f"/it/desk/cases/{case.id}/decisions", **said)
    assert reply.status_code == 303
    settle()
    [letter] = outbound.to(world.marta.email)
    assert "Manca chi ospita." in text_of(letter)
    assert "Manca chi ospita." in visit(world.marta).get(at(draft, "/edit")).text
    assert visit(world.marta).post(at(draft, "/proposal")).status_code == 303


def test_a_draft_is_thrown_away(visit, world, draft):
    assert visit(world.teresa).post(at(draft, "/discarding")).status_code == 404
    assert visit(world.marta).post(at(draft, "/discarding")).status_code == 303
    assert the_event() is None


def test_a_published_event_is_not_thrown_away(visit, world, published):
    assert visit(world.marta).post(at(published, "/discarding")).status_code == 403


# Otherwise


def moved(event, **changed):
    """To the day after, at nine."""
    sent = {key: facts(event)[key] for key in ("begins", "ends", "zone", "place", "town")}
    day = f"{next_week(hours=24):%Y-%m-%d}"
    return {**sent, "day": day, "country": "IT", "version": event.version, **changed}


def test_moving_it_is_marked(visit, world, published):
    page = at(published, "/move")
    assert visit(world.marta).get(page).status_code == 200
    assert visit(world.teresa).post(page, **moved(published)).status_code == 403
    assert "/sign-in" in visit().post(page, **moved(published)).headers["Location"]
    assert visit(world.marta).post(page, **moved(published, ends="07:00")).status_code == 422
    past = moved(published, day="2020-01-01")
    assert visit(world.marta).post(page, **past).status_code == 422
    seen = moved(published)
    assert visit(world.marta).post(page, **seen, reason="Sala occupata.").status_code == 303
    [change] = the_event().changes
    assert change.kind == "moved" and change.reason == "Sala occupata."
    assert visit(world.marta).post(page, **seen).status_code == 409
    assert visit(world.marta).post(page, **moved(the_event())).status_code == 422


@pytest.mark.parametrize("end", ["/postponement", "/cancellation"])
def test_it_does_not_take_place_with_a_reason(visit, world, published, end):
    page = at(published, end)
    assert visit(world.marta).get(page).status_code == 200
    assert "/sign-in" in visit().post(page, reason="x").headers["Location"]
    assert visit(world.teresa).post(page, reason="x", version=1).status_code == 403
    assert visit(world.marta).post(page, reason=" ", version=published.version).status_code == 422
    assert visit(world.marta).post(page, reason="Sciopero.", version=1).status_code == 409
    reply = visit(world.marta, **HTMX).post(page, reason="Sciopero.", version=published.version)
    assert reply.headers["HX-Redirect"].endswith(at(published))
    assert len(the_event().changes) == 1
    again = visit(world.marta).post(page, reason="Ancora.", version=the_event().version)
    assert again.status_code in (403, 409)
    assert len(the_event().changes) == 1


def test_a_draft_is_not_moved(visit, world, draft):
    assert visit(world.marta).get(at(draft, "/move")).status_code == 403


def test_hours_are_those_of_the_events_clock(visit, world):
    sent = proposal(zone="America/Bogota", begins="18:00", ends="01:00", then="keep")
    assert visit(world.marta).post("/it/events/new", **sent).status_code == 422
    starts = next_week(24)
    sent["last_day"] = f"{starts:%Y-%m-%d}"
    assert visit(world.marta).post("/it/events/new", **sent).status_code == 303
    event = the_event()
    assert event.zone == "America/Bogota" and event.starts_at.hour == 23
    assert queries.text_in(event, "it").price == "10 €"
    drafting.discard_event(event, by=world.marta, at=now())
