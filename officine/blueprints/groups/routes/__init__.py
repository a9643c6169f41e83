"""The pages of the groups: finding, entering and looking after them."""

from officine.blueprints.groups.routes import doors, listing, people, places, proposals
from officine.blueprints.groups.routes.blueprint import groups

__all__ = ["doors", "groups", "listing", "people", "places", "proposals"]
