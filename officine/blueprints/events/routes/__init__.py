"""The pages of events: the list, the months, each event, its discussion."""

from officine.blueprints.events.routes import discussing, feeds, listing, showing
from officine.blueprints.events.routes.blueprint import events

__all__ = ["discussing", "events", "feeds", "listing", "showing"]
