"""Deciding about a topic from where one reads it."""

from typing import Any

from flask import Response
from flask_babel import gettext as _

from officine.blueprints.desk import commands, policy
from officine.blueprints.desk.forms import DecisionForm, ReasonForm
from officine.blueprints.desk.routes.blueprint import decided, desk, topic_or_404, topic_url
from officine.core.clock import now
from officine.core.htmx import page
from officine.core.permission import allow
from officine.core.session import viewer
from officine.models import Decision


@desk.get("/topics/<int(max=2147483647):topic_id>/decisions/new")
def decide_topic(topic_id: int) -> Response:
    topic = topic_or_404(topic_id)
    if topic.lock:
        allow(policy.may_unlock(viewer(), topic))
        return page("desk/unlock.html", topic=topic, form=ReasonForm())
    allow(policy.may_lock(viewer(), topic))
    return page("desk/lock.html", topic=topic, form=DecisionForm(rule="off-topic"))


@desk.post("/topics/<int(max=2147483647):topic_id>/locks")
def lock(topic_id: int) -> Any:
    topic = topic_or_404(topic_id)
    allow(policy.may_lock(viewer(), topic))

    form = DecisionForm()
    if not form.validate():
        return page("desk/lock.html", part="decide", topic=topic, form=form), 422

    def act() -> Decision:
        return commands.lock_topic(topic, by=viewer(), at=now(), **form.grounds())

    return decided(act, _("The topic is closed."), back=topic_url(topic))


@desk.post("/topics/<int(max=2147483647):topic_id>/unlocks")
def unlock(topic_id: int) -> Any:
    topic = topic_or_404(topic_id)
    allow(policy.may_unlock(viewer(), topic))

    form = ReasonForm()
    if not form.validate():
        return page("desk/unlock.html", part="decide", topic=topic, form=form), 422

    def act() -> Decision:
        return commands.unlock_topic(topic, by=viewer(), at=now(), facts=form.facts.data)

    return decided(act, _("The topic is open again."), back=topic_url(topic))
