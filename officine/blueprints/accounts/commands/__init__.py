"""Joining, coming in and going out, and what keeps an account its owner's."""

from officine.blueprints.accounts.commands.address import (
    AddressTaken,
    ask_to_change_address,
    change_address,
    keep_old_address,
)
from officine.blueprints.accounts.commands.housekeeping import forget
from officine.blueprints.accounts.commands.joining import (
    ask_for_confirmation,
    confirm,
    mark_confirmed,
    send_confirmation_again,
    sign_up,
)
from officine.blueprints.accounts.commands.leaving import LastHost, leave
from officine.blueprints.accounts.commands.password import (
    ask_for_reset,
    change_password,
    has_password,
    reset_password,
)
from officine.blueprints.accounts.commands.sessions import (
    SEEN_EVERY,
    end_session,
    end_sessions,
    is_worth_noting,
    open_session,
    see,
)
from officine.blueprints.accounts.commands.staff import make_administrator
from officine.blueprints.accounts.commands.tickets import TicketSpent, new_secret, seal

__all__ = [
    "SEEN_EVERY",
    "AddressTaken",
    "LastHost",
    "TicketSpent",
    "ask_for_confirmation",
    "ask_for_reset",
    "ask_to_change_address",
    "change_address",
    "change_password",
    "confirm",
    "end_session",
    "end_sessions",
    "forget",
    "has_password",
    "is_worth_noting",
    "keep_old_address",
    "leave",
    "make_administrator",
    "mark_confirmed",
    "new_secret",
    "open_session",
    "reset_password",
    "seal",
    "see",
    "send_confirmation_again",
    "sign_up",
]
