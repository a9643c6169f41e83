"""The pages that bind members and the house, as anyone reads them."""

import pytest
from sqlalchemy import delete

from officine.core.db import db
from officine.core.i18n import LANGUAGES
from officine.models import Edition
from officine.models.document import LEGAL
from tests.texts.conftest import named
from tests.world import World


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", LEGAL)
def test_every_page_leads_to_them_in_its_language(visit, language, key):
    address = f"/{language}/{key}"

    assert f'href="{address}"' in visit().get(f"/{language}/about").text
    page = visit().get(address, most_queries=1)
    assert page.status_code == 200
    assert f'href="{address}/versions"' in page.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_home_page_carries_the_vat_number(visit, language):
    page = visit().get(f"/{language}/").text

    assert "IT 00000000000" in page.split('<footer class="footer">')[1]


def test_the_contact_points_say_where_users_and_authorities_write(visit, app, monkeypatch):
    page = visit().get("/en/contacts").text

    assert "Article 11" in page and "Article 12" in page
    assert page.count('href="mailto:officine@localhost"') == 2
    assert "Invented, for the demonstration" in page


def test_a_page_shows_what_is_in_force_with_its_number(visit, world: World, terms, publish):
    publish(terms, "it", by=world.ruth, change="wording", text="Adesso vale questo.")

    page = visit().get("/it/terms").text

    assert "Adesso vale questo." in page
    assert "Edizione 2" in page


def test_what_is_not_translated_is_read_in_another_language_that_says_so(visit, world, terms):
    db.session.execute(
        delete(Edition).where(Edition.document_id == terms.id, Edition.language == "es")
    )
    db.session.commit()

    page = visit().get("/es/terms").text

    assert '<h1 lang="it">Condizioni</h1>' in page
    assert 'class="prose article" lang="it"' in page
    assert "italiano" in page.split("notice")[1]


def test_an_edition_that_is_out_of_date_says_so(visit, world: World, publish):
    contacts = named("legal", "contacts")
    publish(contacts, "it", by=world.ruth, text="Nuovo senso.")

    assert "notice" in visit().get("/en/contacts").text.split("<main")[1].split("prose")[0]
    assert "notice" not in visit().get("/it/contacts").text.split("<main")[1].split("prose")[0]


def test_all_versions_and_what_changed_can_be_read_by_anyone(visit, world: World, terms, publish):
    publish(terms, "it", by=world.ruth, text="Uno due tre.")
    publish(terms, "it", by=world.ruth, text="Uno due quattro.")

    versions = visit().get("/it/terms/versions").text
    change = visit().get("/it/terms/versions/3").text

    for number in (1, 2, 3):
        assert f'href="/it/terms/versions/{number}"' in versions
    assert "<del>tre</del><ins>quattro</ins>" in change
    assert "Ruth Adler" not in versions + change
    assert "Che cosa prometti" in visit().get("/it/terms/versions/1").text


@pytest.mark.parametrize("address", [
    "/it/terms/versions/9", "/it/terms/versions/0", "/it/terms/changes/7", "/it/nothing/versions",
])  # fmt: skip
def test_other_versions_do_not_exist(visit, address):
    assert visit().get(address).status_code == 404


def test_a_change_is_read_in_the_language_that_says_it(visit, world: World, terms, publish):
    publish(terms, "it", by=world.ruth, text="Nuovo senso.")

    assert '<p class="changes keeps-lines" lang="it">' in visit().get("/en/terms/changes/2").text
    publish(terms, "en", by=world.ruth, change="translation", text="New sense.")
    page = visit().get("/en/terms/changes/2").text
    assert "New" in page and '<p class="changes keeps-lines">' in page


def test_the_welcome_can_be_read_again_by_members(visit, world: World):
    assert "Ti diamo il benvenuto" in visit(world.marta).get("/it/welcome").text
    assert visit().get("/it/welcome").status_code in (303, 403)


def test_reasons_and_words_have_no_public_page(visit, world: World):
    for document in (named("reason", "tone"), named("words", "held")):
        assert visit().get(f"/it/desk/texts/{document.id}/it").status_code in (303, 403)
        assert visit(world.marta).get(f"/it/desk/texts/{document.id}/it").status_code == 403
