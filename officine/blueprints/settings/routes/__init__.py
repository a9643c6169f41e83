"""The pages on which a member chooses how things are for them."""

from officine.blueprints.settings.routes import choices, data, leaving, security, standing
from officine.blueprints.settings.routes.blueprint import settings

__all__ = ["choices", "data", "leaving", "security", "settings", "standing"]
