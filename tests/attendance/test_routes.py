"""Going over HTTP: one tap, a form, a list, a door."""

import io
import zipfile
from datetime import timedelta

from flask import current_app
from sqlalchemy import select

from officine.blueprints.attendance import commands, queries
from officine.core.clock import now
from officine.core.db import db
from officine.core.secret_links import key_for
from officine.models import Registration, RegistrationAnswer
from tests.attendance.conftest import a_question, an_event


def path(endpoint, **values):
    return current_app.url_map.bind("localhost").build(endpoint, {"lang": "it"} | values)


def of(event, member):
    return queries.registration_of(event, member)


# One tap


def test_one_tap_and_somebody_goes(world, visit, evening):
    reply = visit(world.teresa).post(path("attendance.reply", slug=evening.slug), reply="going")

    assert reply.status_code == 303
    assert of(evening, world.teresa).reply == "going"


def test_the_tap_leads_back_to_the_page_it_stands_on(world, visit, evening):
    url = path("attendance.reply", slug=evening.slug)
    reply = visit(world.teresa).post(url, reply="maybe", next="/it/events?when=week")
    assert reply.location == "/it/events?when=week"
    elsewhere = visit(world.teresa).post(url, reply="maybe", next="//evil.example/")
    assert elsewhere.location == f"/it/events/{evening.slug}"


def test_htmx_gets_the_block_with_what_was_said(world, visit, evening):
    url = path("attendance.reply", slug=evening.slug)
    piece = visit(world.teresa).htmx_post(url, reply="going", compact="1")

    assert piece.status_code == 200
    text = piece.get_data(as_text=True)
    assert f'id="reply-{evening.id}"' in text
    assert "Ci sei." in text


def test_who_is_signed_out_signs_in_and_comes_back(visit, evening):
    url = path("attendance.reply", slug=evening.slug)
    page = f"/it/events/{evening.slug}"
    reply = visit(None, Referer=f"http://localhost{page}").post(url, reply="going")

    assert reply.status_code == 303
    assert reply.location.startswith("/it/sign-in?next=")
    assert f"events%2F{evening.slug}" in reply.location or page in reply.location


def test_who_has_not_confirmed_the_address_is_refused(world, visit, evening):
    url = path("attendance.reply", slug=evening.slug)
    assert visit(world.newcomer).post(url, reply="going").status_code == 403


def test_an_answer_that_is_none_is_invalid(world, visit, evening):
    url = path("attendance.reply", slug=evening.slug)
    assert visit(world.teresa).post(url, reply="perhaps").status_code == 400


def test_an_event_that_one_may_not_see_is_not_there(world, visit):
    event = an_event(world.marta, audience="group", group_id=world.famiglia.id)
    url = path("attendance.reply", slug=event.slug)
    assert visit(world.teresa).post(url, reply="going").status_code == 404
    assert visit().post(url, reply="going").status_code == 404
    assert of(event, world.teresa) is None


def test_a_draft_takes_no_replies(world, visit):
    event = an_event(world.marta, state="draft", published_at=None)
    url = path("attendance.reply", slug=event.slug)
    assert visit(world.marta).post(url, reply="going").status_code == 404


def test_after_the_end_nobody_replies(world, visit):
    event = an_event(world.marta, starts_at=now() - timedelta(days=1))
    url = path("attendance.reply", slug=event.slug)
    assert visit(world.teresa).post(url, reply="no").status_code == 403


def test_a_change_of_mind_is_one_tap_too(world, visit, evening):
    marta = visit(world.teresa)
    url = path("attendance.reply", slug=evening.slug)
    for wish in ("going", "no", "maybe", "going"):
        marta.post(url, reply=wish)
        assert of(evening, world.teresa).reply == wish
    assert evening.seats_taken == 1


def test_everyone_sees_their_place_in_the_list(world, visit):
    event = an_event(world.marta, capacity=1)
    url = path("attendance.reply", slug=event.slug)
    visit(world.emma).post(url, reply="going")
    piece = visit(world.teresa).htmx_post(url, reply="going")
    assert "numero 1" in piece.get_data(as_text=True)


# Guests and questions


def test_a_required_question_comes_before_the_seat(world, visit, evening):
    a_question(evening, is_required=True)
    reply = visit(world.teresa).post(path("attendance.reply", slug=evening.slug), reply="going")
    assert reply.location == path("attendance.registration", slug=evening.slug)
    assert of(evening, world.teresa) is None

    piece = visit(world.teresa).htmx_post(
        path("attendance.reply", slug=evening.slug), reply="going"
    )
    assert piece.headers["HX-Redirect"].endswith("/registration")


def test_guests_and_answers_are_kept(world, visit, evening):
    evening.most_guests = 2
    question = a_question(evening, "Menù?", kind="choice", choices="Carne\nVerdure")
    url = path("attendance.registration", slug=evening.slug)
    assert visit(world.teresa).get(url).status_code == 200
    reply = visit(world.teresa).post(
        url, guests="2", guest_names="Ana, Luis", **{f"question_{question.id}": "Verdure"}
    )

    assert reply.status_code == 303
    registration = of(evening, world.teresa)
    assert (registration.guests, registration.guest_names) == (2, "Ana, Luis")
    assert db.session.scalar(select(RegistrationAnswer.text)) == "Verdure"
    again = visit(world.teresa).get(url).get_data(as_text=True)
    assert "Ana, Luis" in again


def test_an_invalid_form_keeps_what_was_typed(world, visit, evening):
    evening.most_guests = 1
    a_question(evening, is_required=True)
    reply = visit(world.teresa).post(
        path("attendance.register", slug=evening.slug), guests="7", guest_names="Ana, Luis"
    )
    text = reply.get_data(as_text=True)
    assert reply.status_code == 422
    assert 'value="7"' in text and "Ana, Luis" in text
    assert "Rispondi a questa domanda." in text


def test_more_guests_than_seats_are_said_beside_the_field(world, visit, crowd):
    event = an_event(world.marta, capacity=3, most_guests=2)
    a, b, c = crowd(3)
    for each in (a, b, c):
        commands.reply(event, "going", by=each, at=now())
    reply = visit(a).post(path("attendance.register", slug=event.slug), guests="2")
    assert reply.status_code == 422
    assert of(event, a).guests == 0


def test_the_code_is_shown_only_to_who_goes(world, visit, evening):
    url = path("attendance.ticket", slug=evening.slug)
    assert visit(world.teresa).get(url).status_code == 404
    commands.reply(evening, "going", by=world.teresa, at=now())
    page = visit(world.teresa).get(url)
    assert page.status_code == 200 and "<svg" in page.get_data(as_text=True)
    assert visit().get(url).status_code == 404


# Without an account


def outsider(event, visit, email="ugo@example.com", **more):
    url = path("attendance.ask_by_mail", slug=event.slug)
    return visit().post(url, name="Ugo Verdi", email=email, **more)


def test_by_mail_without_an_account(world, visit):
    event = an_event(world.marta, takes_outsiders=True, capacity=5)
    assert visit().get(path("attendance.by_mail", slug=event.slug)).status_code == 200
    reply = outsider(event, visit)
    assert reply.status_code == 303
    assert visit().get(reply.location).status_code == 200
    registration = queries.registration_by_address(event, "ugo@example.com")
    assert (registration.reply, event.seats_taken) == ("unproven", 0)

    key = key_for("registration", registration.id)
    secret = path("outsiders.show", registration_id=registration.id, key=key)
    page = visit().get(secret)
    assert page.status_code == 200
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert visit().post(secret, reply="going").status_code == 303
    assert (db.session.get(Registration, registration.id).reply, event.seats_taken) == ("going", 1)
    assert "<svg" in visit().get(secret).get_data(as_text=True)
    assert visit().post(secret, reply="no").status_code == 303
    assert event.seats_taken == 0


def test_a_guessed_key_opens_nothing(world, visit):
    event = an_event(world.marta, takes_outsiders=True)
    outsider(event, visit)
    registration = queries.registration_by_address(event, "ugo@example.com")
    guessed = path("outsiders.show", registration_id=registration.id, key="x" * 43)
    assert visit().get(guessed).status_code == 404
    assert visit().post(guessed, reply="no").status_code == 404


def test_the_answer_is_the_same_whatever_we_know_of_the_address(world, visit):
    event = an_event(world.marta, takes_outsiders=True)
    outsider(event, visit)
    commands.prove_address(queries.registration_by_address(event, "ugo@example.com"), at=now())
    replies = [
        outsider(event, visit, email)
        for email in ("ugo@example.com", "new@example.com", world.teresa.email)
    ]
    assert {(each.status_code, each.location) for each in replies} == {
        (303, path("attendance.mailed", slug=event.slug))
    }


def test_only_where_the_organisers_want_it_and_for_public_events(world, visit, evening):
    url = path("attendance.by_mail", slug=evening.slug)
    assert visit().get(url).status_code == 303, "sign in first"
    members = an_event(world.marta, slug="soci", audience="members", takes_outsiders=True)
    assert visit().get(path("attendance.by_mail", slug=members.slug)).status_code == 404


def test_an_invalid_address_keeps_what_was_typed(world, visit):
    event = an_event(world.marta, takes_outsiders=True)
    reply = outsider(event, visit, "not an address")
    assert reply.status_code == 422
    assert "Ugo Verdi" in reply.get_data(as_text=True)


# Those who look after it


def test_only_organisers_and_the_desk_see_the_list(world, visit, evening):
    commands.reply(evening, "going", by=world.teresa, at=now())
    for endpoint in ("attendance.people", "attendance.door"):
        url = path(endpoint, slug=evening.slug)
        assert visit(world.teresa).get(url).status_code == 403
        assert visit().get(url).status_code == 303
        assert "Teresa Uribe" in visit(world.marta).get(url).get_data(as_text=True)
        assert visit(world.giulia).get(url).status_code == 200
    for kind in ("csv", "xlsx"):
        url = path("attendance.people_file", slug=evening.slug, kind=kind)
        assert visit(world.teresa).get(url).status_code == 403
        assert visit(world.marta).get(url).status_code == 200


def test_organisers_say_yes_or_no_with_a_reason(world, visit):
    event = an_event(world.marta, needs_approval=True)
    yes = commands.reply(event, "going", by=world.teresa, at=now())
    no = commands.reply(event, "going", by=world.davide, at=now())
    marta = visit(world.marta)
    accept = path("attendance.accept", slug=event.slug, registration_id=yes.id)
    refuse = path("attendance.refuse", slug=event.slug, registration_id=no.id)
    assert visit(world.davide).post(accept).status_code == 403
    assert visit().post(accept).status_code == 303
    assert marta.get(path("attendance.people", slug=event.slug)).status_code == 200
    assert marta.post(accept).status_code == 303
    assert marta.get(refuse).status_code == 200
    assert marta.post(refuse, reason="  ").status_code == 422
    assert marta.post(refuse, reason="Solo per chi produce.").status_code == 303

    assert of(event, world.teresa).reply == "going"
    refused = of(event, world.davide)
    assert (refused.reply, refused.refusal) == ("refused", "Solo per chi produce.")
    url = path("attendance.reply", slug=event.slug)
    assert visit(world.davide).post(url, reply="going").status_code == 403


def test_organisers_invite_whom_the_event_is_for(world, visit):
    event = an_event(world.marta, audience="group", group_id=world.export.id)
    url = path("attendance.invite", slug=event.slug)
    assert visit(world.teresa).post(url, handle="davide-rinaldi").status_code == 403
    assert visit(world.marta).post(url, handle="emma-whitcombe").status_code == 422
    assert visit(world.marta).post(url, handle="nobody").status_code == 422
    assert visit(world.marta).post(url, handle="@davide-rinaldi").status_code == 303
    assert of(event, world.davide).reply == "invited"
    assert visit(world.marta).post(url, handle="@davide-rinaldi").status_code == 422


def test_the_files_hold_the_answers_and_no_formula(world, visit, evening):
    question = a_question(evening)
    commands.reply(
        evening, "going", by=world.teresa, at=now(), answers={question.id: '=HYPERLINK("x")'}
    )
    marta = visit(world.marta)
    plain = marta.get(path("attendance.people_file", slug=evening.slug, kind="csv"))
    text = plain.get_data().decode("utf-8-sig")
    assert "Da dove vieni?" in text and "Teresa Uribe" in text
    assert "\"'=HYPERLINK" in text
    assert world.teresa.email not in text
    book = marta.get(path("attendance.people_file", slug=evening.slug, kind="xlsx"))
    with zipfile.ZipFile(io.BytesIO(book.get_data())) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
        assert b"=HYPERLINK" in parts.read("xl/sharedStrings.xml")
    wrong = marta.get(path("attendance.people_file", slug=evening.slug, kind="exe"))
    assert wrong.status_code == 404


def test_no_shows_are_for_organisers_only(world, visit, evening):
    past = an_event(world.emma, slug="passato", starts_at=now() + timedelta(days=1))
    for each in (world.teresa, world.davide):
        commands.reply(past, "going", by=each, at=now())
    past.starts_at, past.ends_at = now() - timedelta(days=2), now() - timedelta(days=1)
    commands.arrive(of(past, world.davide), at=now() - timedelta(days=2))
    for each in (world.teresa, world.davide):
        commands.reply(evening, "going", by=each, at=now())
    rows = {row.registration.shown_name: row.no_shows for row in queries.everybody(evening)}
    assert rows == {"Teresa Uribe": 1, "Davide Rinaldi": 0}
    url = path("attendance.people", slug=evening.slug)
    assert visit(world.marta).get(url).get_data(as_text=True).count("Assente") == 1


# The door


def test_one_tap_at_the_door(world, visit, evening):
    registration = commands.reply(evening, "going", by=world.teresa, at=now())
    marta = visit(world.marta)
    scanned = path("attendance.at_door", slug=evening.slug, code=registration.code)
    arrivals = path("attendance.arrive", slug=evening.slug)
    assert "Teresa Uribe" in marta.get(scanned).get_data(as_text=True)
    assert visit(world.teresa).get(scanned).status_code == 403, "nobody lets themselves in"
    assert visit(world.teresa).post(arrivals, code=registration.code).status_code == 403
    assert visit().post(arrivals, code=registration.code).status_code == 303
    assert of(evening, world.teresa).arrived_at is None

    assert marta.post(arrivals, code=registration.code).status_code == 303
    assert of(evening, world.teresa).arrived_at is not None
    assert "Ingresso già registrato alle" in marta.get(scanned).get_data(as_text=True)
    piece = marta.htmx_post(arrivals, registration=registration.id, undo="1")
    assert 'id="expected"' in piece.get_data(as_text=True)
    assert of(evening, world.teresa).arrived_at is None
    unknown = path("attendance.at_door", slug=evening.slug, code="nothing")
    assert marta.get(unknown).status_code == 404


def test_a_code_of_another_event_opens_nothing(world, visit, evening):
    other = an_event(world.marta, slug="altro")
    registration = commands.reply(other, "going", by=world.teresa, at=now())
    arrivals = path("attendance.arrive", slug=evening.slug)
    visit(world.marta).post(arrivals, code=registration.code)
    assert of(other, world.teresa).arrived_at is None


def test_who_walks_in_takes_a_seat_only_if_there_is_one(world, visit):
    event = an_event(world.marta, capacity=1)
    url = path("attendance.walk_in", slug=event.slug)
    marta = visit(world.marta)
    assert marta.post(url, name="").status_code == 422
    assert marta.post(url, name="Ugo Verdi").status_code == 303
    assert marta.post(url, name="Ada Bianchi").status_code == 303
    assert visit(world.teresa).post(url, name="Io").status_code == 403
    assert event.seats_taken == 1
    assert queries.figures(queries.everybody(event)).arrived == 2
