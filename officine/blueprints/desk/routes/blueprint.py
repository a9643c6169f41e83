"""The blueprint, and what its views share."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, current_app, flash, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from officine.blueprints.desk import commands, queries
from officine.core.htmx import done
from officine.core.session import viewer
from officine.models import Decision, Member, Post, ReaderQuestion, Topic
from officine.models.case import Kind

desk = Blueprint("desk", __name__)


@desk.app_template_filter("case_kind_name")
def case_kind_name(name: str) -> Any:
    """What a kind of case is called."""
    kind = kinds().get(name)
    return kind.label if kind else name


def kinds() -> dict[str, Kind]:
    """The kinds of case that the features bring."""
    found: dict[str, Kind] = current_app.extensions["officine.case_kinds"]
    return found


def post_or_404(post_id: int) -> Post:
    """The post of this number, as far as the viewer may read it."""
    return queries.find_post(post_id, viewer()) or abort(404)


def topic_or_404(topic_id: int) -> Topic:
    """The topic of this number, as far as the viewer may see it."""
    return queries.find_topic(topic_id, viewer()) or abort(404)


def topic_url(topic: Topic) -> str:
    """Where a topic is read."""
    return url_for("forum.show", topic_id=topic.id, slug=topic.slug)


def question_url(question: ReaderQuestion) -> str:
    """Where what a reader asked a guest is read."""
    return url_for(
        "interviews.show", slug=question.interview.slug, _anchor=f"question-{question.id}"
    )


def decided(act: Callable[[], Decision], words: str | None = None, back: str | None = None) -> Any:
    """Decide, and say what happened; or who was faster."""
    try:
        decision = act()
    except commands.AlreadyDecided as faster:
        return too_late(faster.decision, back)
    flash(words or _outcome(decision), "success")
    return done(back or url_for("desk.index"))


def has_it_open(colleague: Member) -> str:
    """Why a case cannot be decided just now."""
    return _(
        "%(person)s has this case open. You can decide it when they leave it.",
        person=colleague.name,
    )


def too_late(decision: Decision | None, back: str | None = None) -> Any:
    """Say that there is nothing to decide any more, and whose decision stands."""
    if decision is None:
        flash(_("There is nothing to decide any more: the author has deleted it."), "notice")
        return done(back or url_for("desk.index"))
    flash(
        _(
            "%(person)s has decided this already. Their decision stands.",
            person=decision.by.name if decision.by else _("The system"),
        ),
        "notice",
    )
    return done(back or url_for("desk.decision", decision_id=decision.id))


def _outcome(decision: Decision) -> str:
    count = len(queries.reports_answered_by(decision))
    if decision.measure == "dismiss":
        return ngettext(
            "It stays. Who reported it reads why.",
            "It stays. The %(num)s who reported it read why.",
            count,
        )
    if decision.measure == "hide" and count:
        return ngettext(
            "Hidden. The author reads why, and who reported it hears the outcome.",
            "Hidden. The author reads why, and the %(num)s who reported it hear the outcome.",
            count,
        )
    if decision.measure == "escalate":
        return _("The community manager decides it now.")
    return _("Decided. Whoever it affects reads why.")


def status_of(form: Any) -> int:
    """422 for a form that came back with something to mend."""
    return 422 if form.errors else 200
