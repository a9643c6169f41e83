"""For machines that watch over the site: is it alive, is it ready."""

from collections.abc import Callable

import structlog
from flask import Blueprint, Response, current_app, jsonify
from sqlalchemy import text

from officine.core.clock import now
from officine.core.db import db
from officine.core.worker import worker_seen

log = structlog.get_logger(__name__)
health = Blueprint("health", __name__)


@health.get("/healthz")
def alive() -> Response:
    return jsonify(status="ok")


@health.get("/readyz")
def ready() -> tuple[Response, int]:
    checks = {name: _holds(name, check) for name, check in CHECKS.items()}
    is_ready = all(checks.values())
    answer = jsonify(status="ok" if is_ready else "not ready", checks=checks)
    return answer, 200 if is_ready else 503


def _holds(name: str, check: Callable[[], bool]) -> bool:
    """Whatever a check dies of is its answer: the others are asked all the same."""
    try:
        return check()
    except Exception as error:
        db.session.rollback()
        log.warning("not ready", check=name, error=type(error).__name__)
        return False


def _database() -> bool:
    return bool(db.session.scalar(text("SELECT 1")))


def _index() -> bool:
    index = current_app.extensions.get("officine.index")
    return index is not None and bool(index.health().is_ready)


def _worker() -> bool:
    return worker_seen(now())


CHECKS = {"database": _database, "index": _index, "worker": _worker}
