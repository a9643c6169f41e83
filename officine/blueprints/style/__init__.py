"""The living page of components."""

from officine.blueprints.style.routes import style

__all__ = ["style"]
