"""The list of notifications, the bell, and following one to what it tells of."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from officine.blueprints.forum import commands as forum
from officine.blueprints.groups import commands as groups
from officine.core.clock import now
from officine.core.db import db
from officine.models import Notification, Post
from officine.models.decision import MEASURES, decide
from officine.models.notification import notify

KINDS = (
    "answer", "mention", "useful", "thanks", "sos", "join-request", "join-accepted",
    "join-refused", "invitation", "removed", "group-open", "group-declined", "report-answered",
    "company-request", "company-accepted", "company-refused", "case-question", "appeal-answered",
    *(f"decision-{measure}" for measure in MEASURES),
)  # fmt: skip


def of(member):
    db.session.expire_all()
    return list(
        db.session.scalars(
            select(Notification)
            .where(Notification.member_id == member.id)
            .order_by(Notification.id.desc())
        )
    )


def page_of(visit, member, lang="it"):
    return visit(member).get(f"/{lang}/notifications").get_data(as_text=True)


def rows_in(words):
    return words.count('<li class="notification')


def unread_in(words):
    return int(re.search(r"bell\?unread=(\d+)", words)[1])


class TestList:
    def test_a_visitor_is_asked_to_sign_in(self, visit):
        reply = visit().get("/it/notifications")
        assert reply.status_code == 303 and "/it/sign-in" in reply.location

    def test_it_says_who_did_what_where(self, world, topic, visit):
        words = page_of(visit, world.teresa, "es")
        assert "Davide Rinaldi te ha mencionado en" in words
        assert '<span lang="it">Chi spedisce in Marocco?</span>' in words
        assert "Oggi" not in words and "Hoy" in words

    def test_it_is_empty_at_first(self, world, visit):
        assert "chi ti ha risposto" in page_of(visit, world.emma)

    def test_an_answer_and_a_mention_in_one_post_are_one_notification(self, world, topic, visit):
        forum.follow(topic, by=world.teresa, at=now())
        assert rows_in(page_of(visit, world.teresa)) == 1

    def test_thanks_are_one_line_whoever_gave_them(self, world, topic, visit):
        post = forum.answer(topic, by=world.marta, text="Grazie a entrambi.", at=now())
        forum.thank(post, by=world.davide, at=now())
        forum.thank(post, by=world.teresa, at=now())
        notify(world.marta, kind="thanks", cause=f"thanks:{post.id}", at=now(),
               actor_id=world.davide.id, group_id=topic.group_id, topic_id=topic.id,
               post_id=post.id)  # fmt: skip
        assert "Davide Rinaldi e un’altra persona" in page_of(visit, world.marta)

    @pytest.mark.parametrize("lang", ["it", "en", "es"])
    def test_every_kind_has_its_sentence(self, world, topic, visit, lang):
        decision = decide(
            "hide", by=world.giulia, at=now(), rule="other", facts="…",
            affected_id=world.emma.id,
        )  # fmt: skip
        post_id = db.session.scalar(select(Post.id).where(Post.topic_id == topic.id))
        for kind in KINDS:
            notify(
                world.emma, kind=kind, cause=kind, at=now(), actor_id=world.davide.id,
                group_id=topic.group_id, topic_id=topic.id, post_id=post_id,
                decision_id=decision.id, company_id=world.companies["tessuti"].id,
            )  # fmt: skip
        words = page_of(visit, world.emma, lang)
        oldest = of(world.emma)[29]
        words += visit(world.emma).get(f"/{lang}/notifications?before={oldest.id}").text
        assert rows_in(words) == len(KINDS)
        sentences = re.findall(r'<a class="target"[^>]*>(.*?)</a>', words, re.S)
        assert all(len(each.strip()) > 10 for each in sentences)
        assert len(set(sentences)) == len(KINDS)

    def test_thirty_a_page_then_more(self, world, topic, visit):
        # In the morning: the day is the same in every time zone of the cast.
        morning = now().replace(hour=9) - timedelta(days=3)
        for number in range(40):
            notify(
                world.emma, kind="group-open", cause=f"n:{number}", group_id=world.export.id,
                at=morning + timedelta(minutes=number),
            )  # fmt: skip
        browser = visit(world.emma)
        first = browser.get("/it/notifications").get_data(as_text=True)
        assert rows_in(first) == 30
        more = re.search(r'href="(/it/notifications\?before=\d+)"', first)[1]
        second = browser.get(more).get_data(as_text=True)
        assert rows_in(second) == 10 and "day-head" in second
        piece = browser.htmx_get(more).get_data(as_text=True)
        assert rows_in(piece) == 10 and "<html" not in piece
        assert "day-head" not in piece, "the day is named on the page above"

    @pytest.mark.parametrize("before", ["0", "-1", "x", "9" * 30, ""])
    def test_an_odd_page_is_no_error(self, world, topic, visit, before):
        reply = visit(world.teresa).get(f"/it/notifications?before={before}")
        assert reply.status_code in (200, 404)


class TestWhatOneMayNoLongerSee:
    def test_a_private_group_one_has_left(self, world, settle, visit):
        groups.invite(world.famiglia, world.teresa, by=world.marta, at=now())
        groups.join(world.famiglia, world.teresa, at=now())
        secret = forum.open_topic(
            world.famiglia, by=world.marta, title="Patto parasociale", at=now(),
            text="Che ne dici @teresa-uribe?",
        )  # fmt: skip
        db.session.commit()
        settle()
        assert "Patto parasociale" in page_of(visit, world.teresa)

        groups.leave(world.famiglia, world.teresa)
        words = page_of(visit, world.teresa)
        assert "Patto parasociale" not in words
        assert "Passaggio generazionale" not in words
        assert unread_in(words) == 0
        hidden = next(each for each in of(world.teresa) if each.topic_id == secret.id)
        assert visit(world.teresa).get(f"/it/notifications/{hidden.id}").status_code == 404

    def test_a_post_its_author_took_back(self, world, topic, visit):
        post = db.session.scalar(select(Post).filter_by(topic_id=topic.id, number=2))
        forum.delete_post(post, by=world.davide, at=now())
        words = page_of(visit, world.teresa)
        assert rows_in(words) == 0 and unread_in(words) == 0


class TestReading:
    def test_following_one_leads_to_the_post_and_marks_it_read(self, world, topic, visit, settle):
        [notification] = of(world.teresa)
        browser = visit(world.teresa)
        assert unread_in(browser.get("/it/groups").get_data(as_text=True)) == 1
        reply = browser.get(f"/it/notifications/{notification.id}")
        assert reply.location.endswith(f"/it/posts/{notification.post_id}")
        assert of(world.teresa)[0].read_at is None, "a GET does not write"
        settle()
        assert of(world.teresa)[0].read_at is not None
        assert unread_in(browser.get("/it/groups").get_data(as_text=True)) == 0

    def test_fetching_ahead_does_not_mark_it_read(self, world, topic, visit, settle):
        [notification] = of(world.teresa)
        visit(world.teresa, Sec_Purpose="prefetch").get(f"/it/notifications/{notification.id}")
        settle()
        assert of(world.teresa)[0].read_at is None

    def test_another_s_does_not_exist(self, world, topic, visit):
        [notification] = of(world.teresa)
        assert visit(world.emma).get(f"/it/notifications/{notification.id}").status_code == 404
        assert visit().get(f"/it/notifications/{notification.id}").status_code == 303
        assert visit(world.emma).get("/it/notifications/99999999999999999999").status_code == 404


class TestMarkingAllRead:
    URL = "/it/notifications/readings"

    def test_signed_out(self, world, topic, visit):
        assert visit().post(self.URL, until="9").status_code == 303

    @pytest.mark.parametrize("until", ["", "x", "-3", "9" * 40])
    def test_invalid(self, world, topic, visit, until):
        assert visit(world.teresa).post(self.URL, until=until).status_code == 400
        assert of(world.teresa)[0].read_at is None

    def test_plain_form(self, world, topic, visit):
        browser = visit(world.teresa)
        seen = re.search(r'name="until" value="(\d+)"', page_of(visit, world.teresa))[1]
        notify(world.teresa, kind="group-open", cause="later", at=now(),
               group_id=world.export.id)  # fmt: skip
        assert browser.post(self.URL, until=seen).status_code == 303
        newest, oldest = of(world.teresa)
        assert oldest.read_at is not None
        assert newest.read_at is None, "what came since stays unread"

    def test_htmx(self, world, topic, visit):
        reply = visit(world.teresa).htmx_post(self.URL, until=str(of(world.teresa)[0].id))
        words = reply.get_data(as_text=True)
        assert 'id="heard"' in words and "<html" not in words and "is-unread" not in words

    def test_only_one_s_own(self, world, topic, visit):
        visit(world.emma).post(self.URL, until="999999")
        assert of(world.teresa)[0].read_at is None


class TestBell:
    def test_nothing_new_is_nothing_sent(self, world, topic, visit):
        browser = visit(world.teresa)
        assert browser.htmx_get("/es/notifications/bell?unread=1").status_code == 204
        assert visit().htmx_get("/es/notifications/bell?unread=0").status_code == 204

    def test_something_new_is_a_fresh_bell(self, world, topic, visit):
        browser = visit(world.teresa)
        for known in ("0", "", "x"):
            reply = browser.htmx_get(f"/es/notifications/bell?unread={known}")
            words = reply.get_data(as_text=True)
            assert words.count('id="bell"') == 1 and "<html" not in words
            assert "unread=1" in words and 'class="dot"' in words
