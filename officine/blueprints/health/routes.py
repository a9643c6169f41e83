"""For machines that watch over the site: is it alive, is it ready."""

from flask import Blueprint, Response, current_app, jsonify
from sqlalchemy import text

from officine.core.clock import now
from officine.core.db import db
from officine.core.worker import worker_seen

health = Blueprint("health", __name__)


@health.get("/healthz")
def alive() -> Response:
    return jsonify(status="ok")


@health.get("/readyz")
def ready() -> tuple[Response, int]:
    checks = {"database": _database(), "index": _index(), "worker": worker_seen(now())}
    is_ready = all(checks.values())
    answer = jsonify(status="ok" if is_ready else "not ready", checks=checks)
    return answer, 200 if is_ready else 503


def _database() -> bool:
    return bool(db.session.scalar(text("SELECT 1")))


def _index() -> bool:
    index = current_app.extensions.get("officine.index")
    return index is not None and bool(index.health().is_ready)
