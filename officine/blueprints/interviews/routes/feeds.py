"""Feeds of what is published: the interviews (RSS with Media RSS), and their voices (podcast)."""

from datetime import timedelta
from email.utils import format_datetime

from flask import Response, current_app, render_template, request

from officine.blueprints.interviews import queries
from officine.blueprints.interviews.routes.addresses import media_url, track_url
from officine.blueprints.interviews.routes.blueprint import interviews
from officine.core import storage
from officine.core.i18n import page_language
from officine.core.memory import remembered
from officine.lib.icon import icon_png
from officine.models import Video
from officine.models.interview import picture_url

A_DAY = timedelta(days=1)
COVER_SIZE = 1400


@interviews.get("/interviews.xml")
def feed() -> Response:
    """The newest interviews that can be read in the page’s language."""
    return _feed("interviews/feed.xml", queries.newest_in(page_language()))


@interviews.get("/podcast.xml")
def podcast() -> Response:
    """The newest interviews that are spoken in the page’s language, as sound."""
    entries = [
        each
        for each in queries.newest_spoken_in(page_language())
        if file_size(each.video, "audio.m4a")
    ]
    return _feed("interviews/podcast.xml", entries)


@interviews.get("/podcast.png")
def cover() -> Response:
    """The cover of the podcast."""
    answer = Response(icon_png(COVER_SIZE), mimetype="image/png")
    answer.headers["Cache-Control"] = f"public, max-age={int(A_DAY.total_seconds())}"
    return answer


def file_size(video: Video, name: str) -> int:
    """How many bytes a file of a video has; 0 where there is none. Feeds must say it."""
    key = f"media/{video.folder}/{name}"
    size: int = remembered(f"size:{key}:{video.made_at}", A_DAY, lambda: _bytes(key))
    return size


def _bytes(key: str) -> int:
    stored = storage.look(key)
    return stored.size if stored else 0


def _feed(template: str, entries: list[queries.Entry]) -> Response:
    changed_at = max(
        (each.interview.published_at for each in entries if each.interview.published_at),
        default=None,
    )
    text = render_template(
        template,
        entries=entries,
        changed_at=changed_at,
        rfc822=format_datetime,
        media=lambda video, name: media_url(video, name, public=True),
        captions=lambda interview, code: track_url(interview, code, public=True),
        size=file_size,
        picture=_picture,
        absolute=_absolute,
    )
    answer = Response(text, mimetype="application/rss+xml")
    # What is withdrawn must be gone at the next question: readers ask each time, and get a 304.
    answer.headers["Cache-Control"] = "public, no-cache"
    answer.add_etag()
    return answer.make_conditional(request)  # type: ignore[return-value]


def _absolute(html: str, page: str) -> str:
    """A text with whole addresses: a reader of feeds does not know what ours begin with."""
    html = html.replace('href="/', f'href="{current_app.config["PUBLIC_URL"]}/')
    return html.replace('href="#', f'href="{page}#')


def _picture(key: str | None) -> str | None:
    address = picture_url(key)
    return current_app.config["PUBLIC_URL"] + address if address else None
