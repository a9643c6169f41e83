"""Who hears of seats, offers and changes: each thing once by each way, in their language.

A letter’s key and a notification’s cause name what happened and to whom, and stand in the same
transaction as the note that the reaction ran: a worker killed in between tells nobody twice.
"""

from officine.blueprints.attendance.notices.telling import (
    hand_over_link,
    remind,
    tell_invited,
    tell_member_to_sign_in,
    tell_of_change,
    tell_of_lapse,
    tell_of_offer,
    tell_of_reply,
)

__all__ = [
    "hand_over_link",
    "remind",
    "tell_invited",
    "tell_member_to_sign_in",
    "tell_of_change",
    "tell_of_lapse",
    "tell_of_offer",
    "tell_of_reply",
]
