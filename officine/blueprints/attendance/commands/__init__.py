"""Replies, seats, the waiting list and the door.

All that touches the seats of an event happens while its row is held, so that they are given out
one after the other; what still went wrong, the database refuses (``never_overfull``).
"""

from officine.blueprints.attendance.commands.door import arrive, undo_arrival, walk_in
from officine.blueprints.attendance.commands.errors import (
    AlreadyThere,
    NoSeatsForGuests,
    NotTaking,
    TooManyGuests,
    WasRefused,
)
from officine.blueprints.attendance.commands.inviting import accept, invite, refuse
from officine.blueprints.attendance.commands.outside import (
    ask_by_mail,
    forget_unproven,
    prove_address,
)
from officine.blueprints.attendance.commands.replying import change_reply, leave_all, reply
from officine.blueprints.attendance.commands.waiting import see_to_the_list

__all__ = [
    "AlreadyThere",
    "NoSeatsForGuests",
    "NotTaking",
    "TooManyGuests",
    "WasRefused",
    "accept",
    "arrive",
    "ask_by_mail",
    "change_reply",
    "forget_unproven",
    "invite",
    "leave_all",
    "prove_address",
    "refuse",
    "reply",
    "see_to_the_list",
    "undo_arrival",
    "walk_in",
]
