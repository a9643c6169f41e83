"""What a member may know of themselves: decisions, reports, appeals."""

import json
from datetime import timedelta

import pytest

from officine.blueprints.desk import commands
from officine.blueprints.forum import commands as forum
from officine.core.clock import now
from officine.core.db import db
from officine.models import Post

WHY = "Offre uno sconto che nessuno ha chiesto."
REASON = {"rule": "advertising", "facts": WHY}


@pytest.fixture
def judged(world):
    """Davide: a message hidden, another shown again, suspended, a report dismissed, an appeal."""
    topic = forum.open_topic(
        world.export, by=world.marta, title="Chi ci aiuta?", text="Cerchiamo aiuto.", at=now()
    )
    first, second = (
        forum.answer(topic, by=world.davide, text=text, at=now())
        for text in ("Offerta: scrivetemi.", "Seconda offerta per tutti.")
    )
    opening = db.session.query(Post).filter_by(topic_id=topic.id, number=1).one()
    hidden = commands.hide_post(first, by=world.giulia, at=now(), **REASON)
    commands.hide_post(second, by=world.giulia, at=now(), **REASON)
    commands.show_post(second, by=world.beatriz, at=now(), facts="Un errore.")
    commands.suspend(
        world.davide, by=world.giulia, at=now() - timedelta(days=9),
        until=now() - timedelta(days=2), **REASON,
    )  # fmt: skip
    commands.restrict(
        world.davide, by=world.giulia, at=now(), until=now() + timedelta(days=7), **REASON
    )
    report = commands.report_post(opening, by=world.davide, at=now(), rule="spam")
    commands.dismiss_reports(opening, by=world.giulia, at=now(), rule="spam", facts="Va bene.")
    commands.appeal_as_author(hidden, by=world.davide, at=now(), text="Me lo avevano chiesto.")
    db.session.commit()
    return report


def test_signed_out(world, visit):
    reply = visit().get("/it/settings/standing")
    assert reply.status_code == 303 and "/it/sign-in" in reply.location


@pytest.mark.parametrize("lang", ["it", "en", "es"])
def test_a_blank_page_teaches(world, visit, lang):
    page = visit(world.marta).get(f"/{lang}/settings/standing")
    assert page.status_code == 200
    assert f"/{lang}/settings/standing" in visit(world.marta).get(f"/{lang}/settings").text


def test_it_shows_all_decisions_and_what_became_of_them(world, judged, visit):
    page = visit(world.davide).get("/it/settings/standing").text
    assert page.count("/it/decisions/") >= 6
    for state in ("in vigore", "terminata", "annullata", "ancora da decidere"):
        assert state in page
    assert f"/it/reports/{judged.id}" in page
    assert "fino al" in page
    assert world.giulia.name not in page


def test_it_is_theirs_alone(world, judged, visit):
    page = visit(world.marta).get("/it/settings/standing").text
    assert "/it/decisions/" not in page and "/it/reports/" not in page


def test_what_one_takes_away_holds_it_too(world, judged, visit):
    reply = visit(world.davide).get("/it/settings/data/officine.json", most_queries=30)
    own = json.loads(reply.get_data(as_text=True))
    measures = [each["measure"] for each in own["decisions"]]
    assert measures == ["hide", "hide", "show", "suspend", "restrict"]
    assert own["decisions"][0]["facts"] == WHY
    assert own["reports"][0]["outcome"] == "dismiss"
    assert own["appeals"][0]["text"] == "Me lo avevano chiesto."
    assert world.giulia.name not in json.dumps(own, ensure_ascii=False)
    others = json.loads(
        visit(world.teresa).get("/it/settings/data/officine.json").get_data(as_text=True)
    )
    assert (others["decisions"], others["reports"], others["appeals"]) == ([], [], [])
