"""What the pages of the forum are composed of, and where they are."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from babel.dates import format_timedelta
from flask import Response, current_app, make_response, request, url_for
from flask_babel import get_locale
from markupsafe import Markup

from officine.blueprints.forum import policy, queries
from officine.blueprints.forum.forms import PostForm
from officine.blueprints.forum.jobs import mark_read
from officine.blueprints.forum.queries import PostRow, Reading
from officine.blueprints.forum.routes.addresses import post_url, topic_url
from officine.blueprints.forum.routes.articles import articles
from officine.blueprints.texts import policy as texts_policy
from officine.core.clock import now
from officine.core.fields import SHOWN_ONLY
from officine.core.htmx import is_partial, page
from officine.core.session import viewer
from officine.core.worker import jobs
from officine.lib.text import excerpt
from officine.models import Topic

SUMMARY = 240

QUOTED_FROM = 6
"""From this number on the useful answer is quoted under the opening post: nearer ones are seen
anyway."""


def topic_page(
    reading: Reading,
    *,
    number: int | None = None,
    form: PostForm | None = None,
    preview: Markup | None = None,
    problem: str | None = None,
    quoted: str = "",
) -> Response:
    """A topic’s page, by default its last; for htmx only its ending, with the composer."""
    topic = reading.topic
    last = queries.last_page(topic)
    number = number or last
    written = queries.posts_on(topic, viewer(), number)
    posts = [post for post in written if post.number]
    shown = _newest(posts)
    if form is not None and is_partial():
        # Only the composer is replaced: what the browser shows is what it showed before.
        shown = min(form.seen.data or shown, shown)
    useful = _useful(reading, posts, number)
    participants = queries.participants_of(topic, posts, viewer())
    marks = queries.marks_of(topic, posts)
    return page(
        "forum/show.html",
        part="ending",
        group_slug=topic.group.slug,
        posts=list(zip(written, articles(written, reading), strict=True)),
        arrivals=(),
        shown=shown,
        useful=useful,
        useful_words=_words(useful.html) if useful else "",
        summary=_words(posts[0].html) if posts and posts[0].is_readable else "",
        clock=_clock(topic),
        marks=marks,
        current_mark=_current(marks, posts, number == last),
        participants=participants,
        participant_faces=queries.faces(participants.people),
        near=queries.related_topics(topic, viewer()),
        departures=queries.departures_from(topic, viewer()),
        url_of=lambda number: topic_url(reading, page=number),
        **_composing(reading, form, quoted),
        preview=preview,
        problem=problem,
        **post_context(reading, number, posts),
    )


def ending(reading: Reading, arrivals: Sequence[PostRow]) -> Response:
    """For htmx: posts that arrived after those on the page, and a fresh composer."""
    return page(
        "forum/show.html",
        part="ending",
        arrivals=articles(arrivals, reading, has_arrived=True),
        shown=_newest(arrivals) or reading.topic.last_number,
        **_composing(reading),
        preview=None,
        problem=None,
        **post_context(reading),
    )


def post_page(post_id: int) -> Response:
    """One post as its topic shows it, for htmx."""
    row = queries.post_row(post_id, viewer())
    reading = queries.find_reading(row.topic_id, viewer()) if row else None
    if row is None or reading is None:
        return make_response("", 404)
    return make_response("".join(articles([row], reading)))


def post_context(
    reading: Reading, number: int | None = None, posts: Sequence[PostRow] = ()
) -> dict[str, Any]:
    """What a topic’s page knows of its topic and of whoever is looking."""
    topic, membership = reading.topic, reading.standing.membership
    last = queries.last_page(topic)
    return {
        "reading": reading,
        "topic": topic,
        "standing": reading.standing,
        "page_number": number or last,
        "last_page": last,
        "first_unread": _first_unread(reading, posts),
        "may_title": bool(
            policy.may_change_title(
                viewer(),
                topic,
                membership,
                is_hidden=reading.is_hidden,
                is_mendable=reading.is_mendable,
            )
        ),
        "may_suggest": bool(texts_policy.may_suggest(viewer(), topic.group)),
        "may_pin": bool(policy.may_pin(viewer(), membership)),
        "takes_part": bool(policy.may_take_part(viewer())),
        "post_url": lambda post: post_url(reading, post.number, post.id),
        "desk_url": desk_url,
    }


def _composing(reading: Reading, form: PostForm | None = None, quoted: str = "") -> dict[str, Any]:
    """What the composer under a topic shows: what came back, or the draft, or a quotation."""
    topic, standing = reading.topic, reading.standing
    begun = standing.draft.text if standing.draft else ""
    text = f"{begun}\n\n{quoted}".lstrip() if quoted else begun
    verdict = policy.may_answer(viewer(), topic, standing.membership)
    return {
        "may_answer": verdict,
        # A first answer takes its author into an open group in the same step.
        "joins": verdict is policy.JOIN_FIRST,
        "form": form or PostForm(formdata=None, text=text, meta=SHOWN_ONLY),
        "draft": standing.draft if form is None else None,
        "slowing": topic.slowing if topic.slowing and topic.slowing.holds(now()) else None,
    }


def has_seen(reading: Reading, number: int) -> None:
    """Let the worker remember how far the viewer has read, if that is news."""
    fetched_ahead = "prefetch" in request.headers.get("Sec-Purpose", "")
    if viewer().is_member and number > reading.standing.read_number and not fetched_ahead:
        jobs.later(mark_read, viewer().id, reading.topic.id, number)


def desk_url(endpoint: str, **values: Any) -> str | None:
    """The address of a page of the editorial desk, where the installation has one."""
    known = f"desk.{endpoint}" in current_app.view_functions
    return url_for(f"desk.{endpoint}", **values) if known else None


def _newest(posts: Sequence[PostRow]) -> int:
    """The greatest number among some posts; those that were never published have none."""
    return max((post.number for post in posts if post.number), default=0)


def _useful(reading: Reading, posts: Sequence[PostRow], number: int) -> PostRow | None:
    """The useful answer, to be quoted under the opening post of the first page."""
    answer = reading.topic.answer
    if answer is None or number > 1:
        return None
    for post in posts:
        if post.id == answer.post_id:
            return post if post.place >= QUOTED_FROM and post.is_readable else None
    return queries.useful_answer(reading.topic, viewer())


def _words(html: str) -> str:
    """The beginning of a post, without its marks."""
    return excerpt(Markup(html).striptags(), SUMMARY)


def _clock(topic: Topic) -> str:
    """How long a call for help has waited for its first answer, or waits."""
    waited = (topic.first_answer_at or now()) - topic.opened_at
    return str(format_timedelta(max(waited, timedelta()), locale=get_locale(), threshold=1))


def _first_unread(reading: Reading, posts: Sequence[PostRow]) -> int | None:
    """Before which post of the page the unread ones begin: none for who comes for the first time,
    nor where they began on an earlier page.
    """
    seen = reading.standing.read_number
    unread = [post.number for post in posts if post.number and post.number > seen]
    begins_here = bool(seen and unread) and seen >= posts[0].place - 1
    return unread[0] if begins_here else None


def _current(marks: Sequence[queries.Mark], posts: Sequence[PostRow], at_end: bool) -> int | None:
    """Which mark of the scale says “you are here”."""
    if not marks or not posts:
        return None
    if at_end:
        return marks[-1].number
    return max((mark.number for mark in marks if mark.number <= posts[0].place), default=None)
