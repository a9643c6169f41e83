"""What whoever appealed hears: that it has arrived, and what another editor decided (Article
20(5)).
"""

from officine.blueprints.desk import queries
from officine.blueprints.desk.events import Appealed, Decided
from officine.blueprints.desk.notices.answers import answer
from officine.blueprints.desk.notices.reports import report_url
from officine.blueprints.desk.notices.words import Reader
from officine.core import mail
from officine.core.context import public_url
from officine.core.i18n import writing_in
from officine.models import Appeal


def confirm_appeal(event: Appealed) -> None:
    """Who appealed reads that it has arrived, and by when it is decided."""
    appeal = queries.find_appeal(event.appeal_id)
    if appeal is None or appeal.reader is None or not appeal.reader.hears_letters:
        return
    mail.write(
        "desk/appeal_received",
        to=appeal.reader,
        key=f"appeal-receipt:{appeal.id}",
        appeal=appeal,
        url=appeal_url(appeal, appeal.reader),
    )


def tell_who_appealed(event: Decided) -> None:
    """Who reported and appealed hears what another editor decided. The author hears it as whom
    the decision affects.
    """
    decision = queries.find_decision(event.decision_id)
    if decision is None:
        return
    for appeal in queries.appeals_answered_by(decision):
        reader = appeal.reader
        if appeal.side != "reporter" or reader is None:
            continue
        answer(
            reader,
            "appeal-answered",
            decision,
            cause=f"appeal:{appeal.id}",
            place={
                "group_id": decision.group_id,
                "topic_id": decision.topic_id,
                "post_id": decision.post_id,
            },
            appeal=appeal,
            url=appeal_url(appeal, reader),
        )


def appeal_url(appeal: Appeal, reader: Reader) -> str:
    """Where who appealed follows it: their decision, or their report."""
    if appeal.report is not None:
        return report_url(appeal.report, reader)
    with writing_in(reader.interface_language):
        return public_url("desk.decision", decision_id=appeal.decision_id)
