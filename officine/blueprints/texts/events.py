"""What happens to the texts of the team."""

from dataclasses import dataclass

from officine.core.outbox import Event


@dataclass(frozen=True)
class TextChanged(Event):
    """What members agreed to means something else now.

    They are told in batches: ``after`` is the number of the last one who was told before.
    """

    document_id: int
    revision: int
    after: int = 0
