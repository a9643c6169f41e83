"""Pages for visitors, kept as they went out: compressed, until what they show changes.

Whoever has no session sees what every such visitor sees, so one rendering serves them all. A page
is kept under what it depends on besides the content (address, language, theme), together with the
content’s version; every commit that changes content raises the version. Asking for a page that is
kept costs one question to the database, and nothing when the browser has it already (ETag).
"""

import re
import threading
from collections import OrderedDict
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from flask import Flask, Response, current_app, g, request, session
from sqlalchemy import Table, event, insert, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, Session, mapped_column

from officine.core.clock import now
from officine.core.context import theme
from officine.core.db import Model, db
from officine.core.i18n import LANGUAGE_COOKIE, accepted_languages

MOST_PAGES = 400
LASTS = timedelta(seconds=30)
"""Pages say how long ago things happened, and some of what they show begins or ends by itself."""

UNSEEN = frozenset(
    (
        "content_version", "heartbeat", "recorded_event", "finished_reaction", "mail",
        "index_note", "notification", "draft", "read_mark", "follow", "sign_in",
        "audit_entry", "audit_head", "audit_check", "upload", "video_step",
    )
)  # fmt: skip
"""Tables of which no visitor’s page shows anything."""

WRITES = re.compile(r'\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)', re.IGNORECASE)
VARIES = ("q",)
"""What an address asks of the search index, which changes after the commit."""

_changes: ContextVar[bool] = ContextVar("content_changes", default=False)


class ContentVersion(Model):
    """How often what visitors see has changed: one row."""

    __tablename__ = "content_version"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int]


VERSION: Table = ContentVersion.__table__  # type: ignore[assignment]
RAISING = update(VERSION).values(number=VERSION.c.number + 1)


@dataclass(frozen=True, slots=True)
class Kept:
    """A page as it went out."""

    version: int
    at: datetime
    body: bytes
    headers: tuple[tuple[str, str], ...]


class Pages:
    """The pages a process keeps, those asked for last."""

    def __init__(self) -> None:
        self._pages: OrderedDict[tuple[Any, ...], Kept] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: tuple[Any, ...], version: int, at: datetime) -> Kept | None:
        """The page under this key, if it still shows what there is."""
        with self._lock:
            kept = self._pages.get(key)
            if kept is None or kept.version != version or not kept.at <= at < kept.at + LASTS:
                return None
            self._pages.move_to_end(key)
            return kept

    def keep(self, key: tuple[Any, ...], kept: Kept) -> None:
        """Keep a page, and let go of the one nobody has asked for longest."""
        with self._lock:
            self._pages[key] = kept
            self._pages.move_to_end(key)
            while len(self._pages) > MOST_PAGES:
                self._pages.popitem(last=False)


def watch(app: Flask) -> None:
    """Look at answers when all else has been done to them: called before whatever changes them."""
    forget_all(app)
    app.after_request(_keep)


def init_app(app: Flask) -> None:
    """Answer with a kept page where there is one, and notice what changes content."""
    app.before_request(_answer)
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", _notice)


def forget_all(app: Flask) -> None:
    """Let go of every page of this process: whoever asks next gets it made anew."""
    app.extensions["officine.pages"] = Pages()


def _notice(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
    written = WRITES.match(statement)
    if written and written[1].lower() not in UNSEEN:
        _changes.set(True)


@event.listens_for(Session, "before_commit")
def _raise_version(ending: Session) -> None:
    """Content changed: what was kept of it is out of date as soon as this is committed."""
    if ending.in_nested_transaction():
        return
    ending.flush()
    if not _changes.get():
        return
    _changes.set(False)
    connection = ending.connection()
    if not connection.execute(RAISING).rowcount:
        connection.execute(insert(VERSION).values(id=1, number=1))


def _answer() -> Response | None:
    """The kept page, or the browser’s own copy of it."""
    key = _key()
    if key is None:
        return None
    # The version first: content that changes after it was asked makes the page newer, never older.
    try:
        version = db.session.scalar(select(VERSION.c.number)) or 0
    except SQLAlchemyError:
        # A page that needs no database is not lost with it.
        db.session.rollback()
        return None
    g.page_key, g.page_version = key, version
    kept = _pages().find(key, g.page_version, now())
    if kept is None:
        return None
    g.page_key = None
    response = Response(kept.body, 200, list(kept.headers))
    return response.make_conditional(request.environ)  # type: ignore[return-value]


def _keep(response: Response) -> Response:
    """Keep a page that every visitor would get alike."""
    key = g.get("page_key")
    if key is None or response.status_code != 200 or response.mimetype != "text/html":
        return response
    # The session’s cookie is only added after this: a token in the page belongs to one browser.
    if response.is_streamed or "Set-Cookie" in response.headers or session.modified:
        return response
    if response.cache_control.no_store:
        return response
    body = response.get_data()
    response.set_etag(sha256(body).hexdigest()[:20], weak=True)
    headers = tuple(
        (name, value)
        for name, value in response.headers.items()
        if name not in ("X-Request-ID", "Content-Length", "Date")
    )
    _pages().keep(key, Kept(g.page_version, now(), body, headers))
    return response.make_conditional(request.environ)  # type: ignore[return-value]


def _key() -> tuple[Any, ...] | None:
    """What a visitor’s page depends on besides the content; None where it may not be kept."""
    if not current_app.config.get("KEEPS_PAGES", True) or request.method != "GET":
        return None
    if request.url_rule is None or "lang" not in request.url_rule.arguments:
        return None
    if _may_have_session() or "HX-Request" in request.headers or request.blueprint == "demo":
        return None
    if any(name in request.args for name in VARIES):
        return None
    return (
        request.full_path,
        request.is_secure,
        theme(),
        request.cookies.get(LANGUAGE_COOKIE, "")[:8],
        accepted_languages(),
        _encoding(),
    )


def _may_have_session() -> bool:
    config = current_app.config
    return any(
        name in request.cookies
        for name in (
            config["SESSION_COOKIE_NAME"],
            config.get("REMEMBER_COOKIE_NAME", "remember_token"),
        )
    )


def _encoding() -> str:
    accepted = request.accept_encodings
    return next((name for name in ("br", "gzip") if accepted[name] > 0), "")


def _pages() -> Pages:
    found: Pages = current_app.extensions["officine.pages"]
    return found
