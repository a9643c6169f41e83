"""A post as its page shows it, made once and kept.

The same post looks the same to everybody who may do the same with it: it is kept by all that it
shows, so that nothing needs to be forgotten when something changes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from flask import current_app, render_template
from flask_babel import get_locale, get_timezone, get_translations, to_user_timezone
from markupsafe import Markup

from officine.blueprints.forum import policy
from officine.blueprints.forum.queries import PostRow, Reading, page_of
from officine.blueprints.forum.routes.addresses import post_url
from officine.core.clock import now
from officine.core.session import viewer

KEPT = 3000


@dataclass(frozen=True, slots=True)
class Reader:
    """What whoever looks may do with the posts of a topic, and in which words they read them."""

    words: tuple[str, int]
    """The language, and which catalogue speaks it."""
    timezone: str
    today: date
    takes_part: bool
    writes: bool
    marks: bool
    is_staff: bool
    has_desk: bool


@dataclass(frozen=True, slots=True)
class Article:
    """All that a post’s HTML depends on."""

    post: PostRow
    reader: Reader
    url: str
    quote_url: str
    chosen_by: str
    """Who says that it is the useful answer; empty where it is not."""
    is_own: bool
    may_delete: bool
    has_arrived: bool


def articles(
    posts: Iterable[PostRow], reading: Reading, *, has_arrived: bool = False
) -> list[Markup]:
    """The HTML of some posts of a topic, for whoever is looking."""
    reader = _reader(reading)
    topic = reading.topic
    answer = topic.answer
    chosen = (answer.post_id, answer.by.name) if answer else (None, "")
    return [
        _html(
            Article(
                post=post,
                reader=reader,
                url=post_url(reading, post.number, post.id),
                quote_url=_quote_url(post),
                chosen_by=chosen[1] if chosen[0] == post.id and post.is_readable else "",
                is_own=post.author.id == viewer().id,
                may_delete=topic.posts_count <= 1 or post.number != 1,
                has_arrived=has_arrived,
            )
        )
        for post in posts
    ]


def _quote_url(post: PostRow) -> str:
    """This page again, with the post quoted in its composer."""
    page = page_of(post.number or 1)
    return f"?{f'page={page}&' if page > 1 else ''}quote={post.id}#answer-text"


@lru_cache(maxsize=KEPT)
def _html(article: Article) -> Markup:
    return Markup(render_template("forum/_article.html", a=article, post=article.post))


def _reader(reading: Reading) -> Reader:
    topic, membership = reading.topic, reading.standing.membership
    may_write = policy.may_answer(viewer(), topic, membership)
    return Reader(
        words=(str(get_locale()), id(get_translations())),
        timezone=str(get_timezone()),
        today=to_user_timezone(now()).date(),
        takes_part=bool(policy.may_take_part(viewer())),
        writes=bool(may_write) or may_write is policy.JOIN_FIRST,
        marks=bool(policy.may_mark_answer(viewer(), topic, membership)),
        is_staff=bool(viewer().is_staff),
        has_desk="desk.report_post" in current_app.view_functions,
    )
