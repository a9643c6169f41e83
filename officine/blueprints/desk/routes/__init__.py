"""The editorial desk over HTTP."""

from officine.blueprints.desk.routes import (
    cases,
    decisions,
    following,
    people,
    posts,
    queue,
    rearranging,
    reporting,
    topics,
)
from officine.blueprints.desk.routes.blueprint import desk

__all__ = [
    "cases",
    "decisions",
    "desk",
    "following",
    "people",
    "posts",
    "queue",
    "rearranging",
    "reporting",
    "topics",
]
