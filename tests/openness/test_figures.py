"""The desk’s own figures."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from officine.blueprints.openness.queries.desk import desk_figures
from officine.core.db import db
from officine.models import Appeal, Case, Decision
from officine.models.decision import decide
from tests.openness.conftest import BEGAN, SECRET, History
from tests.world import World

ROME = ZoneInfo("Europe/Rome")


def test_they_equal_a_walk_over_the_cases(world: World, history: History):
    at = BEGAN + timedelta(days=90)
    figures = desk_figures(at, ROME)

    cases = db.session.scalars(select(Case)).all()
    waiting = [each for each in cases if each.closed_at is None]
    assert figures.waits == len(waiting)
    for (kind, language), number in figures.waiting.items():
        assert number == sum((each.kind, each.language) == (kind, language) for each in waiting)
    assert figures.late == sum(each.due_at < at for each in waiting)
    closed = [
        each for each in cases if each.closed_at and each.closed_at >= at - timedelta(days=30)
    ]
    assert figures.kept_overall
    assert figures.kept_overall.closed == len(closed)
    assert figures.kept_overall.in_time == sum(each.closed_at <= each.due_at for each in closed)
    assert sum(each.closed for each in figures.kept.values()) == len(closed)
    answered = [
        each.outcome for each in db.session.scalars(select(Appeal))
        if each.outcome and each.outcome.at >= at - timedelta(days=30)
    ]  # fmt: skip
    assert figures.appeals == {
        "upheld": sum(each.measure == "uphold" for each in answered),
        "reversed": sum(each.measure == "reverse" for each in answered),
    }


def test_days_are_those_of_the_site_s_clock(world: World):
    at = datetime(2026, 5, 5, 12, tzinfo=UTC)
    late_evening = datetime(2026, 5, 4, 22, 30, tzinfo=UTC)
    decide("hold", by=None, at=late_evening, rule="spam", facts=SECRET)
    decide("warn", by=world.giulia, at=at, rule="spam", facts=SECRET, affected_id=world.davide.id)
    decide("escalate", by=world.giulia, at=at, rule="spam", facts=SECRET)
    db.session.commit()

    days = desk_figures(at, ROME).days
    assert list(days.values()) == [(1, 1), (0, 0), (0, 0), (0, 0), (0, 0), (0, 0), (0, 0)]
    assert db.session.scalar(select(Decision).where(Decision.measure == "hold"))


def test_editors_read_them(world: World, history: History, visit):
    html = visit(world.giulia).get("/en/desk/figures").text
    assert "Promises kept" in html
    assert "statements.csv" not in html
    assert SECRET not in html
    assert "statements.csv" in visit(world.beatriz).get("/en/desk/figures").text


def test_nobody_else_does(world: World, visit):
    assert visit().get("/it/desk/figures").status_code in (302, 303, 401)
    assert visit(world.marta).get("/it/desk/figures").status_code == 403


def test_a_desk_without_cases_has_figures_too(world: World, visit):
    html = visit(world.giulia).get("/en/desk/figures").text
    assert "Nothing waits." in html
    assert "No case was closed by a decision in these days." in html


def test_the_queue_leads_to_them(world: World, visit):
    assert "/en/desk/figures" in visit(world.giulia).get("/en/desk").text


def test_every_page_leads_to_the_log_and_the_report(world: World, visit):
    html = visit().get("/en/about").text
    assert "/en/moderation" in html
    assert "/en/transparency" in html
