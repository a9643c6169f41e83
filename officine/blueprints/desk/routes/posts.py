"""Deciding about a post from where one reads it."""

from typing import Any

from flask import Response, redirect, request, url_for
from flask_babel import gettext as _

from officine.blueprints.desk import commands, notices, policy, queries
from officine.blueprints.desk.forms import DecisionForm, ReasonForm
from officine.blueprints.desk.routes.blueprint import decided, desk, post_or_404, status_of
from officine.core.clock import now
from officine.core.htmx import page
from officine.core.permission import allow
from officine.core.session import viewer
from officine.models import Decision, Post
from officine.models.case import Grounded
from officine.models.decision import RULES


@desk.get("/posts/<int(max=2147483647):post_id>/decisions/new")
def decide_post(post_id: int) -> Any:
    post = post_or_404(post_id)
    allow(policy.may_decide_post(viewer(), post))
    if cases := queries.cases_about("post", post.id):
        return redirect(url_for(".case", case_id=cases[0].id), 303)
    if post.hiding:
        return page("desk/show.html", post=post, form=ReasonForm())
    return _hide_page(post, DecisionForm())


@desk.post("/posts/<int(max=2147483647):post_id>/letter")
def letter(post_id: int) -> Response:
    """The letter that the decision would send, while the editor writes its reason."""
    post = post_or_404(post_id)
    allow(policy.may_decide_post(viewer(), post))
    return page("desk/_letter.html", **_letter(post))


@desk.post("/posts/<int(max=2147483647):post_id>/hidings")
def hide(post_id: int) -> Any:
    post = post_or_404(post_id)
    allow(policy.may_decide_post(viewer(), post))

    form = DecisionForm()
    if not form.validate() or "preview" in request.form:
        return _hide_page(post, form), status_of(form)

    def act() -> Decision:
        return commands.hide_post(post, by=viewer(), at=now(), **form.grounds())

    return decided(act, _("Hidden. %(person)s reads why.", person=post.author.name))


@desk.post("/posts/<int(max=2147483647):post_id>/showings")
def show(post_id: int) -> Any:
    post = post_or_404(post_id)
    allow(policy.may_decide_post(viewer(), post))

    form = ReasonForm()
    if not form.validate():
        return page("desk/show.html", part="decide", post=post, form=form), 422

    def act() -> Decision:
        return commands.show_post(post, by=viewer(), at=now(), facts=form.facts.data)

    return decided(act, _("Back in its place. %(person)s reads why.", person=post.author.name))


def _hide_page(post: Post, form: DecisionForm) -> Response:
    return page("desk/hide.html", part="decide", post=post, form=form,
                letter_url=url_for(".letter", post_id=post.id), **_letter(post))  # fmt: skip


def _letter(post: Post) -> dict[str, Any]:
    """The letter as far as the reason is written, and who reads it."""
    rule = request.form.get("rule")
    reason = Grounded(
        rule=rule if rule in RULES else "other",
        facts=(request.form.get("facts") or "").strip(),
        law=(request.form.get("law") or "").strip(),
    )
    words = notices.letter(
        "hide",
        reason=reason,
        by=viewer(),
        reader=post.author,
        at=now(),
        post=post,
        on_report=False,
    )
    return {"letter": words, "reader": post.author}
