"""Making events over HTTP."""

from officine.blueprints.planning import jobs
from officine.blueprints.planning.routes import (
    details,
    making,
    materials,
    repeating,
    rescheduling,
    texts,
)
from officine.blueprints.planning.routes.blueprint import planning

__all__ = [
    "details",
    "jobs",
    "making",
    "materials",
    "planning",
    "repeating",
    "rescheduling",
    "texts",
]
