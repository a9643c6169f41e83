"""Moving, splitting, merging and slowing topics: nothing is lost, and all can be put back."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from officine.blueprints.desk import commands
from officine.blueprints.forum import commands as forum
from officine.blueprints.forum import queries as forum_queries
from officine.core.clock import now
from officine.core.db import db
from officine.models import (
    Answer,
    Case,
    Decision,
    Follow,
    Group,
    MergedTopic,
    Notification,
    Post,
    ReadMark,
    Rearrangement,
    Topic,
)
from officine.models.post import recount

WHY = "Qui si parla d’altro: chi cerca questo tema lo trova meglio così."
REASON = {"rule": "off-topic", "facts": WHY}


def numbers(topic):
    db.session.expire_all()
    return [
        (post.number, post.id)
        for post in db.session.scalars(
            select(Post).where(Post.topic_id == topic.id).order_by(Post.number)
        )
    ]


def figures(*groups_and_topics):
    db.session.expire_all()
    return [
        (it.topics_count, it.last_post_at)
        if isinstance(it, Group)
        else (it.group_id, it.posts_count, it.last_number, it.last_post_at, it.first_answer_at)
        for it in groups_and_topics
    ]


def counted_afresh(*topics):
    """What is kept of topics is what counting them again gives."""
    before = figures(*topics, *(topic.group for topic in topics))
    for topic in topics:
        recount(topic)
    return before == figures(*topics, *(topic.group for topic in topics))


def marks(topic):
    db.session.expire_all()
    rows = db.session.scalars(select(ReadMark).where(ReadMark.topic_id == topic.id))
    return {row.member_id: row.number for row in rows}


def followers(topic):
    rows = db.session.scalars(select(Follow).where(Follow.topic_id == topic.id))
    return {row.member_id for row in rows if not row.stopped}


def second_topic(world, group=None, at=None):
    topic = forum.open_topic(
        group or world.export, by=world.teresa, title="Dogana svizzera", at=at or now(),
        text="Chi ha spedito a Lugano dopo gennaio?",
    )  # fmt: skip
    db.session.commit()
    return topic


class TestMove:
    def move(self, world, scene, to=None, by=None, **more):
        decision = commands.move_topic(
            scene.topic, to=to or world.energia, by=by or world.giulia, at=now(), **REASON, **more
        )
        db.session.commit()
        return decision

    def test_both_groups_count_right_and_undoing_leaves_all_as_it_was(self, world, scene):
        forum.pin(scene.topic, by=world.marta, at=now())
        second_topic(world)
        before = figures(world.export, world.energia, scene.topic)
        decision = self.move(world, scene)
        assert scene.topic.group_id == world.energia.id
        assert world.export.topics_count == before[0][0] - 1
        assert world.energia.topics_count == before[1][0] + 1
        assert world.energia.last_post_at == scene.topic.last_post_at
        assert scene.topic.pin is None
        assert counted_afresh(scene.topic)
        commands.undo_move(decision, at=now())
        db.session.commit()
        assert figures(world.export, world.energia, scene.topic) == before
        assert scene.topic.pin is not None

    def test_its_address_stays_and_its_author_is_told_once(
        self, world, scene, visit, settle, outbound
    ):
        settle()
        outbound.letters.clear()
        decision = self.move(world, scene)
        settle()
        url = f"/it/topics/{scene.topic.id}-{scene.topic.slug}"
        assert "Energía e industria" in visit().get(url).get_data(as_text=True)
        heard = db.session.scalars(
            select(Notification).where(Notification.kind == "decision-move")
        ).all()
        assert [notice.member_id for notice in heard] == [world.marta.id]
        assert len(outbound.to(world.marta.email)) == 1
        assert decision.group_id == world.export.id

    def test_in_a_private_group_only_who_may_read_it_follows(self, world, scene):
        assert {world.marta.id, world.davide.id, world.teresa.id} <= followers(scene.topic)
        decision = self.move(world, scene, to=world.famiglia)
        assert followers(scene.topic) == {world.marta.id}
        commands.undo_move(decision, at=now())
        db.session.flush()
        assert {world.marta.id, world.davide.id, world.teresa.id} <= followers(scene.topic)

    def test_what_was_private_is_published_only_by_a_manager_who_says_so(self, world):
        topic = forum.open_topic(
            world.famiglia, by=world.marta, title="Il patto", text="Chi lo firma?", at=now()
        )
        db.session.commit()
        for by, publishes in ((world.giulia, True), (world.beatriz, False), (world.marta, True)):
            with pytest.raises(commands.WouldPublish):
                commands.move_topic(
                    topic, to=world.export, by=by, at=now(), publishes=publishes, **REASON
                )
            db.session.rollback()
        commands.move_topic(
            topic, to=world.export, by=world.beatriz, at=now(), publishes=True, **REASON
        )
        assert topic.group is world.export

    def test_what_is_found_goes_along(self, world, scene, visit, settle):
        settle()
        search = "/it/search?q=spedizioniere"
        assert "doganale" in visit().get(search).get_data(as_text=True)
        self.move(world, scene, to=world.famiglia)
        settle()
        assert "doganale" not in visit(world.emma).get(search).get_data(as_text=True)

    def test_a_second_editor_is_told(self, world, scene):
        first = self.move(world, scene)
        with pytest.raises(commands.AlreadyDecided) as faster:
            self.move(world, scene, by=world.beatriz)
        assert faster.value.decision is first


class TestSplit:
    def split(self, scene, by, posts=None, title="Sconti e fiere"):
        decision = commands.split_topic(
            scene.topic, posts=posts or [scene.pitch.id, scene.thanks.id], title=title, by=by,
            at=now(), **REASON,
        )  # fmt: skip
        db.session.commit()
        return decision, db.session.get(Rearrangement, decision.id).other

    def test_the_first_opens_it_and_permalinks_lead_there(self, world, scene, visit):
        _decision, new = self.split(scene, world.giulia)
        assert numbers(new) == [(1, scene.pitch.id), (2, scene.thanks.id)]
        assert numbers(scene.topic) == [(1, scene.opening.id)]
        assert (new.author, new.group, new.title) == (world.davide, world.export, "Sconti e fiere")
        assert counted_afresh(scene.topic, new)
        assert world.export.topics_count == 2
        location = visit().get(f"/it/posts/{scene.thanks.id}").location
        assert f"/topics/{new.id}-" in location
        old = visit().get(f"/it/topics/{scene.topic.id}-{scene.topic.slug}").get_data(as_text=True)
        assert f"/topics/{new.id}-" in old and "2 messaggi spostati in" in old

    def test_the_rest_closes_up(self, world, scene):
        _decision, new = self.split(scene, world.giulia, [scene.pitch.id])
        assert numbers(scene.topic) == [(1, scene.opening.id), (2, scene.thanks.id)]
        fresh = forum.answer(scene.topic, by=world.marta, text="Grazie a te.", at=now())
        assert fresh.number == 3
        assert numbers(new) == [(1, scene.pitch.id)]

    def test_what_was_read_is_read_and_what_was_not_is_not(self, world, scene):
        forum.mark_read(world.emma.id, scene.topic.id, 2, at=now())
        forum.mark_read(world.giulia.id, scene.topic.id, 3, at=now())
        db.session.commit()
        _decision, new = self.split(scene, world.giulia)
        assert marks(scene.topic)[world.emma.id] == 1 and marks(new)[world.emma.id] == 1
        assert marks(scene.topic)[world.giulia.id] == 1 and marks(new)[world.giulia.id] == 2

    def test_undoing_it_leaves_all_as_it_was(self, world, scene, visit):
        forum.mark_answer(scene.topic, scene.thanks, by=world.marta, at=now())
        forum.mark_read(world.emma.id, scene.topic.id, 2, at=now())
        db.session.commit()
        before = numbers(scene.topic), figures(scene.topic, world.export), marks(scene.topic)
        decision, new = self.split(scene, world.giulia)
        assert scene.topic.answer is None and new.answer.post_id == scene.thanks.id
        commands.undo_split(decision, at=now())
        db.session.commit()
        assert (
            numbers(scene.topic), figures(scene.topic, world.export), marks(scene.topic)
        ) == before  # fmt: skip
        assert scene.topic.answer.post_id == scene.thanks.id
        assert not scene.topic.is_parted
        reply = visit().get(f"/it/topics/{new.id}-sconti-e-fiere")
        assert reply.status_code in (301, 308)
        assert f"/topics/{scene.topic.id}-" in reply.location

    def test_both_authors_hear_once_each(self, world, scene, settle, outbound):
        settle()
        outbound.letters.clear()
        decision, _new = self.split(scene, world.giulia)
        settle()
        heard = select(Notification.member_id).where(Notification.kind == "decision-split")
        assert sorted(db.session.scalars(heard)) == sorted([world.marta.id, world.davide.id])
        for person in (world.marta, world.davide):
            [letter] = outbound.to(person.email)
            assert str(decision.id) in str(letter)

    def test_the_first_splits_author_may_read_the_decision(self, world, scene, visit):
        decision, _new = self.split(scene, world.giulia)
        for who, status in ((world.davide, 200), (world.marta, 200), (world.teresa, 404)):
            assert visit(who).get(f"/it/decisions/{decision.id}").status_code == status

    def test_what_cannot_be_a_topic_stays(self, world, scene):
        for posts, title in (
            ([scene.opening.id, scene.pitch.id], "Tutto"), ([scene.pitch.id], " "),
        ):  # fmt: skip
            with pytest.raises(commands.CannotSplit):
                self.split(scene, world.giulia, posts, title)
            db.session.rollback()
        commands.hide_post(scene.pitch, by=world.giulia, at=now(), rule="spam", facts=WHY)
        with pytest.raises(commands.CannotSplit):
            self.split(scene, world.giulia)
        db.session.rollback()
        assert db.session.scalar(select(Rearrangement)) is None

    def test_a_hidden_post_stays_hidden_where_it_goes(self, world, scene, visit):
        commands.hide_post(scene.thanks, by=world.giulia, at=now(), rule="spam", facts=WHY)
        _decision, new = self.split(scene, world.beatriz)
        words = visit().get(f"/it/topics/{new.id}-{new.slug}").get_data(as_text=True)
        assert "fiera di giugno" not in words
        assert new.posts_count == 1 and counted_afresh(new)


class TestMerge:
    def merge(self, topic, into, by, **more):
        decision = commands.merge_topics(topic, into=into, by=by, at=now(), **REASON, **more)
        db.session.commit()
        return decision

    def test_all_stand_by_their_time_and_the_old_address_leads_there(self, world, scene, visit):
        between = scene.pitch.written_at + timedelta(minutes=10)
        other = second_topic(world, at=between)
        first = db.session.scalar(select(Post).where(Post.topic_id == other.id))
        old = f"/it/topics/{other.id}-{other.slug}"
        self.merge(other, scene.topic, world.giulia)
        assert [post_id for _n, post_id in numbers(scene.topic)] == [
            scene.opening.id, scene.pitch.id, first.id, scene.thanks.id,
        ]  # fmt: skip
        assert numbers(other) == []
        assert counted_afresh(scene.topic)
        assert world.export.topics_count == 1
        for url in (old, f"/it/topics/{other.id}"):
            reply = visit().get(url)
            assert reply.status_code in (301, 308)
            assert f"/topics/{scene.topic.id}-" in reply.location
            assert reply.location.endswith(f"#post-{first.id}")
        assert db.session.get(MergedTopic, other.id).into_id == scene.topic.id

    def test_what_opens_the_other_goes_on_opening_it(self, world, scene):
        other = second_topic(world)
        self.merge(scene.topic, other, world.giulia)
        assert numbers(other)[0][0] == 1
        opening = db.session.get(Post, numbers(other)[0][1])
        assert opening.author is world.teresa
        assert counted_afresh(other)

    def test_reading_goes_on_at_the_first_that_was_not_read(self, world, scene):
        other = second_topic(world)
        forum.mark_read(world.emma.id, scene.topic.id, 3, at=now())
        forum.mark_read(world.giulia.id, scene.topic.id, 3, at=now())
        forum.mark_read(world.giulia.id, other.id, 1, at=now())
        db.session.commit()
        self.merge(other, scene.topic, world.giulia)
        assert marks(scene.topic)[world.emma.id] == 3
        assert marks(scene.topic)[world.giulia.id] == 4

    def test_followers_and_the_useful_answer_come_along(self, world, scene):
        other = second_topic(world)
        reply = forum.answer(other, by=world.marta, text="Noi, senza problemi.", at=now())
        forum.mark_answer(other, reply, by=world.teresa, at=now())
        forum.follow(other, by=world.emma, at=now())
        db.session.commit()
        self.merge(other, scene.topic, world.giulia)
        assert world.emma.id in followers(scene.topic)
        assert scene.topic.answer.post_id == reply.id
        assert db.session.scalar(select(func.count()).select_from(Answer)) == 1

    def test_undoing_it_leaves_all_as_it_was(self, world, scene, visit):
        other = second_topic(world, at=scene.pitch.written_at + timedelta(minutes=10))
        reply = forum.answer(other, by=world.marta, text="Noi, senza problemi.", at=now())
        forum.mark_answer(other, reply, by=world.teresa, at=now())
        forum.mark_read(world.emma.id, scene.topic.id, 3, at=now())
        db.session.commit()

        def state():
            return (
                numbers(scene.topic), numbers(other), marks(scene.topic), marks(other),
                followers(scene.topic), followers(other),
                figures(scene.topic, other, world.export),
                scene.topic.answer, other.answer.post_id,
            )  # fmt: skip

        before = state()
        decision = self.merge(other, scene.topic, world.giulia)
        commands.undo_merge(decision, at=now())
        db.session.commit()
        assert state() == before
        assert visit().get(f"/it/topics/{other.id}-{other.slug}").status_code == 200

    def test_what_was_written_since_stays(self, world, scene):
        other = second_topic(world)
        decision = self.merge(other, scene.topic, world.giulia)
        fresh = forum.answer(scene.topic, by=world.emma, text="Anche noi.", at=now())
        commands.undo_merge(decision, at=now())
        db.session.commit()
        assert numbers(scene.topic)[-1] == (4, fresh.id)
        assert len(numbers(other)) == 1

    def test_private_words_are_not_published_by_merging(self, world, scene):
        private = forum.open_topic(
            world.famiglia, by=world.marta, title="Il patto", text="Chi lo firma?", at=now()
        )
        db.session.commit()
        with pytest.raises(commands.WouldPublish):
            self.merge(private, scene.topic, world.giulia, publishes=True)
        db.session.rollback()

    def test_not_with_itself_and_not_twice(self, world, scene):
        other = second_topic(world)
        with pytest.raises(commands.CannotMerge):
            self.merge(scene.topic, scene.topic, world.giulia)
        first = self.merge(other, scene.topic, world.giulia)
        with pytest.raises((commands.AlreadyDecided, commands.CannotMerge)):
            self.merge(other, scene.topic, world.beatriz)
        assert db.session.scalars(select(Decision)).all() == [first]


class TestSlow:
    def slow(self, world, scene, minutes=30, by=None):
        at = now()
        decision = commands.slow_topic(
            scene.topic, minutes=minutes, by=by or world.giulia, at=at,
            until=at + timedelta(days=2), **REASON,
        )  # fmt: skip
        db.session.commit()
        return decision

    def test_each_member_waits_between_two_posts(self, world, scene, time_machine):
        start = now()
        time_machine.move_to(start, tick=False)
        self.slow(world, scene)
        forum.answer(scene.topic, by=world.davide, text="Prima.", at=now())
        with pytest.raises(forum.TooSoon) as soon:
            forum.answer(scene.topic, by=world.davide, text="Seconda.", at=now())
        assert soon.value.again_at == start + timedelta(minutes=30)
        forum.answer(scene.topic, by=world.teresa, text="Io invece.", at=now())
        later = start + timedelta(minutes=30)
        forum.answer(scene.topic, by=world.davide, text="Seconda.", at=later)

    def test_hosts_and_editors_do_not_wait(self, world, scene):
        self.slow(world, scene)
        for who in (world.marta, world.giulia):
            for words in ("Uno.", "Due."):
                forum.answer(scene.topic, by=who, text=words, at=now())

    def test_it_ends_by_the_clock(self, world, scene):
        self.slow(world, scene, minutes=60 * 24 * 5)
        forum.answer(scene.topic, by=world.emma, text="Prima.", at=now())
        later = now() + timedelta(days=2)
        forum.answer(scene.topic, by=world.emma, text="Seconda.", at=later)

    def test_the_form_says_how_long_and_keeps_the_words(self, world, scene, visit):
        self.slow(world, scene)
        browser = visit(world.davide)
        url = f"/it/topics/{scene.topic.id}/posts"
        assert browser.post(url, text="La mia prima risposta.").status_code == 303
        forum.save_draft(world.davide, "topic", scene.topic.id, text="La mia seconda.", at=now())
        reply = browser.post(url, text="La mia seconda.")
        assert reply.status_code == 429
        words = reply.get_data(as_text=True)
        assert "La mia seconda." in words
        assert forum_queries.draft_of(world.davide, "topic", scene.topic.id) is not None
        assert browser.htmx_post(url, text="La mia seconda.").status_code == 422

    def test_it_is_lifted_by_a_decision(self, world, scene):
        first = self.slow(world, scene)
        with pytest.raises(commands.AlreadyDecided):
            self.slow(world, scene, by=world.beatriz)
        decision = commands.unslow_topic(scene.topic, by=world.marta, at=now(), facts="È calma.")
        assert decision.reverses is first and scene.topic.slowing is None
        with pytest.raises(commands.AlreadyDecided):
            commands.unslow_topic(scene.topic, by=world.giulia, at=now(), facts="Anche per me.")


class TestAppeal:
    """An appeal that is granted puts everything back, and its author hears once."""

    def granted(self, decision, world, settle):
        db.session.commit()
        appeal = commands.appeal_as_author(
            decision, by=decision.affected, at=now(), text="Era al suo posto."
        )
        outcome = commands.reverse(
            appeal, by=world.beatriz, at=now(), rule="off-topic", facts="Ha ragione."
        )
        settle()
        heard = db.session.scalars(
            select(Notification).where(Notification.decision_id == outcome.id)
        ).all()
        assert [notice.member_id for notice in heard] == [decision.affected_id]
        return outcome

    def test_of_a_move(self, world, scene, settle):
        before = figures(world.export, world.energia, scene.topic)
        decision = commands.move_topic(
            scene.topic, to=world.energia, by=world.giulia, at=now(), **REASON
        )
        self.granted(decision, world, settle)
        assert figures(world.export, world.energia, scene.topic) == before

    def test_of_a_split(self, world, scene, settle):
        before = numbers(scene.topic)
        decision = commands.split_topic(
            scene.topic, posts=[scene.pitch.id], title="Sconti", by=world.giulia, at=now(),
            **REASON,
        )  # fmt: skip
        self.granted(decision, world, settle)
        assert numbers(scene.topic) == before

    def test_of_a_merge(self, world, scene, settle):
        other = second_topic(world)
        before = numbers(scene.topic), numbers(other)
        decision = commands.merge_topics(
            scene.topic, into=other, by=world.giulia, at=now(), **REASON
        )
        self.granted(decision, world, settle)
        assert (numbers(scene.topic), numbers(other)) == before

    def test_of_a_suspension(self, world, scene, settle):
        decision = commands.suspend(
            world.davide, by=world.giulia, at=now(), until=now() + timedelta(days=7), **REASON
        )
        assert world.davide.barring(now())
        self.granted(decision, world, settle)
        db.session.expire_all()
        assert world.davide.barring(now()) is None


def test_nothing_is_lost_when_everything_is_done_and_undone(world, scene):
    """Split, merge elsewhere, and back again: every post stands once, under one number."""
    other = second_topic(world)
    split = commands.split_topic(
        scene.topic, posts=[scene.pitch.id], title="Sconti", by=world.giulia, at=now(), **REASON
    )
    new = db.session.get(Rearrangement, split.id).other
    merge = commands.merge_topics(new, into=other, by=world.giulia, at=now(), **REASON)
    db.session.commit()
    commands.undo_split(split, at=now())
    commands.undo_merge(merge, at=now())
    db.session.commit()
    topics = db.session.scalars(select(Topic)).all()
    assert sum(len(numbers(topic)) for topic in topics) == 4
    for topic in topics:
        assert [number for number, _id in numbers(topic)] == list(range(1, topic.last_number + 1))


class TestWhatWaits:
    """Posts that nobody has seen yet go where their topic goes."""

    @pytest.fixture
    def held(self, world, scene):
        world.export.approves = "all"
        post = forum.answer(scene.topic, by=world.teresa, text="Anche a Chiasso?", at=now())
        db.session.commit()
        assert post.is_held
        return post

    def case_of(self, post):
        db.session.expire_all()
        return db.session.scalar(select(Case).filter_by(kind="held", subject_id=post.id))

    def approve(self, world, post):
        commands.approve_post(post, by=world.giulia, at=now())
        db.session.commit()

    def merge(self, world, scene):
        into = second_topic(world, group=world.energia)
        decision = commands.merge_topics(
            scene.topic, into=into, by=world.giulia, at=now(), **REASON
        )
        db.session.commit()
        return into, decision

    def test_merged_it_is_published_in_the_other_topic(self, world, scene, held, settle):
        into, _decision = self.merge(world, scene)
        assert held.topic_id == into.id
        case = self.case_of(held)
        assert (case.group_id, case.title) == (world.energia.id, into.title)
        self.approve(world, held)
        settle()
        assert (held.topic_id, held.number) == (into.id, into.last_number)
        assert into.last_number == 5
        assert counted_afresh(into)
        heard = select(Notification.topic_id).where(Notification.post_id == held.id)
        assert set(db.session.scalars(heard.where(Notification.kind == "answer"))) == {into.id}

    def test_parted_again_before_or_after_it_is_where_it_was_written(
        self, world, scene, held
    ):  # fmt: skip
        later = forum.answer(scene.topic, by=world.teresa, text="E a Brogeda?", at=now())
        before = figures(scene.topic)
        into, decision = self.merge(world, scene)
        self.approve(world, held)
        commands.undo_merge(decision, at=now())
        db.session.commit()
        assert [number for number, _id in numbers(scene.topic) if number] == [1, 2, 3, 4]
        assert (held.topic_id, held.number) == (scene.topic.id, 4)
        assert (later.topic_id, later.number) == (scene.topic.id, None)
        assert self.case_of(later).title == scene.topic.title
        assert into.last_number == 1
        assert figures(scene.topic)[0][2] == before[0][2] + 1
        assert counted_afresh(into, scene.topic)
        self.approve(world, later)
        assert later.number == 5

    def test_split_it_stays_and_moved_it_goes_along(self, world, scene, held):
        commands.split_topic(
            scene.topic, posts=[scene.thanks.id], title="Fiera di giugno", by=world.giulia,
            at=now(), **REASON,
        )  # fmt: skip
        commands.move_topic(scene.topic, to=world.energia, by=world.giulia, at=now(), **REASON)
        db.session.commit()
        assert held.topic_id == scene.topic.id
        assert self.case_of(held).group_id == world.energia.id
        self.approve(world, held)
        assert held.number == 3
        assert counted_afresh(scene.topic)
