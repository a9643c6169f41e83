"""The team’s texts over HTTP: for readers, for those who keep them, and what the desk suggests."""

from officine.blueprints.texts.routes import keeping, notices, reading, suggesting
from officine.blueprints.texts.routes.blueprint import texts

__all__ = ["keeping", "notices", "reading", "suggesting", "texts"]
