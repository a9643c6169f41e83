"""The public log of moderation names nobody and nothing."""

import re

import pytest

from officine.blueprints.openness.queries import log
from officine.blueprints.openness.queries.log import Wanted, log_page
from officine.core.db import db
from officine.models import Decision
from officine.models.decision import decide
from tests.openness.conftest import BEGAN, SECRET, History
from tests.world import World


def rows(html: str) -> int:
    return html.count('class="what"')


def test_anybody_reads_what_was_decided(world: World, history: History, visit):
    html = visit().get("/it/moderation").text

    assert rows(html) == 50
    assert "Load more" not in html
    assert 'rel="next"' in html


def test_it_names_no_person_text_group_or_number(world: World, history: History, visit):
    for page in range(1, 4):
        html = visit().get(f"/en/moderation?page={page}").text
        main = html[html.index('<main id="main"') : html.index("</main>")]
        for secret in (
            SECRET, "Davide", "Marta", "Giulia", "Beatriz", "Ruth", "Export e dogane",
            "Passaggio", "famiglia", "Art. 595",
        ):  # fmt: skip
            assert secret not in main
        assert not re.search(r"/(topics|posts|people|groups|decisions|reports)\b", main)
        # Days, not hours.
        assert not re.search(r"\d\d:\d\d", main)
        for decision in history.decisions:
            assert f'id="{decision.id}"' not in main
            assert f"decision={decision.id}" not in main


def test_a_decision_in_a_private_group_shows_no_more_than_others(world: World, visit):
    for group in (world.export, world.famiglia):
        decide(
            "remove-from-group", by=world.giulia, at=BEGAN, rule="respect", facts=SECRET,
            affected_id=world.davide.id, group_id=group.id,
        )  # fmt: skip
    db.session.commit()

    html = visit().get("/en/moderation").text
    lines = re.findall(r"<li>\s*<span class=\"at\".*?</li>", html, re.DOTALL)
    assert len(lines) == 2
    assert lines[0] == lines[1]


def test_handing_over_is_not_a_decision_about_anybody(world: World, visit):
    decide("escalate", by=world.giulia, at=BEGAN, rule="other", facts=SECRET)
    db.session.commit()

    assert rows(visit().get("/en/moderation").text) == 0


def test_it_is_filtered_by_rule_measure_and_language(world: World, history: History, visit):
    told = [each for each in db.session.query(Decision).all() if each.measure != "escalate"]
    rule = told[0].rule
    reader = visit()

    html = reader.get(f"/en/moderation?rule={rule}").text
    assert rows(html) == sum(each.rule == rule for each in told)
    html = reader.get("/en/moderation?measure=hold").text
    assert rows(html) == sum(each.measure == "hold" for each in told)
    spoken = sum(
        rows(reader.get(f"/en/moderation?lang={code}").text) for code in ("it", "en", "es")
    )
    assert spoken == len(told)


@pytest.mark.parametrize("asked", ["?rule=nonsense", "?page=0", "?page=99999", "?lang=xx&page=a"])
def test_an_address_that_asks_for_nonsense_is_answered(world: World, visit, asked: str):
    assert visit().get(f"/en/moderation{asked}").status_code == 200


def test_a_long_log_is_read_page_by_page(world: World, history: History, visit, monkeypatch):
    monkeypatch.setattr(log, "PAGE", 30)
    total = log_page(Wanted()).total
    reader, seen, page = visit(), 0, 1
    while True:
        html = reader.get(f"/en/moderation?page={page}").text
        seen, page = seen + rows(html), page + 1
        if 'rel="next"' not in html:
            break
    assert seen == total


def test_what_was_taken_back_after_an_appeal_says_so(world: World, history: History):
    entries = log_page(Wanted()).entries
    entries += log_page(Wanted(page=2)).entries
    reversals = db.session.query(Decision).filter_by(measure="reverse").count()

    assert reversals > 0
    assert sum(each.taken_back for each in entries) == reversals


def test_an_empty_log_says_what_it_will_hold(world: World, visit):
    assert "There is none yet." in visit().get("/en/moderation").text
    assert "No decision is like this." in visit().get("/en/moderation?rule=spam").text
