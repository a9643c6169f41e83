"""Slowing, moving, splitting and merging topics: one page for each, with a plain form."""

from collections.abc import Callable
from typing import Any

from flask import Response
from flask_babel import gettext as _

from officine.blueprints.desk import commands, policy, queries
from officine.blueprints.desk.forms import (
    MergeForm,
    MoveForm,
    ReasonForm,
    SlowForm,
    SplitForm,
)
from officine.blueprints.desk.routes.blueprint import decided, desk, topic_or_404, topic_url
from officine.core.clock import now
from officine.core.htmx import page
from officine.core.permission import allow
from officine.core.session import viewer
from officine.models import Decision, Group, Topic
from officine.models.group import look_in

TOPIC = "/topics/<int(max=2147483647):topic_id>"


@desk.get(f"{TOPIC}/slowing")
def ask_slow(topic_id: int) -> Response:
    topic = _topic(topic_id)
    if _is_slow(topic):
        return page("desk/unslow.html", part="decide", topic=topic, form=ReasonForm())
    return page("desk/slow.html", part="decide", topic=topic, form=SlowForm(rule="respect"))


@desk.post(f"{TOPIC}/slowing")
def slow(topic_id: int) -> Any:
    topic = _topic(topic_id)
    form = SlowForm()
    if not form.validate():
        return page("desk/slow.html", part="decide", topic=topic, form=form), 422

    def act() -> Decision:
        return commands.slow_topic(
            topic, minutes=form.minutes.data, until=form.until(now()), by=viewer(), at=now(),
            **form.grounds(),
        )  # fmt: skip

    return decided(act, _("The topic goes slowly now."), back=topic_url(topic))


@desk.post(f"{TOPIC}/slowing/end")
def unslow(topic_id: int) -> Any:
    topic = _topic(topic_id)
    form = ReasonForm()
    if not form.validate():
        return page("desk/unslow.html", part="decide", topic=topic, form=form), 422

    def act() -> Decision:
        return commands.unslow_topic(topic, by=viewer(), at=now(), facts=form.facts.data)

    return decided(act, _("Everyone writes as often as they like again."), back=topic_url(topic))


@desk.get(f"{TOPIC}/move")
def ask_move(topic_id: int) -> Response:
    topic = _topic(topic_id)
    return _move_page(topic, _move_form(topic, rule="off-topic"))


@desk.post(f"{TOPIC}/move")
def move(topic_id: int) -> Any:
    topic = _topic(topic_id)
    form = _move_form(topic)
    if not form.validate():
        return _move_page(topic, form), 422
    group: Group = form.chosen
    allow(policy.may_move_to(viewer(), group))

    def act() -> Decision:
        return commands.move_topic(
            topic, to=group, by=viewer(), at=now(), publishes=form.publishes.data,
            **form.grounds(),
        )  # fmt: skip

    return _unless_published(act, form.group, lambda: _move_page(topic, form), _(
        "Moved to %(group)s. Its address stays.", group=group.name
    ), topic)  # fmt: skip


@desk.get(f"{TOPIC}/split")
def ask_split(topic_id: int) -> Response:
    topic = _topic(topic_id)
    return _split_page(topic, _split_form(topic, rule="off-topic"))


@desk.post(f"{TOPIC}/split")
def split(topic_id: int) -> Any:
    topic = _topic(topic_id)
    form = _split_form(topic)
    if not form.validate():
        return _split_page(topic, form), 422

    def act() -> Decision:
        return commands.split_topic(
            topic, posts=form.posts.data, title=form.title.data, by=viewer(), at=now(),
            **form.grounds(),
        )  # fmt: skip

    try:
        return decided(
            act, _("These messages are a topic of their own now."), back=topic_url(topic)
        )
    except commands.CannotSplit:
        form.posts.errors = [_("Readers do not see the first of these messages: choose another.")]
        return _split_page(topic, form), 422


@desk.get(f"{TOPIC}/merge")
def ask_merge(topic_id: int) -> Response:
    topic = _topic(topic_id)
    return page("desk/merge.html", part="decide", topic=topic, form=MergeForm(rule="off-topic"),
                may_publish=_may_publish())  # fmt: skip


@desk.post(f"{TOPIC}/merge")
def merge(topic_id: int) -> Any:
    topic = _topic(topic_id)
    form = MergeForm()

    def again() -> Response:
        return page("desk/merge.html", part="decide", topic=topic, form=form,
                    may_publish=_may_publish())  # fmt: skip

    if not form.validate():
        return again(), 422
    into = queries.find_topic(form.number, viewer())
    if into is None or into.id == topic.id or not policy.may_rearrange(viewer(), into):
        form.into.errors = [_("There is no other topic there that you look after.")]
        return again(), 422
    target: Topic = into

    def act() -> Decision:
        return commands.merge_topics(
            topic, into=target, by=viewer(), at=now(), publishes=form.publishes.data,
            **form.grounds(),
        )  # fmt: skip

    words = _("Merged. The old address leads to the messages.")
    return _unless_published(act, form.into, again, words, target)


def _unless_published(
    act: Callable[[], Decision], field: Any, again: Callable[[], Response], words: str, back: Topic
) -> Any:
    """Act; or say, beside its field, that this would publish what only few read."""
    try:
        return decided(act, words, back=topic_url(back))
    except commands.WouldPublish:
        field.errors = [
            _("There it is read by people who cannot read it here. The community manager decides.")
            if not _may_publish()
            else _("There it is read by people who cannot read it here: confirm it below.")
        ]
        return again(), 422


def _topic(topic_id: int) -> Topic:
    """A topic that the viewer looks after."""
    topic = topic_or_404(topic_id)
    allow(policy.may_rearrange(viewer(), topic))
    look_in(topic.group, by=viewer())
    return topic


def _is_slow(topic: Topic) -> bool:
    return topic.slowing is not None and topic.slowing.holds(now())


def _may_publish() -> bool:
    return bool(viewer().is_leader)


def _move_form(topic: Topic, **given: Any) -> MoveForm:
    return MoveForm(groups=queries.groups_to_move_to(topic, viewer()), **given)


def _move_page(topic: Topic, form: MoveForm) -> Response:
    return page("desk/move.html", part="decide", topic=topic, form=form,
                may_publish=_may_publish())  # fmt: skip


def _split_form(topic: Topic, **given: Any) -> SplitForm:
    return SplitForm(choices=queries.posts_to_split(topic), **given)


def _split_page(topic: Topic, form: SplitForm) -> Response:
    return page("desk/split.html", part="decide", topic=topic, form=form)
