"""Making interviews over HTTP."""

from officine.blueprints.production import jobs
from officine.blueprints.production.routes import (
    board,
    following,
    making,
    publishing,
    questions,
    releasing,
    texts,
)
from officine.blueprints.production.routes.blueprint import guests, production

__all__ = [
    "board",
    "following",
    "guests",
    "jobs",
    "making",
    "production",
    "publishing",
    "questions",
    "releasing",
    "texts",
]
