"""Topics: opening them, reading them, answering, and what their authors and hosts decide."""

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_babel import format_time
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from officine.blueprints.forum import commands, policy, queries
from officine.blueprints.forum.forms import PostForm, TitleForm, TopicForm, why_title_stays
from officine.blueprints.forum.queries import Reading
from officine.blueprints.forum.routes.addresses import post_url, topic_url, url_of_post
from officine.blueprints.forum.routes.articles import articles
from officine.blueprints.forum.routes.blueprint import ID, forum
from officine.blueprints.forum.routes.pace import (
    MOST_TOPICS,
    edit_limit,
    post_limits,
    too_often_status,
)
from officine.blueprints.forum.routes.pages import (
    ending,
    has_seen,
    post_context,
    topic_page,
)
from officine.blueprints.forum.routes.writing import (
    keep_picture_of,
    preview_of,
    quotation,
)
from officine.blueprints.groups import commands as groups_commands
from officine.blueprints.groups import policy as groups_policy
from officine.blueprints.groups import queries as groups_queries
from officine.core.clock import now
from officine.core.htmx import done, is_partial, page
from officine.core.limits import too_often
from officine.core.permission import NotAllowed, Refusal, allow
from officine.core.session import viewer
from officine.models import Group
from officine.models.group import look_in

LARGEST_PAGE = 100_000

_WAITS = _l("An editor reads it before others do, usually within a few hours. You hear at once.")


@forum.get("/topics/new")
def choose_group() -> Any:
    allow(policy.may_take_part(viewer()))
    return page("forum/choose_group.html", groups=queries.groups_to_write_in(viewer()))


@forum.get("/groups/<slug>/topics/new")
def new(slug: str) -> Any:
    group, membership = _group(slug)
    verdict = policy.may_open(viewer(), group, membership)
    if not verdict and verdict is not policy.JOIN_FIRST:
        allow(verdict)
    draft = queries.draft_of(viewer(), "group", group.id)
    form = TopicForm(formdata=None, obj=draft)
    return _new_page(group, form, draft=draft, joins=not verdict)


@forum.post("/groups/<slug>/topics")
def open(slug: str) -> Any:
    group, membership = _group(slug)
    verdict = policy.may_open(viewer(), group, membership)
    joins = verdict is policy.JOIN_FIRST
    form = TopicForm()
    if helped := _with_help(form):
        return _new_page(group, form, joins=joins, **helped)
    if not verdict and not joins:
        allow(verdict)
    if not form.validate():
        return _new_page(group, form, joins=joins), 422
    if refused := too_often((MOST_TOPICS, f"topics:{viewer().id}"), *post_limits()):
        return _new_page(group, form, joins=joins, problem=refused), too_often_status()

    try:
        if joins:
            _join(group)
        topic = commands.open_topic(
            group,
            by=viewer(),
            title=form.title.data,
            text=form.text.data,
            at=now(),
            language=form.language.data or None,
            sos=form.sos.data,
            form_token=form.token.data[:40] or None,
        )
    except commands.TooManySOS:
        form.sos.errors = [_too_many_sos()]
        return _new_page(group, form, joins=joins), 422
    if topic.is_held:
        flash(str(_WAITS), "notice")
    else:
        flash(_("Your topic is open. You will hear of every answer."), "success")
    return done(url_for(".show", topic_id=topic.id, slug=topic.slug))


@forum.get(f"/topics/<{ID}:topic_id>-<slug>")
@forum.get(f"/topics/<{ID}:topic_id>")
def show(topic_id: int, slug: str | None = None) -> Any:
    reading = queries.find_reading(topic_id, viewer())
    if reading is None:
        return _merged(topic_id)
    look_in(reading.topic.group, by=viewer())
    if request.path != topic_url(reading):
        return redirect(_with_query(topic_url(reading)), 301)
    if "unread" in request.args:
        return redirect(_first_unread_url(reading), 302)

    number = _page_number(reading)
    reply = topic_page(reading, number=number, quoted=quotation(request.args.get("quote", "")))
    has_seen(reading, min(number * queries.PAGE, reading.topic.last_number))
    return reply


@forum.post(f"/topics/<{ID}:topic_id>/posts")
def answer(topic_id: int) -> Any:
    reading = _reading(topic_id)
    topic = reading.topic
    verdict = policy.may_answer(viewer(), topic, reading.standing.membership)
    joins = verdict is policy.JOIN_FIRST
    form = PostForm()
    if helped := _with_help(form):
        return topic_page(reading, form=form, **helped)
    if not verdict and not joins:
        return _refused(reading, form, verdict)
    if not form.validate():
        return topic_page(reading, form=form), 422
    if refused := too_often(*post_limits()):
        return topic_page(reading, form=form, problem=refused), too_often_status()

    if joins:
        _join(topic.group)
    try:
        post = commands.answer(
            topic,
            by=viewer(),
            text=form.text.data,
            at=now(),
            language=form.language.data or None,
            form_token=(form.token.data or "")[:40] or None,
        )
    except commands.TopicLocked:
        return _refused(_reading(topic_id), form, policy.LOCKED)
    except commands.TooSoon as soon:
        return topic_page(_reading(topic_id), form=form, problem=_wait(soon)), too_often_status()
    except commands.TopicHeld:
        return _refused(_reading(topic_id), form, policy.WAITS)
    reading = _reading(topic_id)
    if not is_partial():
        return redirect(post_url(reading, post.number, post.id), 303)
    arrivals = queries.posts_after(topic, viewer(), _seen(form.seen.data, topic.last_number))
    if post.number is None and (held := queries.post_row(post.id, viewer())):
        arrivals.append(held)
    return ending(reading, arrivals)


@forum.get(f"/topics/<{ID}:topic_id>/arrivals")
def arrivals(topic_id: int) -> Any:
    """What was written after the posts on the page, when the reader asks to see it."""
    reading = _reading(topic_id)
    seen = _seen(request.args.get("after", "", type=str), reading.topic.last_number)
    posts = queries.posts_after(reading.topic, viewer(), seen)
    if not is_partial():
        first = posts[0] if posts else None
        url = post_url(reading, first.number, first.id) if first else topic_url(reading)
        return redirect(url, 302)
    shown = posts[-1].place if posts else seen
    has_seen(reading, shown)
    return page(
        "forum/arrivals.html",
        part="arrivals",
        arrivals=articles(posts, reading, has_arrived=True),
        shown=shown,
        **post_context(reading),
    )


@forum.get(f"/topics/<{ID}:topic_id>/news")
def news(topic_id: int) -> Any:
    """How many posts others wrote since: nothing (204) while there are none."""
    after = _seen(request.args.get("after", "", type=str), 2**31 - 1)
    count = queries.new_posts_count(topic_id, viewer(), after)
    if count is None:
        abort(404)
    if not count:
        return "", 204
    return page("forum/news.html", part="news", topic_id=topic_id, count=count, after=after)


@forum.post(f"/topics/<{ID}:topic_id>/following")
def set_following(topic_id: int) -> Any:
    reading = _reading(topic_id)
    allow(policy.may_follow(viewer()))
    if request.form.get("follow") == "no":
        commands.unfollow(reading.topic, by=viewer(), at=now())
    else:
        commands.follow(reading.topic, by=viewer(), at=now())
    return done(
        topic_url(reading), "forum/following.html", part="following", reading=_reading(topic_id)
    )


@forum.post(f"/topics/<{ID}:topic_id>/pin")
def set_pin(topic_id: int) -> Any:
    reading = _reading(topic_id)
    allow(policy.may_pin(viewer(), reading.standing.membership))
    if request.form.get("pin") == "no":
        commands.unpin(reading.topic)
        flash(_("The topic is no longer pinned."), "success")
    else:
        commands.pin(reading.topic, by=viewer(), at=now())
        flash(_("The topic stands first in its group."), "success")
    return done(topic_url(reading))


@forum.get(f"/topics/<{ID}:topic_id>/title")
def edit_title(topic_id: int) -> Any:
    reading = _titled(topic_id)
    form = TitleForm(formdata=None, title=reading.topic.title, sos=reading.topic.is_sos)
    return page("forum/title.html", reading=reading, topic=reading.topic, form=form)


@forum.post(f"/topics/<{ID}:topic_id>/title")
def save_title(topic_id: int) -> Any:
    reading = _titled(topic_id)
    form = TitleForm()
    if not form.validate():
        return page("forum/title.html", reading=reading, topic=reading.topic, form=form), 422
    if refused := too_often(edit_limit()):
        form.title.errors = [refused]
        return page("forum/title.html", reading=reading, topic=reading.topic, form=form), 429
    # A host may mend the title; whether it is urgent is for its author to say.
    is_author = reading.topic.author_id == viewer().id
    try:
        commands.edit_topic(
            reading.topic,
            by=viewer(),
            at=now(),
            title=form.title.data,
            sos=form.sos.data if is_author else None,
        )
    except commands.TooManySOS:
        form.sos.errors = [_too_many_sos()]
        return page("forum/title.html", reading=reading, topic=reading.topic, form=form), 422
    except commands.TitleHeld as held:
        form.title.errors = [why_title_stays(held.signals)]
        return page("forum/title.html", reading=reading, topic=reading.topic, form=form,
                    asks_editor=True), 422  # fmt: skip
    flash(_("Saved."), "success")
    return done(topic_url(_reading(topic_id)))


def _group(slug: str) -> tuple[Group, Any]:
    group = groups_queries.find_group(slug, viewer())
    if group is None or not groups_queries.may_read_topics(viewer(), group):
        abort(404)
    return group, groups_queries.membership_of(viewer(), group)


def _reading(topic_id: int) -> Reading:
    reading = queries.find_reading(topic_id, viewer()) or abort(404)
    look_in(reading.topic.group, by=viewer())
    return reading


def _merged(topic_id: int) -> Any:
    """Where a topic is read now that became part of another. A browser asks again each time: an
    appeal may part them.
    """
    post = queries.first_merged_post(topic_id, viewer()) or abort(404)
    reply = redirect(url_of_post(post), 301)
    reply.headers["Cache-Control"] = "no-cache"
    return reply


def _wait(soon: commands.TooSoon) -> str:
    return _(
        "This topic goes slowly for now: you can write again in it at %(time)s. What you wrote is "
        "still here.",
        time=format_time(soon.again_at, "short"),
    )


def _titled(topic_id: int) -> Reading:
    """A topic whose title the viewer may change."""
    reading = _reading(topic_id)
    membership = reading.standing.membership
    allow(
        policy.may_change_title(
            viewer(), reading.topic, membership,
            is_hidden=reading.is_hidden, is_mendable=reading.is_mendable,
        )
    )  # fmt: skip
    return reading


def _too_many_sos() -> str:
    return _("You already have two SOS topics open. Mark the useful answer of one of them first.")


def _join(group: Group) -> None:
    allow(groups_policy.may_join(viewer(), group))
    groups_commands.join(group, viewer(), at=now())
    flash(_("You are now a member of %(group)s.", group=group.name), "success")


def _new_page(group: Group, form: TopicForm, **context: Any) -> Any:
    context = {"draft": None, "preview": None, "problem": None, "joins": False} | context
    return page("forum/new.html", part="writing", group=group, form=form, **context)


def _with_help(form: Any) -> dict[str, Any] | None:
    """What the page shows when its form was sent for a preview or with a picture only."""
    if request.form.get("preview"):
        return {"preview": preview_of(form.text.data)}
    if request.form.get("insert"):
        return {"problem": keep_picture_of(form)}
    return None


def _refused(reading: Reading, form: PostForm, verdict: Refusal) -> Any:
    """Say why not; a member keeps what they wrote before their eyes."""
    if verdict.sign_in or is_partial():
        raise NotAllowed(verdict)
    return topic_page(reading, form=form, problem=str(verdict)), 403


def _page_number(reading: Reading) -> int:
    asked = request.args.get("page", "1")
    number = int(asked) if asked.isdecimal() and len(asked) < 7 else 0
    if not 1 <= number <= queries.last_page(reading.topic):
        abort(404)
    return number


def _seen(value: Any, most: int) -> int:
    text = str(value if value is not None else "")
    return min(int(text), most) if text.isdecimal() and len(text) < 11 else most


def _with_query(url: str) -> str:
    query = request.query_string.decode("latin-1")
    return f"{url}?{query}" if query else url


def _first_unread_url(reading: Reading) -> str:
    """Where the reader goes on: the beginning, the first post not yet seen, or the last one."""
    seen = reading.standing.read_number
    if not seen:
        return topic_url(reading)
    topic = reading.topic
    place = queries.first_after(topic, seen) or queries.first_after(topic, topic.last_number - 1)
    return post_url(reading, *place) if place else topic_url(reading)
