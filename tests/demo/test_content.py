"""The demo community as it is written: whole, without loose ends, and never of tomorrow."""

from collections import Counter
from datetime import timedelta

import pytest

from officine.blueprints.accounts.policy import may_be_handle
from officine.core.i18n import LANGUAGES
from officine.demo.texts import Community, TopicText, duration
from officine.lib.faces import Face
from officine.lib.markdown import handles_in
from officine.lib.sectors import SECTORS
from officine.models.company import SIZES
from officine.models.decision import RULES
from officine.models.group import JOININGS, VISIBILITIES
from officine.models.member import KINDS, ROLES
from tests.world import World

NOW = timedelta()


@pytest.fixture(scope="module")
def community() -> Community:
    return Community.read()


def test_it_is_as_large_as_promised(community: Community) -> None:
    assert len(community.people) >= 30
    assert len(community.companies) >= 18
    assert len(community.topics) >= 70
    assert sum(len(topic.posts) for topic in community.topics) >= 400
    by_language = Counter(group.language for group in community.groups)
    assert by_language == dict.fromkeys(LANGUAGES, 4)


def test_no_name_stands_twice(community: Community) -> None:
    for names in (
        [person.handle for person in community.people],
        [company.slug for company in community.companies],
        [group.slug for group in community.groups],
        [topic.key for topic in community.topics],
        [topic.title for topic in community.topics],
    ):
        assert [name for name, times in Counter(names).items() if times > 1] == []


def test_everyone_is_somebody_the_site_could_have(community: Community) -> None:
    companies = {company.slug for company in community.companies}
    for person in community.people:
        assert may_be_handle(person.handle), person.handle
        assert person.kind in KINDS
        assert person.role in ROLES
        assert person.sector in SECTORS, person.handle
        assert person.company in companies | {""}, person.handle
        assert set(person.reads) <= set(LANGUAGES)
        assert person.interface in person.reads
        assert person.language in LANGUAGES
        assert person.about and person.offers and person.seeks
        Face.of(person.face)


def test_no_two_faces_are_alike(community: Community) -> None:
    faces = Counter(tuple(sorted(person.face.items())) for person in community.people)
    assert max(faces.values()) == 1


def test_every_company_has_somebody_who_speaks_for_it(community: Community) -> None:
    speaking = {person.company for person in community.people}
    for company in community.companies:
        assert company.slug in speaking, company.slug
        assert company.sector in SECTORS, company.slug
        assert company.size in SIZES, company.slug
        assert company.language in company.languages


def test_every_group_is_of_its_members(community: Community) -> None:
    for group in community.groups:
        assert group.visibility in VISIBILITIES
        assert group.joining in JOININGS
        assert set(group.sectors) <= set(SECTORS)
        assert len(set(group.members)) == len(group.members)
        assert {group.host, *group.hosts_too} <= set(group.members), group.slug
        assert set(group.members) <= set(community.person), group.slug
        assert community.person[group.host].joined_ago >= group.created_ago, group.slug


def test_only_members_of_a_group_speak_in_it(community: Community) -> None:
    for topic in community.topics:
        members = community.group[topic.group].members
        for post in topic.posts:
            assert post.author in members, f"{topic.key} {post.number}: {post.author}"


def test_nobody_speaks_before_they_came_nor_tomorrow(community: Community) -> None:
    for topic in community.topics:
        assert topic.posts[0].ago <= community.group[topic.group].created_ago, topic.key
        for earlier, later in zip(topic.posts, topic.posts[1:], strict=False):
            assert earlier.ago > later.ago, f"{topic.key} {later.number}"
        for post in topic.posts:
            assert post.ago > NOW, f"{topic.key} {post.number} is of tomorrow"
            joined = community.person[post.author].joined_ago
            assert post.ago < joined, f"{topic.key} {post.number}: {post.author}"


def test_thanks_come_from_others_and_once(community: Community) -> None:
    for topic in community.topics:
        for post in topic.posts:
            assert post.author not in post.thanks, f"{topic.key} {post.number}"
            assert len(set(post.thanks)) == len(post.thanks), f"{topic.key} {post.number}"
            assert set(post.thanks) <= set(community.person), f"{topic.key} {post.number}"


def test_whoever_is_named_exists(community: Community) -> None:
    for topic in community.topics:
        for post in topic.posts:
            assert set(handles_in(post.text)) <= set(community.person), topic.key


def test_a_topic_has_one_useful_answer_at_most_and_not_its_own_question(
    community: Community,
) -> None:
    for topic in community.topics:
        answers = [post for post in topic.posts if post.is_answer]
        assert len(answers) <= 1, topic.key
        assert all(post.number > 1 and post.hiding is None for post in answers), topic.key


def test_some_calls_for_help_wait_and_some_were_answered(community: Community) -> None:
    calls = [topic for topic in community.topics if topic.is_sos]
    assert {_language(community, topic) for topic in calls if len(topic.posts) == 1} == set(
        LANGUAGES
    )
    assert any(post.is_answer for topic in calls for post in topic.posts)


def test_nobody_is_silenced_without_a_rule_and_a_reason(community: Community) -> None:
    hidden = [post.hiding for topic in community.topics for post in topic.posts if post.hiding]
    locks = [topic.lock for topic in community.topics if topic.lock]
    assert hidden and locks
    for hiding in hidden:
        assert hiding.rule in RULES
        assert hiding.facts.strip()
        assert community.person[hiding.by].role != "member"
    for rule, reason in locks:
        assert rule in RULES
        assert reason


def test_what_waits_names_what_is_there(community: Community) -> None:
    topics = {topic.key: topic for topic in community.topics}
    for report in community.reports:
        post = topics[report.topic].posts[report.post - 1]
        assert NOW < report.ago < post.ago
        assert report.by in community.person and report.by != post.author
        assert report.rule in RULES
    for request in community.requests:
        assert community.group[request.group].joining == "request"
        assert request.by not in community.group[request.group].members
    for invitation in community.invitations:
        group = community.group[invitation.group]
        assert invitation.person not in group.members
        assert invitation.by in (group.host, *group.hosts_too)


def test_the_cast_of_the_tests_is_the_demo_s(community: Community, world: World) -> None:
    for member in (world.marta, world.teresa, world.emma, world.davide, world.giulia,
                   world.beatriz, world.ruth):  # fmt: skip
        person = community.person[member.handle]
        assert person.name == member.name
        assert person.reads == member.reads
        assert person.role == member.role


def test_spans_of_time_are_read_as_they_are_written() -> None:
    assert duration("2d3h27m") == timedelta(days=2, hours=3, minutes=27)
    assert duration("45m") == timedelta(minutes=45)
    with pytest.raises(ValueError, match="span of time"):
        duration("three days")


def _language(community: Community, topic: TopicText) -> str:
    return community.group[topic.group].language
