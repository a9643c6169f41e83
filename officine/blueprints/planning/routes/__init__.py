"""Making events over HTTP."""

from officine.blueprints.planning import jobs
from officine.blueprints.planning.routes import (
    details,
    making,
    materials,
    organisers,
    pictures,
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
    "organisers",
    "pictures",
    "planning",
    "repeating",
    "rescheduling",
    "texts",
]
