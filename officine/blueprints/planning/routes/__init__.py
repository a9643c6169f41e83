"""Making events over HTTP."""

from officine.blueprints.planning import jobs
from officine.blueprints.planning.routes import making, repeating, rescheduling, texts
from officine.blueprints.planning.routes.blueprint import planning

__all__ = ["jobs", "making", "planning", "repeating", "rescheduling", "texts"]
