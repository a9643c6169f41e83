"""Who we are."""

from officine.blueprints.about.routes import about

__all__ = ["about"]
