"""Working on a case with colleagues: whose it is, notes, questions, other languages, escalation."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from officine.blueprints.desk import commands, queries
from officine.blueprints.desk.cases import DISMISS, ESCALATE, HIDE
from officine.blueprints.forum import commands as forum
from officine.blueprints.groups import commands as groups
from officine.core.audit import AuditEntry
from officine.core.clock import now
from officine.core.db import db
from officine.models import Case, CaseNote, Decision, Notification, Post
from officine.models.case import CLAIM, Grounded

REASON = Grounded(rule="advertising", facts="Offre uno sconto che nessuno ha chiesto.")


@pytest.fixture
def case(world, scene):
    """Marta reported what Davide advertises."""
    commands.report_post(scene.pitch, by=world.marta, at=now(), rule="advertising")
    db.session.commit()
    return db.session.scalar(select(Case))


def url(case, end=""):
    return f"/it/desk/cases/{case.id}{end}"


def acts():
    db.session.commit()
    return list(db.session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)))


class TestClaims:
    def test_nobody_else_decides_meanwhile(self, world, case):
        commands.claim(case, by=world.giulia, at=now())
        with pytest.raises(commands.ClaimedBy) as refused:
            commands.decide_case(case, HIDE, by=world.beatriz, at=now(), grounded=REASON)
        assert refused.value.colleague is world.giulia
        assert db.session.scalar(select(Decision)) is None
        with pytest.raises(commands.ClaimedBy):
            commands.claim(case, by=world.beatriz, at=now())

    def test_it_lapses_after_a_quarter_of_an_hour(self, world, case):
        at = now()
        commands.claim(case, by=world.giulia, at=at)
        commands.decide_case(case, HIDE, by=world.beatriz, at=at + CLAIM, grounded=REASON)
        assert case.closed_at == at + CLAIM

    def test_an_editor_has_one_at_a_time(self, world, scene, case):
        commands.report_post(scene.thanks, by=world.marta, at=now(), rule="spam")
        other = db.session.scalar(select(Case).where(Case.id != case.id))
        commands.claim(case, by=world.giulia, at=now())
        commands.claim(other, by=world.giulia, at=now())
        db.session.commit()
        assert case.holder(now()) is None
        assert other.holder(now()) is world.giulia

    def test_it_is_given_back(self, world, case):
        commands.claim(case, by=world.giulia, at=now())
        commands.release(case, by=world.beatriz)
        assert case.claimed_by is world.giulia, "a colleague’s claim is not mine to end"
        commands.release(case, by=world.giulia)
        assert case.claimed_by is None

    def test_opening_a_case_in_the_browser_takes_it(self, world, case, visit):
        giulia, beatriz = visit(world.giulia), visit(world.beatriz)
        assert 'data-hx-trigger="load"' in giulia.get(url(case)).text
        piece = giulia.htmx_post(url(case, "/claims"))
        assert "È tuo fino alle" in piece.text and "<html" not in piece.text
        page = beatriz.get(url(case)).text
        assert "Giulia Serra ha aperto questo caso" in page
        assert 'name="measure"' not in page
        late = beatriz.post(
            url(case, "/decisions"), measure="hide", rule="spam", facts="Sempre uguale."
        )
        assert late.status_code == 409
        assert "Giulia Serra ha aperto questo caso" in late.text
        assert "Sempre uguale." in late.text, "what was written is kept"
        assert db.session.scalar(select(Decision)) is None

    def test_without_scripts_it_is_a_button(self, world, case, visit):
        browser = visit(world.giulia)
        reply = browser.post(url(case, "/claims"))
        assert reply.location.endswith(url(case))
        assert "Lo lascio ad altri" in browser.get(reply.location).text
        browser.post(url(case, "/releases"))
        assert "Lo prendo io" in browser.get(url(case)).text

    @pytest.mark.parametrize("end", ["/claims", "/releases", "/notes", "/languages", "/letter"])
    def test_it_is_the_desk_s_alone(self, world, case, visit, end):
        assert visit().post(url(case, end)).status_code == 303
        assert visit(world.marta).post(url(case, end)).status_code == 403
        assert visit(world.marta).post("/it/desk/cases/99999" + end).status_code == 403
        assert visit(world.giulia).post("/it/desk/cases/99999" + end).status_code == 404

    def test_an_editor_does_not_decide_about_themselves(self, world, scene, visit):
        own = forum.answer(scene.topic, by=world.giulia, text="Lo chiedo in redazione.", at=now())
        commands.report_post(own, by=world.marta, at=now(), rule="spam")
        case = db.session.scalar(select(Case).where(Case.subject_id == own.id))
        assert visit(world.giulia).post(url(case, "/claims")).status_code == 403


class TestNotes:
    def test_colleagues_read_them(self, world, case, visit):
        reply = visit(world.giulia).post(url(case, "/notes"), text="Lo conosco.", asked="0")
        assert reply.status_code == 303
        assert "Lo conosco." in visit(world.beatriz).get(url(case)).text

    def test_who_is_asked_hears_of_it_once_and_finds_it_among_theirs(
        self, world, case, visit, settle
    ):
        asked = str(world.beatriz.id)
        visit(world.giulia).post(url(case, "/claims"))
        visit(world.giulia).post(url(case, "/notes"), text="Tu che dici?", asked=asked)
        settle()
        settle()
        [heard] = db.session.scalars(
            select(Notification).where(Notification.member_id == world.beatriz.id)
        )
        assert (heard.kind, heard.case_id) == ("case-question", case.id)
        beatriz = visit(world.beatriz)
        assert url(case) in beatriz.get("/it/desk?mine=1").text
        reply = beatriz.get(f"/it/notifications/{heard.id}")
        assert reply.location.endswith(url(case))
        db.session.expire_all()
        assert case.holder(now()) is None, "who is asked may decide"

    @pytest.mark.parametrize("fields", [{"text": "  "}, {"text": ""}, {"text": "a", "asked": "1"}])
    def test_invalid(self, world, case, visit, fields):
        reply = visit(world.giulia).post(url(case, "/notes"), **fields)
        assert reply.status_code == 422
        assert db.session.scalar(select(CaseNote)) is None


class TestHandingOver:
    def test_editors_of_another_language_find_it(self, world, case, visit):
        browser = visit(world.giulia)
        assert browser.post(url(case, "/languages"), language="es").status_code == 303
        assert url(case) in browser.get("/it/desk?lang=es").text
        assert url(case) not in browser.get("/it/desk?lang=it").text

    def test_invalid(self, world, case, visit):
        assert visit(world.giulia).post(url(case, "/languages"), language="fr").status_code == 422


class TestEscalation:
    def test_it_waits_for_a_manager_at_its_place(self, world, case, visit):
        due = case.due_at
        decision = commands.decide_case(case, ESCALATE, by=world.giulia, at=now(), grounded=REASON)
        assert decision.measure == "escalate"
        assert case.is_open and case.due_at == due
        with pytest.raises(commands.ForManagers):
            commands.decide_case(case, HIDE, by=world.giulia, at=now(), grounded=REASON)
        reply = visit(world.giulia).post(
            url(case, "/decisions"), measure="hide", rule="spam", facts="Sempre uguale."
        )
        assert reply.status_code == 403
        commands.decide_case(case, HIDE, by=world.beatriz, at=now(), grounded=REASON)
        assert case.decision.measure == "hide"


class TestQueue:
    def test_the_oldest_promise_comes_first(self, world, scene, case):
        with time_machine.travel(now() + timedelta(hours=2), tick=False):
            commands.report_post(
                scene.thanks, by=world.marta, at=now(), rule="terrorism", explanation="Un appello."
            )
            rows = queries.queue(world.giulia, queries.Filters(), now())
        assert [row.title for row in rows] == [scene.topic.title] * 2
        assert rows[0].due_at < rows[1].due_at and rows[0].opened_at > rows[1].opened_at

    def test_the_desk_opens_with_a_case_that_one_may_decide(self, world, scene, case, visit):
        own = forum.answer(scene.topic, by=world.giulia, text="Lo chiedo in redazione.", at=now())
        commands.report_post(own, by=world.marta, at=now() - timedelta(hours=2), rule="spam")
        commands.report_post(
            scene.thanks, by=world.marta, at=now() - timedelta(hours=1), rule="spam"
        )
        thanks = db.session.scalar(select(Case).where(Case.subject_id == scene.thanks.id))
        commands.claim(thanks, by=world.beatriz, at=now())
        page = visit(world.giulia).get("/it/desk").text
        assert f'action="{url(case, "/decisions")}"' in page

    def test_it_is_filtered_by_kind_and_group_and_mine(self, world, case, visit):
        proposed = groups.propose_group(
            by=world.teresa, at=now(), language="es", name="Embalaje", purpose="Cajas y normas."
        )
        db.session.commit()
        browser = visit(world.giulia)
        everything = browser.get("/it/desk").text
        assert scene_title(case) in everything and "Embalaje" in everything
        kinds = browser.get("/it/desk?kind=group").text
        assert "Embalaje" in kinds and f"{url(case)}?" not in kinds
        group = browser.get(f"/it/desk?group={proposed.id}").text
        assert "Embalaje" in group and f"{url(case)}?" not in group
        commands.claim(case, by=world.giulia, at=now())
        assert url(case) in browser.get("/it/desk?mine=1").text
        assert browser.get("/it/desk?kind=nonsense&group=x&mine=7").status_code == 200

    def test_a_proposed_group_is_opened_or_answered_in_the_queue(self, world, visit, settle):
        groups.propose_group(
            by=world.teresa, at=now(), language="es", name="Embalaje", purpose="Cajas y normas."
        )
        db.session.commit()
        case = db.session.scalar(select(Case).where(Case.kind == "group"))
        reply = visit(world.giulia).post(url(case, "/decisions"), measure="approve")
        assert reply.status_code == 303
        db.session.expire_all()
        assert case.decision.measure == "approve"
        assert visit().get("/es/groups/embalaje").status_code == 200

    def test_the_piece_that_asks_for_itself_again_is_only_the_queue(self, world, case, visit):
        piece = visit(world.giulia).htmx_get(f"/it/desk/queue?case={case.id}")
        assert piece.text.count('<li class="queue-row') == 1 and "<html" not in piece.text
        assert visit(world.marta).get("/it/desk/queue").status_code == 403

    def test_a_decision_leads_back_to_the_same_filter(self, world, case, visit):
        reply = visit(world.giulia).post(
            url(case, "/decisions?lang=it&kind=report"), measure="dismiss", rule="spam",
            facts="Risponde alla domanda.",
        )  # fmt: skip
        assert reply.location.endswith("/it/desk?lang=it&kind=report")


def scene_title(case):
    return case.title


def test_every_act_of_an_editor_is_in_the_log(world, case):
    commands.claim(case, by=world.giulia, at=now())
    commands.leave_note(case, by=world.giulia, at=now(), text="Lo conosco.")
    commands.hand_over(case, by=world.giulia, at=now(), language="es")
    commands.decide_case(case, DISMISS, by=world.beatriz, at=now(), grounded=REASON)
    assert acts() == ["case.claim", "case.note", "case.hand-over", "decision.dismiss"]


def test_reading_a_case_of_a_private_group_leaves_a_trace(world, visit):
    topic = forum.open_topic(
        world.famiglia, by=world.marta, title="Il patto di famiglia", at=now(),
        text="Chi lo ha firmato davanti al notaio?",
    )  # fmt: skip
    post = db.session.scalar(select(Post).where(Post.topic_id == topic.id))
    commands.report_post(post, by=world.teresa, at=now(), rule="privacy")
    db.session.commit()
    case = db.session.scalar(select(Case))
    visit(world.giulia).get(url(case), most_queries=34)
    visit(world.giulia).get(url(case))
    assert acts().count("case.look") == 1


def test_a_removed_post_is_the_desk_s_alone(world, scene, visit):
    commands.remove_post(
        scene.pitch, by=world.giulia, at=now(), rule="illegal", facts="Truffa.",
        law="Codice penale, articolo 640",
    )  # fmt: skip
    db.session.commit()
    topic = f"/it/topics/{scene.topic.id}-{scene.topic.slug}"
    assert "zafferanella" not in visit(world.davide).get(topic).text
    assert "zafferanella" in visit(world.giulia).get(topic).text


def test_a_decision_by_law_names_it(world, scene):
    with pytest.raises(commands.LawMissing):
        commands.hide_post(scene.pitch, by=world.giulia, at=now(), rule="illegal", facts="Truffa.")
    decision = commands.hide_post(
        scene.pitch, by=world.giulia, at=now(), rule="terrorism", facts="Un appello."
    )
    assert (decision.ground, decision.law) == ("law", "Regulation (EU) 2021/784")


class TestWordsThatChange:
    """Somebody mends a message while an editor decides about it."""

    SEEN = re.compile(r'name="wording"[^>]*value="(\w+)"')
    MENDED = "Posso spiegare la bolla, senza prezzo."

    @pytest.fixture
    def held(self, world, scene):
        """The group reads every message first; Davide’s answer waits."""
        world.export.approves = "all"
        post = forum.answer(scene.topic, by=world.davide, text="Scrivetemi.", at=now())
        db.session.commit()
        return post, db.session.scalar(select(Case).filter_by(subject_id=post.id))

    def decide(self, world, visit, case, between, **sent):
        giulia = visit(world.giulia)
        [seen] = self.SEEN.findall(giulia.get(url(case)).text)
        between()
        db.session.commit()
        reply = giulia.post(url(case, "/decisions"), wording=seen, **sent)
        return giulia, reply

    def test_the_editor_reads_the_new_ones_and_keeps_what_they_wrote(self, world, held, visit):
        post, case = held

        def mend():
            forum.edit_post(post, by=world.davide, text=self.MENDED, at=now())

        because = {"measure": "send-back", "rule": "advertising", "facts": "Togli il contatto."}
        giulia, reply = self.decide(world, visit, case, mend, **because)
        assert reply.status_code == 409
        assert "ha cambiato il testo" in reply.text and "Togli il contatto." in reply.text
        assert reply.text.count(self.MENDED) == 2, "in the case and beside the decision"
        assert db.session.scalar(select(Decision).filter_by(measure="send-back")) is None
        [seen] = self.SEEN.findall(reply.text)
        assert giulia.post(url(case, "/decisions"), wording=seen, **because).status_code == 303

    def test_a_piece_of_the_page_shows_them_too(self, world, held, visit):
        post, case = held
        giulia = visit(world.giulia)
        reply = giulia.htmx_post(url(case, "/decisions"), wording="0" * 16, measure="approve")
        assert reply.status_code == 409
        assert post.text in reply.text and "<html" not in reply.text

    def test_a_title_and_a_waiting_edit_count_too(self, world, scene, visit):
        world.export.approves = "all"
        forum.edit_post(scene.pitch, by=world.davide, text="Prima.", at=now())
        case = db.session.scalar(select(Case).filter_by(kind="edit"))

        def again():
            forum.edit_post(scene.pitch, by=world.davide, text="Dopo.", at=now())

        _giulia, reply = self.decide(world, visit, case, again, measure="approve")
        assert reply.status_code == 409
        titled = forum.open_topic(
            world.export, by=world.davide, title="Sconti", text="Di che cosa?", at=now()
        )
        db.session.commit()
        held = db.session.scalar(select(Case).filter_by(kind="held"))

        def rename():
            forum.edit_topic(titled, by=world.davide, at=now(), title="Altri")

        _giulia, reply = self.decide(world, visit, held, rename, measure="approve")
        assert reply.status_code == 409

    def test_thanks_are_no_change(self, world, scene, case, visit):

        def thank():
            forum.thank(scene.pitch, by=world.teresa, at=now())

        because = {"measure": "dismiss", "rule": "spam", "facts": "Rispondeva a una domanda."}
        _giulia, reply = self.decide(world, visit, case, thank, **because)
        assert reply.status_code == 303
