"""The pages of events: the list, the months, each event, its discussion."""

from officine.blueprints.events.routes import discussing, feeds, files, listing, showing
from officine.blueprints.events.routes.blueprint import events

__all__ = ["discussing", "events", "feeds", "files", "listing", "showing"]
