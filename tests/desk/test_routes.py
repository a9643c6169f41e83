"""The desk over HTTP: who sees what, and the five cases of each change."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from officine.blueprints.desk import commands
from officine.blueprints.forum import commands as forum
from officine.core.clock import now
from officine.core.db import db
from officine.models import Case, Decision, Hiding, Post, Report
from officine.models.decision import MEASURES, decide
from tests.desk.conftest import UNIQUE

WHY = "Offre uno sconto senza che nessuno lo abbia chiesto."
REASON = {"rule": "advertising", "facts": WHY}


def decisions():
    db.session.expire_all()
    return db.session.scalar(select(func.count()).select_from(Decision))


def reported(scene, *members, rule="advertising", explanation=""):
    for member in members:
        commands.report_post(scene.pitch, by=member, at=now(), rule=rule, explanation=explanation)
    db.session.commit()


def case_of(post):
    db.session.flush()
    return db.session.scalar(
        select(Case.id).where(Case.subject == "post", Case.subject_id == post.id)
    )


def is_hidden(post):
    return db.session.get(Hiding, post.id) is not None


class TestReporting:
    def url(self, scene, end="reports"):
        return f"/it/posts/{scene.pitch.id}/{end}"

    def test_signed_out(self, scene, visit):
        assert visit().get(self.url(scene, "reports/new")).status_code == 200
        assert visit().post(self.url(scene), rule="spam").status_code == 422
        assert db.session.scalar(select(Report)) is None

    def test_refused(self, world, scene, visit):
        reply = visit(world.davide).post(self.url(scene), rule="spam")
        assert reply.status_code == 403
        assert "tuo" in reply.get_data(as_text=True)

    def test_a_post_one_may_not_read_does_not_exist(self, world, visit):
        topic = forum.open_topic(
            world.famiglia, by=world.marta, title="Il patto di famiglia", at=now(),
            text="Chi lo ha firmato davanti al notaio?",
        )  # fmt: skip
        post_id = db.session.scalar(select(func.max(Report.id))) or topic.id
        reply = visit(world.teresa).get(f"/it/posts/{post_id}/reports/new")
        assert reply.status_code == 404

    @pytest.mark.parametrize("fields", [{}, {"rule": "ugly"}, {"rule": "illegal"},
                                        {"rule": "other", "explanation": "   "}])  # fmt: skip
    def test_invalid(self, world, scene, visit, fields):
        reply = visit(world.marta).post(self.url(scene), **fields)
        assert reply.status_code == 422
        assert db.session.scalar(select(Report)) is None

    def test_what_was_typed_is_kept(self, world, scene, visit):
        reply = visit(world.marta).post(self.url(scene), explanation="Ha messo il listino.")
        assert "Ha messo il listino." in reply.get_data(as_text=True)

    def test_plain_form(self, world, scene, visit):
        browser = visit(world.marta)
        assert browser.get(self.url(scene, "reports/new")).status_code == 200
        reply = browser.post(self.url(scene), rule="illegal", explanation="Vende senza licenza.")
        report = db.session.scalar(select(Report))
        assert reply.status_code == 303
        assert reply.location.endswith(f"/it/reports/{report.id}")
        words = browser.get(reply.location).get_data(as_text=True)
        assert "Vende senza licenza." in words
        assert UNIQUE not in words, "the post itself is not repeated"

    def test_htmx(self, world, scene, visit):
        browser = visit(world.marta)
        invalid = browser.htmx_post(self.url(scene))
        assert invalid.status_code == 422
        assert b'<form id="reporting"' in invalid.data
        assert b"<html" not in invalid.data
        reply = browser.htmx_post(self.url(scene), rule="spam")
        assert "/it/reports/" in reply.headers["HX-Redirect"]

    def test_a_second_time_shows_the_first(self, world, scene, visit):
        reported(scene, world.marta)
        report = db.session.scalar(select(Report))
        browser = visit(world.marta)
        for reply in (
            browser.get(self.url(scene, "reports/new")),
            browser.post(self.url(scene), rule="respect"),
        ):
            assert reply.location.endswith(f"/it/reports/{report.id}")
        assert db.session.scalar(select(func.count()).select_from(Report)) == 1

    def test_a_report_is_read_by_who_made_it_also_when_the_post_is_hidden(
        self, world, scene, visit
    ):
        reported(scene, world.marta)
        report = db.session.scalar(select(Report))
        commands.hide_post(scene.pitch, by=world.giulia, at=now(), **REASON)
        url = f"/it/reports/{report.id}"
        words = visit(world.marta).get(url).get_data(as_text=True)
        assert "Lo abbiamo nascosto" in words
        assert WHY not in words and UNIQUE not in words
        assert visit(world.teresa).get(url).status_code == 404
        assert visit().get(url).status_code == 404


class TestQueue:
    def test_it_is_the_desk_s_alone(self, world, scene, visit):
        reported(scene, world.marta)
        assert visit().get("/it/desk").status_code == 303
        assert visit(world.marta).get("/it/desk").status_code == 403
        assert visit(world.giulia).get("/it/desk").status_code == 200
        case = f"/it/desk/cases/{case_of(scene.pitch)}"
        assert visit(world.marta).get(case).status_code == 403

    def test_an_empty_queue_says_so(self, world, visit):
        words = visit(world.giulia).get("/it/desk").get_data(as_text=True)
        assert "Niente aspetta una decisione" in words

    def test_several_reports_of_a_post_are_one_row(self, world, scene, visit):
        reported(scene, world.marta, world.teresa, rule="other", explanation="Vende e basta.")
        words = visit(world.giulia).get("/it/desk").get_data(as_text=True)
        assert words.count('class="queue-row"') == 1
        assert "2 segnalazioni" in words
        assert words.count("Vende e basta.") == 2
        assert UNIQUE in words

    def test_the_oldest_comes_first(self, world, scene, visit):
        commands.report_post(scene.thanks, by=world.marta, at=scene.thanks.written_at, rule="spam")
        reported(scene, world.marta)
        words = visit(world.giulia).get("/it/desk").get_data(as_text=True)
        first = words.index(f"/it/desk/cases/{case_of(scene.thanks)}")
        assert first < words.index(f"/it/desk/cases/{case_of(scene.pitch)}")

    def test_it_is_filtered_by_language(self, world, scene, visit):
        spanish = forum.open_topic(
            world.energia, by=world.teresa, title="Contrato de la luz", at=now(),
            text="¿Qué comercializadora tenéis para la luz de la fábrica?",
        )  # fmt: skip
        opening_id = db.session.scalar(select(func.max(Report.post_id))) or db.session.scalar(
            select(Post.id).where(Post.topic_id == spanish.id)
        )
        commands.report_post(
            db.session.get(Post, opening_id), by=world.marta, at=now(), rule="spam"
        )
        reported(scene, world.marta)
        browser = visit(world.giulia)
        everything = browser.get("/it/desk").get_data(as_text=True)
        only = browser.get("/it/desk?lang=es").get_data(as_text=True)
        assert "Contrato de la luz" in everything and scene.topic.title in everything
        assert "Contrato de la luz" in only and scene.topic.title not in only
        nothing = browser.get("/it/desk?lang=en").get_data(as_text=True)
        assert "Niente di simile aspetta" in nothing

    def test_staff_see_the_count_on_every_page(self, world, scene, visit):
        reported(scene, world.marta)
        staff = visit(world.giulia).get("/it/groups").get_data(as_text=True)
        member = visit(world.marta).get("/it/groups").get_data(as_text=True)
        assert "da decidere" in staff
        assert "da decidere" not in member

    def test_a_case_that_is_decided_leads_to_its_decision(self, world, scene, visit):
        reported(scene, world.marta)
        decision = commands.hide_post(scene.pitch, by=world.giulia, at=now(), **REASON)
        reply = visit(world.beatriz).get(f"/es/desk/cases/{case_of(scene.pitch)}")
        assert reply.location.endswith(f"/es/decisions/{decision.id}")

    def test_what_its_author_took_back_leaves_the_queue(self, world, scene, visit):
        reported(scene, world.marta)
        forum.delete_post(scene.pitch, by=world.davide, at=now())
        words = visit(world.giulia).get("/it/desk").get_data(as_text=True)
        assert "Niente aspetta una decisione" in words


class TestDecidingACase:
    def url(self, scene):
        return f"/it/desk/cases/{case_of(scene.pitch)}/decisions"

    def seen(self, scene):
        ids = db.session.scalars(select(Report.id).where(Report.post_id == scene.pitch.id))
        return ",".join(str(each) for each in ids)

    def test_signed_out(self, world, scene, visit):
        reported(scene, world.marta)
        assert visit().post(self.url(scene), measure="hide", **REASON).status_code == 303
        assert decisions() == 0

    def test_refused(self, world, scene, visit):
        reported(scene, world.marta)
        # Not even the host of the group.
        reply = visit(world.marta).post(self.url(scene), measure="hide", **REASON)
        assert reply.status_code == 403
        assert decisions() == 0

    @pytest.mark.parametrize("missing", ["measure", "facts"])
    def test_invalid(self, world, scene, visit, missing):
        reported(scene, world.marta)
        fields = {"measure": "hide", **REASON, "reports": self.seen(scene)}
        fields[missing] = "  "
        reply = visit(world.giulia).post(self.url(scene), **fields)
        assert reply.status_code == 422
        assert decisions() == 0

    def test_plain_form(self, world, scene, visit):
        reported(scene, world.marta)
        browser = visit(world.giulia)
        fields = {"measure": "hide", **REASON, "reports": self.seen(scene)}
        reply = browser.post(self.url(scene), **fields)
        assert reply.status_code == 303
        assert reply.location.endswith("/it/desk")
        assert is_hidden(scene.pitch)
        assert decisions() == 1

    def test_htmx(self, world, scene, visit):
        reported(scene, world.marta)
        browser = visit(world.giulia)
        invalid = browser.htmx_post(self.url(scene), measure="dismiss", rule="spam")
        assert invalid.status_code == 422
        assert b'id="decide"' in invalid.data and b'class="queue"' not in invalid.data
        fields = {"measure": "dismiss", **REASON, "reports": self.seen(scene)}
        reply = browser.htmx_post(self.url(scene), **fields)
        assert reply.headers["HX-Redirect"].endswith("/it/desk")
        assert not is_hidden(scene.pitch)
        assert decisions() == 1

    def test_the_slower_of_two_editors_is_told(self, world, scene, visit):
        reported(scene, world.marta)
        slow, fast = visit(world.beatriz), visit(world.giulia)
        fields = {"measure": "hide", **REASON, "reports": self.seen(scene)}
        fast.post(self.url(scene), **fields)
        reply = slow.post(self.url(scene), **fields | {"measure": "dismiss"})
        assert "/it/decisions/" in reply.location
        assert "Giulia Serra ha già deciso" in slow.get(reply.location).get_data(as_text=True)
        assert decisions() == 1

    def test_the_same_form_sent_twice_decides_once(self, world, scene, visit):
        reported(scene, world.marta)
        browser = visit(world.giulia)
        fields = {"measure": "hide", **REASON, "reports": self.seen(scene)}
        for _ in range(2):
            assert browser.post(self.url(scene), **fields).status_code == 303
        assert decisions() == 1

    def test_without_javascript_the_letter_is_shown_before_it_goes(self, world, scene, visit):
        reported(scene, world.marta)
        fields = {"measure": "hide", **REASON, "reports": self.seen(scene), "preview": "1"}
        reply = visit(world.beatriz).post(self.url(scene).replace("/it/", "/es/"), **fields)
        words = reply.get_data(as_text=True)
        assert reply.status_code == 200
        assert "Ciao Davide" in words and words.count(WHY) >= 2
        assert decisions() == 0

    def test_own_posts_are_left_to_colleagues(self, world, scene, visit):
        own = forum.answer(scene.topic, by=world.giulia, text="Lo chiedo in redazione.", at=now())
        commands.report_post(own, by=world.marta, at=now(), rule="spam")
        browser = visit(world.giulia)
        words = browser.get(f"/it/desk/cases/{case_of(own)}").get_data(as_text=True)
        assert "decide un’altra persona" in words and 'name="measure"' not in words
        reply = browser.post(f"/it/desk/cases/{case_of(own)}/decisions", measure="hide", **REASON)
        assert reply.status_code == 403


class TestLetter:
    def test_it_follows_what_the_editor_writes(self, world, scene, visit):
        reply = visit(world.beatriz).htmx_post(
            f"/es/posts/{scene.pitch.id}/letter", rule="spam", facts="Una frase intera."
        )
        words = reply.get_data(as_text=True)
        assert 'lang="it"' in words and "Ciao Davide" in words and "Una frase intera." in words

    def test_a_dismissal_writes_to_who_reported(self, world, scene, visit):
        reported(scene, world.teresa)
        reply = visit(world.giulia).htmx_post(
            f"/it/desk/cases/{case_of(scene.pitch)}/letter", measure="dismiss", facts="Va bene."
        )
        assert "Hola, Teresa" in reply.get_data(as_text=True)

    def test_it_is_the_desk_s_alone(self, world, scene, visit):
        url = f"/it/posts/{scene.pitch.id}/letter"
        assert visit().post(url).status_code == 303
        assert visit(world.marta).post(url).status_code == 403


class TestHidingAndShowing:
    @pytest.mark.parametrize("deed", ["hidings", "showings"])
    def test_signed_out_refused_invalid(self, world, scene, visit, deed):
        if deed == "showings":
            commands.hide_post(scene.pitch, by=world.giulia, at=now(), **REASON)
        url = f"/it/posts/{scene.pitch.id}/{deed}"
        before = decisions()
        assert visit().post(url, **REASON).status_code in (303, 404)
        assert visit(world.marta).post(url, **REASON).status_code in (403, 404)
        assert visit(world.giulia).post(url, rule="spam", facts=" ").status_code == 422
        assert decisions() == before

    def test_plain_form_on_own_initiative_and_back(self, world, scene, visit):
        browser = visit(world.giulia)
        page = f"/it/posts/{scene.pitch.id}/decisions/new"
        assert "Nascondi un messaggio" in browser.get(page).get_data(as_text=True)
        reply = browser.post(f"/it/posts/{scene.pitch.id}/hidings", **REASON)
        assert reply.status_code == 303 and is_hidden(scene.pitch)

        assert "Mostra di nuovo" in browser.get(page).get_data(as_text=True)
        reply = browser.post(f"/it/posts/{scene.pitch.id}/showings", facts="Era chiesto.")
        assert reply.status_code == 303 and not is_hidden(scene.pitch)
        assert decisions() == 2

    def test_htmx(self, world, scene, visit):
        browser = visit(world.giulia)
        url = f"/it/posts/{scene.pitch.id}/hidings"
        assert b"<html" not in browser.htmx_post(url, rule="spam").data
        assert browser.htmx_post(url, **REASON).headers["HX-Redirect"]

    def test_a_reported_post_is_decided_in_the_queue(self, world, scene, visit):
        reported(scene, world.marta)
        reply = visit(world.giulia).get(f"/it/posts/{scene.pitch.id}/decisions/new")
        assert reply.location.endswith(f"/it/desk/cases/{case_of(scene.pitch)}")

    def test_members_do_not_decide(self, world, scene, visit):
        page = f"/it/posts/{scene.pitch.id}/decisions/new"
        assert visit(world.marta).get(page).status_code == 403
        assert visit().get(page).status_code == 303


class TestClosingATopic:
    def url(self, scene, end):
        return f"/it/topics/{scene.topic.id}/{end}"

    def test_signed_out_refused_invalid(self, world, scene, visit):
        url = self.url(scene, "locks")
        assert visit().post(url, **REASON).status_code == 303
        assert visit(world.davide).post(url, **REASON).status_code == 403
        assert visit(world.marta).post(url, rule="spam").status_code == 422
        assert decisions() == 0

    def test_plain_form_and_back(self, world, scene, visit):
        host = visit(world.marta)
        page = self.url(scene, "decisions/new")
        assert host.get(page).status_code == 200
        reply = host.post(self.url(scene, "locks"), **REASON)
        assert f"/it/topics/{scene.topic.id}" in reply.location
        words = visit().get(reply.location).get_data(as_text=True)
        assert "Pubblicità che nessuno ha chiesto" in words
        assert WHY not in words, "the facts are for whom it affects"
        assert "Riapri" in host.get(page).get_data(as_text=True)
        reply = host.post(self.url(scene, "unlocks"), facts="Ci sono novità.")
        assert reply.status_code == 303
        assert decisions() == 2

    def test_htmx(self, world, scene, visit):
        host = visit(world.marta)
        assert b"<html" not in host.htmx_post(self.url(scene, "locks")).data
        assert host.htmx_post(self.url(scene, "locks"), **REASON).headers["HX-Redirect"]
        assert host.htmx_post(self.url(scene, "unlocks")).status_code == 422

    def test_where_the_rule_is_a_law_the_page_asks_which(self, world, scene, visit):
        host, url = visit(world.marta), self.url(scene, "locks")
        reply = host.post(url, rule="illegal", facts="Vende patenti false.")
        assert reply.status_code == 422
        assert b'name="law"' in reply.data

        law = "Art. 482 c.p."
        reply = host.post(url, rule="illegal", facts="Vende patenti false.", law=law)
        assert reply.status_code == 303

    def test_the_host_does_not_reopen_what_the_desk_closed(self, world, scene, visit):
        commands.lock_topic(scene.topic, by=world.giulia, at=now(), **REASON)
        host = visit(world.marta)
        assert host.post(self.url(scene, "unlocks"), facts="Ma no.").status_code == 403
        assert host.get(self.url(scene, "decisions/new")).status_code == 403

    def test_two_who_close_at_once(self, world, scene, visit):
        editor, host = visit(world.giulia), visit(world.marta)
        editor.post(self.url(scene, "locks"), **REASON)
        reply = host.post(self.url(scene, "locks"), **REASON)
        assert "Giulia Serra ha già deciso" in host.get(reply.location).get_data(as_text=True)
        assert decisions() == 1


class TestReadingADecision:
    def test_the_author_reads_the_whole_statement(self, world, scene, visit):
        decision = commands.hide_post(scene.pitch, by=world.beatriz, at=now(), **REASON)
        page = visit(world.davide).get(f"/it/decisions/{decision.id}").get_data(as_text=True)
        for words in (WHY, "Pubblicità che nessuno ha chiesto", "di propria iniziativa", UNIQUE,
                      f"/it/decisions/{decision.id}/appeals",
                      f"Decisione {decision.id}"):  # fmt: skip
            assert words in page
        assert world.beatriz.name not in page

    def test_nobody_else_does(self, world, scene, visit):
        decision = commands.hide_post(scene.pitch, by=world.beatriz, at=now(), **REASON)
        url = f"/it/decisions/{decision.id}"
        assert visit(world.giulia).get(url).status_code == 200
        assert visit(world.marta).get(url).status_code == 404
        assert visit().get(url).status_code == 404
        assert visit(world.giulia).get("/it/decisions/987654321").status_code == 404

    def test_a_dismissal_is_not_the_author_s_to_read(self, world, scene, visit):
        reported(scene, world.marta)
        decision = commands.dismiss_reports(
            scene.pitch, by=world.giulia, at=now(), rule="spam", facts="Va bene."
        )
        assert visit(world.davide).get(f"/it/decisions/{decision.id}").status_code == 404

    @pytest.mark.parametrize("lang", ["it", "en", "es"])
    def test_every_kind_of_decision_has_its_page(self, world, scene, visit, lang):
        for measure in MEASURES:
            decision = decide(
                measure, by=world.giulia, at=now(), rule="other", facts=WHY,
                affected_id=world.davide.id, group_id=world.export.id,
                until=now() + timedelta(days=7),
            )  # fmt: skip
            db.session.commit()
            assert visit(world.davide).get(f"/{lang}/decisions/{decision.id}").status_code == 200
