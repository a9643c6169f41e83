"""What machines that watch over the site hear."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from officine.core.clock import now
from officine.core.db import db
from officine.core.worker import Heartbeat


def worker_was_here(seconds: int) -> None:
    """A worker said that it is alive so long ago."""
    db.session.add(Heartbeat(name="worker", at=now() - timedelta(seconds=seconds)))
    db.session.commit()


@pytest.fixture
def broken_database(app) -> Iterator[None]:
    """The database answers nothing any more."""

    def refuse(*_: Any) -> None:
        raise OperationalError("SELECT 1", {}, Exception("the server closed the connection"))

    db.session.remove()
    event.listen(db.engine, "before_cursor_execute", refuse)
    yield
    event.remove(db.engine, "before_cursor_execute", refuse)


def test_the_site_is_alive(visit):
    assert visit().get("/healthz").json == {"status": "ok"}


def test_the_site_is_ready(visit):
    worker_was_here(seconds=59)

    reply = visit().get("/readyz")

    assert reply.status_code == 200
    assert reply.json["checks"] == {"database": True, "index": True, "worker": True}


def test_a_worker_that_was_not_seen_for_a_minute_is_missing(visit):
    worker_was_here(seconds=61)

    reply = visit().get("/readyz")

    assert reply.status_code == 503
    assert reply.json["checks"] == {"database": True, "index": True, "worker": False}


def test_a_broken_index_is_missing(visit, healing_index):
    worker_was_here(seconds=1)

    reply = visit().get("/readyz")

    assert reply.status_code == 503
    assert reply.json["checks"] == {"database": True, "index": False, "worker": True}


def test_without_its_database_the_site_is_alive_and_says_what_is_missing(app, broken_database):
    browser = app.test_client()

    assert browser.get("/healthz").status_code == 200
    reply = browser.get("/readyz")
    assert reply.status_code == 503
    assert reply.json["status"] == "not ready"
    assert reply.json["checks"]["database"] is False
    assert reply.json["checks"]["index"] is True
