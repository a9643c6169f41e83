"""The pages of the desk, and of the guest."""

import pytest

from officine.blueprints.production import queries
from officine.blueprints.production.commands import making, publishing, questions, release, texts
from officine.core import storage
from officine.core.clock import now
from officine.core.db import db
from officine.models import Interest, Interview, Notification
from tests.outbound import link_in
from tests.production.conftest import TOMORROW, write

DESK = "/it/desk/interviews"


def at(interview, page=""):
    return f"{DESK}/{interview.id}{page}"


PAGES = ("", "/edit", "/questions", "/release", "/texts/es", "/texts/it")


@pytest.mark.parametrize("page", PAGES)
def test_only_editors_see_the_desks_pages(visit, world, interview, page):
    assert visit(world.giulia).get(at(interview, page), most_queries=24).status_code == 200
    assert visit(world.marta).get(at(interview, page)).status_code == 403
    assert visit().get(at(interview, page)).status_code == 303


def test_what_is_not_there_is_not_found(visit, world):
    assert visit(world.giulia).get(f"{DESK}/4711").status_code == 404


def test_the_board_shows_each_stage_and_is_filtered(visit, world, interview):
    giulia = visit(world.giulia)

    assert "Teresa Uribe" in giulia.get(DESK, most_queries=18).text
    assert "Teresa Uribe" not in giulia.get(f"{DESK}?lang=it").text.split("board")[-1]
    assert "Teresa Uribe" in giulia.get(f"{DESK}?lang=es&owner=giulia-serra").text
    assert "board-card" not in giulia.get(f"{DESK}?owner=beatriz-luna").text


def test_the_board_is_also_a_list(visit, world, ready):
    giulia = visit(world.giulia)
    giulia.post(at(ready, "/schedule"), publish_at="2099-01-01T09:00")

    listed = giulia.get(f"{DESK}?lang=es&as=list", most_queries=18).text

    assert "board-card" not in listed and "<table" in listed
    assert ready.guest_name in listed and "(ora di Roma)" in listed
    # The other shape keeps what was asked for.
    assert f'href="{DESK}?lang=es"' in listed


# New, and details: signed out, refused, invalid, plain form, htmx


def fields(world, **said):
    return {
        "guest_name": "Ada Rossi", "guest_handle": "", "guest_email": "ada@example.org",
        "company_name": "", "sector": "metal", "language": "it", "owner": world.giulia.id,
        "deadline": "2026-12-24",
    } | said  # fmt: skip


def test_visitors_are_asked_to_sign_in_before_they_make_one(visit, world):
    assert visit().post(DESK, **fields(world)).status_code == 303
    assert visit(world.marta).post(DESK, **fields(world)).status_code == 403


def test_an_interview_without_a_name_is_not_made(visit, world):
    reply = visit(world.giulia).post(DESK, **fields(world, guest_name="  "))

    assert reply.status_code == 422
    assert "ada@example.org" in reply.text


@pytest.mark.parametrize(("field", "value"), [
    ("guest_handle", "@nobody-here"), ("company_name", "Nessuna"), ("guest_email", "ada@"),
])  # fmt: skip
def test_what_does_not_exist_is_said(visit, world, field, value):
    reply = visit(world.giulia).post(DESK, **fields(world, **{field: value}))

    assert reply.status_code == 422
    assert 'aria-invalid="true"' in reply.text


def test_an_interview_is_made(visit, world):
    reply = visit(world.giulia).post(DESK, **fields(world))

    assert reply.status_code == 303
    made = db.session.query(Interview).one()
    assert (made.guest_name, made.sectors, made.stage) == ("Ada Rossi", ("metal",), "idea")


def test_by_htmx_the_page_goes_on_as_well(visit, world):
    reply = visit(world.giulia).htmx_post(DESK, **fields(world))

    assert reply.headers["HX-Redirect"].startswith(DESK)


def test_two_editors_of_the_details_lose_nothing(visit, world, interview):
    first = fields(world, edits=1, guest_name="Teresa U.", language="es")
    assert visit(world.giulia).post(at(interview, "/edit"), **first).status_code == 303

    second = visit(world.beatriz).post(
        at(interview, "/edit"), **fields(world, edits=1, guest_name="T. Uribe", language="es")
    )

    assert second.status_code == 409
    assert "T. Uribe" in second.text and "Teresa U." in second.text
    assert 'name="edits" type="hidden" value="2"' in second.text


# Stages, checklist, notes


def test_stages_are_moved_by_a_form(visit, world, interview):
    giulia = visit(world.giulia)

    reply = giulia.post(at(interview, "/stage"), stage="questions", seen="idea")
    assert reply.status_code == 303
    assert db.session.get(Interview, interview.id).stage == "questions"
    reply = giulia.post(at(interview, "/stage"), stage="review", seen="questions")
    assert reply.status_code == 422
    reply = giulia.post(at(interview, "/stage"), stage="recorded", seen="idea")
    assert reply.status_code == 409
    assert giulia.post(at(interview, "/stage"), stage="x", seen="idea").status_code == 400
    assert visit(world.marta).post(at(interview, "/stage"), stage="idea").status_code == 403


def test_the_page_says_what_is_missing(visit, world, interview):
    page = visit(world.giulia).get(at(interview), most_queries=24).text

    for words in ("liberatoria", "titolo", "sommario", "sottotitoli", "video"):
        assert words in page.split('class="missing"')[1].split("</ul>")[0].lower()


def test_the_checklist_is_ticked_with_who_and_when(visit, world, interview):
    [item, *_] = queries.checklist(interview)
    address = at(interview, f"/checklist/{item.id}")

    visit(world.beatriz).post(address, act="done")
    visit(world.giulia).post(address, act="done")

    page = visit(world.giulia).get(at(interview), most_queries=24).text
    assert "Beatriz Luna" in page.split('class="checklist"')[1]
    visit(world.giulia).post(address, act="reword", text="Altro")
    assert "Altro" in visit(world.giulia).get(at(interview), most_queries=24).text
    visit(world.giulia).post(address, act="remove")
    assert visit(world.giulia).post(address, act="done").status_code == 303
    visit(world.giulia).post(at(interview, "/checklist"), **{"item-text": "Una cosa"})
    assert queries.checklist(interview)[-1].text == "Una cosa"


def test_notes_are_for_colleagues(visit, world, interview):
    visit(world.giulia).post(at(interview, "/notes"), **{"note-text": "Ha chiamato ieri."})

    assert "Ha chiamato ieri." in visit(world.beatriz).get(at(interview), most_queries=24).text
    reply = visit(world.giulia).post(at(interview, "/notes"), **{"note-text": " "})
    assert reply.status_code == 422


# Questions


@pytest.fixture
def asked(interview, world):
    question = questions.add_question(interview, "¿Por qué hornos?", by=world.giulia)
    secret = questions.share(interview, by=world.giulia)
    db.session.commit()
    return question, f"/es/interview-questions/{secret}"


def test_the_guest_answers_without_an_account(visit, world, interview, asked):
    question, address = asked

    page = visit().get(address)
    assert "¿Por qué hornos?" in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert "no-store" in page.headers["Cache-Control"]
    assert "Set-Cookie" not in page.headers
    reply = visit().post(
        f"{address}/{question.id}",
        **{f"q{question.id}-answer": "Porque sí.", f"q{question.id}-seen": 1},
    )
    assert reply.status_code == 303
    assert "Porque sí." in visit().get(address).text
    desk = visit(world.giulia).get(at(interview, "/questions"), most_queries=20)
    assert "Porque sí." in desk.text


def test_what_crosses_another_change_is_not_lost(visit, world, interview, asked):
    question, address = asked
    questions.change_question(question, "¿Cómo?", by=world.giulia, seen=1)

    reply = visit().post(
        f"{address}/{question.id}",
        **{f"q{question.id}-answer": "Porque sí.", f"q{question.id}-seen": 1},
    )

    assert reply.status_code == 409
    assert "Porque sí." in reply.text and "¿Cómo?" in reply.text
    questions.remove_question(question, by=world.giulia)
    reply = visit().post(
        f"{address}/{question.id}",
        **{f"q{question.id}-answer": "Porque sí.", f"q{question.id}-seen": 2},
    )
    assert reply.status_code == 409 and "Porque sí." in reply.text


def test_what_the_guest_types_is_kept_while_they_type(visit, world, interview, asked):
    question, address = asked
    typing = visit(**{"HX-Request": "true", "HX-Request-Type": "partial"})

    def types(words, seen):
        return typing.post(
            f"{address}/{question.id}",
            **{f"q{question.id}-answer": words, f"q{question.id}-seen": seen},
        )

    first = types("Porque", 1)
    assert first.status_code == 200
    assert f'name="q{question.id}-seen" value="2"' in first.text and "<textarea" not in first.text
    assert types("Porque sí.", 2).status_code == 200
    assert question.answer == "Porque sí."
    crossed = types("Porque no.", 1)
    assert crossed.status_code == 409
    assert f'value="{question.version}"' in crossed.text and "Porque sí." in crossed.text
    too_long = types("x" * 10_001, 3)
    assert too_long.status_code == 422 and 'class="problem"' in too_long.text


def test_other_secrets_open_nothing(visit, world, interview, asked):
    assert visit().get("/es/interview-questions/guess").status_code == 404
    assert visit().get("/es/release/guess").status_code == 404
    questions.stop_sharing(interview, by=world.giulia)
    assert visit().get(asked[1]).status_code == 404


def test_the_letter_to_the_guest_carries_the_address(visit, world, interview, settle, outbound):
    reply = visit(world.giulia).post(at(interview, "/questions/address"), act="send")
    settle()

    [letter] = outbound.to(world.teresa.email)
    address = link_in(letter, "/es/interview-questions/")
    assert visit().get(address).status_code == 200
    assert address.split("/")[-1] in reply.text


def test_without_an_address_the_editor_is_told(visit, world, interview):
    interview.guest = None

    reply = visit(world.giulia).post(at(interview, "/questions/address"), act="send")

    assert reply.status_code == 422


def test_questions_are_edited_at_the_desk(visit, world, interview, asked):
    giulia, question = visit(world.giulia), asked[0]
    page = at(interview, "/questions")

    assert giulia.post(page, **{"new-text": " "}).status_code == 422
    assert giulia.post(page, **{"new-text": "¿Y después?"}).status_code == 303
    giulia.post(f"{page}/{question.id}", act="later")
    assert [each.text for each in queries.questions(interview)][-1] == "¿Por qué hornos?"
    changed = {f"q{question.id}-text": "¿Qué?", f"q{question.id}-seen": 1}
    assert giulia.post(f"{page}/{question.id}", **changed).status_code == 303
    crossed = giulia.post(f"{page}/{question.id}", **changed)
    assert crossed.status_code == 409
    giulia.post(f"{page}/{question.id}", act="remove")
    assert len(queries.questions(interview)) == 1


# The release


def test_a_guest_signs_keeps_a_copy_and_withdraws(visit, world, ready, settle, outbound):
    publishing.publish(ready, by=world.giulia, at=now())
    _asked, secret = release.ask(
        ready, by=world.giulia, at=now(), language="es", purposes="Uno.\nDos.", until=None
    )
    address = f"/es/release/{secret}"

    page = visit().get(address)
    assert "Uno." in page.text and page.headers["Referrer-Policy"] == "no-referrer"
    said = {"name": "Teresa Uribe", "address": "Calle Mayor 1", "signature": "Otra"}
    assert visit().post(address, **said).status_code == 422
    assert visit().post(address, **said | {"signature": "Teresa Uribe"}).status_code == 303
    copy = visit().get(f"{address}/release.pdf")
    assert copy.mimetype == "application/pdf" and copy.data.startswith(b"%PDF")
    assert "no-store" in copy.headers["Cache-Control"]

    public = f"/es/interviews/{ready.slug}"
    assert visit().get(public, most_queries=40).status_code == 200
    assert visit().post(f"{address}/withdrawal", why="").status_code == 303
    assert visit().get(public).status_code == 404
    assert visit(world.marta).get(public).status_code == 404
    assert ready.slug not in visit().get("/es/interviews", most_queries=40).text
    settle()
    told = {letter["To"].split("<")[-1].rstrip(">") for letter in outbound.letters}
    assert {world.giulia.email, world.beatriz.email, world.ruth.email} <= told


def test_the_signed_copy_is_for_staff_and_the_signer(visit, world, interview, signed):
    asked, _secret = signed(interview)

    assert visit().get(storage.address(asked.pdf_key)).status_code == 404
    page = at(interview, f"/release/{asked.id}.pdf")
    assert visit(world.giulia).get(page).data.startswith(b"%PDF")
    assert visit(world.marta).get(page).status_code == 403


def test_the_desk_asks_for_a_release_in_our_words(visit, world, interview, settle, outbound):
    giulia = visit(world.giulia)
    page = giulia.get(at(interview, "/release?in=es"), most_queries=20).text
    assert "Autorizo a la redacción" in page

    said = {"language": "es", "purposes": "Todo.", "until": ""}
    assert giulia.post(at(interview, "/release"), **said | {"purposes": ""}).status_code == 422
    past = giulia.post(at(interview, "/release"), **said | {"until": "2020-01-01"})
    assert past.status_code == 422
    reply = giulia.post(at(interview, "/release"), **said)
    assert reply.status_code == 200
    settle()
    address = link_in(outbound.to(world.teresa.email)[0], "/es/release/")
    [asked] = queries.releases(interview)
    giulia.post(at(interview, f"/release/{asked.id}/address"), act="close")
    assert visit().get(address).status_code == 404


# Texts


def original(**said):
    return {
        "title": "Hornos", "standfirst": "Cómo.", "text": "Texto.", "chapters": "0:00 Inicio",
        "change": "small", "seen": 0,
    } | said  # fmt: skip


def test_texts_are_written_and_translated(visit, world, interview):
    giulia = visit(world.giulia)
    es, it = at(interview, "/texts/es"), at(interview, "/texts/it")

    assert giulia.post(it, title="Forni", seen=0).status_code == 422
    assert giulia.post(es, **original(chapters="presto")).status_code == 422
    assert giulia.post(es, **original()).status_code == 303
    [chapter] = queries.chapters(interview)
    said = {"title": "Forni", "seen": 0, "translator": "G. S.", f"chapter-{chapter.id}": "Inizio"}
    assert giulia.post(it, **said).status_code == 303
    page = giulia.get(it, most_queries=20).text
    assert "Inizio" in page and "Hornos" in page
    assert giulia.post(es, **original(change="large", seen=1)).status_code == 303
    assert "da aggiornare" in giulia.get(es, most_queries=20).text


def test_two_editors_of_a_text_lose_nothing(visit, world, interview):
    write(interview, world)

    reply = visit(world.beatriz).post(at(interview, "/texts/es"), **original(text="Lo mío."))

    assert reply.status_code == 409
    assert "Lo mío." in reply.text and "Un **horno**." in reply.text
    assert visit(world.giulia).get(at(interview, "/texts/de")).status_code == 404


# Publication


def test_all_reasons_are_listed_when_publication_is_refused(visit, world, interview):
    interview.stage = "review"

    reply = visit(world.giulia).post(at(interview, "/publication"))

    assert reply.status_code == 422
    assert reply.text.split("notice is-bad")[1].split("</ul>")[0].count("<li>") == 5


def test_publication_now_and_withdrawal(visit, world, ready):
    giulia = visit(world.giulia)
    public = f"/es/interviews/{ready.slug}"
    assert visit().get(public).status_code == 404

    assert giulia.post(at(ready, "/publication")).status_code == 303
    assert visit().get(public, most_queries=40).status_code == 200
    assert giulia.post(at(ready, "/withdrawal"), why="").status_code == 422
    assert giulia.post(at(ready, "/withdrawal"), why="Un error.").status_code == 303
    assert visit().get(public).status_code == 404
    assert "Un error." in giulia.get(at(ready), most_queries=24).text
    assert giulia.post(at(ready, "/withdrawal/end")).status_code == 303


def test_a_time_of_publication_is_by_the_clock_of_the_editor(visit, world, ready):
    world.giulia.timezone = "America/Bogota"
    giulia = visit(world.giulia)
    assert giulia.post(at(ready, "/schedule"), publish_at="2020-01-01T09:00").status_code == 422

    assert giulia.post(at(ready, "/schedule"), publish_at="2099-01-01T09:00").status_code == 303

    kept = db.session.get(Interview, ready.id)
    assert kept.publish_at.isoformat() == "2099-01-01T14:00:00+00:00"
    shown = giulia.get(at(ready), most_queries=24).text
    # Said after the change, on the page, and beside the field.
    assert shown.count("Bogotá") == 3
    assert giulia.post(at(ready, "/schedule/end")).status_code == 303


def test_the_preview_shows_what_a_visitor_and_a_member_will_see(visit, world, ready):
    giulia = visit(world.giulia)

    for role in ("visitor", "member"):
        page = giulia.get(at(ready, f"/preview?as={role}"), most_queries=40)
        assert page.status_code == 200
        assert "preview-bar" in page.text and "Hornos" in page.text
        assert "/desk/rota" not in page.text
        assert ('class="ask"' in page.text) == (role == "member")
    assert visit(world.marta).get(at(ready, "/preview")).status_code == 403
    assert visit(world.marta).get(f"/it/interviews/{ready.slug}").status_code == 404


def test_the_preview_is_read_in_each_language(visit, world, ready):
    texts.save_translation(
        ready, "it", by=world.giulia, at=now(), seen=0, title="Forni", standfirst="Come si cuoce.",
        text="Un **forno**.", translator="Giulia Serra", chapters={},
    )  # fmt: skip
    db.session.commit()
    told = {"it": "<strong>forno</strong>", "es": "<strong>horno</strong>"}

    for language, words in told.items():
        address = f"/{language}/desk/interviews/{ready.id}/preview?as=visitor"
        page = visit(world.giulia).get(address, most_queries=40).text
        assert words in page
    # Nobody has written it in English: the original, which says so.
    english = visit(world.giulia).get(f"/en/desk/interviews/{ready.id}/preview", most_queries=40)
    assert told["es"] in english.text and 'lang="es"' in english.text


def test_corrections_are_dated_and_only_for_what_is_published(visit, world, published):
    giulia = visit(world.giulia)
    said = {"correction-text": "Son tres hornos.", "correction-language": "es"}

    assert giulia.post(at(published, "/corrections"), **said).status_code == 303
    assert "Son tres hornos." in giulia.get(at(published), most_queries=26).text
    giulia.post(at(published, "/withdrawal"), why="Un error.")
    assert giulia.post(at(published, "/corrections"), **said).status_code == 422


# Following


def test_followers_hear_once_in_their_language(visit, world, ready, settle, outbound):
    for who, noun, name in (
        (world.marta, "company", world.companies["ceramicas"].id),
        (world.davide, "person", world.teresa.id),
        (world.davide, "sector", "ceramics"),
        (world.emma, "sector", "ceramics"),
    ):
        assert visit(who).post("/it/interests", noun=noun, name=name).status_code == 303
    world.marta.reads = ("it", "es")
    world.davide.mail_interviews = False
    publishing.publish(ready, by=world.giulia, at=now())
    settle()

    heard = db.session.query(Notification).filter_by(kind="interview-published").all()
    # Emma reads none of its languages.
    assert sorted(each.member_id for each in heard) == sorted([world.marta.id, world.davide.id])
    [letter] = outbound.to(world.marta.email)
    assert "Hornos" in str(letter["Subject"]) and "List-Unsubscribe" in letter
    assert not outbound.to(world.davide.email)
    assert "Teresa Uribe" in visit(world.marta).get("/it/notifications", most_queries=30).text
    publishing.withdraw(ready, by=world.giulia, at=now(), why="x")
    page = visit(world.marta).get("/it/notifications", most_queries=30).text
    assert "Teresa Uribe" not in page.split("<main")[1]
    publishing.bring_back(ready, by=world.giulia)
    publishing.publish(ready, by=world.giulia, at=now())
    settle()
    assert len(outbound.to(world.marta.email)) == 1


def test_following_is_for_members_and_ends(visit, world):
    said = {"noun": "person", "name": world.teresa.id}

    assert visit().post("/it/interests", **said).status_code == 303
    assert visit(world.newcomer).post("/it/interests", **said).status_code == 403
    assert visit(world.marta).post("/it/interests", noun="person", name="0").status_code == 404
    assert visit(world.marta).post("/it/interests", noun="x", name="0").status_code == 404
    visit(world.marta).post("/it/interests", **said)
    assert 'name="wanted" value="no"' in visit(world.marta).get("/it/people/teresa-uribe").text
    visit(world.marta).post("/it/interests", **said, wanted="no")
    assert db.session.query(Interest).count() == 0


@pytest.mark.parametrize("page", [
    "/it/companies/ceramicas-uribe", "/it/companies?sector=ceramics", "/it/people/teresa-uribe",
])  # fmt: skip
def test_pages_offer_to_follow(visit, world, page):
    assert 'name="wanted" value="yes"' in visit(world.marta).get(page, most_queries=20).text
    assert 'name="wanted"' not in visit().get(page, most_queries=20).text


def test_a_late_interview_is_a_case_of_the_desk(visit, world, interview):
    interview.deadline = now().date() - TOMORROW
    making.ask_for_late(queries.late(now().date()), at=now())

    page = visit(world.giulia).get("/it/desk").text

    assert "Teresa Uribe" in page and f"/it/desk/interviews/{interview.id}" in page
