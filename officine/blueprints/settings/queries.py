"""Everything that is a member's own, to be taken away."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, select
from sqlalchemy.orm import aliased, joinedload

from officine.core.db import db
from officine.models import (
    Appeal,
    Decision,
    Draft,
    Follow,
    Group,
    Hiding,
    Interest,
    JoinRequest,
    Member,
    Membership,
    Post,
    Report,
    SignIn,
    Thanks,
    Topic,
)

OWN_WORDS = (
    "name", "handle", "email", "kind", "role", "interface_language", "timezone", "job", "place",
    "country", "sector", "profile_language", "about", "offers", "seeks", "shown_to",
    "mail_answers", "mail_mentions", "mail_interviews",
)  # fmt: skip


def own_data(member: Member) -> dict[str, Any]:
    """What we keep of a member, in plain values: who they are, where they belong, what they
    wrote and did.
    """
    return {
        "profile": _profile(member),
        "memberships": [
            {"group": name, "slug": slug, "host": host, "joined_at": _moment(joined)}
            for name, slug, host, joined in db.session.execute(
                select(Group.name, Group.slug, Membership.is_host, Membership.joined_at)
                .join(Group, Group.id == Membership.group_id)
                .where(Membership.member_id == member.id)
                .order_by(Membership.joined_at)
            )
        ],
        "requests_to_join": [
            {"group": name, "text": text, "asked_at": _moment(asked)}
            for name, text, asked in db.session.execute(
                select(Group.name, JoinRequest.text, JoinRequest.asked_at)
                .join(Group, Group.id == JoinRequest.group_id)
                .where(JoinRequest.member_id == member.id)
                .order_by(JoinRequest.id)
            )
        ],
        "posts": [_post(row) for row in own_posts(member)],
        "drafts": [
            {"place": draft.place, "title": draft.title, "text": draft.text}
            for draft in db.session.scalars(select(Draft).filter_by(member_id=member.id))
        ],
        "followed_topics": _ids(
            select(Follow.topic_id).filter_by(member_id=member.id, stopped=False)
        ),
        "followed_interviews": [
            {"about": interest.noun, "name": interest.name, "since": _moment(interest.since)}
            for interest in db.session.scalars(select(Interest).filter_by(member_id=member.id))
        ],
        "thanked_posts": _ids(select(Thanks.post_id).filter_by(member_id=member.id)),
        "reports": [
            _report(report)
            for report in db.session.scalars(
                select(Report)
                .filter_by(reporter_id=member.id)
                .options(joinedload(Report.member), joinedload(Report.decision))
            )
        ],
        "appeals": [
            _appeal(appeal)
            for appeal in db.session.scalars(
                select(Appeal).filter_by(by_id=member.id).options(joinedload(Appeal.outcome))
            )
        ],
        "decisions": [
            _decision(decision)
            for decision in db.session.scalars(
                select(Decision)
                .where(Decision.affected_id == member.id, Decision.measure != "escalate")
                .order_by(Decision.id)
            )
        ],
        "sessions": [
            {"device": s.device, "started_at": _moment(s.started_at), "seen_at": _moment(s.seen_at)}
            for s in db.session.scalars(select(SignIn).filter_by(member_id=member.id))
        ],
    }


def own_posts(member: Member) -> Sequence[Any]:
    """Their posts with the topic and group of each, oldest first. The title of somebody else’s
    topic that was hidden is not theirs to take away: it is empty.
    """
    opening, hiding = aliased(Post), aliased(Hiding)
    is_hidden = and_(hiding.post_id.is_not(None), Topic.author_id != member.id)
    title, slug = (
        case((is_hidden, ""), else_=column).label(column.key)
        for column in (Topic.title, Topic.slug)
    )
    return db.session.execute(
        select(
            Post.id, Post.number, Post.language, Post.text, Post.written_at, Post.edited_at,
            Post.deleted_at, Topic.id.label("topic_id"), title, slug,
            Group.name.label("group_name"),
        )
        .join(Topic, Topic.id == Post.topic_id)
        .outerjoin(opening, and_(opening.topic_id == Topic.id, opening.number == 1))
        .outerjoin(hiding, hiding.post_id == opening.id)
        .join(Group, Group.id == Topic.group_id)
        .where(Post.author_id == member.id)
        .order_by(Post.id)
    ).all()  # fmt: skip


def _profile(member: Member) -> dict[str, Any]:
    words = {name: getattr(member, name) for name in OWN_WORDS}
    return words | {
        "reads": list(member.reads),
        "company": member.firm,
        "joined_at": _moment(member.joined_at),
        "consented_at": _moment(member.consented_at),
        "confirmed_at": _moment(member.confirmed_at),
    }


def _post(row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "group": row.group_name,
        "topic": row.title,
        "topic_id": row.topic_id,
        "number": row.number,
        "language": row.language,
        "text": row.text,
        "written_at": _moment(row.written_at),
        "edited_at": _moment(row.edited_at),
        "deleted_at": _moment(row.deleted_at),
    }


def _report(report: Report) -> dict[str, Any]:
    return {
        "id": report.id,
        "post": report.post_id,
        "person": report.member.handle if report.member else None,
        "rule": report.rule,
        "passage": report.passage,
        "explanation": report.explanation,
        "reported_at": _moment(report.reported_at),
        "outcome": report.decision.measure if report.decision else None,
        "decided_at": _moment(report.decision.at) if report.decision else None,
    }


def _appeal(appeal: Appeal) -> dict[str, Any]:
    return {
        "against_decision": appeal.decision_id,
        "report": appeal.report_id,
        "text": appeal.text,
        "made_at": _moment(appeal.made_at),
        "outcome": appeal.outcome.measure if appeal.outcome else None,
        "reason": appeal.outcome.facts if appeal.outcome else None,
        "decided_at": _moment(appeal.outcome.at) if appeal.outcome else None,
    }


def _decision(decision: Decision) -> dict[str, Any]:
    """A decision about them as the letter said it: who took it stays with the team."""
    return {
        "id": decision.id,
        "measure": decision.measure,
        "rule": decision.rule,
        "ground": decision.ground,
        "law": decision.law,
        "facts": decision.facts,
        "language": decision.language,
        "at": _moment(decision.at),
        "territory": decision.territory,
        "until": _moment(decision.until),
        "on_report": decision.on_report,
        "automatic": decision.automatic,
        "appealable_until": _moment(decision.appealable_until),
        "post": decision.post_id,
        "topic": decision.topic_id,
        "takes_back": decision.reverses_id,
    }


def _ids(asked: Any) -> list[int]:
    return list(db.session.scalars(asked))


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
