"""What whoever appealed hears: that it has arrived, and what another editor decided (Article
20(5)).
"""

from officine.blueprints.desk import queries
from officine.blueprints.desk.events import Appealed, Decided
from officine.blueprints.desk.notices.reports import report_url
from officine.blueprints.desk.notices.words import Reader, words_about
from officine.core import mail
from officine.core.clock import now
from officine.core.context import public_url
from officine.core.i18n import writing_in
from officine.models import Appeal, Member
from officine.models.notification import notify


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
        if isinstance(reader, Member):
            notify(
                reader,
                kind="appeal-answered",
                cause=f"appeal:{appeal.id}",
                at=now(),
                group_id=decision.group_id,
                topic_id=decision.topic_id,
                post_id=decision.post_id,
                decision_id=decision.id,
            )
        if reader.hears_letters:
            mail.write(
                "desk/appeal_answered",
                to=reader,
                key=f"appeal:{appeal.id}",
                appeal=appeal,
                url=appeal_url(appeal, reader),
                **words_about(decision, reader),
            )


def appeal_url(appeal: Appeal, reader: Reader) -> str:
    """Where who appealed follows it: their decision, or their report."""
    if appeal.report is not None:
        return report_url(appeal.report, reader)
    with writing_in(reader.interface_language):
        return public_url("desk.decision", decision_id=appeal.decision_id)
