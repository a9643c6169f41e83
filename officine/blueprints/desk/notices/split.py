"""What the author of the first of some posts hears that are a topic of their own now."""

from officine.blueprints.desk import queries
from officine.blueprints.desk.events import TopicSplit
from officine.blueprints.desk.notices.words import words_about
from officine.core import mail
from officine.core.clock import now
from officine.core.context import public_url
from officine.core.db import db
from officine.core.i18n import writing_in
from officine.models import Topic
from officine.models.notification import notify


def tell_author_of_split(event: TopicSplit) -> None:
    """Whose post opens the new topic hears of it too, unless they are told already."""
    decision = queries.find_decision(event.decision_id)
    topic = db.session.get(Topic, event.topic_id)
    if decision is None or topic is None:
        return
    member = topic.author
    if member.id in (decision.affected_id, decision.by_id):
        return
    notify(
        member, kind="decision-split", cause=f"decision:{decision.id}", at=now(),
        group_id=topic.group_id, topic_id=topic.id, decision_id=decision.id,
    )  # fmt: skip
    if not member.hears_letters:
        return
    about = words_about(decision, member)
    with writing_in(member.interface_language):
        url = public_url("desk.decision", decision_id=decision.id)
    key = f"decision:{decision.id}:{member.id}"
    mail.write("desk/decided", to=member, key=key, url=url, **about)
