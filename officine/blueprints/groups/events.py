"""What happens to groups."""

from dataclasses import dataclass

from officine.core.outbox import Event


@dataclass(frozen=True)
class GroupChanged(Event):
    """A group was opened, or what it says of itself changed."""

    group_id: int
    newly_open: bool = False
    """Whether the desk just said yes to a proposal."""


@dataclass(frozen=True)
class GroupProposed(Event):
    """A member proposed a group; the desk decides."""

    group_id: int


@dataclass(frozen=True)
class GroupDeclined(Event):
    """The desk said no to a proposed group."""

    group_id: int
    decision_id: int


@dataclass(frozen=True)
class MemberJoined(Event):
    """Somebody joined a group."""

    group_id: int
    member_id: int


@dataclass(frozen=True)
class MemberLeft(Event):
    """Somebody left a group."""

    group_id: int
    member_id: int


@dataclass(frozen=True)
class JoinRequested(Event):
    """Somebody asks to join; the hosts decide."""

    request_id: int


@dataclass(frozen=True)
class JoinAnswered(Event):
    """A request to join was answered."""

    request_id: int


@dataclass(frozen=True)
class MemberInvited(Event):
    """Somebody was invited into a group."""

    invitation_id: int


@dataclass(frozen=True)
class MemberRemoved(Event):
    """Somebody was removed from a group, by a decision."""

    group_id: int
    decision_id: int
