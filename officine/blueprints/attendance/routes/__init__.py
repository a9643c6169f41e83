"""Going to an event, over HTTP."""

from officine.blueprints.attendance.routes import badges, door, outside, people, replying, scanning
from officine.blueprints.attendance.routes.blueprint import attendance
from officine.blueprints.attendance.routes.outside import outsiders

__all__ = ["attendance", "badges", "door", "outside", "outsiders", "people", "replying", "scanning"]
