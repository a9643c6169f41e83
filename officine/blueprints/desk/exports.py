"""What a member reported and contested and what was decided about them, for them to take away."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from officine.core.db import db
from officine.core.export import moment
from officine.models import Appeal, Decision, Member, Report


def reports(member: Member) -> list[dict[str, Any]]:
    """What they reported, and what became of it."""
    return [
        _report(report)
        for report in db.session.scalars(
            select(Report)
            .filter_by(reporter_id=member.id)
            .options(joinedload(Report.member), joinedload(Report.decision))
        )
    ]


def appeals(member: Member) -> list[dict[str, Any]]:
    """The decisions they contested, and the answers."""
    return [
        _appeal(appeal)
        for appeal in db.session.scalars(
            select(Appeal).filter_by(by_id=member.id).options(joinedload(Appeal.outcome))
        )
    ]


def decisions(member: Member) -> list[dict[str, Any]]:
    """What was decided about them."""
    return [
        _decision(decision)
        for decision in db.session.scalars(
            select(Decision)
            .where(Decision.affected_id == member.id, Decision.measure != "escalate")
            .order_by(Decision.id)
        )
    ]


def _report(report: Report) -> dict[str, Any]:
    return {
        "id": report.id,
        "post": report.post_id,
        "question": report.question_id,
        "person": report.member.handle if report.member else None,
        "rule": report.rule,
        "passage": report.passage,
        "explanation": report.explanation,
        "reported_at": moment(report.reported_at),
        "outcome": report.decision.measure if report.decision else None,
        "decided_at": moment(report.decision.at) if report.decision else None,
    }


def _appeal(appeal: Appeal) -> dict[str, Any]:
    return {
        "against_decision": appeal.decision_id,
        "report": appeal.report_id,
        "text": appeal.text,
        "made_at": moment(appeal.made_at),
        "outcome": appeal.outcome.measure if appeal.outcome else None,
        "reason": appeal.outcome.facts if appeal.outcome else None,
        "decided_at": moment(appeal.outcome.at) if appeal.outcome else None,
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
        "at": moment(decision.at),
        "territory": decision.territory,
        "until": moment(decision.until),
        "on_report": decision.on_report,
        "automatic": decision.automatic,
        "appealable_until": moment(decision.appealable_until),
        "post": decision.post_id,
        "topic": decision.topic_id,
        "takes_back": decision.reverses_id,
    }


PARTS = {"reports": reports, "appeals": appeals, "decisions": decisions}
