"""Who we are, how we moderate, accessibility, privacy."""

from officine.blueprints.about.routes import about

__all__ = ["about"]
