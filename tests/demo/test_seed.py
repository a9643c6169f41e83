"""The demo community in the database: whole, in peace, with news for everyone."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from officine.app import create_app
from officine.core import storage
from officine.core.config import Settings
from officine.core.db import db
from officine.core.mail import Mail
from officine.core.outbox import waiting_events
from officine.demo.seed import seed
from officine.demo.texts import Community
from officine.models import (
    Case,
    Decision,
    Group,
    Highlight,
    Invitation,
    JoinRequest,
    Member,
    Membership,
    Notification,
    Post,
    ReadMark,
    Report,
    Thanks,
    Topic,
)

WRITING_TAKES = timedelta(minutes=3)


@pytest.fixture(scope="module")
def demo_app(demo_settings: Settings) -> Iterator[Flask]:
    """A site where the README’s command wrote the community."""
    app = create_app(demo_settings)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def demo(demo_app: Flask) -> Community:
    """The community as it is meant to be, with the database where it is at hand."""
    return Community.read()


@pytest.fixture
def written_at(demo_settings: Settings) -> datetime:
    """When the last of it had been written."""
    return datetime.fromtimestamp((demo_settings.data_dir / "demo").stat().st_mtime, UTC)


def count(column: object, *conditions: object) -> int:
    return db.session.scalar(select(func.count(column)).where(*conditions)) or 0  # type: ignore[arg-type]


def member(handle: str) -> Member:
    return db.session.scalars(select(Member).filter_by(handle=handle)).one()


def test_everything_that_was_written_is_there(demo: Community) -> None:
    assert count(Member.id) == len(demo.people)
    assert count(Topic.id) == len(demo.topics)
    published = count(Post.id, Post.number.is_not(None))
    assert published == sum(len(topic.posts) for topic in demo.topics)
    assert count(Thanks.post_id) == sum(
        len(post.thanks) for topic in demo.topics for post in topic.posts
    )
    memberships = sum(len(group.members) for group in demo.groups) + len(demo.proposals)
    assert count(Membership.member_id) == memberships


def test_nothing_is_of_tomorrow(demo: Community, written_at: datetime) -> None:
    for column in (
        Post.written_at, Topic.last_post_at, Thanks.at, ReadMark.at, Membership.joined_at,
        Decision.at, Notification.at, Member.joined_at,
    ):  # fmt: skip
        assert db.session.scalar(select(func.max(column))) <= written_at, column


def test_everyone_has_a_face(demo: Community) -> None:
    for person in db.session.scalars(select(Member)):
        assert (storage.get(person.photo_key) or b"").startswith(b"<svg"), person.handle


def test_nobody_comes_in_by_password(demo: Community) -> None:
    assert set(db.session.scalars(select(Member.password_hash))) == {"!"}


def test_no_letter_was_written_and_no_event_waits(demo: Community) -> None:
    assert count(Mail.id) == 0
    assert waiting_events() == 0


def test_only_the_last_two_days_are_news(demo: Community, written_at: datetime) -> None:
    oldest = db.session.scalar(select(func.min(Notification.at)))
    assert oldest >= written_at - timedelta(days=2) - WRITING_TAKES


@pytest.mark.parametrize("handle", ["marta-colombo", "teresa-uribe", "emma-whitcombe"])
def test_whoever_one_enters_as_finds_news(demo: Community, handle: str) -> None:
    waiting = count(
        Notification.id,
        Notification.member_id == member(handle).id,
        Notification.read_at.is_(None),
    )
    assert 1 <= waiting <= 12


def test_what_an_editor_decided_stands_with_its_reason(demo: Community) -> None:
    hidden = db.session.scalars(select(Decision).filter_by(measure="hide")).one()
    assert hidden.by.handle == "giulia-serra"
    assert hidden.affected is not None and hidden.affected.handle == "giorgio-nava"
    assert hidden.on_report
    locks = db.session.scalars(select(Decision).filter_by(measure="lock")).all()
    assert {lock.by.handle for lock in locks} == {"giulia-serra", "beatriz-luna"}


def test_the_desk_hosts_and_people_have_something_to_answer(demo: Community) -> None:
    assert count(Report.id, Report.decision_id.is_(None)) == 2
    assert count(JoinRequest.id, JoinRequest.answered_at.is_(None)) == 1
    assert count(Invitation.id, Invitation.answered_at.is_(None)) == 1
    assert count(Group.id, Group.opened_at.is_(None)) == 1


def test_counts_tell_the_truth(demo: Community) -> None:
    for group in db.session.scalars(select(Group)):
        assert group.members_count == count(Membership.member_id, Membership.group_id == group.id)
        assert group.topics_count == count(Topic.id, Topic.group_id == group.id)


def test_a_site_with_members_is_left_alone(
    demo: Community, demo_app: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not seed(demo_app)

    assert count(Member.id) == len(demo.people)
    assert "members already" in capsys.readouterr().err


def test_the_desk_suggests_a_topic_in_each_language(demo: Community) -> None:
    languages = db.session.scalars(select(Topic.language).join(Highlight)).all()

    assert sorted(languages) == ["en", "es", "it"]


def test_one_message_waits_for_an_editor_and_so_do_calls_for_help(demo: Community) -> None:
    assert count(Post.id, Post.number.is_(None)) == len(demo.held) == 1
    assert count(Case.id, Case.kind == "held", Case.closed_at.is_(None)) == 1
    assert count(Case.id, Case.kind == "sos", Case.closed_at.is_(None)) >= 1
