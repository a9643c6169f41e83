"""Calendars that leave the house, and those that come in."""

from officine.blueprints.calendars.routes import importing, subscribing
from officine.blueprints.calendars.routes.blueprint import calendars

__all__ = ["calendars", "importing", "subscribing"]
