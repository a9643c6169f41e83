"""Making events over HTTP."""

from officine.blueprints.planning.routes import making, rescheduling, texts
from officine.blueprints.planning.routes.blueprint import planning

__all__ = ["making", "planning", "rescheduling", "texts"]
