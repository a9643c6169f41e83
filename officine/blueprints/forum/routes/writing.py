"""What helps to write: drafts, previews, names, pictures, quotations."""

from typing import Any

from flask import Response, abort, jsonify, make_response, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from officine.blueprints.forum import commands, policy, queries
from officine.blueprints.forum.routes.blueprint import ID, forum
from officine.blueprints.forum.routes.pace import picture_limit, preview_limit
from officine.core import storage
from officine.core.clock import now
from officine.core.htmx import done, page
from officine.core.i18n import LANGUAGES
from officine.core.limits import too_often
from officine.core.permission import allow
from officine.core.pictures import BadPicture, keep_picture, open_picture
from officine.core.session import viewer
from officine.lib.language import clear_language
from officine.lib.text import clean, clean_line
from officine.models import Group, Topic
from officine.models.wording import rendered

LONGEST_SIDE = 1600
LONGEST_ALT = 300
LONGEST_QUOTE = 700


@forum.post(f"/<any(topics, groups, posts):place>/<{ID}:owner_id>/draft")
def save_draft(place: str, owner_id: int) -> Any:
    """Keep what is being written, or forget it."""
    allow(policy.may_take_part(viewer()))
    noun = place.removesuffix("s")
    if not _may_write_to(noun, owner_id):
        abort(404)
    if request.form.get("discard"):
        commands.discard_draft(viewer(), noun, owner_id)
        return done(_place_url(noun, owner_id))
    commands.save_draft(
        viewer(),
        noun,
        owner_id,
        text=request.form.get("text", ""),
        title=request.form.get("title", ""),
        at=now(),
        form_token=request.form.get("token", "")[:40] or None,
    )
    return "", 204


@forum.post("/preview")
def preview() -> Any:
    """How a text will read."""
    allow(policy.may_take_part(viewer()))
    if too_often(preview_limit()):
        abort(429)
    return page("forum/preview.html", part="preview", preview=preview_of(request.form.get("text")))


@forum.get("/names")
def names() -> Any:
    """People whose name begins so, for what is typed after an @."""
    if not viewer().is_member:
        abort(404)
    topic = _topic(request.args.get("topic", ""))
    group = topic.group if topic else _group(request.args.get("group", ""))
    begun = clean_line(request.args.get("q"))[:40]
    people = queries.names_like(begun, viewer(), group=group, topic=topic)
    return render_template("forum/_names.html", people=people)


@forum.post("/pictures")
def add_picture() -> Response:
    """Keep a picture and say, as JSON, with which Markdown a text shows it."""
    allow(policy.may_take_part(viewer()))
    alt = clean_line(request.form.get("alt"))[:LONGEST_ALT] or _("describe the picture")
    try:
        return jsonify(markdown=_kept(alt), alt=alt)
    except BadPicture as problem:
        return make_response(jsonify(problem=str(problem)), 422)


@forum.get(f"/posts/<{ID}:post_id>/quotation")
def quote(post_id: int) -> Response:
    """The text of a post as a quotation, to be put into the composer."""
    words = quotation(str(post_id))
    if not words:
        abort(404)
    return make_response(words, {"Content-Type": "text/plain; charset=utf-8"})


def quotation(post_id: str) -> str:
    """A post as a Markdown quotation; nothing where there is none to read."""
    if not post_id.isdecimal() or len(post_id) > 9:
        return ""
    post = queries.find_post(int(post_id), viewer())
    if post is None or not post.is_readable or queries.find_topic(post.topic_id, viewer()) is None:
        return ""
    # What the post itself quotes is left out: a quotation of a quotation helps nobody.
    own_words = "\n".join(line for line in post.text.splitlines() if not line.startswith(">"))
    words = own_words.strip()
    if len(words) > LONGEST_QUOTE:
        words = words[:LONGEST_QUOTE].rsplit(None, 1)[0] + " …"
    by = post.author
    is_gone = by.left_at or by.sanction("close-account", now())
    lines = [f"{by.name if is_gone else f'@{by.handle}'}:", *words.splitlines()]
    return "\n".join(f"> {line}".rstrip() for line in lines) + "\n\n"


def preview_of(text: str | None) -> Markup:
    """How a text will read, as HTML that says its language."""
    text = clean(text)[: commands.LONGEST_TEXT]
    html = Markup(rendered(text)[0])
    language = clear_language(text, LANGUAGES)
    return Markup('<div lang="{}">{}</div>').format(language, html) if language else html


def keep_picture_of(form: Any) -> str | None:
    """Put the picture that came with a form under its text; gives what is wrong, if anything."""
    allow(policy.may_take_part(viewer()))
    if not form.alt.data:
        return _(
            "Say in a few words what the picture shows, for those who cannot see it, "
            "and choose it again."
        )
    try:
        shown = _kept(form.alt.data[:LONGEST_ALT])
    except BadPicture as problem:
        return str(problem)
    form.text.data = f"{form.text.data or ''}\n\n{shown}\n\n".lstrip()
    form.alt.data = ""
    return None


def _kept(alt: str) -> str:
    file = request.files.get("picture")
    if file is None or not file.filename:
        raise BadPicture(_("Choose a picture first."))
    if refused := too_often(picture_limit()):
        raise BadPicture(refused)
    with file.stream:
        key = keep_picture(open_picture(file.stream), "posts", LONGEST_SIDE)
    commands.keep_picture(key, by=viewer(), at=now())
    plain_alt = alt.replace("\\", "").replace("[", "(").replace("]", ")")
    return f"![{plain_alt}]({storage.address(key)})"


def _place_url(noun: str, owner_id: int) -> str:
    if noun == "group":
        group = queries.find_group(owner_id, viewer())
        return url_for("forum.new", slug=group.slug if group else "")
    if noun == "post":
        return url_for("forum.edit", post_id=owner_id)
    return url_for("forum.show", topic_id=owner_id)


def _may_write_to(noun: str, owner_id: int) -> bool:
    if noun == "topic":
        return queries.find_topic(owner_id, viewer()) is not None
    if noun == "group":
        return queries.find_group(owner_id, viewer()) is not None
    post = queries.find_post(owner_id, viewer())
    return post is not None and post.author_id == viewer().id


def _topic(value: str) -> Topic | None:
    known = value.isdecimal() and len(value) < 10
    return queries.find_topic(int(value), viewer()) if known else None


def _group(value: str) -> Group | None:
    known = value.isdecimal() and len(value) < 10
    return queries.find_group(int(value), viewer()) if known else None
