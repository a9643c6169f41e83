"""What members do around an event besides making it and going there: they talk about it."""

from officine.core.locks import lock_row
from officine.models import Event, Topic


class AlreadyDiscussed(Exception):
    """Somebody began the discussion a moment before."""


def claim_discussion(event: Event) -> None:
    """See that nobody else begins the discussion of an event until this is done. Raises
    AlreadyDiscussed.
    """
    lock_row(event)
    if event.topic_id is not None:
        raise AlreadyDiscussed(event.id)


def discuss_in(event: Event, topic: Topic) -> None:
    """Let an event be talked about in a topic."""
    event.topic_id = topic.id
