"""Measures about a person over HTTP: the five cases of each."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from officine.blueprints.desk import commands
from officine.core.clock import now
from officine.core.db import db
from officine.models import Case, Decision, Report, Sanction

WHY = "Ha mandato la stessa offerta a venti persone."
FIELDS = {"measure": "suspend", "rule": "spam", "facts": WHY, "lasts": "14"}
PAGE = "/it/people/davide-rinaldi/decisions/new"
POST = "/it/people/davide-rinaldi/decisions"


def taken():
    db.session.expire_all()
    return db.session.scalar(select(func.count()).select_from(Decision))


class TestMeasure:
    def test_signed_out(self, world, visit):
        assert "/it/sign-in" in visit().get(PAGE).location
        assert visit().post(POST, **FIELDS).status_code == 303
        assert taken() == 0

    def test_refused(self, world, visit):
        assert visit(world.marta).get(PAGE).status_code == 403
        assert visit(world.marta).post(POST, **FIELDS).status_code == 403
        for handle in ("giulia-serra", "beatriz-luna"):
            url = f"/it/people/{handle}/decisions"
            assert visit(world.giulia).post(url, **FIELDS).status_code == 403
        assert visit(world.giulia).get("/it/people/nobody/decisions/new").status_code == 404
        assert taken() == 0

    @pytest.mark.parametrize("wrong", [{"facts": " "}, {"measure": "hang"}, {"rule": "ugly"},
                                       {"lasts": "9999"}])  # fmt: skip
    def test_invalid(self, world, visit, wrong):
        reply = visit(world.giulia).post(POST, **(FIELDS | wrong))
        assert reply.status_code == 422
        assert taken() == 0

    def test_plain_form(self, world, visit):
        browser = visit(world.giulia)
        assert PAGE in browser.get("/it/people/davide-rinaldi").get_data(as_text=True)
        assert browser.get(PAGE).status_code == 200
        preview = browser.post(POST, preview="1", **FIELDS)
        assert WHY in preview.get_data(as_text=True) and taken() == 0
        reply = browser.post(POST, **FIELDS)
        assert reply.status_code == 303 and reply.location.endswith("/it/people/davide-rinaldi")
        [row] = db.session.scalars(select(Sanction))
        assert row.measure == "suspend" and row.decision.facts == WHY
        assert timedelta(days=13) < row.until - now() < timedelta(days=15)
        assert f"/sanctions/{row.id}/lift" in browser.get(PAGE).get_data(as_text=True)

    def test_htmx(self, world, visit):
        browser = visit(world.giulia)
        invalid = browser.htmx_post(POST, **(FIELDS | {"facts": ""}))
        assert invalid.status_code == 422 and b"<html" not in invalid.data
        assert b'id="decide"' in invalid.data
        letter = browser.htmx_post("/it/people/davide-rinaldi/letter", **FIELDS)
        assert WHY in letter.get_data(as_text=True)
        assert browser.htmx_post(POST, **FIELDS).headers["HX-Redirect"]
        assert taken() == 1


class TestLift:
    @pytest.fixture
    def url(self, world):
        commands.suspend(
            world.davide, by=world.giulia, at=now(), until=now() + timedelta(days=7), rule="spam",
            facts=WHY,
        )  # fmt: skip
        db.session.commit()
        row = db.session.scalar(select(Sanction))
        return f"/it/people/davide-rinaldi/sanctions/{row.id}/lift"

    def test_signed_out(self, url, visit):
        assert "/it/sign-in" in visit().get(url).location
        assert visit().post(url, facts="Basta.").status_code == 303

    def test_refused(self, world, url, visit):
        assert visit(world.davide).post(url, facts="Basta.").status_code == 403
        assert taken() == 1

    def test_invalid(self, world, url, visit):
        assert visit(world.giulia).post(url, facts=" ").status_code == 422
        assert taken() == 1

    def test_plain_form(self, world, url, visit):
        browser = visit(world.beatriz)
        assert browser.get(url).status_code == 200
        assert browser.post(url, facts="Si è scusato.").status_code == 303
        assert taken() == 2
        assert browser.post(url, facts="Ancora.").status_code == 303
        assert taken() == 2

    def test_htmx(self, world, url, visit):
        browser = visit(world.beatriz)
        assert browser.htmx_post(url, facts="").status_code == 422
        assert browser.htmx_post(url, facts="Si è scusato.").headers["HX-Redirect"]
        assert taken() == 2


def test_from_a_report_the_author_is_suspended_and_the_report_answered(world, scene, visit, settle):
    commands.report_post(scene.pitch, by=world.marta, at=now(), rule="spam")
    settle()
    case = visit(world.giulia).get("/it/desk").get_data(as_text=True)
    assert 'value="suspend"' in case and 'value="restrict-reports"' not in case
    report = db.session.scalar(select(Report))
    number = db.session.scalar(select(Case.id))
    reply = visit(world.giulia).post(
        f"/it/desk/cases/{number}/decisions", reports=str(report.id), **FIELDS
    )
    assert reply.status_code == 303
    db.session.expire_all()
    assert report.decision.measure == "suspend" and report.decision.on_report
    assert report.decision.affected == world.davide
    settle()


def test_what_waits_about_a_person_is_decided_in_its_case(world, scene, visit):
    commands.report_person(world.davide, by=world.marta, at=now(), rule="spam")
    db.session.commit()
    assert "/desk/cases/" in visit(world.giulia).get(PAGE).location
