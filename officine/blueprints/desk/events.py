"""What the editorial desk decides."""

from dataclasses import dataclass

from officine.core.outbox import Event


@dataclass(frozen=True)
class Decided(Event):
    """Something was decided: whoever it affects, and whoever reported, hears of it."""

    decision_id: int


@dataclass(frozen=True)
class PostHidden(Event):
    """Readers no longer see a post, by a decision."""

    post_id: int
    decision_id: int


@dataclass(frozen=True)
class PostShown(Event):
    """A post that was hidden is seen again, by a decision."""

    post_id: int
    decision_id: int


@dataclass(frozen=True)
class CaseNoted(Event):
    """An editor left a note on a case, perhaps with a question to a colleague."""

    note_id: int


@dataclass(frozen=True)
class Reported(Event):
    """Somebody said that something breaks a rule or the law: they get a receipt."""

    report_id: int


@dataclass(frozen=True)
class Appealed(Event):
    """Somebody asked for another look at a decision: they get a receipt."""

    appeal_id: int


@dataclass(frozen=True)
class StandingChanged(Event):
    """A member may do less than before, or again what they could."""

    member_id: int


@dataclass(frozen=True)
class TopicSplit(Event):
    """Some posts are a topic of their own, by a decision."""

    decision_id: int
    topic_id: int
