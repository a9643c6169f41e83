"""What the desk decides about people, what they may do then, and when it ends."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from officine.blueprints.accounts.queries import find_viewer
from officine.blueprints.companies import policy as companies
from officine.blueprints.desk import commands, policy
from officine.blueprints.forum import commands as forum
from officine.blueprints.forum import policy as forum_policy
from officine.blueprints.groups import policy as groups
from officine.blueprints.profiles import policy as profiles
from officine.core.clock import now
from officine.core.db import db
from officine.core.i18n import writing_in
from officine.models import Decision, Membership, Notification, Sanction
from tests.outbound import text_of
from tests.world import NOON

WHY = "Ha scritto tre volte la stessa offerta a chi non la chiedeva."
REASON = {"rule": "advertising", "facts": WHY}
WEEK = timedelta(days=7)


def sanction(world, act=commands.suspend, who="davide", by="giulia", at=None, **more):
    at = at or now()
    if act in (commands.suspend, commands.restrict, commands.restrict_reports):
        more = {"until": at + WEEK} | more
    decision = act(getattr(world, who), by=getattr(world, by), at=at, **REASON, **more)
    db.session.commit()
    return decision


def membership(world, who):
    return db.session.get(Membership, (world.export.id, who.id))


@pytest.mark.parametrize(
    ("act", "measure"),
    [
        (commands.restrict, "restrict"),
        (commands.suspend, "suspend"),
        (commands.close_account, "close-account"),
        (commands.restrict_reports, "restrict-reports"),
    ],
)
def test_a_sanction_is_one_decision_one_row_one_notice_and_one_letter(
    world, settle, outbound, act, measure
):
    decision = sanction(world, act)
    settle()

    assert db.session.scalars(select(Decision)).all() == [decision]
    assert (decision.measure, decision.rule, decision.facts) == (measure, "advertising", WHY)
    assert (decision.affected, decision.by, decision.automatic) == (
        world.davide, world.giulia, False,
    )  # fmt: skip
    assert decision.territory == "everywhere" and decision.appealable_until is not None
    [row] = db.session.scalars(select(Sanction))
    assert (row.member, row.decision, row.until) == (world.davide, decision, decision.until)
    assert (decision.until is None) is (measure == "close-account")
    notices = select(func.count()).where(Notification.member_id == world.davide.id)
    assert db.session.scalar(notices) == 1
    [letter] = outbound.to(world.davide.email)
    assert WHY in text_of(letter) and f"/it/decisions/{decision.id}" in text_of(letter)


def test_a_warning_takes_nothing_but_is_told(world, settle, outbound):
    decision = sanction(world, commands.warn)
    settle()
    assert db.session.scalar(select(Sanction)) is None
    assert forum_policy.may_take_part(world.davide)
    assert decision.appealable_until is not None
    assert len(outbound.to(world.davide.email)) == 1


def test_a_suspended_member_reads_but_does_not_write(world, scene):
    host = world.marta
    sanction(world, who="marta")
    mine = membership(world, host)
    for verdict in (
        forum_policy.may_answer(host, scene.topic, mine),
        forum_policy.may_open(host, world.export, mine),
        forum_policy.may_edit(host, scene.opening),
        forum_policy.may_delete(host, scene.opening, 0),
        forum_policy.may_thank(host, scene.pitch),
        forum_policy.may_mark_answer(host, scene.topic, mine),
        forum_policy.may_pin(host, mine),
        groups.may_propose(host),
        groups.may_host(host, world.export),
        groups.may_join(host, world.castings),
        groups.may_request(host, world.energia),
        groups.may_invite(host, world.export),
        companies.may_edit(host, world.companies["tessuti"]),
        companies.may_ask(host, world.companies["ceramicas"]),
        profiles.may_edit(host, host),
        policy.may_lock(host, scene.topic),
    ):
        assert not verdict and not verdict.sign_in
        assert verdict.decision_id is not None
    assert groups.may_leave(host, world.export) is not None
    assert policy.may_report(host, scene.pitch)


def test_a_suspension_ends_by_the_clock(world, time_machine):
    time_machine.move_to(NOON, tick=False)
    sanction(world)
    assert not forum_policy.may_take_part(world.davide)
    time_machine.move_to(NOON + WEEK - timedelta(minutes=1), tick=False)
    assert not forum_policy.may_take_part(world.davide)
    time_machine.move_to(NOON + WEEK, tick=False)
    assert forum_policy.may_take_part(world.davide)


def test_the_refusal_names_until_when_in_the_readers_language(app, world, time_machine):
    time_machine.move_to(NOON, tick=False)
    sanction(world)
    for language, words in (
        ("it", "27 novembre 2026"), ("en", "27 November 2026"), ("es", "27 de noviembre de 2026"),
    ):  # fmt: skip
        with writing_in(language):
            assert words in str(forum_policy.may_take_part(world.davide).reason)


def test_the_page_says_it_calmly_and_where_to_read_why(world, scene, visit):
    decision = sanction(world)
    words = visit(world.davide).get("/it/groups/export-e-dogane").get_data(as_text=True)
    assert f"/it/decisions/{decision.id}" in words and "sospes" in words
    reply = visit(world.davide).post(f"/it/topics/{scene.topic.id}/posts", text="Eccomi.")
    assert reply.status_code == 403
    assert f"/it/decisions/{decision.id}" in reply.get_data(as_text=True)


def test_sanctions_come_with_the_viewer(app, world, visit):
    sanction(world)
    browser = visit(world.davide)
    with browser.client.session_transaction() as session:
        token = session["_user_id"]
    db.session.expire_all()
    db.session.expunge_all()
    viewer = find_viewer(token)
    assert "sanctions" in viewer.__dict__
    assert viewer.barring(now()) is not None


class TestWho:
    def test_nobody_decides_about_themselves(self, world):
        assert policy.may_sanction(world.giulia, world.giulia) is policy.OWN_PERSON
        with pytest.raises(commands.MayNotSanction):
            sanction(world, who="giulia")

    def test_about_staff_only_managers_decide(self, world):
        assert policy.may_sanction(world.giulia, world.beatriz) is policy.STAFF_FOR_MANAGERS
        with pytest.raises(commands.MayNotSanction):
            sanction(world, who="beatriz")
        assert policy.may_sanction(world.beatriz, world.giulia)

    def test_the_last_administrator_never(self, world):
        with pytest.raises(commands.MayNotSanction) as refused:
            sanction(world, who="ruth", by="beatriz")
        assert refused.value.refusal is policy.LAST_ADMINISTRATOR
        assert db.session.scalar(select(Decision)) is None

    def test_members_and_suspended_editors_decide_about_nobody(self, world):
        assert not policy.may_sanction(world.marta, world.davide)
        sanction(world, who="giulia", by="beatriz")
        assert not policy.may_sanction(world.giulia, world.davide)
        assert not policy.may_decide(world.giulia)


def test_a_second_editor_is_told_who_was_faster(world):
    first = sanction(world)
    with pytest.raises(commands.AlreadyDecided) as faster:
        sanction(world, by="beatriz")
    assert faster.value.decision is first


def test_a_measure_with_an_end_says_when(world):
    with pytest.raises(commands.EndMissing):
        sanction(world, until=None)
    with pytest.raises(commands.EndMissing):
        sanction(world, until=now() - WEEK)


def test_without_facts_there_is_no_sanction(world):
    with pytest.raises(commands.FactsMissing):
        commands.suspend(
            world.davide, by=world.giulia, at=now(), rule="spam", facts=" ", until=now() + WEEK
        )
    assert db.session.scalar(select(Sanction)) is None


class TestClosing:
    def seen(self, visit, who=None):
        browser = visit(who)
        return {
            "page": browser.get("/it/people/marta-colombo").status_code == 200,
            "people": "Marta Colombo" in browser.get("/it/people").get_data(as_text=True),
            "group": "/people/marta-colombo"
            in browser.get("/it/groups/export-e-dogane").get_data(as_text=True),
            "company": "Marta Colombo"
            in browser.get("/it/companies/colombo-tessuti").get_data(as_text=True),
        }

    def test_others_find_the_person_nowhere_and_everywhere_again_when_lifted(
        self, world, scene, visit, settle
    ):
        world.marta.about = "Tessiamo a Como."
        before = self.seen(visit)
        assert all(before.values())
        sanction(world, commands.close_account, who="marta")
        settle()
        assert not any(self.seen(visit).values())
        assert not any(self.seen(visit, world.teresa).values())
        assert "marta-colombo" not in visit().get("/it/search?q=Colombo").get_data(as_text=True)
        sitemap = visit().get("/sitemap-it-1.xml")
        assert "marta-colombo" not in sitemap.get_data(as_text=True)

        [row] = db.session.scalars(select(Sanction))
        commands.lift(row, by=world.giulia, at=now(), facts="È stato uno scambio di persona.")
        settle()
        assert self.seen(visit) == before

    def test_what_they_wrote_stays_with_their_name(self, world, scene, visit):
        sanction(world, commands.close_account, who="marta")
        url = f"/it/topics/{scene.topic.id}-{scene.topic.slug}"
        words = visit().get(url).get_data(as_text=True)
        assert "Marta Colombo" in words and "/people/marta-colombo" not in words

    def test_they_still_read_the_decision_and_take_their_data(self, world, visit):
        decision = sanction(world, commands.close_account, who="marta")
        browser = visit(world.marta)
        for url in (
            f"/it/decisions/{decision.id}", "/it/settings/data", "/it/people/marta-colombo",
        ):  # fmt: skip
            assert browser.get(url).status_code == 200, url

    def test_nobody_mentions_or_invites_them(self, world, scene, settle):
        heard = select(Notification).where(Notification.member_id == world.teresa.id)
        before = list(db.session.scalars(heard))
        sanction(world, commands.close_account, who="teresa")
        forum.answer(scene.topic, by=world.marta, text="Sentiamo @teresa-uribe.", at=now())
        settle()
        since = [notice for notice in db.session.scalars(heard) if notice not in before]
        assert {notice.kind for notice in since} == {"decision-close-account"}


def test_lifting_is_a_decision_of_its_own_and_told(world, settle, outbound):
    first = sanction(world)
    [row] = db.session.scalars(select(Sanction))
    decision = commands.lift(row, by=world.beatriz, at=now(), facts="Si è scusato con tutti.")
    settle()
    assert (decision.measure, decision.reverses, decision.affected) == (
        "lift", first, world.davide,
    )  # fmt: skip
    assert forum_policy.may_take_part(world.davide)
    assert len(outbound.to(world.davide.email)) == 2
    with pytest.raises(commands.AlreadyDecided):
        commands.lift(row, by=world.giulia, at=now(), facts="Anche per me.")
