"""A visit to the site that looks at every page it fetches."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import Context
from typing import Any

from flask import Flask, g
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import event, insert
from werkzeug.test import TestResponse

from officine.blueprints.accounts.queries import fingerprint
from officine.core.clock import now
from officine.core.db import db
from officine.models import Member, SignIn
from tests.inspection import look
from tests.query_counts import stated_for

MOST_OF_A_FORM = 60
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


class Visit:
    """A browser without scripts, signed in as somebody or not."""

    def __init__(self, app: Flask, who: Member | None, headers: dict[str, str]) -> None:
        self.app = app
        self.client = app.test_client()
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self.queries = 0
        if who is not None:
            self._sign_in(who)

    def get(self, url: str, *, most_queries: int = 0, **options: Any) -> TestResponse:
        """Fetch a page and look at it. A test may state fewer queries than the page’s number."""
        stated = stated_for(self.app, url)
        return self._open("GET", url, min(most_queries or stated, stated), **options)

    def post(self, url: str, *, most_queries: int = MOST_OF_A_FORM, **fields: Any) -> TestResponse:
        """Send a form. Keyword arguments are its fields; a file is (stream, name)."""
        return self._open("POST", url, most_queries, data=fields)

    def send(self, url: str, body: str | bytes, content_type: str) -> TestResponse:
        """Send a body as it is, whatever it is."""
        return self._open("POST", url, MOST_OF_A_FORM, data=body, content_type=content_type)

    def htmx_get(self, url: str, **headers: str) -> TestResponse:
        """Fetch a piece of a page, as htmx does."""
        return self._open("GET", url, stated_for(self.app, url), headers=HTMX | headers)

    def htmx_post(self, url: str, **fields: Any) -> TestResponse:
        """Send a form as htmx does."""
        return self._open("POST", url, MOST_OF_A_FORM, data=fields, headers=HTMX)

    def _open(self, method: str, url: str, most_queries: int, **options: Any) -> TestResponse:
        headers = self.headers | options.pop("headers", {})
        if method == "POST":
            headers |= {"X-CSRFToken": self._csrf_token()}
        # What a test prepared is committed and forgotten, so that the page reads it afresh.
        db.session.commit()
        db.session.expire_all()
        with _counted() as statements:
            # In a context of its own, as a server would: a test's own must not leak into the page.
            reply = Context().run(
                self.client.open, url, method=method, headers=headers, buffered=True, **options
            )
        db.session.expire_all()
        self.queries = len(statements)
        if reply.status_code < 400:
            assert self.queries <= most_queries, (
                f"{self.queries} queries for {url}, {most_queries} stated:\n"
                + "\n".join(statement[:160] for statement in statements)
            )
        if reply.mimetype == "text/html" and not 300 <= reply.status_code < 400:
            look(reply.get_data(as_text=True), whole="HX-Request" not in headers, url=url)
        return reply

    def _csrf_token(self) -> str:
        """What the page’s forms carry."""
        with self.client.session_transaction() as session:
            kept = session.setdefault("csrf_token", secrets.token_hex())
        return URLSafeTimedSerializer(self.app.secret_key, salt="wtf-csrf-token").dumps(kept)

    def _sign_in(self, who: Member) -> None:
        token = secrets.token_hex()
        moment = now()
        db.session.execute(
            insert(SignIn).values(
                member_id=who.id,
                token_hash=fingerprint(token),
                device="Firefox",
                started_at=moment,
                seen_at=moment,
            )
        )
        db.session.commit()
        with self.client.session_transaction() as session:
            session["_user_id"] = token
            session["_fresh"] = True


def _forget() -> None:
    """What one request keeps for itself: the context of the test would show it to the next."""
    for name in list(g):
        g.pop(name)


@contextmanager
def _counted() -> Iterator[list[str]]:
    statements: list[str] = []

    def count(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE", "COMMIT")):
            statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
