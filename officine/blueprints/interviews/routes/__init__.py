"""Interviews over HTTP."""

from officine.blueprints.interviews.routes import (
    asking,
    discussing,
    feeds,
    listing,
    showing,
)
from officine.blueprints.interviews.routes.blueprint import interviews

__all__ = ["asking", "discussing", "feeds", "interviews", "listing", "showing"]
