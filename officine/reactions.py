"""Every consequence in Officine on one screen: what happened, and what follows."""

from officine.core.outbox import Event, Reaction

REACTIONS: dict[type[Event], list[Reaction]] = {}
