"""The pages that say how the house is run."""

import pytest

from officine.core.i18n import LANGUAGES, writing_in
from officine.core.words import RULE_NAMES
from officine.models.decision import RULES

PAGES = ("about", "rules", "accessibility", "privacy", "terms")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_every_page_leads_to_them_in_its_language(visit, language, name):
    address = f"/{language}/{name}"

    assert f'href="{address}"' in visit().get(f"/{language}/about").text
    assert visit().get(address, most_queries=0).status_code == 200


def test_each_rule_that_a_decision_may_name_is_explained(visit):
    html = visit().get("/en/rules").text

    for rule in RULES:
        if rule != "other":
            item = html.split(f'<li id="{rule}">')[1].split("</li>")[0]
            with writing_in("en"):
                assert str(RULE_NAMES[rule]) in item
            assert item.split("<p>")[1].split("</p>")[0].strip()


@pytest.mark.parametrize("name", ["about", "accessibility", "privacy", "terms"])
def test_they_say_where_to_write(visit, app, name, monkeypatch):
    monkeypatch.setitem(app.config, "MAIL_FROM", "Officine <desk@officine.example>")

    assert "desk@officine.example" in visit().get(f"/en/{name}").text
