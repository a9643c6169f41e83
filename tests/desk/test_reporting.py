"""Reporting by anyone: members, and visitors without an account or JavaScript."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from officine.blueprints.desk import commands
from officine.blueprints.forum import commands as forum
from officine.core.clock import now
from officine.core.db import db
from officine.core.limits import limiter
from officine.models import Case, Report, Sanction
from officine.models.decision import decide
from officine.models.report import Correspondent
from tests.outbound import link_in, text_of

WHY = "Offre uno sconto che nessuno ha chiesto."
ANNA = {
    "rule": "advertising", "passage": "consulenza scontata del 20 %", "explanation": WHY,
    "name": "Anna Ferri", "email": "Anna@Example.com", "good_faith": "y",
}  # fmt: skip
REASON = {"rule": "advertising", "facts": "È una proposta commerciale."}
anna = Correspondent("Anna Ferri", "anna@example.com", "it")


def reports():
    db.session.expire_all()
    return list(db.session.scalars(select(Report).order_by(Report.id)))


@pytest.fixture(params=["post", "person"])
def matter(request, world, scene):
    """What is reported, and its address."""
    if request.param == "post":
        return f"/it/posts/{scene.pitch.id}/reports"
    return f"/it/people/{world.davide.handle}/reports"


class TestAVisitor:
    def test_reports_from_a_plain_form(self, matter, visit):
        browser = visit()
        page = browser.get(f"{matter}/new")
        assert page.status_code == 200
        assert 'name="good_faith"' in page.text and "checked" not in page.text
        reply = browser.post(matter, **ANNA)
        assert (reply.status_code, reply.location) == (303, "/it/report/received")
        [report] = reports()
        assert (report.reporter_id, report.reporter_name) == (None, "Anna Ferri")
        assert (report.reporter_email, report.reporter_language) == ("anna@example.com", "it")
        assert (report.passage, report.explanation) == (ANNA["passage"], WHY)
        assert report.in_good_faith
        assert browser.get(reply.location).status_code == 200
        assert db.session.scalar(select(func.count()).select_from(Case)) == 1

    def test_reports_under_htmx(self, matter, visit):
        browser = visit()
        invalid = browser.htmx_post(matter, rule="spam")
        assert invalid.status_code == 422
        assert b'<form id="reporting"' in invalid.data
        reply = browser.htmx_post(matter, **ANNA)
        assert reply.headers["HX-Redirect"] == "/it/report/received"

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("rule", ""), ("explanation", "  "), ("name", ""), ("name", "www.example.com"),
            ("email", ""), ("email", "not an address"), ("good_faith", ""),
        ],
    )  # fmt: skip
    def test_says_all_that_the_law_asks(self, matter, visit, field, value):
        reply = visit().post(matter, **ANNA | {field: value})
        assert reply.status_code == 422
        assert "consulenza scontata" in reply.text, "what was typed is kept"
        assert reports() == []

    def test_needs_no_name_for_an_offence_against_minors(self, matter, visit):
        browser = visit()
        nameless = {"rule": "minors", "explanation": WHY, "good_faith": "y"}
        reply = browser.post(matter, **nameless)
        assert reply.status_code == 303
        [report] = reports()
        assert (report.reporter_name, report.reporter_email) == ("", "")
        page = browser.get(reply.location)
        assert "conserva l’indirizzo" in page.text
        [case] = db.session.scalars(select(Case))
        assert case.due_at - case.opened_at == timedelta(hours=1)

    def test_does_not_report_what_they_may_not_see(self, world, visit):
        topic = forum.open_topic(
            world.famiglia, by=world.marta, title="Il patto di famiglia", text="Chi lo ha fatto?",
            at=now(),
        )  # fmt: skip
        db.session.commit()
        post_id = db.session.execute(
            select(forum.topics.Post.id).where(forum.topics.Post.topic_id == topic.id)
        ).scalar()
        assert visit().get(f"/it/posts/{post_id}/reports/new").status_code == 404
        assert visit().post(f"/it/posts/{post_id}/reports", **ANNA).status_code == 404
        assert visit().get("/it/people/nobody-here/reports/new").status_code == 404

    def test_a_second_report_looks_like_the_first_and_is_kept_once(self, matter, visit):
        answers = [visit().post(matter, **ANNA).location for _ in range(2)]
        assert answers[0] == answers[1]
        assert len(reports()) == 1

    def test_cannot_go_on_for_ever(self, app, matter, visit):
        app.config["RATELIMIT_ENABLED"] = True
        limiter.reset()
        try:
            codes = {
                visit().post(matter, **ANNA | {"email": f"a{n}@example.com"}).status_code
                for n in range(12)
            }
        finally:
            app.config["RATELIMIT_ENABLED"] = False
        assert codes == {303, 429}

    def test_gets_a_receipt_and_the_outcome_each_once(self, world, scene, visit, settle, outbound):
        visit().post(f"/es/posts/{scene.pitch.id}/reports", **ANNA)
        settle()
        [receipt] = outbound.to("anna@example.com")
        assert receipt["Content-Language"] == "es"
        words = text_of(receipt)
        assert scene.topic.title in words and f"/es/posts/{scene.pitch.id}" in words
        assert "consulenza scontata" in words and WHY in words
        [report] = reports()
        assert str(report.id) in str(receipt["Subject"])

        decision = commands.dismiss_reports(
            scene.pitch, by=world.giulia, at=now(), **REASON, reports=[report.id]
        )
        db.session.commit()
        settle()
        [_, outcome] = outbound.to("anna@example.com")
        assert decision.facts in text_of(outcome)
        assert text_of(outcome).count("#appeal") == 1
        assert link_in(outcome, "/reports/").split("#")[0] == link_in(receipt, "/reports/")


class TestFollowing:
    def link(self, scene, visit, settle, outbound):
        visit().post(f"/it/posts/{scene.pitch.id}/reports", **ANNA)
        settle()
        return link_in(outbound.to("anna@example.com")[0], "/reports/")

    def test_the_link_opens_the_report_and_no_index_learns_it(self, scene, visit, settle, outbound):
        link = self.link(scene, visit, settle, outbound)
        page = visit().get(link)
        assert page.status_code == 200 and WHY in page.text
        assert "noindex" in page.headers["X-Robots-Tag"]
        assert 'name="robots" content="noindex' in page.text
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert "no-store" in page.headers["Cache-Control"]

    def test_it_cannot_be_guessed(self, world, scene, visit, settle, outbound):
        link = self.link(scene, visit, settle, outbound)
        key = link.partition("key=")[2]
        assert len(key) >= 40
        [report] = reports()
        assert key not in (report.token_hash or "")
        for wrong in (f"/it/reports/{report.id}", link[:-1] + "A", f"/it/reports/{report.id}?key="):
            if wrong != link:
                assert visit().get(wrong).status_code == 404
                assert visit(world.giulia).get(wrong).status_code == 404

    def test_a_member_s_report_has_no_link_but_their_own(self, world, scene, visit):
        report = commands.report_post(scene.pitch, by=world.marta, at=now(), rule="spam")
        db.session.commit()
        url = f"/it/reports/{report.id}"
        assert visit(world.marta).get(url).status_code == 200
        for key in ("", "None", commands.key_of(report)):
            assert visit().get(f"{url}?key={key}").status_code == 404


class TestAMember:
    def test_reads_the_good_faith_sentence(self, world, matter, visit):
        page = visit(world.teresa).get(f"{matter}/new")
        assert "in buona fede" in page.text
        assert 'name="email"' not in page.text

    def test_reports_a_person_once(self, world, visit, settle, outbound):
        browser = visit(world.teresa)
        url = f"/it/people/{world.davide.handle}/reports"
        reply = browser.post(url, rule="respect", explanation="Insulta.")
        assert reply.status_code == 303
        [report] = reports()
        assert (report.member_id, report.reporter_id) == (world.davide.id, world.teresa.id)
        for again in (browser.post(url, rule="spam"), browser.get(f"{url}/new")):
            assert again.location == f"/it/reports/{report.id}"
        settle()
        [receipt] = outbound.to(world.teresa.email)
        assert receipt["Content-Language"] == "es"
        assert "key=" not in text_of(receipt)
        assert browser.get(f"/it/reports/{report.id}").status_code == 200

    def test_does_not_report_themselves(self, world, visit):
        url = f"/it/people/{world.davide.handle}/reports"
        assert visit(world.davide).get(f"{url}/new").status_code == 403
        assert visit(world.davide).post(url, rule="spam").status_code == 403

    def test_who_must_pause_reports_only_what_is_gravest(self, world, scene, visit):
        decision = decide(
            "restrict-reports", by=world.giulia, at=now(), rule="other", facts="Senza motivo.",
            affected_id=world.marta.id, until=now() + timedelta(days=30),
        )  # fmt: skip
        db.session.add(
            Sanction(member_id=world.marta.id, decision_id=decision.id, measure=decision.measure,
                     since=now(), until=decision.until)
        )  # fmt: skip
        db.session.commit()
        url = f"/it/posts/{scene.pitch.id}/reports"
        refused = visit(world.marta).post(url, rule="spam")
        assert refused.status_code == 403 and "Per ora non puoi segnalare" in refused.text
        assert visit(world.marta).post(url, rule="minors", explanation="Foto.").status_code == 303


class TestAPersonsCase:
    def case(self, world):
        commands.report_person(world.davide, by=anna, at=now(), rule="spam", explanation=WHY)
        commands.report_person(world.davide, by=world.teresa, at=now(), rule="spam")
        db.session.commit()
        [case] = db.session.scalars(select(Case))
        assert (case.kind, case.member_id) == ("report-person", world.davide.id)
        return case

    def test_shows_the_profile_and_who_reported(self, world, visit):
        world.davide.about = "Vendo consulenze."
        case = self.case(world)
        page = visit(world.giulia).get(f"/it/desk/cases/{case.id}", most_queries=40)
        for words in ("Anna Ferri", "senza account", "Teresa Uribe", WHY, "Vendo consulenze."):
            assert words in page.text

    def test_is_dismissed_and_each_hears_it_once(self, world, visit, settle, outbound):
        case = self.case(world)
        seen = ",".join(str(each.id) for each in reports())
        reply = visit(world.giulia).post(
            f"/it/desk/cases/{case.id}/decisions", measure="dismiss", reports=seen, **REASON
        )
        assert reply.status_code == 303
        settle()
        assert {each.decision.measure for each in reports()} == {"dismiss"}
        assert len(outbound.to("anna@example.com")) == 2
        assert len(outbound.to(world.teresa.email)) == 2
        assert outbound.to(world.davide.email) == []
        db.session.refresh(case)
        assert not case.is_open

    def test_nobody_dismisses_reports_of_themselves(self, world):
        commands.report_person(world.giulia, by=world.teresa, at=now(), rule="spam")
        with pytest.raises(commands.OwnCase):
            commands.dismiss_reports_of_person(world.giulia, by=world.giulia, at=now(), **REASON)


class TestByAddress:
    def go(self, visit, address, who=None):
        return visit(who).get(f"/it/report?address={address}")

    def test_the_page_asks_for_an_address(self, visit):
        page = visit().get("/it/report?about=/it/people/davide-rinaldi")
        assert page.status_code == 200
        assert 'value="/it/people/davide-rinaldi"' in page.text

    def test_what_is_found_is_reported(self, world, scene, visit):
        topic, opening, pitch = scene.topic.id, scene.opening.id, scene.pitch.id
        for address, found in (
            (f"http://officine.test/it/topics/{topic}-{scene.topic.slug}", f"posts/{opening}"),
            (f"http://officine.test/es/topics/{topic}%23post-{pitch}", f"posts/{pitch}"),
            (f"officine.test/en/posts/{pitch}", f"posts/{pitch}"),
            (f"/it/posts/{pitch}", f"posts/{pitch}"),
            ("http://officine.test/en/people/davide-rinaldi", "people/davide-rinaldi"),
        ):
            reply = self.go(visit, address)
            assert (reply.status_code, reply.location) == (303, f"/it/{found}/reports/new")

    @pytest.mark.parametrize(
        ("address", "words"),
        [
            ("https://elsewhere.example/it/posts/1", "non è di questo sito"),
            ("http://[", "non è di questo sito"),
            ("http://officine.test/it/groups", "Qui si segnalano"),
            ("http://officine.test/it/posts/987654", "Qui si segnalano"),
            ("http://officine.test/nowhere", "Qui si segnalano"),
        ],
    )
    def test_what_is_not_found_says_so(self, world, visit, address, words):
        reply = self.go(visit, address)
        assert reply.status_code == 422
        assert words in reply.text

    def test_each_post_and_each_person_has_a_link(self, world, scene, visit):
        for who in (None, world.teresa):
            topic = visit(who).get(f"/it/topics/{scene.topic.id}-{scene.topic.slug}")
            assert f"/it/posts/{scene.pitch.id}/reports/new" in topic.text
            person = visit(who).get("/it/people/davide-rinaldi", most_queries=30)
            assert "/it/people/davide-rinaldi/reports/new" in person.text
        assert "reports/new" not in visit(world.davide).get("/it/people/davide-rinaldi").text


def test_commands_ask_for_what_the_law_asks(world, scene):
    with pytest.raises(commands.ExplanationMissing):
        commands.report_post(scene.pitch, by=anna, at=now(), rule="spam")
    nobody = Correspondent("", "", "it")
    with pytest.raises(commands.AddressMissing):
        commands.report_post(scene.pitch, by=nobody, at=now(), rule="spam", explanation=WHY)
    db.session.add(
        Report(post=scene.pitch, rule="spam", language="it", reported_at=now(), explanation=WHY)
    )
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


@pytest.mark.parametrize("lang", ["it", "en", "es"])
def test_letters_read_well_in_each_language(world, scene, settle, outbound, lang):
    who = Correspondent("Anna Ferri", f"anna-{lang}@example.com", lang)
    nameless = Correspondent("", f"x-{lang}@example.com", lang)
    commands.report_post(scene.pitch, by=who, at=now(), rule="spam", explanation=WHY)
    commands.report_person(
        world.davide, by=nameless, at=now(), rule="minors", explanation=WHY, passage="Qui."
    )
    db.session.commit()
    settle()
    commands.dismiss_reports(scene.pitch, by=world.giulia, at=now(), **REASON)
    commands.dismiss_reports_of_person(world.davide, by=world.giulia, at=now(), **REASON)
    db.session.commit()
    settle()
    letters = [*outbound.to(who.email), *outbound.to(nameless.email)]
    assert len(letters) == 4
    for letter in letters:
        assert letter["Content-Language"] == lang
        assert not re.search(r"%\(|\n\n\n\n|: None|, ,", text_of(letter))
