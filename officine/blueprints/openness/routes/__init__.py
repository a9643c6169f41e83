"""Openness over HTTP."""

from officine.blueprints.openness.routes import desk, log, report
from officine.blueprints.openness.routes.blueprint import openness

__all__ = ["desk", "log", "openness", "report"]
