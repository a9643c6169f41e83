"""One post: where it is, other words for it, taking it back, thanks, the useful answer."""

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _

from officine.blueprints.forum import commands, policy, queries
from officine.blueprints.forum.forms import EditForm
from officine.blueprints.forum.routes.addresses import url_of_post
from officine.blueprints.forum.routes.blueprint import ID, forum
from officine.blueprints.forum.routes.pace import edit_limit, too_often_status
from officine.blueprints.forum.routes.pages import post_page
from officine.blueprints.forum.routes.writing import keep_picture_of, preview_of
from officine.core.clock import now
from officine.core.htmx import done, is_partial, page
from officine.core.limits import too_often
from officine.core.permission import allow
from officine.core.session import viewer
from officine.lib.differences import differences
from officine.models import Post
from officine.models.group import look_in


@forum.get(f"/posts/<{ID}:post_id>")
def post(post_id: int) -> Any:
    return redirect(url_of_post(_post(post_id)), 302)


@forum.get(f"/posts/<{ID}:post_id>/edit")
def edit(post_id: int) -> Any:
    post = _post(post_id)
    allow(policy.may_edit(viewer(), post))
    draft = queries.draft_of(viewer(), "post", post.id)
    waiting = queries.pending_edit_of(post.id)
    text = draft.text if draft else waiting.text if waiting else post.text
    form = EditForm(formdata=None, text=text, language=post.language)
    return _edit_page(post, form, draft=draft)


@forum.post(f"/posts/<{ID}:post_id>")
def save(post_id: int) -> Any:
    post = _post(post_id)
    allow(policy.may_edit(viewer(), post))
    form = EditForm()
    if request.form.get("preview"):
        return _edit_page(post, form, preview=preview_of(form.text.data))
    if request.form.get("insert"):
        return _edit_page(post, form, problem=keep_picture_of(form))
    if not form.validate():
        return _edit_page(post, form), 422
    if refused := too_often(edit_limit()):
        return _edit_page(post, form, problem=refused), too_often_status()

    is_sent_back = post.hiding is not None and post.hiding.measure == "send-back"
    try:
        is_shown = commands.edit_post(
            post, by=viewer(), text=form.text.data, at=now(), language=form.language.data or None
        )
    except commands.PostGone:
        allow(policy.HIDDEN if post.hiding else policy.GONE)
    if is_sent_back:
        flash(_("Thank you. An editor reads it now; you hear at once."), "success")
    elif post.hiding:
        flash(_("Saved. It still waits for an editor."), "success")
    elif not is_shown:
        flash(
            _("Saved. An editor reads the new text first; until then readers see the old one."),
            "notice",
        )
    else:
        flash(_("Saved. Readers can see what it said before."), "success")
    return done(url_of_post(post))


@forum.get(f"/posts/<{ID}:post_id>/deletion")
def ask_deletion(post_id: int) -> Any:
    post = _post(post_id)
    allow(policy.may_delete(viewer(), post, queries.answers_count(post.topic)))
    return page(
        "forum/deletion.html",
        post=post,
        topic=post.topic,
        title=_title(post),
        post_url=url_of_post(post),
    )


@forum.post(f"/posts/<{ID}:post_id>/deletion")
def delete(post_id: int) -> Any:
    post = _post(post_id)
    allow(policy.may_delete(viewer(), post, queries.answers_count(post.topic)))
    commands.delete_post(post, by=viewer(), at=now())
    if post.opens:
        flash(_("The topic was deleted."), "success")
        return done(url_for("groups.show", slug=post.topic.group.slug))
    if post.number is None:
        flash(_("The message was deleted. Nobody has seen it."), "success")
        return done(url_for(".show", topic_id=post.topic_id))
    flash(_("The message was deleted. Its place stays, so that the answers make sense."), "success")
    return done(url_of_post(post))


@forum.get(f"/posts/<{ID}:post_id>/history")
def history(post_id: int) -> Any:
    post = _post(post_id)
    if not policy.may_see_history(viewer(), post):
        abort(404)
    revisions = queries.revisions_of(post, viewer())
    texts = [*(revision.text for revision in revisions), post.text]
    changes = [
        (revision.until, differences(before, after))
        for revision, before, after in zip(revisions, texts, texts[1:], strict=False)
    ]
    return page(
        "forum/history.html",
        post=post,
        topic=post.topic,
        title=_title(post),
        post_url=url_of_post(post),
        changes=changes[::-1],
        first=texts[0],
    )


@forum.post(f"/posts/<{ID}:post_id>/thanks")
def set_thanks(post_id: int) -> Any:
    post = _post(post_id)
    allow(policy.may_thank(viewer(), post))
    if request.form.get("thank") == "no":
        commands.unthank(post, by=viewer())
    else:
        commands.thank(post, by=viewer(), at=now())
    return post_page(post.id) if is_partial() else redirect(url_of_post(post), 303)


@forum.post(f"/posts/<{ID}:post_id>/useful")
def set_useful(post_id: int) -> Any:
    post = _post(post_id)
    reading = queries.find_reading(post.topic_id, viewer()) or abort(404)
    allow(policy.may_mark_answer(viewer(), post.topic, reading.standing.membership))
    if request.form.get("useful") == "no":
        commands.unmark_answer(post.topic, by=viewer(), at=now())
        flash(_("The topic has no useful answer now."), "success")
        return done(url_of_post(post))
    try:
        commands.mark_answer(post.topic, post, by=viewer(), at=now())
    except commands.PostGone:
        allow(policy.HIDDEN if post.hiding else policy.GONE)
    flash(_("Thank you: whoever has the same question finds the answer at once."), "success")
    return done(url_of_post(post))


def _post(post_id: int) -> Post:
    post = queries.find_post(post_id, viewer())
    if post is None or queries.find_reading(post.topic_id, viewer()) is None:
        abort(404)
    look_in(post.topic.group, by=viewer())
    return post


def _title(post: Post) -> str:
    """The topic’s title, as far as the reader may see it."""
    reading = queries.find_reading(post.topic_id, viewer())
    return (reading and reading.title) or _("Topic hidden by the editorial team")


def _edit_page(post: Post, form: EditForm, **context: Any) -> Any:
    context = {"draft": None, "preview": None, "problem": None} | context
    return page(
        "forum/edit.html",
        part="writing",
        post=post,
        topic=post.topic,
        title=_title(post),
        form=form,
        post_url=url_of_post(post),
        **context,
    )
