"""What the desk suggests to its readers."""

from datetime import timedelta
from typing import Any

from flask import Response, abort, flash, url_for
from flask_babel import gettext as _
from flask_babel import to_user_timezone
from wtforms import ValidationError

from officine.blueprints.texts import commands, policy, queries
from officine.blueprints.texts.forms import SuggestionForm
from officine.blueprints.texts.routes.blueprint import end_of, texts
from officine.core.clock import now
from officine.core.htmx import done, page
from officine.core.permission import allow
from officine.core.session import viewer
from officine.models import Highlight, Topic
from officine.models.member import language_of

A_WEEK = timedelta(days=7)


@texts.get("/topics/<int:topic_id>/suggestion")
def suggest(topic_id: int) -> Response:
    """Ask why and until when."""
    topic, highlight = _topic(topic_id)
    last_day = highlight.until - timedelta(seconds=1) if highlight else now() + A_WEEK
    form = SuggestionForm(
        note=highlight.note if highlight else "", last_day=to_user_timezone(last_day).date()
    )
    return _form_page(topic, highlight, form)


@texts.post("/topics/<int:topic_id>/suggestion")
def save_suggestion(topic_id: int) -> Any:
    topic, highlight = _topic(topic_id)
    form = SuggestionForm()
    if form.validate_on_submit() and form.last_day.data is not None:
        until = end_of(form.last_day.data)
        if until > now():
            commands.suggest(
                topic, by=viewer(), at=now(), until=until, note=form.note.data or "",
                language=language_of(form.note.data or "", viewer()),
            )  # fmt: skip
            flash(_("The desk suggests this topic now."), "success")
            return done(url_for("forum.show", topic_id=topic.id, slug=topic.slug))
        form.last_day.errors = [str(ValidationError(_("This day is over.")))]
    return _form_page(topic, highlight, form), 422


@texts.post("/topics/<int:topic_id>/suggestion/end")
def end_suggestion(topic_id: int) -> Any:
    allow(policy.may_see_texts(viewer()))
    highlight = queries.find_highlight(topic_id) or abort(404)
    topic = highlight.topic

    commands.stop_suggesting(topic_id, by=viewer())
    flash(_("The desk no longer suggests this topic."), "success")
    return done(url_for("forum.show", topic_id=topic.id, slug=topic.slug))


def _topic(topic_id: int) -> tuple[Topic, Highlight | None]:
    topic = queries.find_suggestible(topic_id, viewer()) or abort(404)
    allow(policy.may_suggest(viewer(), topic.group))
    return topic, queries.find_highlight(topic_id)


def _form_page(topic: Topic, highlight: Highlight | None, form: SuggestionForm) -> Response:
    is_shown = highlight is not None and highlight.until > now()
    return page("texts/suggest.html", part="suggestion", topic=topic, form=form, is_shown=is_shown)
