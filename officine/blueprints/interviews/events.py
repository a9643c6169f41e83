"""What happens between readers and a guest."""

from dataclasses import dataclass

from officine.core.outbox import Event


@dataclass(frozen=True)
class ReaderQuestionAnswered(Event):
    """The guest has answered what a reader asked."""

    question_id: int
