"""Taking over events from a calendar elsewhere."""

import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from officine.blueprints.calendars.routes import importing
from officine.core.clock import now
from officine.core.db import db
from officine.core.fetch import CannotFetch
from officine.lib.ical import reading
from officine.models import Event, Membership
from officine.models.calendar import CalendarSource
from tests.calendars.stage import an_event, goes
from tests.outbound import text_of
from tests.world import World

URL = "https://calendar.example/events.ics"
TODAY = now()


def stamp(days: float) -> str:
    return f"{TODAY + timedelta(days=days):%Y%m%dT%H0000Z}"


def calendar(*events: tuple[str, str, float]) -> bytes:
    body = "".join(
        f"BEGIN:VEVENT\nUID:{uid}\nSUMMARY:{title}\nDTSTART:{stamp(days)}\nLOCATION:Lecco\n"
        f"END:VEVENT\n"
        for uid, title, days in events
    )
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nX-WR-CALNAME:Club\n{body}END:VCALENDAR\n".encode()


@pytest.fixture
def there(monkeypatch):
    """A calendar elsewhere: what it holds can change."""
    held = {
        "data": calendar(("1@club", "Cena", 5), ("2@club", "Visita", 9), ("3@club", "Ieri", -9))
    }

    def fetch(url, **_):
        if isinstance(held["data"], Exception):
            raise held["data"]
        return held["data"]

    monkeypatch.setattr(importing, "fetch", fetch)
    # In this process: one of its own takes longer than all the rest of a test.
    monkeypatch.setattr(importing, "read_apart", reading.read_calendar)
    return held


def look_at(visitor, url=URL, **more):
    given = {"address": url, "language": "it", "group": 0, "audience": "public"} | more
    return visitor.post("/it/calendar/import", **given)


def take(visitor, path, *uids, **more):
    return visitor.post(path, take=list(uids), **more)


def events():
    return db.session.scalars(select(Event).order_by(Event.source_uid)).all()


def test_visitors_and_members_without_a_group_take_nothing_over(visit, there, world: World):
    assert visit().get("/it/calendar/import").status_code in (302, 303, 401)
    assert visit(world.davide).get("/it/calendar/import").status_code == 403
    assert look_at(visit(world.davide)).status_code == 403
    assert db.session.query(CalendarSource).count() == 0
    assert visit(world.marta).get("/it/calendar/import").status_code == 200
    assert "/it/calendar/import" not in visit(world.davide).get("/it/calendar").text
    assert "/it/calendar/import" in visit(world.giulia).get("/it/calendar").text


def test_a_preview_says_what_would_come_and_what_not(visit, there, world: World):
    editor = visit(world.giulia)

    reply = look_at(editor)
    page = editor.get(reply.headers["Location"]).text

    assert reply.status_code == 303
    assert "2 eventi nuovi" in page
    assert "Cena" in page and "Visita" in page
    assert "È passato, o è fra più di un anno." in page
    assert events() == []


def test_what_is_chosen_becomes_a_draft(visit, there, world: World):
    editor = visit(world.giulia)
    path = look_at(editor).headers["Location"]

    reply = take(editor, path, "1@club")

    assert reply.status_code == 303
    [event] = events()
    assert (event.state, event.place, event.source_uid) == ("draft", "Lecco", "1@club")
    assert event.texts[0].title == "Cena"
    assert event.organisers[0].member_id == world.giulia.id


def test_the_desk_publishes_at_once(visit, there, world: World):
    editor = visit(world.giulia)
    path = look_at(editor).headers["Location"]

    take(editor, path, "1@club", "2@club", publish="yes")

    assert [event.state for event in events()] == ["published", "published"]


def test_a_host_publishes_nothing_that_everyone_sees(visit, there, world: World):
    host = visit(world.marta)
    path = look_at(host, group=world.export.id).headers["Location"]

    take(host, path, "1@club", publish="yes")

    [event] = events()
    assert (event.state, event.group_id) == ("draft", world.export.id)


def test_the_same_calendar_again_makes_no_doubles(visit, there, world: World):
    editor = visit(world.giulia)
    for _ in range(2):
        path = look_at(editor).headers["Location"]
        take(editor, path, "1@club", "2@club")

    assert len(events()) == 2
    assert db.session.query(CalendarSource).count() == 1
    path = look_at(editor).headers["Location"]
    assert "2 sono già qui" in editor.get(path).text


def test_what_is_taken_over_by_another_way_is_here_already(visit, there, world: World):
    editor = visit(world.giulia)
    take(editor, look_at(editor).headers["Location"], "1@club", "2@club")

    path = look_at(editor, url="https://mirror.example/events.ics").headers["Location"]
    page = editor.get(path).text
    take(editor, path, "1@club")

    assert "2 sono già qui" in page
    assert len(events()) == 2


def test_our_own_events_do_not_come_back_as_others(visit, there, world: World):
    event = an_event(world.marta)
    there["data"] = calendar((event.uid, "Cena a Como", 10))
    editor = visit(world.giulia)

    path = look_at(editor).headers["Location"]
    take(editor, path, event.uid)

    assert len(events()) == 1


@pytest.mark.parametrize("publish", ["", "yes"])
def test_what_changed_there_changes_here(visit, there, world: World, publish):
    editor = visit(world.giulia)
    take(editor, look_at(editor).headers["Location"], "1@club", publish=publish)
    [event] = events()
    before, sequence = event.starts_at, event.sequence

    there["data"] = calendar(("1@club", "Cena grande", 6))
    path = look_at(editor).headers["Location"]
    page = editor.get(path).text
    take(editor, path, "1@club")

    assert "1 cambiato altrove" in page
    [event] = events()
    assert event.starts_at == before + timedelta(days=1)
    assert event.texts[0].title == "Cena grande"
    assert (event.sequence > sequence) == bool(publish)
    path = look_at(editor).headers["Location"]
    assert "1 è già qui" in editor.get(path).text


def source() -> CalendarSource:
    [found] = db.session.scalars(select(CalendarSource))
    return found


def look_again(visitor):
    return visitor.post(f"/it/calendar/import/{source().id}/reading")


def test_looking_again_keeps_what_was_chosen(visit, there, world: World):
    host = visit(world.marta)
    chosen = {"group": world.export.id, "audience": "group", "language": "es"}
    take(host, look_at(host, **chosen).headers["Location"], "1@club")
    assert "Guarda di nuovo" in host.get("/it/calendar/import").text

    reply = look_again(host)
    take(host, reply.headers["Location"], "2@club")

    assert reply.status_code == 303
    assert [(it.group_id, it.audience, it.language) for it in events()] == [
        (world.export.id, "group", "es")
    ] * 2
    form = host.get(f"/it/calendar/import?source={source().id}").text
    assert URL in form and re.search('value="group"[^>]*checked|checked[^>]*value="group"', form)


def test_who_looks_after_a_group_no_more_cannot_look_again_for_it(visit, there, world: World):
    host = visit(world.marta)
    take(host, look_at(host, group=world.export.id).headers["Location"], "1@club")
    db.session.get(Membership, (world.export.id, world.marta.id)).is_host = False

    reply = look_again(host)

    assert reply.status_code == 422
    assert "Non segui più questo gruppo." in reply.text


def test_nobody_looks_again_at_what_others_took_over(visit, there, world: World):
    editor = visit(world.giulia)
    take(editor, look_at(editor).headers["Location"], "1@club")

    assert look_again(visit(world.beatriz)).status_code == 404
    assert look_again(visit(world.davide)).status_code == 403
    assert look_again(visit()).status_code in (302, 303, 401)


def test_what_was_changed_here_is_not_replaced_unasked(visit, there, world: World):
    editor = visit(world.giulia)
    take(editor, look_at(editor).headers["Location"], "1@club", publish="yes")
    [event] = events()
    event.texts[0].title, event.place, begins = "Cena sociale", "Como", event.starts_at
    db.session.commit()

    assert "1 è già qui" in editor.get(look_again(editor).headers["Location"]).text
    there["data"] = calendar(("1@club", "Cena", 6))
    path = look_again(editor).headers["Location"]
    page = editor.get(path).text
    take(editor, path, "1@club")

    assert "Cambiato là: l’orario." in page and "Cambiato anche qui" not in page
    [event] = events()
    assert event.starts_at == begins + timedelta(days=1)
    assert (event.texts[0].title, event.place) == ("Cena sociale", "Como")


def test_what_changed_on_both_sides_says_so_before_it_is_replaced(visit, there, world: World):
    editor = visit(world.giulia)
    take(editor, look_at(editor).headers["Location"], "1@club")
    events()[0].texts[0].title = "Cena sociale"
    db.session.commit()

    there["data"] = calendar(("1@club", "Cena grande", 5))
    path = look_again(editor).headers["Location"]
    page = editor.get(path).text

    assert "Cambiato anche qui: il titolo." in page
    assert re.search('value="1@club"[^>]*checked', page) is None
    take(editor, path, "1@club")
    assert events()[0].texts[0].title == "Cena grande"


@pytest.mark.parametrize("publish", ["", "yes"])
@pytest.mark.parametrize("how", ["cancelled", "gone"])
def test_what_is_there_no_more_is_offered_for_cancelling(
    visit, there, world: World, outbound, settle, how, publish
):
    editor = visit(world.giulia)
    take(editor, look_at(editor).headers["Location"], "1@club", "2@club", publish=publish)
    goes(events()[0], world.emma)
    there["data"] = calendar(("2@club", "Visita", 9)).replace(
        b"BEGIN:VEVENT",
        b"BEGIN:VEVENT\nUID:1@club\nSUMMARY:Cena\nSTATUS:CANCELLED\nDTSTART:"
        + stamp(5).encode() + b"\nEND:VEVENT\nBEGIN:VEVENT"
        if how == "cancelled" else b"BEGIN:VEVENT",
    )  # fmt: skip

    path = look_again(editor).headers["Location"]
    page = editor.get(path).text
    assert ("1 annullato altrove" if how == "cancelled" else "1 che là non c’è più") in page
    assert "checked" not in page.split('id="preview"')[1].split("</main>")[0]
    assert [event.cancelled_at for event in events()] == [None, None]
    take(editor, path, "1@club")
    settle()

    states = {event.source_uid: event.state for event in events()}
    assert states == (
        {"1@club": "cancelled", "2@club": "published"} if publish else {"2@club": "draft"}
    )
    letters = outbound.to(world.emma.email)
    assert len(letters) == bool(publish)
    if publish:
        assert "“Club”" in text_of(letters[0]) or "«Club»" in text_of(letters[0])


def test_what_could_not_be_read_is_not_taken_for_gone(visit, there, world: World):
    editor = visit(world.giulia)
    take(editor, look_at(editor).headers["Location"], "1@club", "2@club")

    there["data"] = calendar(("1@club", "Cena", 5), ("2@club", "Visita", 9)).replace(
        b"SUMMARY:Visita", b"SUMMARY:Visita\nRRULE:FREQ=HOURLY"
    )

    page = editor.get(look_again(editor).headers["Location"]).text
    assert "non c’è più" not in page and "Torna più volte" not in page
    assert "1 non si può" in page or "1 non può" in page


def test_what_begins_to_come_again_makes_no_doubles(visit, there, world: World):
    editor = visit(world.giulia)
    take(editor, look_at(editor).headers["Location"], "1@club", publish="yes")
    there["data"] = calendar(("1@club", "Cena", 5)).replace(
        b"SUMMARY:Cena", b"SUMMARY:Cena\nRRULE:FREQ=WEEKLY;COUNT=3"
    )

    path = look_again(editor).headers["Location"]
    page = editor.get(path).text
    take(editor, path, *re.findall('name="take" value="([^"]+)"', page))

    assert "2 eventi nuovi" in page and "1 è già qui" in page
    assert len(events()) == 3
    assert "3 sono già qui" in editor.get(look_again(editor).headers["Location"]).text


def test_a_file_is_taken_over_as_well(visit, world: World):
    editor = visit(world.giulia)
    for _ in range(2):
        file = (io.BytesIO(calendar(("1@club", "Cena", 5))), "club.ics")
        path = look_at(editor, url="", file=file).headers["Location"]
        take(editor, path, "1@club")

    assert len(events()) == 1


def test_nothing_chosen_says_so_in_a_plain_form_and_with_htmx(visit, there, world: World):
    editor = visit(world.giulia)
    path = look_at(editor).headers["Location"]

    plain, piece = editor.post(path), editor.htmx_post(path)

    assert plain.status_code == piece.status_code == 422
    assert "Scegli almeno un evento." in plain.text
    assert 'id="preview"' in piece.text and "<html" not in piece.text


def test_with_htmx_the_page_goes_on_to_the_preview(visit, there, world: World):
    reply = visit(world.giulia).htmx_post(
        "/it/calendar/import", address=URL, language="it", group=0, audience="public"
    )

    assert "/it/calendar/import/" in reply.headers["HX-Redirect"]


def test_nobody_else_sees_what_somebody_looks_at(visit, there, world: World):
    path = look_at(visit(world.giulia)).headers["Location"]

    assert visit(world.beatriz).get(path).status_code == 404
    assert take(visit(world.marta), path, "1@club").status_code == 404
    assert events() == []


@pytest.mark.parametrize("code", list(importing.FAULTS)[:7])
def test_what_cannot_be_fetched_says_why_and_keeps_what_was_typed(visit, there, world: World, code):
    there["data"] = CannotFetch(code)

    reply = look_at(visit(world.giulia))

    assert reply.status_code == 422
    assert URL in reply.text
    assert db.session.query(CalendarSource).count() == 0


@pytest.mark.parametrize("data", [b"", b"<html>", b"\x00\xff" * 9, b"x" * (2 * 1024 * 1024 + 1)])
def test_what_is_no_calendar_says_why(visit, there, world: World, data):
    there["data"] = data

    assert look_at(visit(world.giulia)).status_code == 422


def test_what_is_typed_wrong_is_said(visit, there, world: World):
    editor = visit(world.giulia)

    assert look_at(editor, url="").status_code == 422
    assert look_at(editor, audience="group").status_code == 422
    assert look_at(editor, group=999).status_code == 422
    assert look_at(visit(world.marta), group=world.energia.id).status_code == 422
    assert look_at(editor, language="fr").status_code == 422


def test_every_reason_has_its_words():

    source = Path(reading.__file__).read_text("utf-8")

    assert set(re.findall(r'_No\("([a-z-]+)"\)', source)) <= set(importing.REASONS)
    assert set(re.findall(r'NotACalendar\("([a-z-]+)"\)', source)) <= set(importing.FAULTS)
