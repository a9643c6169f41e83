"""What belongs to the whole site: its manifest, icons, share pictures and the choice of theme."""

from officine.blueprints.site.routes import site

__all__ = ["site"]
