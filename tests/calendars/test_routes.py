"""Events as files and feeds, for whoever asks."""

import re

import pytest
from icalendar import Calendar

from officine.blueprints.calendars.commands import make_address
from officine.core.clock import now
from officine.core.db import db
from officine.models import EventChange, EventText, Membership
from officine.models.calendar import CalendarAddress
from tests.calendars.stage import an_event, goes
from tests.world import World

SECRET_ROOM = "https://meet.example/a-secret-room"


def read(reply):
    assert reply.status_code == 200
    assert reply.content_type == "text/calendar; charset=utf-8"
    found = Calendar.from_ical(reply.data)
    assert not any(component.errors for component in found.walk())
    return found


def titles(reply):
    return {str(event["SUMMARY"]) for event in read(reply).walk("VEVENT")}


def key_of(member):
    address = make_address(member, at=now())
    db.session.commit()
    return address.key


# One event ------------------------------------------------------------------


def test_an_event_is_a_file_in_the_language_of_the_page(visit, world: World):
    event = an_event(world.marta)
    event.texts.append(
        EventText(language="en", title="Dinner in Como", changed_at=now(), by_id=world.marta.id)
    )
    db.session.commit()

    italian, english = (visit().get(f"/{code}/events/cena-a-como.ics") for code in ("it", "en"))

    assert titles(italian) == {"Cena a Como"}
    assert titles(english) == {"Dinner in Como"}
    [found] = read(italian).walk("VEVENT")
    assert found["UID"] == event.uid
    assert found["URL"] == "http://officine.test/it/events/cena-a-como"
    assert found["LOCATION"] == "Como, Italia"
    assert "Con vino." in found["DESCRIPTION"]
    assert found["STATUS"] == "CONFIRMED"
    assert read(english).walk("VEVENT")[0]["UID"] == event.uid
    assert "cena-a-como.ics" in italian.headers["Content-Disposition"]


def test_a_file_that_did_not_change_is_not_sent_again(visit, world: World):
    an_event(world.marta)
    client = visit()
    etag = client.get("/it/events/cena-a-como.ics").headers["ETag"]

    reply = client.get("/it/events/cena-a-como.ics", headers={"If-None-Match": etag})

    assert reply.status_code == 304


def test_what_one_may_not_see_has_no_file(visit, world: World):
    an_event(world.marta, "fra-noi", audience="members")
    an_event(world.marta, "di-famiglia", audience="group", group=world.famiglia)
    an_event(world.marta, "bozza", state="draft", published_at=None)

    def status(who, slug):
        return visit(who).get(f"/it/events/{slug}.ics").status_code

    assert status(None, "fra-noi") == 404
    assert status(world.emma, "fra-noi") == 200
    assert status(None, "di-famiglia") == status(world.emma, "di-famiglia") == 404
    assert status(world.marta, "di-famiglia") == 200
    assert status(world.emma, "bozza") == 404
    assert status(None, "non-c-e") == 404


def test_the_room_is_told_to_those_who_go_only(visit, world: World):
    event = an_event(world.marta, is_online=True, room_url=SECRET_ROOM, town="", country="")
    goes(event, world.emma)
    goes(event, world.davide, "waiting")

    def file(who):
        return visit(who).get("/it/events/cena-a-como.ics").text.replace("\r\n ", "")

    assert SECRET_ROOM in file(world.emma)
    assert "CONFERENCE" in file(world.emma)
    for who in (None, world.teresa, world.davide):
        assert SECRET_ROOM not in file(who)
        assert "LOCATION:Online" in file(who)


def test_a_cancelled_event_says_so_and_why(visit, world: World):
    event = an_event(world.marta, state="cancelled", cancelled_at=now(), sequence=3)
    db.session.add(
        EventChange(event_id=event.id, kind="cancelled", at=now(), by_id=world.marta.id,
                    reason="Neve sul passo.", language="it", was_starts_at=event.starts_at,
                    was_ends_at=event.ends_at)
    )  # fmt: skip
    db.session.commit()

    [found] = read(visit().get("/it/events/cena-a-como.ics")).walk("VEVENT")

    assert (found["STATUS"], found["SEQUENCE"]) == ("CANCELLED", 3)
    assert "Neve sul passo." in found["DESCRIPTION"]


def test_a_postponed_event_is_not_certain(visit, world: World):
    an_event(world.marta, postponed_at=now())

    [found] = read(visit().get("/it/events/cena-a-como.ics")).walk("VEVENT")

    assert found["STATUS"] == "TENTATIVE"


# Feeds ----------------------------------------------------------------------


def test_the_feed_holds_what_everyone_may_see(visit, world: World):
    an_event(world.marta, "a", title="Aperta")
    an_event(world.marta, "b", title="Fra noi", audience="members")
    an_event(world.marta, "c", title="Di famiglia", audience="group", group=world.famiglia)
    an_event(world.marta, "d", title="Bozza", state="draft", published_at=None)
    an_event(world.marta, "e", title="Antica", days=-200)

    for who in (None, world.marta, world.giulia):
        reply = visit(who).get("/it/calendar/events.ics")
        assert titles(reply) == {"Aperta"}
        assert "Fra noi" not in reply.text
    assert read(reply)["REFRESH-INTERVAL"].dt.total_seconds() == 7200


def test_a_language_has_its_feed(visit, world: World):
    an_event(world.marta, "a", title="In italiano")
    an_event(world.marta, "b", title="En español", spoken=("es", "en"))

    assert titles(visit().get("/en/calendar/languages/es.ics")) == {"En español"}
    assert titles(visit().get("/en/calendar/languages/it.ics")) == {"In italiano"}
    assert visit().get("/en/calendar/languages/fr.ics").status_code == 404


def test_a_group_has_its_feed(visit, world: World):
    an_event(world.marta, "a", title="Del gruppo", group=world.export)
    an_event(world.marta, "b", title="Di tutti")
    an_event(world.marta, "c", title="Per chi c’è", audience="group", group=world.export)

    reply = visit(world.marta).get("/it/groups/export-e-dogane/events.ics")

    assert titles(reply) == {"Del gruppo"}
    assert str(read(reply).walk("VEVENT")[0]["CATEGORIES"].cats[0]) == "Export e dogane"


def test_a_private_group_has_a_feed_for_a_member_with_a_secret_only(visit, world: World):
    an_event(world.marta, title="Di famiglia", audience="group", group=world.famiglia)
    mine, hers = key_of(world.marta), key_of(world.emma)
    slug = world.famiglia.slug

    assert visit(world.marta).get(f"/it/groups/{slug}/events.ics").status_code == 404
    assert titles(visit().get(f"/it/calendar/{mine}/groups/{slug}.ics")) == {"Di famiglia"}
    assert visit().get(f"/it/calendar/{hers}/groups/{slug}.ics").status_code == 404


def test_a_private_group_lends_its_name_to_nobody_else(visit, world: World):
    an_event(world.marta, title="Aperta a tutti", group=world.famiglia)

    reply = visit().get("/it/calendar/events.ics")

    assert titles(reply) == {"Aperta a tutti"}
    assert world.famiglia.name not in reply.text.replace("\r\n ", "")


def test_a_feed_that_did_not_change_is_not_sent_again(visit, world: World):
    event = an_event(world.marta)
    client = visit()
    etag = client.get("/it/calendar/events.ics").headers["ETag"]

    def again():
        return client.get("/it/calendar/events.ics", headers={"If-None-Match": etag}).status_code

    assert again() == 304
    event.texts[0].title, event.version = "Cena a Lecco", 2
    db.session.commit()
    assert again() == 200


def test_many_events_take_as_few_questions_as_one(visit, world: World):
    for number in range(12):
        an_event(world.marta, f"e-{number}", group=world.export)
    client = visit()

    assert len(read(client.get("/it/calendar/events.ics", most_queries=9)).walk("VEVENT")) == 12


# One's own ------------------------------------------------------------------


def test_my_calendar_holds_what_i_take_part_in(visit, world: World):
    goes(an_event(world.marta, "a", title="Ci vado", room_url=SECRET_ROOM), world.emma)
    goes(an_event(world.marta, "b", title="Aspetto"), world.emma, "waiting")
    goes(an_event(world.marta, "c", title="Non ci vado"), world.emma, "no")
    an_event(world.marta, "d", title="Altro")
    an_event(world.emma, "e", title="Mio")

    found = read(visit().get(f"/en/calendar/{key_of(world.emma)}/mine.ics"))

    status = {str(event["SUMMARY"]): event["STATUS"] for event in found.walk("VEVENT")}
    assert status == {"Ci vado": "CONFIRMED", "Aspetto": "TENTATIVE", "Mio": "CONFIRMED"}
    assert SECRET_ROOM.encode() in found.to_ical().replace(b"\r\n ", b"")
    assert len(found.walk("VALARM")) == 3


def test_what_i_may_see_no_more_leaves_my_calendar(visit, world: World):
    event = an_event(world.emma, audience="group", group=world.export, title="Del gruppo")
    goes(event, world.teresa)
    key = key_of(world.teresa)
    assert titles(visit().get(f"/it/calendar/{key}/mine.ics")) == {"Del gruppo"}

    db.session.delete(db.session.get(Membership, (world.export.id, world.teresa.id)))
    db.session.commit()

    assert titles(visit().get(f"/it/calendar/{key}/mine.ics")) == set()


def test_the_secret_opens_all_that_its_member_sees(visit, world: World):
    an_event(world.marta, "a", title="Aperta")
    an_event(world.marta, "b", title="Fra noi", audience="members")
    an_event(world.marta, "c", title="Di famiglia", audience="group", group=world.famiglia)

    reply = visit().get(f"/it/calendar/{key_of(world.emma)}/events.ics")

    assert titles(reply) == {"Aperta", "Fra noi"}
    assert "private" in reply.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["mine.ics", "events.ics", "languages/it.ics"])
def test_a_revoked_secret_opens_nothing(visit, world: World, path):
    key = key_of(world.emma)
    assert visit().get(f"/it/calendar/{key}/{path}").status_code == 200

    visit(world.emma).post("/it/calendar/address/revocation")

    assert visit().get(f"/it/calendar/{key}/{path}").status_code == 404
    assert visit().get(f"/it/calendar/{'x' * 43}/{path}").status_code == 404


def test_who_left_has_no_calendar(visit, world: World):
    key = key_of(world.emma)
    world.emma.left_at = now()
    db.session.commit()

    assert visit().get(f"/it/calendar/{key}/mine.ics").status_code == 404


def test_its_owner_sees_that_a_program_reads_it(visit, settle, world: World):
    key = key_of(world.emma)
    assert "No program has read them yet." in visit(world.emma).get("/en/calendar").text

    visit().get(f"/it/calendar/{key}/mine.ics")
    settle()

    assert db.session.get(CalendarAddress, world.emma.id).read_at is not None
    assert "Last read by a program" in visit(world.emma).get("/en/calendar").text


# The page -------------------------------------------------------------------


def test_a_visitor_signs_in_first(visit, world: World):
    assert visit().get("/it/calendar").status_code in (302, 303, 401, 403)
    assert visit().post("/it/calendar/address").status_code in (302, 303, 401, 403)
    assert visit().post("/it/calendar/address/revocation").status_code in (302, 303, 401, 403)
    assert db.session.query(CalendarAddress).count() == 0


def test_a_member_makes_an_address_in_a_plain_form(visit, world: World):
    reply = visit(world.marta).post("/it/calendar/address")

    assert reply.status_code == 303
    page = visit(world.marta).get("/it/calendar").text
    key = db.session.get(CalendarAddress, world.marta.id).key
    assert f"webcal://officine.test/it/calendar/{key}/mine.ics" in page
    assert f"/it/calendar/{key}/groups/{world.famiglia.slug}.ics" in page
    assert len(key) >= 40


def test_a_member_changes_it_with_htmx(visit, world: World):
    before = key_of(world.marta)

    reply = visit(world.marta).htmx_post("/it/calendar/address")

    after = re.search(r"/it/calendar/([\w-]{43})/mine\.ics", reply.text)[1]
    assert after != before
    assert visit().get(f"/it/calendar/{before}/mine.ics").status_code == 404
    assert visit().get(f"/it/calendar/{after}/mine.ics").status_code == 200


def test_a_member_revokes_it_with_htmx(visit, world: World):
    key_of(world.marta)

    reply = visit(world.marta).htmx_post("/it/calendar/address/revocation")

    assert 'id="subscriptions"' in reply.text
    assert db.session.get(CalendarAddress, world.marta.id) is None


def test_nobody_else_sees_the_address(visit, world: World):
    key = key_of(world.marta)

    for who in (world.emma, world.giulia, world.ruth):
        assert key not in visit(who).get("/it/calendar").text
