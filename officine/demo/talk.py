"""What people do in the groups, as acts in the order of time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select

from officine.blueprints.desk.commands import hide_post, lock_topic, report_post
from officine.blueprints.forum.commands import answer, mark_answer, open_topic, pin, thank
from officine.blueprints.groups.commands import invite, propose_group, request_to_join
from officine.blueprints.texts.commands import suggest
from officine.core.db import db
from officine.demo.stage import Stage
from officine.demo.texts import (
    Community,
    HeldText,
    InvitationText,
    PostText,
    ProposalText,
    ReportText,
    RequestText,
    SuggestionText,
    TopicText,
)
from officine.models import Post

EDITORS = {"it": "giulia-serra", "en": "ruth-adler", "es": "beatriz-luna"}
"""Who looks after the topics of each language."""

SOON = timedelta(minutes=20)
FIRST_THANKS = timedelta(minutes=9)
NEXT_THANKS = timedelta(minutes=23)
SLOWEST_MARK = timedelta(hours=5)


@dataclass(frozen=True)
class Act:
    """Something that somebody does so long before today."""

    ago: timedelta
    do: Callable[[datetime], object]


def acts(stage: Stage, community: Community) -> list[Act]:
    """Everything that was done, oldest first. What happened at one moment keeps its order."""
    unordered = [
        *(act for topic in community.topics for act in _topic_acts(stage, topic)),
        *(Act(each.ago, partial(_report, stage, each)) for each in community.reports),
        *(Act(each.ago, partial(_hold, stage, each)) for each in community.held),
        *(Act(each.ago, partial(_ask, stage, each)) for each in community.requests),
        *(Act(each.ago, partial(_invite, stage, each)) for each in community.invitations),
        *(Act(each.ago, partial(_propose, stage, each)) for each in community.proposals),
        *(Act(each.ago, partial(_suggest, stage, each)) for each in community.suggestions),
    ]
    return sorted(unordered, key=lambda act: -act.ago)


def _topic_acts(stage: Stage, topic: TopicText) -> Iterator[Act]:
    for post in topic.posts:
        yield Act(post.ago, partial(_write, stage, topic, post))
        for place, handle in enumerate(post.thanks):
            when = _after(post.ago, FIRST_THANKS + place * NEXT_THANKS)
            yield Act(when, partial(_thank, stage, topic, post, handle))
        if post.is_answer:
            yield Act(_marked_ago(topic, post), partial(_mark, stage, topic, post))
        if post.hiding:
            yield Act(_after(post.ago, SOON), partial(_hide, stage, topic, post))
    if topic.is_pinned:
        yield Act(_after(topic.posts[0].ago, SOON), partial(_pin, stage, topic))
    if topic.lock:
        yield Act(_after(topic.posts[-1].ago, SOON), partial(_lock, stage, topic))


def _after(ago: timedelta, later: timedelta) -> timedelta:
    """That much later, but not after today."""
    return max(ago - later, min(ago, timedelta(minutes=1)))


def _marked_ago(topic: TopicText, post: PostText) -> timedelta:
    """When its author chose the useful answer: with their next words, or some hours later."""
    next_words = (each.ago for each in topic.posts if each.author == topic.author)
    return max([ago for ago in next_words if ago < post.ago] or [_after(post.ago, SLOWEST_MARK)])


def _write(stage: Stage, topic: TopicText, post: PostText, at: datetime) -> None:
    author, group = stage.people[post.author], stage.groups[topic.group]
    language = post.language or group.language
    if post.number > 1:
        stage.posts[topic.key, post.number] = answer(
            stage.topics[topic.key], by=author, text=post.text, at=at, language=language
        )
        return
    opened = open_topic(
        group,
        by=author,
        title=topic.title,
        text=post.text,
        at=at,
        language=language,
        sos=topic.is_sos,
    )
    stage.topics[topic.key] = opened
    opening = select(Post).where(Post.topic_id == opened.id, Post.number == 1)
    stage.posts[topic.key, 1] = db.session.scalars(opening).one()


def _thank(stage: Stage, topic: TopicText, post: PostText, handle: str, at: datetime) -> None:
    thank(stage.posts[topic.key, post.number], by=stage.people[handle], at=at)


def _mark(stage: Stage, topic: TopicText, post: PostText, at: datetime) -> None:
    useful = stage.posts[topic.key, post.number]
    mark_answer(stage.topics[topic.key], useful, by=stage.people[topic.author], at=at)


def _hide(stage: Stage, topic: TopicText, post: PostText, at: datetime) -> None:
    assert post.hiding is not None
    hidden, by = stage.posts[topic.key, post.number], stage.people[post.hiding.by]
    hide_post(hidden, by=by, at=at, rule=post.hiding.rule, facts=post.hiding.facts)


def _pin(stage: Stage, topic: TopicText, at: datetime) -> None:
    opened = stage.topics[topic.key]
    pin(opened, by=opened.group.created_by, at=at)


def _lock(stage: Stage, topic: TopicText, at: datetime) -> None:
    assert topic.lock is not None
    rule, reason = topic.lock
    editor = stage.people[EDITORS[stage.groups[topic.group].language]]
    lock_topic(stage.topics[topic.key], by=editor, at=at, rule=rule, facts=reason)


def _report(stage: Stage, report: ReportText, at: datetime) -> None:
    report_post(
        stage.posts[report.topic, report.post],
        by=stage.people[report.by],
        at=at,
        rule=report.rule,
        explanation=report.explanation,
    )


def _hold(stage: Stage, each: HeldText, at: datetime) -> None:
    answer(stage.topics[each.topic], by=stage.people[each.by], text=each.text, at=at)


def _ask(stage: Stage, each: RequestText, at: datetime) -> None:
    request_to_join(stage.groups[each.group], stage.people[each.by], text=each.text, at=at)


def _invite(stage: Stage, each: InvitationText, at: datetime) -> None:
    group, person = stage.groups[each.group], stage.people[each.person]
    invite(group, person, by=stage.people[each.by], at=at)


def _propose(stage: Stage, each: ProposalText, at: datetime) -> None:
    propose_group(
        by=stage.people[each.by],
        at=at,
        language=each.language,
        name=each.name,
        purpose=each.purpose,
        text=each.text,
        sectors=each.sectors,
    )


def _suggest(stage: Stage, each: SuggestionText, at: datetime) -> None:
    suggest(
        stage.topics[each.topic],
        by=stage.people[each.by],
        at=at,
        until=stage.at + timedelta(days=each.days),
        note=each.note,
        language=each.language,
    )
