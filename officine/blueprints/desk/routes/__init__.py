"""The editorial desk over HTTP."""

from officine.blueprints.desk.routes import cases, decisions, posts, queue, reporting, topics
from officine.blueprints.desk.routes.blueprint import desk

__all__ = ["cases", "decisions", "desk", "posts", "queue", "reporting", "topics"]
