"""Taking a decision back: everything is as it was before it, and nobody hears twice of what was
in sight before.
"""

from datetime import datetime
from typing import Unpack

from sqlalchemy import update

from officine.blueprints.desk import queries
from officine.blueprints.desk.commands.members import end_sanction, warn
from officine.blueprints.desk.commands.merging import undo_merge
from officine.blueprints.desk.commands.moving import undo_move
from officine.blueprints.desk.commands.posts import bring_back, hide_post
from officine.blueprints.desk.commands.questions import hide_question, show_question_again
from officine.blueprints.desk.commands.splitting import undo_split
from officine.blueprints.desk.events import Decided, PostShown
from officine.blueprints.forum.events import PostEdited
from officine.blueprints.groups.events import GroupChanged
from officine.blueprints.planning.events import EventPublished
from officine.core.db import db
from officine.core.locks import lock_id
from officine.core.outbox import record
from officine.models import (
    Case,
    Decision,
    Draft,
    Event,
    Group,
    Hiding,
    Lock,
    Member,
    Membership,
    PendingEdit,
    Post,
    ReaderQuestion,
    RefusedEdit,
    Slowing,
    Topic,
)
from officine.models.case import close_cases
from officine.models.decision import HIDING, SANCTIONS, Grounds, decide
from officine.models.group import open_proposed
from officine.models.post import WAITING, lock_post
from officine.models.wording import change_words

UNDO = {"move": undo_move, "split": undo_split, "merge": undo_merge}
"""What puts a topic and its posts back where they stood."""


def take_back(
    first: Decision,
    *,
    by: Member,
    at: datetime,
    rule: str,
    facts: str,
    **grounds: Unpack[Grounds],
) -> Decision:
    """Take a decision back by another one, and restore what it took. What was decided anew
    meanwhile stays.
    """
    if first.measure == "dismiss" and (post := _post_in_sight(first)):
        return hide_post(post, by=by, at=at, rule=rule, facts=facts, **grounds)
    if first.measure == "dismiss" and (question := _question_in_sight(first)):
        return hide_question(question, by=by, at=at, rule=rule, facts=facts, **grounds)
    if first.measure == "dismiss" and (person := _person_reported(first)):
        return warn(person, by=by, at=at, rule=rule, facts=facts, **grounds)
    decision = decide(
        "reverse", by=by, at=at, rule=rule, facts=facts,
        affected_id=first.affected_id, post_id=first.post_id, topic_id=first.topic_id,
        group_id=first.group_id, question_id=first.question_id, **grounds,
    )  # fmt: skip
    _restore(first, decision, at)
    record(Decided(decision.id))
    return decision


def _restore(first: Decision, decision: Decision, at: datetime) -> None:
    if first.measure in UNDO:
        UNDO[first.measure](first, at=at)
        return
    if first.topic_id:
        lock_id(Topic, first.topic_id)
    if first.measure in HIDING:
        _show_again(first, decision, at)
    elif first.measure == "lock":
        _end_on_topic(db.session.get(Lock, first.topic_id, populate_existing=True), first)
    elif first.measure == "slow":
        _end_on_topic(db.session.get(Slowing, first.topic_id, populate_existing=True), first)
    elif first.measure in SANCTIONS:
        end_sanction(first, at=at)
    elif first.measure == "remove-from-group":
        _let_in_again(first, at)
    elif first.measure == "decline-group":
        _open_group(first, decision, at)
    elif first.measure == "decline-event":
        _publish_event(first, decision, at)
    elif first.measure == "hide-question":
        show_question_again(first, at=at)


def _show_again(first: Decision, decision: Decision, at: datetime) -> None:
    """Bring a post back, unless another decision has hidden it since; or show the words that
    waited.
    """
    post = db.session.get(Post, first.post_id, populate_existing=True) if first.post_id else None
    if post is None:
        return
    lock_post(post)
    hiding = db.session.get(Hiding, post.id, populate_existing=True)
    if hiding is None:
        _show_new_words(post, first, decision, at)
        _show_refused_words(post, first, at)
        return
    if hiding.decision_id != first.id:
        return
    bring_back(post, hiding, at)
    if first.measure in WAITING:
        close_cases("post", post.id, at=at, decision=decision)
    record(PostShown(post.id, decision.id))


def _show_new_words(post: Post, first: Decision, decision: Decision, at: datetime) -> None:
    """Let readers see the other words for a post that a decision kept from them, if they still
    wait.
    """
    waiting = db.session.get(PendingEdit, post.id, populate_existing=True)
    if waiting is None or waiting.decision_id != first.id or post.deleted_at:
        return
    _change_words(post, waiting.text, waiting.language, at)
    db.session.delete(waiting)
    close_cases("post", post.id, at=at, decision=decision, kinds=("edit",))


def _show_refused_words(post: Post, first: Decision, at: datetime) -> None:
    """Let readers see the other words for a post that were sent back, unless its author has
    changed it since. Then they stay the author’s draft, where they did not throw them away.
    """
    refused = db.session.get(RefusedEdit, first.id)
    if refused is None or post.deleted_at:
        return
    if (post.edited_at and post.edited_at > first.at) or db.session.get(PendingEdit, post.id):
        return
    draft = db.session.get(Draft, (post.author_id, Draft.place_of("post", post.id)))
    if draft is not None and draft.text == refused.text:
        db.session.delete(draft)
    _change_words(post, refused.text, refused.language, at)


def _change_words(post: Post, text: str, language: str, at: datetime) -> None:
    if change_words(post, text, language, by=post.author, at=at):
        record(PostEdited(post.id))


def _open_group(first: Decision, decision: Decision, at: datetime) -> None:
    """Open a proposed group after all. Its proposer reads that with the decision."""
    group = db.session.get(Group, first.group_id) if first.group_id else None
    if group is not None and open_proposed(group, at):
        close_cases("group", group.id, at=at, decision=decision)
        record(GroupChanged(group.id))


def _publish_event(first: Decision, decision: Decision, at: datetime) -> None:
    """Put a proposed event into the calendar after all, unless its day has passed meanwhile."""
    case = db.session.get(Case, first.case_id) if first.case_id else None
    event = lock_id(Event, case.subject_id) if case and case.subject == "event" else None
    if event is not None and event.put_into_calendar(at):
        close_cases("event", event.id, at=at, decision=decision)
        record(EventPublished(event.id))


def _let_in_again(first: Decision, at: datetime) -> None:
    """Let somebody belong to a group again. A host is never removed, so they were none."""
    if first.group_id is None or first.affected_id is None:
        return
    if db.session.get(Membership, (first.group_id, first.affected_id)) is not None:
        return
    db.session.add(Membership(group_id=first.group_id, member_id=first.affected_id, joined_at=at))
    db.session.execute(
        update(Group)
        .where(Group.id == first.group_id)
        .values(members_count=Group.members_count + 1)
    )


def _end_on_topic(state: Lock | Slowing | None, first: Decision) -> None:
    if state is None or state.decision_id != first.id:
        return
    topic = db.session.get_one(Topic, state.topic_id)
    if isinstance(state, Lock):
        topic.lock = None
    else:
        topic.slowing = None
    topic.version += 1


def _post_in_sight(first: Decision) -> Post | None:
    """The post that was left as it is, if there is still something to hide."""
    post = db.session.get(Post, first.post_id) if first.post_id else None
    if post is None or post.deleted_at or db.session.get(Hiding, post.id):
        return None
    return post


def _question_in_sight(first: Decision) -> ReaderQuestion | None:
    """The question that was left as it is, if there is still something to hide."""
    question = queries.question_decided(first)
    return question if question and question.hiding_id is None else None


def _person_reported(first: Decision) -> Member | None:
    """The person who was left as they are."""
    answered = queries.reports_answered_by(first)
    member = answered[0].member if answered else None
    return member if member and member.left_at is None else None
