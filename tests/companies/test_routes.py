"""Companies in the browser."""

from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from officine.blueprints.companies import commands
from officine.core import storage
from officine.core.db import db
from officine.models import Company, CompanyRequest, Member, Notification
from tests.outbound import text_of
from tests.world import NOON

HOSTILE = "\"><script>alert(1)</script>' OR 1=1 -- {{ 7*7 }}"
PAGE = "/it/companies/colombo-tessuti"
FORM = {
    "name": "Whitcombe Castings",
    "tagline": "Bronze in small runs.",
    "sector": "metal",
    "size": "10-49",
    "founded": "1951",
    "place": "Birmingham",
    "country": "GB",
    "languages": ["en"],
    "seeks": "A patternmaker.",
    "offers": "Castings.",
    "about": "We pour bronze.",
    "language": "en",
}


def asked(world, text: str = "Compro la seta.") -> CompanyRequest:
    request = commands.ask_to_speak(world.companies["tessuti"], world.emma, text=text, at=NOON)
    db.session.commit()
    return request


def again(thing):
    return db.session.get_one(type(thing), thing.id, populate_existing=True)


# Reading


def test_a_page_tells_what_the_company_is(world, visit):
    commands.describe_company(
        world.companies["tessuti"], tagline="Seta stampata.", seeks="Un tintore.", founded=1958
    )
    html = visit().get("/en/companies/colombo-tessuti", most_queries=6).get_data(as_text=True)

    for words in ("Colombo Tessuti", "Un tintore.", "1958", "10 to 49 people", "Marta Colombo"):
        assert words in html
    assert '<p class="lead" lang="it">Seta stampata.</p>' in html
    assert '"@type": "Organization"' in html
    assert "technical-drawing" in html


def test_a_member_reads_it_within_its_queries(world, visit):
    assert visit(world.teresa).get(PAGE, most_queries=10).status_code == 200
    assert visit(world.marta).get(PAGE, most_queries=11).status_code == 200


def test_an_old_address_leads_on(world, visit):
    commands.describe_company(world.companies["tessuti"], name="Colombo Seta")
    reply = visit().get(PAGE)

    assert reply.status_code == 301
    assert reply.location.endswith("/it/companies/colombo-seta")
    assert visit().get("/it/companies/nessuna").status_code == 404


def test_the_list_can_be_narrowed_and_searched_even_while_the_index_heals(
    world, visit, healing_index
):
    html = visit(world.teresa).get("/it/companies", most_queries=7).get_data(as_text=True)
    assert "Colombo Tessuti" in html and "Cerámicas Uribe" in html

    by_sector = visit(world.teresa).get("/it/companies?sector=ceramics").get_data(as_text=True)
    assert "Cerámicas Uribe" in by_sector and "Colombo Tessuti" not in by_sector
    by_words = visit(world.teresa).get("/it/companies?q=como").get_data(as_text=True)
    assert "Colombo Tessuti" in by_words and "Cerámicas Uribe" not in by_words
    piece = visit(world.teresa).htmx_get("/it/companies?q=xyz").get_data(as_text=True)
    assert piece.lstrip().startswith('<section id="companies"')


# Opening


def test_a_visitor_signs_in_before_opening_a_page(world, visit):
    assert "/it/sign-in" in visit().get("/it/companies/new").location
    assert "/it/sign-in" in visit().post("/it/companies", **FORM).location


def test_a_newcomer_confirms_first_and_a_speaker_leaves_first(world, visit):
    assert visit(world.newcomer).post("/it/companies", **FORM).status_code == 403
    assert visit(world.marta).get("/it/companies/new").status_code == 403
    assert visit(world.marta).post("/it/companies", **FORM).status_code == 403


def test_a_plain_form_opens_the_page(world, visit):
    assert visit(world.emma).get("/en/companies/new").status_code == 200
    reply = visit(world.emma).post("/en/companies", **FORM)

    assert reply.status_code == 303
    assert reply.location.endswith("/en/companies/whitcombe-castings")
    company = db.session.scalar(select(Company).filter_by(slug="whitcombe-castings"))
    assert (company.founded, company.size, company.languages) == (1951, "10-49", ("en",))
    assert again(world.emma).speaks_for(company)


def test_htmx_is_led_to_the_new_page(world, visit):
    reply = visit(world.emma).htmx_post("/en/companies", **FORM)

    assert reply.headers["HX-Redirect"].endswith("/en/companies/whitcombe-castings")


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"name": "!?"},
        {"name": "x" * 121},
        {"founded": "3000"},
        {"founded": "12"},
        {"founded": "dopo la guerra"},
        {"languages": []},
        {"size": "huge"},
        {"sector": "magia"},
        {"country": "XX"},
        {"seeks": "x" * 601},
        {"about": "x" * 3001},
        {"tagline": "x" * 201},
    ],
)
def test_what_cannot_be_is_refused_and_kept_in_the_form(wrong, world, visit):
    reply = visit(world.emma).post("/it/companies", **FORM | wrong)

    assert reply.status_code == 422
    html = reply.get_data(as_text=True)
    assert 'class="problems"' in html and "Birmingham" in html
    assert db.session.scalar(select(Company).filter_by(slug="whitcombe-castings")) is None


def test_a_name_that_is_taken_is_asked_about_once(world, visit):
    first = visit(world.emma).post("/it/companies", **FORM | {"name": "colombo tessuti"})
    assert first.status_code == 422
    assert "/it/companies/colombo-tessuti" in first.get_data(as_text=True)

    second = visit(world.emma).post(
        "/it/companies", **FORM | {"name": "colombo tessuti", "another": "1"}
    )
    assert second.location.endswith("/it/companies/colombo-tessuti-2")


def test_hostile_words_are_words(world, visit):
    texts = ("name", "tagline", "place", "seeks", "offers", "about")
    reply = visit(world.emma).post("/it/companies", **FORM | dict.fromkeys(texts, HOSTILE[:80]))
    company = db.session.scalar(select(Company).order_by(Company.id.desc()).limit(1))

    assert reply.status_code == 303 and company.seeks == HOSTILE[:80]
    for url in (f"/it/companies/{company.slug}", "/it/companies?lang=en", "/it/people?lang=en"):
        assert "<script>alert" not in visit(world.emma).get(url).get_data(as_text=True)
    edit = visit(world.emma).get(f"/it/companies/{company.slug}/edit").get_data(as_text=True)
    assert "<script>alert" not in edit and "&lt;script&gt;" in edit


# Editing


def test_only_who_speaks_for_it_edits(world, visit):
    for who, status in ((world.teresa, 403), (world.giulia, 403), (world.marta, 200)):
        assert visit(who).get(f"{PAGE}/edit").status_code == status
    assert "/it/sign-in" in visit().get(f"{PAGE}/edit").location
    assert "/it/sign-in" in visit().post(f"{PAGE}/edit", **FORM).location
    assert visit(world.teresa).post(f"{PAGE}/edit", **FORM).status_code == 403


def test_the_form_saves(world, visit):
    bad = visit(world.marta).post(f"{PAGE}/edit", **FORM | {"name": ""})
    assert bad.status_code == 422
    reply = visit(world.marta).post(f"{PAGE}/edit", **FORM)

    assert reply.location.endswith("/it/companies/whitcombe-castings")
    assert again(world.companies["tessuti"]).tagline == "Bronze in small runs."
    by_htmx = visit(world.marta).htmx_post("/it/companies/whitcombe-castings/edit", **FORM)
    assert by_htmx.headers["HX-Redirect"].endswith("/it/companies/whitcombe-castings")


def test_a_logo_is_made_square_and_can_go(world, visit, settle):
    data = BytesIO()
    Image.new("RGB", (400, 200), "navy").save(data, "PNG")
    url = f"{PAGE}/logo"

    assert visit(world.teresa).post(url).status_code == 403
    assert visit(world.marta).post(url).status_code == 422
    assert visit(world.marta).post(url, logo=(BytesIO(b"GIF89a?"), "x.gif")).status_code == 422
    assert visit(world.marta).post(url, logo=(BytesIO(data.getvalue()), "x.png")).status_code == 303
    key = again(world.companies["tessuti"]).logo_key
    assert Image.open(BytesIO(storage.get(f"{key}/96.webp"))).size == (96, 96)
    assert key in visit().get(PAGE).get_data(as_text=True)

    visit(world.marta).post(url, remove="1")
    settle()
    assert again(world.companies["tessuti"]).logo_key is None
    assert storage.get(f"{key}/96.webp") is None


# Speaking for it


def test_asking_is_for_confirmed_members_who_speak_for_nobody(world, visit):
    url = f"{PAGE}/requests"

    assert "/it/sign-in" in visit().post(url, text="x").location
    assert visit(world.newcomer).post(url, text="x").status_code == 403
    assert visit(world.teresa).post(url, text="x").status_code == 403
    assert visit(world.marta).post(url, text="x").status_code == 403
    assert visit(world.emma).post(url, text="x" * 1001).status_code == 422
    assert visit(world.emma).get(f"{url}/new").status_code == 200
    assert visit(world.emma).post(url, text="Compro la seta.").status_code == 303
    assert visit(world.emma).post(url, text="Ancora").status_code == 403
    assert visit(world.davide).htmx_post(url, text="x").headers["HX-Redirect"].endswith(PAGE)


def test_who_speaks_for_it_hears_and_lets_in(world, visit, settle, outbound):
    request = asked(world)
    settle()
    assert "Compro la seta." in visit(world.marta).get(PAGE).get_data(as_text=True)
    assert "Compro la seta." not in visit(world.teresa).get(PAGE).get_data(as_text=True)
    letters = [str(letter["Subject"]) for letter in outbound.letters]
    assert "Emma Whitcombe chiede di parlare a nome di Colombo Tessuti" in letters

    url = f"{PAGE}/requests/{request.id}/acceptance"
    assert "/it/sign-in" in visit().post(url).location
    assert visit(world.teresa).post(url).status_code == 403
    assert visit(world.marta).post(f"{PAGE}/requests/999/acceptance").status_code == 404
    assert visit(world.marta).post(url).status_code == 303
    settle()

    assert again(world.emma).speaks_for(world.companies["tessuti"])
    kinds = set(
        db.session.scalars(select(Notification.kind).where(Notification.member_id == world.emma.id))
    )
    assert kinds == {"company-accepted"}


def test_a_no_needs_a_reason_which_is_read(world, visit, settle, outbound):
    request = asked(world)
    url = f"{PAGE}/requests/{request.id}/refusal"

    assert "/it/sign-in" in visit().post(url, reason="x").location
    assert visit(world.teresa).post(url, reason="x").status_code == 403
    assert visit(world.marta).get(url).status_code == 200
    assert visit(world.marta).post(url, reason="  ").status_code == 422
    assert visit(world.marta).post(url, reason="Non la conosciamo.").status_code == 303
    settle()

    assert not again(world.emma).speaks_for(world.companies["tessuti"])
    assert any("Non la conosciamo." in text_of(letter) for letter in outbound.letters)


def test_where_nobody_speaks_the_desk_answers(world, visit, settle):
    commands.stop_speaking(world.companies["tessuti"], world.marta)
    request = asked(world)
    settle()

    assert "Compro la seta." in visit(world.giulia).get(PAGE).get_data(as_text=True)
    reply = visit(world.giulia).post(f"{PAGE}/requests/{request.id}/acceptance")
    assert reply.status_code == 303
    assert again(world.emma).speaks_for(world.companies["tessuti"])


def test_one_stops_speaking_when_one_likes(world, visit):
    url = f"{PAGE}/departures"

    assert "/it/sign-in" in visit().post(url).location
    assert visit(world.teresa).post(url).status_code == 403
    assert visit(world.marta).htmx_post(url).headers["HX-Redirect"].endswith(PAGE)
    assert again(world.marta).company_id is None
    assert db.session.get_one(Member, world.marta.id).firm == "Colombo Tessuti"
