"""What people reported."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from officine.core.db import db
from officine.core.secret_links import fingerprint
from officine.models import Decision, Member, Post, Report


def open_reports(post_id: int) -> list[Report]:
    """The reports of a post that wait for an answer, oldest first."""
    return _waiting(Report.post_id == post_id)


def open_reports_of_person(member_id: int) -> list[Report]:
    """The reports of a person that wait for an answer, oldest first."""
    return _waiting(Report.member_id == member_id)


def open_reports_of_question(question_id: int) -> list[Report]:
    """The reports of a reader’s question that wait for an answer, oldest first."""
    return _waiting(Report.question_id == question_id)


SUBJECTS = {
    "post": Report.post_id,
    "member": Report.member_id,
    "question": Report.question_id,
}
"""What can be reported, by the subject of its case."""


def open_reports_about(subject: str, subject_id: int) -> list[Report]:
    """The reports of a case’s subject that wait for an answer."""
    return _waiting(SUBJECTS[subject] == subject_id) if subject in SUBJECTS else []


def _waiting(about: ColumnElement[bool]) -> list[Report]:
    return list(
        db.session.scalars(
            select(Report)
            .where(about, Report.decision_id.is_(None))
            .options(joinedload(Report.reporter).joinedload(Member.company))
            .order_by(Report.id)
        )
    )


def answered_among(report_ids: Sequence[int]) -> Decision | None:
    """The decision that has answered one of these reports."""
    if not report_ids:
        return None
    return db.session.scalar(
        select(Decision)
        .join(Report, Report.decision_id == Decision.id)
        .where(Report.id.in_(report_ids))
        .options(joinedload(Decision.by))
        .order_by(Decision.id.desc())
        .limit(1)
    )


def report_of(member: Any, post_id: int) -> Report | None:
    """What a member said when they reported a post."""
    if not member.is_member:
        return None
    return db.session.scalar(select(Report).filter_by(post_id=post_id, reporter_id=member.id))


def report_of_person(reporter: Any, member_id: int) -> Report | None:
    """What a member said when they reported a person."""
    if not reporter.is_member:
        return None
    return db.session.scalar(select(Report).filter_by(member_id=member_id, reporter_id=reporter.id))


def report_of_question(reporter: Any, question_id: int) -> Report | None:
    """What a member said when they reported a reader’s question."""
    if not reporter.is_member:
        return None
    return db.session.scalar(
        select(Report).filter_by(question_id=question_id, reporter_id=reporter.id)
    )


def open_report_from(
    address: str,
    *,
    post_id: int | None = None,
    member_id: int | None = None,
    question_id: int | None = None,
) -> Report | None:
    """What somebody without an account said, by their mail address, while it waits."""
    if not address:
        return None
    return db.session.scalar(
        select(Report)
        .filter_by(
            reporter_email=address, reporter_id=None, post_id=post_id, member_id=member_id,
            question_id=question_id, decision_id=None,
        )
        .limit(1)
    )  # fmt: skip


def find_report(report_id: int, viewer: Any, key: str = "") -> Report | None:
    """A report of the viewer’s own; a visitor’s is opened by the ``key`` of their letter."""
    query = select(Report).where(Report.id == report_id).options(joinedload(Report.decision))
    if key:
        return db.session.scalar(
            query.where(Report.reporter_id.is_(None), Report.token_hash == fingerprint(key))
        )
    if not viewer.is_member:
        return None
    return db.session.scalar(query.where(Report.reporter_id == viewer.id))


def report_answered(viewer: Any, decision_id: int) -> Report | None:
    """The viewer’s report that a decision answered."""
    return db.session.scalar(
        select(Report)
        .where(Report.decision_id == decision_id, Report.reporter_id == viewer.id)
        .limit(1)
    )


def reports_by(member: Member) -> list[Report]:
    """All that a member reported, newest first, with what came of it."""
    return list(
        db.session.scalars(
            select(Report)
            .where(Report.reporter_id == member.id)
            .options(
                joinedload(Report.decision), joinedload(Report.post).joinedload(Post.topic),
                joinedload(Report.member),
            )
            .order_by(Report.id.desc())
        )
    )  # fmt: skip
