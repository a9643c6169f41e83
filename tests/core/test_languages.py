from datetime import UTC, datetime, timedelta

import pytest

from officine.core.clock import now
from officine.core.db import db
from officine.core.i18n import LANGUAGES, writing_in
from officine.core.words import ago, and_list, country_name, day, language_name, number
from tests.world import person


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_names_its_twins_and_itself(visit, lang):
    html = visit().get(f"/{lang}/groups").get_data(as_text=True)

    assert f'<html lang="{lang}"' in html
    assert f'rel="canonical" href="http://officine.test/{lang}/groups"' in html
    for other in LANGUAGES:
        assert f'hreflang="{other}" href="http://officine.test/{other}/groups"' in html
    assert 'hreflang="x-default" href="http://officine.test/it/groups"' in html


def test_switching_the_language_keeps_the_page_and_its_filters(visit):
    html = visit().get("/it/groups?q=energia&lang=es&lang=it").get_data(as_text=True)

    assert 'href="/es/groups?q=energia&amp;lang=es&amp;lang=it"' in html


def test_a_later_page_of_a_list_leads_to_the_first_in_other_languages(visit, monkeypatch):
    """A list shows first what its readers read, so that in another language it may be shorter."""
    for each in range(2):
        db.session.add(person(f"ada-{each}", "Ada Neri", "it", ("it",)))
    db.session.commit()
    monkeypatch.setattr("officine.blueprints.profiles.queries.listing.PAGE", 1)

    html = visit().get("/it/people?page=2&kind=entrepreneur").text

    assert visit().get("/es/people?page=2&kind=entrepreneur").status_code == 404
    assert 'rel="canonical" href="http://officine.test/it/people?page=2"' in html
    assert 'hreflang="it" href="http://officine.test/it/people?page=2"' in html
    assert 'hreflang="es" href="http://officine.test/es/people"' in html
    assert 'href="/es/people?kind=entrepreneur"' in html


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_unknown_address_is_explained_in_its_language(visit, lang):
    reply = visit().get(f"/{lang}/nothing-here")

    assert reply.status_code == 404
    assert f'<html lang="{lang}"' in reply.get_data(as_text=True)


def test_an_address_without_a_language_leads_to_the_reader_s(visit):
    reply = visit(None, Accept_Language="es-MX,es;q=0.9,en;q=0.5").get("/groups?q=luz")

    assert reply.status_code == 302
    assert reply.location == "/es/groups?q=luz"


def test_a_language_we_do_not_speak_is_no_page(visit):
    assert visit().get("/fr/groups").status_code == 404


@pytest.mark.parametrize(
    ("lang", "hours", "one"),
    [
        ("it", "3 ore fa", "1 ora fa"),
        ("en", "3 hours ago", "1 hour ago"),
        ("es", "hace 3 horas", "hace 1 hora"),
    ],
)
def test_time_is_told_as_people_say_it(app, lang, hours, one):
    with app.test_request_context(f"/{lang}/"):
        assert hours in ago(now() - timedelta(hours=3))
        assert one in ago(now() - timedelta(hours=1, minutes=2))


def test_numbers_lists_and_names_follow_the_language(app):
    with app.test_request_context("/it/"):
        assert number(1412) == "1.412"
        assert and_list(["a", "b", "c"]) == "a, b e c"
        assert country_name("ES") == "Spagna"
        with writing_in("es"):
            assert language_name("it") == "italiano"
            assert and_list(["a", "b"]) == "a y b"


def test_english_dates_are_european(app):
    with app.test_request_context("/en/"):
        assert "2 March 2026" in day(datetime(2026, 3, 2, 12, tzinfo=UTC))
