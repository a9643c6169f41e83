"""Organisers, programme, partners, questions, and what came of an event."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from officine.blueprints.planning import exports
from officine.blueprints.planning.commands import details
from officine.core.clock import now
from officine.core.db import db
from officine.models import Event
from officine.models.event_details import EventQuestion, EventSession
from officine.models.registration import Registration, RegistrationAnswer
from tests.planning.test_routes import HTMX, at


def the_event():
    db.session.expire_all()
    return db.session.scalar(select(Event))


def picture():
    out = BytesIO()
    Image.new("RGB", (640, 480), "#B4281A").save(out, "PNG")
    out.seek(0)
    return out, "segno.png"


def asked(event, by, text, **said):
    said = {"text": text, "kind": "line", "choices": "", "is_required": False, **said}
    question = details.add(event, EventQuestion, said, by=by, at=now())
    db.session.commit()
    return question


def part(event, by, title, begins=0, lasts=30, **said):
    starts = event.starts_at + timedelta(minutes=begins)
    ends = starts + timedelta(minutes=lasts)
    said = {"title": title, "starts_at": starts, "ends_at": ends, "speakers": [], **said}
    made = details.add(event, EventSession, said, by=by, at=now())
    db.session.commit()
    return made


def answer(question, member, text):
    registration = Registration(
        event_id=question.event_id, member_id=member.id, language="es", reply="going",
        code="c1", created_at=now(), changed_at=now(),
    )  # fmt: skip
    registration.answers = [RegistrationAnswer(question_id=question.id, text=text)]
    db.session.add(registration)
    db.session.commit()


def session(event, **changed):
    starts = event.starts_at.astimezone(event.timezone)
    return {
        "title": "Saluti", "day": f"{starts:%Y-%m-%d}", "begins": f"{starts:%H:%M}",
        "ends": f"{starts:%H}:30", "spoken": "it",
        "speakers": "@teresa-uribe, CEO, Cerámicas Uribe\nAnna Bianchi, designer", **changed,
    }  # fmt: skip


PAGES = {
    "/organisers": ({"handle": "@teresa-uribe"}, {"handle": "@nessuno"}),
    "/partners": ({"name": "Camera di commercio", "role": "partner"}, {"name": " "}),
    "/questions": ({"text": "Mangi carne?", "kind": "yes-no"}, {"text": "Cosa?", "kind": "choice"}),
    "/materials": (
        {"kind": "link", "title": "Foto", "language": "it", "address": "https://example.org/"},
        {"kind": "recording", "title": "Film", "address": ""},
    ),
}


@pytest.mark.parametrize("end", sorted(PAGES))
def test_each_page_takes_and_refuses(visit, world, published, end):
    right, wrong = PAGES[end]
    page = at(published, end)
    assert visit(world.marta).get(page).status_code == 200
    assert "/sign-in" in visit().post(page, **right).headers["Location"]
    assert visit(world.teresa).post(page, **right).status_code == 403
    refused = visit(world.marta).post(page, **wrong)
    assert refused.status_code == 422 and 'aria-invalid="true"' in refused.text
    assert visit(world.marta).post(page, **right).status_code == 303
    piece = visit(world.marta, **HTMX).post(page, **right)
    assert piece.headers.get("HX-Redirect", page).endswith(page)
    assert "HX-Redirect" in piece.headers or '<div id="details">' in piece.text
    assert visit(world.marta).get(page).status_code == 200


def test_the_programme_knows_who_is_a_member_and_of_which_company(visit, world, published):
    page = at(published, "/programme")
    assert "/sign-in" in visit().post(page, **session(published)).headers["Location"]
    assert visit(world.teresa).post(page, **session(published)).status_code == 403
    late = session(published, day="2090-01-01")
    assert visit(world.marta).post(page, **late).status_code == 422
    unknown = session(published, speakers="@nessuno, direttore")
    assert visit(world.marta).post(page, **unknown).status_code == 422
    assert visit(world.marta).post(page, **session(published)).status_code == 303
    [part] = the_event().sessions
    first, second = part.speakers
    assert (first.member_id, first.job) == (world.teresa.id, "CEO")
    assert first.company_id == world.companies["ceramicas"].id
    assert (second.name, second.job, second.member_id) == ("Anna Bianchi", "designer", None)
    assert "Anna Bianchi" in visit(world.marta).get(page).text
    removal = f"{page}/{part.id}/removal"
    assert visit(world.marta).post(removal).status_code == 303
    assert the_event().sessions == []
    assert visit(world.marta).post(removal).status_code == 404


def test_a_part_of_the_programme_is_edited_where_it_stands(visit, world, published):
    page = at(published, "/programme")
    talk = part(published, world.marta, "Saluti")
    there = f"{page}/{talk.id}"
    said = session(published, title="Benvenuto", seen=talk.version)
    assert "/sign-in" in visit().post(there, **said).headers["Location"]
    assert visit(world.teresa).post(there, **said).status_code == 403
    assert visit(world.marta).post(f"{page}/999", **said).status_code == 404
    opened = visit(world.marta, **HTMX).get(f"{page}?edit={talk.id}").text
    assert opened.lstrip().startswith('<div id="details">') and 'value="Saluti"' in opened
    wrong = visit(world.marta).post(there, **{**said, "ends": said["begins"]})
    assert wrong.status_code == 422 and 'value="Benvenuto"' in wrong.text
    assert visit(world.marta, **HTMX).post(there, **said).status_code == 200
    crossed = visit(world.marta).post(there, **{**said, "title": "Ciao"})
    assert crossed.status_code == 409 and 'value="Ciao"' in crossed.text
    assert "Benvenuto" in crossed.text
    [talk] = the_event().sessions
    assert (talk.title, talk.version, len(talk.speakers)) == ("Benvenuto", 2, 2)
    kept = visit(world.marta).get(f"{page}?edit={talk.id}").text
    assert "@teresa-uribe, CEO, Cerámicas Uribe\nAnna Bianchi, designer</textarea>" in kept


def test_parts_of_the_programme_change_places_with_their_hours(visit, world, published):
    starts = published.starts_at
    first = part(published, world.marta, "Visita", 0, 45)
    second = part(published, world.marta, "Domande", 60, 30)
    place = at(published, f"/programme/{second.id}/place")
    assert "/sign-in" in visit().post(place, to="up").headers["Location"]
    assert visit(world.teresa).post(place, to="up").status_code == 403
    assert visit(world.marta).post(place, to="sideways").status_code == 400
    assert visit(world.marta, **HTMX).post(place, to="up").status_code == 200
    assert visit(world.marta).post(place, to="up").status_code == 303
    minutes = [
        (each.title, (each.starts_at - starts).seconds // 60, (each.ends_at - starts).seconds // 60)
        for each in the_event().sessions
    ]
    assert minutes == [("Domande", 0, 30), ("Visita", 45, 90)]
    beside = part(published, world.marta, "In cucina", 45, 15)
    details.move(published, beside, -1, by=world.marta, at=now())
    assert [each.title for each in the_event().sessions] == ["Domande", "In cucina", "Visita"]
    assert the_event().sessions[2].id == first.id


def test_questions_and_partners_change_places(visit, world, published):
    asked(published, world.marta, "Carne?", kind="yes-no")
    second = asked(published, world.marta, "Pesce?", kind="yes-no")
    gone = asked(published, world.marta, "Vino?", kind="yes-no")
    answer(gone, world.teresa, "yes")
    details.remove(published, gone, by=world.marta, at=now())
    db.session.commit()
    down = visit(world.marta).post(at(published, f"/questions/{second.id}/place"), to="down")
    assert down.status_code == 303
    visit(world.marta).post(at(published, f"/questions/{second.id}/place"), to="up")
    names = [each.text for each in the_event().questions if each.withdrawn_at is None]
    assert names == ["Pesce?", "Carne?"]


def test_a_partner_has_a_mark_made_again_by_us(visit, world, published):
    page = at(published, "/partners")
    sent = {"name": "Colombo Tessuti", "role": "sponsor", "offer": "Un foulard", "mark": picture()}
    assert visit(world.marta).post(page, **sent).status_code == 303
    [partner] = the_event().partners
    assert partner.mark_key.endswith(".webp")
    assert partner.company_id == world.companies["tessuti"].id
    there = f"{page}/{partner.id}"
    kept = {"name": "Colombo Tessuti", "role": "partner", "seen": partner.version}
    assert visit(world.marta).post(there, **kept).status_code == 303
    assert (the_event().partners[0].role, the_event().partners[0].mark_key is None) == (
        "partner", False,
    )  # fmt: skip
    unmarked = {**kept, "no_mark": "y", "seen": the_event().partners[0].version}
    assert visit(world.marta).post(there, **unmarked).status_code == 303
    assert the_event().partners[0].mark_key is None
    bad = {**sent, "mark": (BytesIO(b"nothing"), "segno.png")}
    assert visit(world.marta).post(page, **bad).status_code == 422
    assert visit(world.marta).post(f"{page}/{partner.id}/removal").status_code == 303
    assert the_event().partners == []


def test_slides_are_a_pdf_and_photos_pictures(visit, world, published):
    page = at(published, "/materials")
    slides = {"kind": "slides", "title": "Le diapositive", "language": "it"}
    wrong = {**slides, "file": (BytesIO(b"MZ..."), "virus.pdf")}
    assert visit(world.marta).post(page, **wrong).status_code == 422
    right = {**slides, "file": (BytesIO(b"%PDF-1.7 ..."), "slides.pdf")}
    assert visit(world.marta).post(page, **right).status_code == 303
    photo = {"kind": "photo", "title": "La sala", "language": "it", "file": picture()}
    assert visit(world.marta).post(page, **photo).status_code == 303
    kinds = [(each.kind, each.key[-4:]) for each in the_event().materials]
    assert kinds == [("slides", ".pdf"), ("photo", "webp")]
    first = the_event().materials[0]
    assert visit(world.marta).post(f"{page}/{first.id}/removal").status_code == 303
    assert len(the_event().materials) == 1


def test_an_event_is_never_without_an_organiser(visit, world, published):
    page = at(published, "/organisers")
    assert visit(world.marta).post(f"{page}/marta-colombo/removal").status_code == 409
    visit(world.marta).post(page, handle="teresa-uribe")
    assert visit(world.teresa).post(f"{page}/marta-colombo/removal").status_code == 303
    assert [each.member_id for each in the_event().organisers] == [world.teresa.id]


def test_a_question_that_was_answered_is_kept(visit, world, published):
    question = asked(published, world.marta, "Mangi carne?", kind="yes-no")
    other = asked(published, world.marta, "E pesce?", kind="yes-no")
    answer(question, world.teresa, "yes")
    for each in (question, other):
        page = at(published, f"/questions/{each.id}/removal")
        assert visit(world.teresa).post(page).status_code == 403
        assert visit(world.marta).post(page).status_code == 303
    [kept] = the_event().questions
    assert kept.text == "Mangi carne?" and kept.withdrawn_at is not None
    assert "Chiedila di nuovo" in visit(world.marta).get(at(published, "/questions")).text
    again = at(published, f"/questions/{question.id}/return")
    assert visit(world.marta).post(again).status_code == 303
    assert the_event().questions[0].withdrawn_at is None


def test_what_somebody_made_is_theirs_to_take_away(world, published):
    [made] = exports.events_made(world.marta)
    assert made["texts"][0]["title"] == "Cena degli esportatori"
    assert exports.events_made(world.teresa) == []
