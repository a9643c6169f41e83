"""Profiles in the browser: the list, a page, and editing in place."""

from io import BytesIO

import pytest
from flask import url_for
from PIL import Image

from officine.blueprints.profiles.commands import change_handle, describe_profile
from officine.blueprints.profiles.forms import FORMS
from officine.core import storage
from officine.core.db import db
from officine.core.index import keeping
from officine.models import Answer, Member, Post, Topic

EDIT = "/it/people/marta-colombo/edit"
HOSTILE = "\"><script>alert(1)</script>' OR 1=1 -- {{ 7*7 }} 🧵"
PRESENTATION = {
    "name": "Marta Colombo",
    "job": "Titolare",
    "company_name": "Colombo Tessuti",
    "place": "Como",
    "country": "IT",
    "sector": "textile",
    "shown_job": "everyone",
    "shown_company": "everyone",
    "shown_place": "members",
    "shown_sector": "everyone",
}


def photo(name: str = "me.jpg") -> tuple[BytesIO, str]:
    """A photo that says where it was taken."""
    picture = Image.effect_noise((800, 600), 40).convert("RGB")
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (45.0, 48.0, 30.0)
    data = BytesIO()
    picture.save(data, "JPEG", exif=exif)
    assert b"SecretCamera" in data.getvalue()
    return BytesIO(data.getvalue()), name


def again(member: Member) -> Member:
    return db.session.get_one(Member, member.id, populate_existing=True)


# The list


def test_the_list_begins_with_who_reads_my_languages(world, visit):
    html = visit(world.marta).get("/it/people", most_queries=7).get_data(as_text=True)

    assert "Emma Whitcombe" in html and "Davide Rinaldi" in html
    spanish = visit(world.newcomer).get("/it/people").get_data(as_text=True)
    assert "Marta Colombo" in spanish


def test_a_supplier_is_always_recognised(world, visit):
    html = visit().get("/en/people?lang=it").get_data(as_text=True)

    row = html[html.index("Davide Rinaldi") :][:400]
    assert "Supplier" in row


def test_the_list_can_be_narrowed_by_plain_links(world, visit):
    describe_profile(world.marta, country="IT", sector="textile")
    html = visit(world.teresa).get("/it/people?country=IT").get_data(as_text=True)

    assert "Marta Colombo" in html and "Davide Rinaldi" not in html
    suppliers = visit(world.teresa).get("/it/people?kind=supplier").get_data(as_text=True)
    assert "Davide Rinaldi" in suppliers and "Marta Colombo" not in suppliers


def test_words_find_people_in_any_of_their_forms(world, visit):
    describe_profile(world.marta, seeks="Un confezionista di foulard", language="it")
    db.session.commit()
    keeping.rebuild()

    html = visit().get("/it/people?q=confezionisti").text
    assert "Marta Colombo" in html and "Emma Whitcombe" not in html
    assert "Marta Colombo" not in visit().get("/it/people?q=saldatori").text
    assert "Emma Whitcombe" in visit().get("/it/people?q=Whitcombe").text


def test_words_find_people_while_the_index_heals(world, visit, healing_index):
    describe_profile(world.marta, seeks="Un confezionista di foulard")
    html = visit().get("/it/people?q=foulard").get_data(as_text=True)

    assert "Marta Colombo" in html and "Emma Whitcombe" not in html


def test_htmx_gets_only_the_list(world, visit):
    html = visit().htmx_get("/it/people?q=nessuno-cosi").get_data(as_text=True)

    assert html.lstrip().startswith('<section id="people"')


def test_nonsense_in_the_filters_is_no_error(world, visit):
    for query in ("page=99999999999", "page=-1", "sector=%27", "lang=xx", "q=%00%F0", "country=ZZ"):
        assert visit().get(f"/it/people?{query}").status_code in (200, 404)


# A page


def test_a_page_costs_a_known_number_of_queries(world, visit):
    assert visit().get("/it/people/marta-colombo", most_queries=8).status_code == 200
    assert visit(world.teresa).get("/es/people/marta-colombo", most_queries=11).status_code == 200


def test_help_is_told_without_badges(world, visit):
    topic = Topic(
        group=world.export, author=world.teresa, title="DAP o DDP?", slug="dap-o-ddp",
        language="it", opened_at=world.marta.joined_at, last_post_at=world.marta.joined_at,
    )  # fmt: skip
    opening, post = (
        Post(
            topic=topic, number=number, author=author, language="it", text="x", html="<p>x</p>",
            written_at=world.marta.joined_at, published_at=world.marta.joined_at,
            thanks_count=thanks,
        )
        for number, author, thanks in ((1, world.teresa, 0), (2, world.marta, 3))
    )  # fmt: skip
    db.session.add_all([topic, opening, post])
    db.session.flush()
    topic.answer = Answer(post=post, by=world.teresa, at=world.marta.joined_at)
    html = visit().get("/en/people/marta-colombo").get_data(as_text=True)

    assert "DAP o DDP?" in html and "chosen by Teresa Uribe" in html
    world.export.visibility = "private"
    hidden = visit().get("/en/people/marta-colombo").get_data(as_text=True)
    assert "DAP o DDP?" not in hidden and "useful answer" not in hidden


def test_a_changed_handle_leads_on(world, visit):
    change_handle(world.marta, "marta-seta")
    reply = visit().get("/it/people/marta-colombo")

    assert reply.status_code == 301
    assert reply.location.endswith("/it/people/marta-seta")


def test_texts_carry_their_language(world, visit):
    describe_profile(world.marta, seeks="Un tintore", about="Seta.", language="it")
    html = visit().get("/en/people/marta-colombo").get_data(as_text=True)

    assert '<p class="headline" lang="it">Un tintore</p>' in html
    assert '<div class="prose" lang="it">' in html


def test_my_page_says_in_words_what_is_missing(world, visit):
    mine = visit(world.marta).get("/en/people/marta-colombo").get_data(as_text=True)
    theirs = visit(world.teresa).get("/en/people/marta-colombo").get_data(as_text=True)

    assert "Still missing on your page: what you look for" in mine
    assert "%" not in mine[mine.index("Still missing") :][:200]
    assert "Still missing" not in theirs and "/edit/" not in theirs


# Editing in place: signed out, refused, invalid, plain, htmx


@pytest.mark.parametrize("section", FORMS)
def test_each_section_has_a_form_for_its_owner_alone(section, world, visit):
    url = f"{EDIT}/{section}"

    assert visit(world.marta).get(url, most_queries=13).status_code == 200
    assert visit(world.giulia).get(url).status_code == 403
    assert "/it/sign-in" in visit().get(url).location
    assert visit(world.giulia).post(url).status_code == 403
    assert "/it/sign-in" in visit().post(url).location


def test_there_is_no_other_section(world, visit):
    assert visit(world.marta).get(f"{EDIT}/password").status_code == 404
    assert visit(world.marta).post(f"{EDIT}/role", role="editor").status_code == 404


def test_a_plain_form_saves_and_leads_back(world, visit):
    reply = visit(world.marta).post(f"{EDIT}/presentation", **PRESENTATION)

    assert reply.status_code == 303
    assert reply.location.endswith("/it/people/marta-colombo#presentation")
    assert again(world.marta).job == "Titolare"
    assert again(world.marta).shown_to["place"] == "members"
    assert again(world.marta).speaks_for(world.companies["tessuti"])


def test_htmx_gets_the_fresh_page_in_place(world, visit):
    reply = visit(world.marta).htmx_post(
        f"{EDIT}/needs", seeks="Un tintore", offers="", shown_seeks="everyone",
        shown_offers="everyone", language="it",
    )  # fmt: skip

    html = reply.get_data(as_text=True)
    assert html.lstrip().startswith('<article class="person" id="profile">')
    assert "Un tintore" in html and "<form" not in html


@pytest.mark.parametrize(
    ("section", "fields"),
    [
        ("presentation", PRESENTATION | {"name": "  "}),
        ("presentation", PRESENTATION | {"name": "1234"}),
        ("presentation", PRESENTATION | {"name": "Vinci su www.premi.example"}),
        ("presentation", PRESENTATION | {"job": "x" * 81}),
        ("presentation", PRESENTATION | {"country": "Italia"}),
        ("presentation", PRESENTATION | {"sector": "magia"}),
        ("presentation", PRESENTATION | {"shown_job": "nobody"}),
        ("needs", {"seeks": "x" * 601, "offers": ""}),
        ("about", {"about": "x" * 3001}),
        ("about", {"about": "ok", "language": "tlh"}),
        ("languages", {}),
        ("languages", {"reads": "tlh"}),
        ("address", {"handle": "Marta Colombo"}),
        ("address", {"handle": "teresa-uribe"}),
        ("address", {"handle": "admin"}),
        ("address", {"handle": "x"}),
    ],
)
def test_what_cannot_be_is_refused_and_kept_in_the_form(section, fields, world, visit):
    reply = visit(world.marta).post(f"{EDIT}/{section}", **fields)

    assert reply.status_code == 422
    html = reply.get_data(as_text=True)
    assert 'class="problems"' in html
    assert again(world.marta).name == "Marta Colombo"
    assert again(world.marta).handle == "marta-colombo"
    assert again(world.marta).job == ""


def test_hostile_words_are_words(world, visit):
    reply = visit(world.marta).post(
        f"{EDIT}/needs", seeks=HOSTILE, offers=HOSTILE, shown_seeks="everyone",
        shown_offers="everyone", language="en",
    )  # fmt: skip
    visit(world.marta).post(f"{EDIT}/about", about=HOSTILE, shown_about="everyone", language="")
    visit(world.marta).post(
        f"{EDIT}/presentation", **PRESENTATION | {"job": HOSTILE[:80], "place": HOSTILE[:80]}
    )

    assert reply.status_code == 303
    assert again(world.marta).seeks == HOSTILE
    for who in (None, world.marta, world.teresa):
        for url in ("/it/people/marta-colombo", "/it/people", f"{EDIT}/needs"):
            html = visit(who).get(url).get_data(as_text=True)
            assert "<script>alert" not in html and "49" not in html.partition("7*7")[0][-40:]


def test_a_new_address_takes_the_old_one_along(world, visit):
    reply = visit(world.marta).post(f"{EDIT}/address", handle="@Marta-Seta")

    assert reply.location.endswith("/it/people/marta-seta#address")
    assert visit().get("/it/people/marta-colombo").location.endswith("/it/people/marta-seta")


# The photo


def test_a_photo_loses_where_it_was_taken(world, visit):
    reply = visit(world.marta).post(f"{EDIT}/photo", photo=photo(), shown_photo="everyone")

    assert reply.status_code == 303
    key = again(world.marta).photo_key
    for size in (96, 320):
        kept = Image.open(BytesIO(storage.get(f"{key}/{size}.webp")))
        assert kept.size == (size, size) and kept.format == "WEBP"
        assert not kept.getexif() and b"SecretCamera" not in storage.get(f"{key}/{size}.webp")


def test_what_is_no_picture_is_refused_in_words(world, visit):
    for data in (b"", b"<svg onload=alert(1)>", b"\x89PNG\r\n\x1a\nbroken", b"%PDF-1.4"):
        reply = visit(world.marta).post(
            f"{EDIT}/photo", photo=(BytesIO(data), "me.png"), shown_photo="everyone"
        )
        assert reply.status_code == 422
        assert again(world.marta).photo_key is None


def test_a_photo_can_be_removed(world, visit, settle):
    visit(world.marta).post(f"{EDIT}/photo", photo=photo(), shown_photo="members")
    key = again(world.marta).photo_key
    assert again(world.marta).shown_to["photo"] == "members"
    visit(world.marta).post(f"{EDIT}/photo", remove="1", shown_photo="everyone")
    settle()

    assert again(world.marta).photo_key is None
    assert storage.get(f"{key}/96.webp") is None


def test_urls_keep_their_promise(app):
    with app.test_request_context("/it/"):
        assert url_for("profiles.index") == "/it/people"
        assert url_for("profiles.show", handle="x") == "/it/people/x"
