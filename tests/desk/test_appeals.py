"""Appealing: who may, until when, who decides, and that everything is as it was."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from officine.blueprints.desk import commands, policy
from officine.blueprints.forum import commands as forum
from officine.core.clock import now
from officine.core.db import db
from officine.models import (
    Appeal,
    Case,
    Decision,
    Draft,
    Group,
    Hiding,
    Lock,
    Member,
    Notification,
    PendingEdit,
    Post,
    PostRevision,
    RefusedEdit,
    Report,
    Sanction,
    Slowing,
    Topic,
)
from officine.models.report import Correspondent
from tests.desk.test_at_once import at_once
from tests.outbound import link_in, text_of

REASON = {"rule": "advertising", "facts": "Offre uno sconto che nessuno ha chiesto."}
AGAIN = {"rule": "advertising", "facts": "Rispondeva a una domanda: è una risposta utile."}
WORDS = "Mi era stato chiesto un preventivo in pubblico, guardate la domanda."
anna = Correspondent("Anna Ferri", "anna@example.com", "it")


def hidden(world, scene, at=None):
    decision = commands.hide_post(scene.pitch, by=world.giulia, at=at or now(), **REASON)
    db.session.commit()
    return decision


def dismissed(world, scene, by=None):
    report = commands.report_post(
        scene.pitch, by=by or world.marta, at=now(), rule="spam", explanation="Vende."
    )
    commands.dismiss_reports(scene.pitch, by=world.giulia, at=now(), **REASON)
    db.session.commit()
    return report


def appealed(decision, world, by=None):
    appeal = commands.appeal_as_author(decision, by=by or world.davide, at=now(), text=WORDS)
    db.session.commit()
    return appeal


def case_of(appeal):
    return db.session.scalar(select(Case).filter_by(kind="appeal", subject_id=appeal.id))


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def told(member, kind):
    db.session.expire_all()
    return db.session.scalars(
        select(Notification).where(Notification.member_id == member.id, Notification.kind == kind)
    ).all()


class TestAppealingAsAuthor:
    def url(self, decision):
        return f"/it/decisions/{decision.id}/appeals"

    def test_signed_out(self, world, scene, visit):
        decision = hidden(world, scene)
        assert visit().post(self.url(decision), text=WORDS).status_code == 404
        assert count(Appeal) == 0

    def test_refused(self, world, scene, visit):
        decision = hidden(world, scene)
        assert visit(world.teresa).post(self.url(decision), text=WORDS).status_code == 404
        assert visit(world.beatriz).post(self.url(decision), text=WORDS).status_code == 403
        assert count(Appeal) == 0

    def test_invalid(self, world, scene, visit):
        decision = hidden(world, scene)
        for text in ("", "   ", "x" * 4001):
            assert visit(world.davide).post(self.url(decision), text=text).status_code == 422
        assert count(Appeal) == 0

    def test_plain_form(self, world, scene, visit, settle, outbound):
        decision = hidden(world, scene)
        settle()
        letters = len(outbound.to(world.davide.email))
        browser = visit(world.davide)
        page = browser.get(f"/it/decisions/{decision.id}")
        assert page.text.count(self.url(decision)) == 2, "one form, for a browser and for htmx"
        reply = browser.post(self.url(decision), text=WORDS)
        assert reply.status_code == 303
        assert reply.location.endswith(f"/it/decisions/{decision.id}#appeal")
        [appeal] = db.session.scalars(select(Appeal))
        assert (appeal.side, appeal.by_id, appeal.language) == ("author", world.davide.id, "it")
        case = case_of(appeal)
        assert (case.title, case.language) == (scene.topic.title, "it")
        assert case.due_at - case.opened_at == timedelta(days=7)
        again = browser.get(f"/it/decisions/{decision.id}")
        assert WORDS in again.text and self.url(decision) not in again.text
        settle()
        [receipt] = outbound.to(world.davide.email)[letters:]
        assert WORDS in text_of(receipt)

    def test_htmx(self, world, scene, visit):
        decision = hidden(world, scene)
        invalid = visit(world.davide).htmx_post(self.url(decision), text="")
        assert invalid.status_code == 422 and 'id="appeal"' in invalid.text
        assert "<h1" not in invalid.text
        reply = visit(world.davide).htmx_post(self.url(decision), text=WORDS)
        assert reply.headers["HX-Redirect"].endswith("#appeal")

    def test_once(self, world, scene, visit):
        decision = hidden(world, scene)
        for _ in range(2):
            assert visit(world.davide).post(self.url(decision), text=WORDS).status_code == 303
        assert count(Appeal) == 1
        with pytest.raises(commands.AlreadyAppealed):
            appealed(decision, world)

    def test_after_five_months_it_is_taken(self, world, scene, visit):
        decision = hidden(world, scene, at=now() - timedelta(days=5 * 30.5))
        assert visit(world.davide).post(self.url(decision), text=WORDS).status_code == 303
        assert count(Appeal) == 1

    def test_after_seven_months_it_is_not(self, world, scene, visit):
        decision = hidden(world, scene, at=now() - timedelta(days=7 * 30.5))
        page = visit(world.davide).get(f"/it/decisions/{decision.id}")
        assert "I sei mesi" in page.text and self.url(decision) not in page.text
        refused = visit(world.davide).post(self.url(decision), text=WORDS)
        assert refused.status_code == 403 and "I sei mesi" in refused.text
        assert count(Appeal) == 0
        with pytest.raises(commands.CannotAppeal):
            appealed(decision, world)

    def test_what_was_taken_back_meanwhile_is_not_appealed(self, world, scene, visit):
        decision = hidden(world, scene)
        commands.show_post(scene.pitch, by=world.giulia, at=now(), facts="Un errore.")
        db.session.commit()
        assert visit(world.davide).post(self.url(decision), text=WORDS).status_code == 403


class TestAppealingAsReporter:
    def test_a_member_from_the_page_of_the_report(self, world, scene, visit):
        report = dismissed(world, scene)
        url = f"/it/reports/{report.id}/appeals"
        assert visit().post(url, text=WORDS).status_code == 404
        assert visit(world.teresa).post(url, text=WORDS).status_code == 404
        assert visit(world.marta).post(url, text=" ").status_code == 422
        assert visit(world.marta).htmx_post(url, text="").status_code == 422
        assert visit(world.marta).post(url, text=WORDS).status_code == 303
        assert visit(world.marta).post(url, text=WORDS).status_code == 303
        [appeal] = db.session.scalars(select(Appeal))
        assert (appeal.side, appeal.report_id) == ("reporter", report.id)
        assert case_of(appeal).member_id == world.davide.id
        assert WORDS in visit(world.marta).get(f"/it/reports/{report.id}").text

    def test_a_visitor_by_the_link_of_the_letter(self, world, scene, visit, settle, outbound):
        dismissed(world, scene, by=anna)
        settle()
        link = link_in(outbound.to(anna.email)[-1], "/reports/").split("#")[0]
        page = visit().get(link)
        assert page.text.count("/appeals?key=") == 2
        path, _, key = link.partition("?")
        assert visit().post(f"{path}/appeals", text=WORDS).status_code == 404
        assert visit().post(f"{path}/appeals?{key}", text=WORDS).status_code == 303
        assert count(Appeal) == 1
        settle()
        assert WORDS in text_of(outbound.to(anna.email)[-1])

    def test_not_before_a_decision_nor_against_what_they_asked_for(self, world, scene, visit):
        report = commands.report_post(scene.pitch, by=world.marta, at=now(), rule="spam")
        db.session.commit()
        url = f"/it/reports/{report.id}/appeals"
        assert visit(world.marta).post(url, text=WORDS).status_code == 403
        hidden(world, scene)
        assert visit(world.marta).post(url, text=WORDS).status_code == 403


class TestDeciding:
    def decide(self, visit, who, appeal, measure="reverse", **fields):
        return visit(who).post(
            f"/it/desk/cases/{case_of(appeal).id}/decisions", measure=measure, **AGAIN, **fields
        )

    def test_signed_out_and_members(self, world, scene, visit):
        appeal = appealed(hidden(world, scene), world)
        assert self.decide(visit, None, appeal).status_code == 303
        assert self.decide(visit, world.marta, appeal).status_code == 403
        assert appeal.outcome_id is None

    def test_the_first_editor_does_not(self, world, scene, visit):
        appeal = appealed(hidden(world, scene), world)
        case = case_of(appeal)
        assert self.decide(visit, world.giulia, appeal).status_code == 403
        assert visit(world.giulia).post(f"/it/desk/cases/{case.id}/claims").status_code == 403
        page = visit(world.giulia).get(f"/it/desk/cases/{case.id}", most_queries=40)
        assert "un altro redattore" in page.text and 'name="measure"' not in page.text
        appeal = db.session.get(Appeal, appeal.id)
        assert not policy.may_decide_appeal(world.giulia, appeal)
        with pytest.raises(commands.FirstEditor):
            commands.reverse(appeal, by=world.giulia, at=now(), **AGAIN)
        with pytest.raises(commands.FirstEditor):
            commands.claim(case_of(appeal), by=world.giulia, at=now())

    def test_invalid(self, world, scene, visit):
        appeal = appealed(hidden(world, scene), world)
        url = f"/it/desk/cases/{case_of(appeal).id}/decisions"
        for fields in ({"measure": "hide", **AGAIN}, {"measure": "uphold", "rule": "spam"}):
            assert visit(world.beatriz).post(url, **fields).status_code == 422
        assert count(Decision) == 1

    def test_another_editor_sees_all_of_it(self, world, scene, visit):
        appeal = appealed(hidden(world, scene), world)
        page = visit(world.beatriz).get(f"/it/desk/cases/{case_of(appeal).id}", most_queries=40)
        for words in (WORDS, REASON["facts"], "Offerta", scene.topic.title, "La decisione resta"):
            assert words in page.text

    def test_upheld_with_reasons_told_once(self, world, scene, visit, settle, outbound):
        first = hidden(world, scene)
        appeal = appealed(first, world)
        settle()
        before = len(outbound.letters)
        assert self.decide(visit, world.beatriz, appeal, "uphold").status_code == 303
        settle()
        appeal = db.session.get(Appeal, appeal.id)
        assert (appeal.outcome.measure, appeal.outcome.reverses_id) == ("uphold", first.id)
        assert db.session.get(Hiding, scene.pitch.id) is not None
        [letter] = outbound.letters[before:]
        assert AGAIN["facts"] in text_of(letter)
        assert "agcom.it" in text_of(letter) and "#appeal" not in text_of(letter)
        assert len(told(world.davide, "decision-uphold")) == 1
        assert not case_of(appeal).is_open

    def test_htmx_reverses_and_all_is_as_it_was(self, world, scene, visit, settle, outbound):
        settle()
        was = (scene.topic.posts_count, scene.topic.last_post_at, scene.pitch.html)
        first = hidden(world, scene)
        appeal = appealed(first, world)
        settle()
        before = len(outbound.letters)
        reply = visit(world.beatriz).htmx_post(
            f"/it/desk/cases/{case_of(appeal).id}/decisions", measure="reverse", **AGAIN
        )
        assert reply.status_code == 200
        settle()
        topic = db.session.get(Topic, scene.topic.id)
        assert (topic.posts_count, topic.last_post_at, scene.pitch.html) == was
        assert db.session.get(Hiding, scene.pitch.id) is None
        reverse = db.session.get(Appeal, appeal.id).outcome
        assert (reverse.measure, reverse.reverses_id) == ("reverse", first.id)
        [letter] = outbound.letters[before:]
        assert str(letter["To"]).endswith(f"<{world.davide.email}>")
        assert len(told(world.davide, "decision-reverse")) == 1
        assert count(Decision) == 2

    def test_a_dismissal_reversed_hides(self, world, scene, visit, settle, outbound):
        report = dismissed(world, scene)
        other = commands.appeal_as_reporter(report, at=now(), text=WORDS)
        settle()
        before = len(outbound.letters)
        assert self.decide(visit, world.beatriz, other).status_code == 303
        settle()
        appeal = db.session.get(Appeal, other.id)
        assert appeal.outcome.measure == "hide"
        assert appeal.outcome.reverses_id == appeal.decision_id
        assert appeal.outcome.on_report and appeal.outcome.affected_id == world.davide.id
        assert db.session.get(Hiding, scene.pitch.id).decision_id == appeal.outcome_id
        to = sorted(str(each["To"]).partition("<")[2] for each in outbound.letters[before:])
        assert to == sorted(f"{each.email}>" for each in (world.davide, world.marta))
        assert len(told(world.marta, "appeal-answered")) == 1
        [notice] = told(world.marta, "appeal-answered")
        went = visit(world.marta).get(f"/it/notifications/{notice.id}")
        assert went.location == f"/it/reports/{report.id}"

    def test_a_dismissal_upheld_is_told_to_the_reporter_alone(
        self, world, scene, visit, settle, outbound
    ):
        report = dismissed(world, scene, by=anna)
        appeal = commands.appeal_as_reporter(report, at=now(), text=WORDS)
        settle()
        before = len(outbound.letters)
        assert self.decide(visit, world.beatriz, appeal, "uphold").status_code == 303
        settle()
        [letter] = outbound.letters[before:]
        assert anna.email in str(letter["To"]) and AGAIN["facts"] in text_of(letter)
        assert told(world.davide, "decision-uphold") == []

    def test_a_person_who_had_been_left_alone_is_warned(self, world, scene, visit, settle):
        report = commands.report_person(world.davide, by=world.marta, at=now(), rule="spam")
        commands.dismiss_reports_of_person(world.davide, by=world.giulia, at=now(), **REASON)
        appeal = commands.appeal_as_reporter(report, at=now(), text=WORDS)
        db.session.commit()
        assert self.decide(visit, world.beatriz, appeal).status_code == 303
        settle()
        outcome = db.session.get(Appeal, appeal.id).outcome
        assert (outcome.measure, outcome.affected_id) == ("warn", world.davide.id)
        assert outcome.on_report and outcome.appealable_until


def test_two_who_appeal_at_once_appeal_once(app, world, scene, settle):
    decision_id, davide_id = hidden(world, scene).id, world.davide.id

    def deed():
        try:
            commands.appeal_as_author(
                db.session.get(Decision, decision_id), by=db.session.get(Member, davide_id),
                at=now(), text=WORDS,
            )  # fmt: skip
            return "appealed"
        except commands.AlreadyAppealed:
            return "too late"

    assert sorted(at_once(app, deed, deed)) == ["appealed", "too late"]
    assert (count(Appeal), count(Case)) == (1, 1)


def test_two_editors_who_decide_it_at_once_decide_once(app, world, scene, settle, outbound):
    appeal = appealed(hidden(world, scene), world)
    settle()
    appeal_id, before = appeal.id, len(outbound.letters)
    editors = [world.beatriz.id, world.ruth.id]

    def deciding(editor_id, act):
        def deed():
            editor = db.session.get(Member, editor_id)
            act(db.session.get(Appeal, appeal_id), by=editor, at=now(), **AGAIN)
            return ("decided", editor.name)

        return deed

    acts = (commands.reverse, commands.uphold)
    outcomes = at_once(app, *map(deciding, editors, acts))
    assert sorted(outcome for outcome, _ in outcomes) == ["decided", "too late"]
    assert count(Decision) == 2
    settle()
    assert len(outbound.letters) == before + 1


@pytest.mark.parametrize(
    "measure", ["lock", "slow", "warn", "restrict", "suspend", "close-account", "restrict-reports"]
)
def test_each_measure_is_taken_back_entirely(world, scene, settle, measure):
    grounds = {"by": world.giulia, "at": now(), **REASON}
    timed = {"until": now() + timedelta(days=7)}
    act = {
        "lock": lambda: commands.lock_topic(scene.topic, **grounds),
        "slow": lambda: commands.slow_topic(scene.topic, minutes=30, **grounds, **timed),
        "warn": lambda: commands.warn(world.davide, **grounds),
        "restrict": lambda: commands.restrict(world.davide, **grounds, **timed),
        "suspend": lambda: commands.suspend(world.davide, **grounds, **timed),
        "close-account": lambda: commands.close_account(world.davide, **grounds),
        "restrict-reports": lambda: commands.restrict_reports(world.davide, **grounds, **timed),
    }[measure]
    first = act()
    affected = first.affected
    appeal = appealed(first, world, by=affected)
    commands.reverse(appeal, by=world.beatriz, at=now(), **AGAIN)
    db.session.commit()
    db.session.expire_all()

    assert db.session.get(Lock, scene.topic.id) is None
    assert db.session.get(Slowing, scene.topic.id) is None
    assert all(not each.holds(now()) for each in db.session.scalars(select(Sanction)))
    from officine.blueprints.desk import queries

    assert queries.standing_of(affected).decisions == 0


def test_a_removal_from_a_group_is_taken_back(world, scene, settle):
    from officine.blueprints.groups import commands as groups
    from officine.models import Membership

    members = world.export.members_count
    membership = db.session.get(Membership, (world.export.id, world.davide.id))
    first = groups.remove_member(membership, by=world.marta, at=now(), **REASON)
    db.session.commit()
    appeal = appealed(first, world)
    commands.reverse(appeal, by=world.giulia, at=now(), **AGAIN)
    db.session.commit()
    db.session.expire_all()
    assert db.session.get(Membership, (world.export.id, world.davide.id)) is not None
    assert db.session.get(Group, world.export.id).members_count == members


def test_a_held_edit_is_shown(world, scene, settle, outbound):
    world.export.approves = "all"
    words = "Posso spiegare la bolla a chi vuole."
    assert not forum.edit_post(scene.pitch, by=world.davide, text=words, at=now())
    db.session.commit()
    settle()
    first = db.session.scalar(select(Decision).filter_by(measure="hold"))
    appeal = appealed(first, world)
    settle()
    outbound.letters.clear()
    commands.reverse(appeal, by=world.beatriz, at=now(), **AGAIN)
    settle()
    assert scene.pitch.text == words
    assert count(PendingEdit) == 0
    assert db.session.scalar(select(Case).where(Case.closed_at.is_(None))) is None
    assert len(told(world.davide, "decision-reverse")) == 1
    [letter] = outbound.to(world.davide.email)
    assert "quello che hai scritto" in text_of(letter)
    with pytest.raises(forum.NothingWaits):
        forum.approve_edit(scene.pitch, by=world.giulia, at=now())


def test_an_edit_refused_meanwhile_stays_refused(world, scene):
    world.export.approves = "all"
    before = scene.pitch.text
    forum.edit_post(scene.pitch, by=world.davide, text="Altro ancora.", at=now())
    first = db.session.scalar(select(Decision).filter_by(measure="hold"))
    appeal = appealed(first, world)
    forum.refuse_edit(scene.pitch, by=world.giulia, at=now(), **REASON)
    commands.reverse(appeal, by=world.beatriz, at=now(), **AGAIN)
    db.session.commit()
    assert scene.pitch.text == before


def refused_edit(world, scene, words="Posso spiegare la bolla a chi vuole."):
    """Davide changes his message, and an editor sends the new words back to him."""
    world.export.approves = "all"
    forum.edit_post(scene.pitch, by=world.davide, text=words, at=now())
    decision = forum.refuse_edit(scene.pitch, by=world.giulia, at=now(), **REASON)
    db.session.commit()
    return decision, words


def test_an_edit_that_was_sent_back_is_shown_after_all(world, scene, settle, outbound, visit):
    before = scene.pitch.text
    first, words = refused_edit(world, scene)
    appeal = appealed(first, world)
    settle()
    outbound.letters.clear()
    case = visit(world.beatriz).get(f"/it/desk/cases/{case_of(appeal).id}").text
    assert words in case, "who decides reads what was sent back"
    commands.reverse(appeal, by=world.beatriz, at=now(), **AGAIN)
    settle()
    assert scene.pitch.text == words
    [earlier] = db.session.scalars(select(PostRevision).filter_by(post_id=scene.pitch.id))
    assert earlier.text == before and earlier.is_public
    assert db.session.scalar(select(Draft).filter_by(member_id=world.davide.id)) is None
    [letter] = outbound.to(world.davide.email)
    assert "Chi legge vede quello che hai scritto" in text_of(letter)
    assert words in visit().get(f"/it/topics/{scene.topic.id}-{scene.topic.slug}").text


def test_what_its_author_wrote_meanwhile_stays(world, scene):
    first, _words = refused_edit(world, scene)
    appeal = appealed(first, world)
    world.export.approves = "none"
    forum.edit_post(
        scene.pitch, by=world.davide, text="Detto meglio.", at=now() + timedelta(minutes=1)
    )
    forum.save_draft(world.davide, "post", scene.pitch.id, text="Un altro tentativo.", at=now())
    commands.reverse(appeal, by=world.beatriz, at=now() + timedelta(minutes=2), **AGAIN)
    db.session.commit()
    assert scene.pitch.text == "Detto meglio."
    [draft] = db.session.scalars(select(Draft).filter_by(member_id=world.davide.id))
    assert draft.text == "Un altro tentativo."


def test_new_words_that_wait_are_not_overtaken_by_older_ones(world, scene):
    before = scene.pitch.text
    first, _words = refused_edit(world, scene)
    appeal = appealed(first, world)
    forum.edit_post(scene.pitch, by=world.davide, text="Detto in modo sobrio.", at=now())
    commands.reverse(appeal, by=world.beatriz, at=now(), **AGAIN)
    db.session.commit()
    assert scene.pitch.text == before
    assert db.session.get(PendingEdit, scene.pitch.id).text == "Detto in modo sobrio."


def test_what_was_sent_back_goes_with_its_author(world, scene):
    from officine.blueprints.accounts.commands import leave

    first, _words = refused_edit(world, scene)
    appeal = appealed(first, world)
    before = scene.pitch.text
    leave(world.davide, at=now(), desk_takes_over=True)
    assert count(RefusedEdit) == 0
    commands.reverse(appeal, by=world.beatriz, at=now(), **AGAIN)
    db.session.commit()
    assert scene.pitch.text == before


def test_a_declined_group_opens(world, settle, outbound, visit):
    from officine.blueprints.groups import commands as groups

    group = groups.propose_group(
        by=world.davide, at=now(), name="Bolle e dogane", language="it",
        purpose="Come si compila una bolla doganale senza errori.", sectors=("trade",),
    )  # fmt: skip
    first = groups.decline_group(group, by=world.giulia, at=now(), facts="Ne esiste già uno.")
    db.session.commit()
    appeal = appealed(first, world)
    groups.propose_again(group, at=now())
    settle()
    outbound.letters.clear()
    page = visit(world.beatriz).get(f"/it/desk/cases/{case_of(appeal).id}").text
    assert "Apri il gruppo dopo tutto" in page
    commands.reverse(appeal, by=world.beatriz, at=now(), **AGAIN)
    settle()
    assert visit().get(f"/it/groups/{group.slug}").status_code == 200
    assert db.session.scalar(select(Case).where(Case.closed_at.is_(None))) is None
    [letter] = outbound.to(world.davide.email)
    assert "è aperto" in text_of(letter)
    assert groups.approve_group(group, by=world.giulia, at=now()) is None


def test_a_moved_topic_goes_back(world, scene, settle):
    first = commands.move_topic(scene.topic, to=world.energia, by=world.giulia, at=now(), **REASON)
    db.session.commit()
    appeal = appealed(first, world, by=world.marta)
    commands.reverse(appeal, by=world.beatriz, at=now(), **AGAIN)
    db.session.commit()
    assert db.session.get(Topic, scene.topic.id).group_id == world.export.id


def test_what_was_decided_anew_meanwhile_stays(world, scene):
    first = hidden(world, scene)
    appeal = appealed(first, world)
    commands.remove_post(scene.pitch, by=world.ruth, at=now(), **REASON)
    commands.reverse(appeal, by=world.beatriz, at=now(), **AGAIN)
    db.session.commit()
    assert db.session.get(Hiding, scene.pitch.id).measure == "remove"


def test_a_useful_answer_is_useful_again(world, scene):
    forum.mark_answer(scene.topic, scene.pitch, by=world.marta, at=now())
    first = hidden(world, scene)
    assert db.session.get(Topic, scene.topic.id).answer is None
    appeal = appealed(first, world)
    commands.reverse(appeal, by=world.beatriz, at=now(), **AGAIN)
    db.session.commit()
    assert db.session.get(Topic, scene.topic.id).answer.post_id == scene.pitch.id
    assert count(Post) == 3 and count(Report) == 0
