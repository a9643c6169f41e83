"""One box over everything: topics, interviews, events, people, companies, groups."""

from officine.blueprints.search.routes import showing, suggesting
from officine.blueprints.search.routes.blueprint import search

__all__ = ["search", "showing", "suggesting"]
