"""The page that says who we are."""

import pytest

from officine.core.i18n import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_leads_to_it_in_its_language(visit, language):
    address = f"/{language}/about"

    assert f'href="{address}"' in visit().get(address, most_queries=0).text


def test_it_says_where_to_write(visit, app, monkeypatch):
    monkeypatch.setitem(app.config, "MAIL_FROM", "Officine <desk@officine.example>")

    assert "desk@officine.example" in visit().get("/en/about").text
