"""What whom a decision affects hears: the statement of reasons (Regulation (EU) 2022/2065,
Article 17).
"""

from officine.blueprints.desk import queries
from officine.blueprints.desk.events import Decided
from officine.blueprints.desk.notices.words import TOLD_ELSEWHERE, words_about
from officine.core import mail
from officine.core.clock import now
from officine.core.context import public_url
from officine.core.i18n import writing_in
from officine.models.notification import notify


def tell_affected(event: Decided) -> None:
    """Whom it affects reads the statement of reasons, and how to have it looked at again."""
    decision = queries.find_decision(event.decision_id)
    if decision is None or decision.affected is None or decision.measure in TOLD_ELSEWHERE:
        return
    member = decision.affected
    if member.id == decision.by_id:
        return
    about = words_about(decision, member)
    post = about["post"]
    notify(
        member,
        kind=f"decision-{decision.measure}",
        cause=f"decision:{decision.id}",
        at=now(),
        group_id=decision.group_id,
        topic_id=decision.topic_id,
        post_id=post.id if post else None,
        decision_id=decision.id,
    )
    # Whose post is held reads why at once, where they wrote it.
    if decision.measure == "hold" or not member.hears_letters:
        return
    with writing_in(member.interface_language):
        url = public_url("desk.decision", decision_id=decision.id)
    mail.write("desk/decided", to=member, key=f"decision:{decision.id}", url=url, **about)
