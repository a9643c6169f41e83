"""What a decision is about, without saying which one: the kind of thing and its language."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import aliased

from officine.core.db import db
from officine.models import Decision, Group, Post, ReaderQuestion, Topic
from officine.models.decision import HIDING, MEASURES, SANCTIONS

AnySelect = Select[*tuple[Any, ...]]

KINDS = ("message", "topic", "person", "group", "event", "question")

ABOUT_MESSAGES = (*HIDING, "approve", "show")
ABOUT_TOPICS = ("lock", "unlock", "slow", "unslow", "move", "split", "merge")
ABOUT_PEOPLE = ("warn", *SANCTIONS, "lift", "remove-from-group")
ABOUT_GROUPS = ("decline-group",)
ABOUT_EVENTS = ("decline-event",)

ANSWERS_TO_APPEALS = ("uphold", "reverse")
INTERNAL = ("escalate",)
"""What only changes who decides."""

LEFT = "leave"
"""Nothing more for now: the desk looked into something, and nobody waited for an answer."""
MEASURES_TOLD = (*MEASURES, LEFT)

First = aliased(Decision, name="first")
"""The decision that an answer to an appeal is about."""


def is_told() -> ColumnElement[bool]:
    """The decisions that are told and counted. A condition on Decision."""
    return Decision.measure.not_in(INTERNAL)


def told_measure() -> ColumnElement[str]:
    """The measure, as it is told: that nothing was reported, nor anybody affected, sets apart
    what the desk has looked into by itself and left from a report that was dismissed.
    """
    nobody = ~Decision.on_report & Decision.affected_id.is_(None)
    return case((nobody & (Decision.measure == "dismiss"), LEFT), else_=Decision.measure)


def kind_of_thing() -> ColumnElement[str]:
    """What a decision is about: one of KINDS. Its measure says so; where it does not, what the
    decision refers to.
    """
    measure = case(
        (Decision.measure.in_(ANSWERS_TO_APPEALS), func.coalesce(First.measure, Decision.measure)),
        else_=Decision.measure,
    )
    return case(
        (measure.in_(ABOUT_MESSAGES), "message"),
        (measure.in_(ABOUT_TOPICS), "topic"),
        (measure.in_(ABOUT_PEOPLE), "person"),
        (measure.in_(ABOUT_GROUPS), "group"),
        (measure.in_(ABOUT_EVENTS), "event"),
        (Decision.question_id.is_not(None), "question"),
        (Decision.post_id.is_not(None), "message"),
        (Decision.topic_id.is_not(None), "topic"),
        (Decision.group_id.is_not(None), "group"),
        else_="person",
    )


def language_of_thing() -> ColumnElement[str]:
    """The language of what was decided about; where that is a person, the one they were written
    to in.
    """
    return func.coalesce(
        Post.language, ReaderQuestion.language, Topic.language, Group.language, Decision.language
    )


def with_subjects(query: AnySelect) -> AnySelect:
    """A query on Decision, joined to what `kind_of_thing` and `language_of_thing` need."""
    return (
        query.outerjoin(First, First.id == Decision.reverses_id)
        .outerjoin(Post, Post.id == Decision.post_id)
        .outerjoin(Topic, Topic.id == Decision.topic_id)
        .outerjoin(Group, Group.id == Decision.group_id)
        .outerjoin(ReaderQuestion, ReaderQuestion.id == Decision.question_id)
    )


def counted(query: AnySelect) -> Sequence[Any]:
    """Each mix of a query’s columns, and last how many rows have it.

    The columns become those of a subquery: PostgreSQL does not see that an expression with
    parameters in GROUP BY is the one that was selected.
    """
    mixes = query.subquery()
    return db.session.execute(select(*mixes.c, func.count()).group_by(*mixes.c)).all()
