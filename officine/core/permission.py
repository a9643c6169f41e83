"""What a policy answers, and how a view asks.

A policy gives ``True`` or a ``Refusal`` that says why, in a sentence for the person.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from flask_babel import format_date
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from officine.core.clock import now


@dataclass(frozen=True)
class Refusal:
    """No, and why. ``sign_in`` when signing in might change the answer; ``decision_id`` where a
    decision says more.
    """

    reason: object
    sign_in: bool = False
    decision_id: int | None = None

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        return str(self.reason)


Verdict = Literal[True] | Refusal

SIGN_IN_FIRST = Refusal(_l("Sign in to do this."), sign_in=True)
CONFIRM_FIRST = Refusal(
    _l("Confirm your e-mail address first: the link is in the message we sent you.")
)

CLOSED = _l("The editorial team has closed your account. You can read, appeal and take your data.")


def for_team(viewer: Any, otherwise: Refusal) -> Verdict:
    """Whoever works in the editorial desk; the other members read ``otherwise``."""
    if not viewer.is_member:
        return SIGN_IN_FIRST
    return True if viewer.is_staff else otherwise


def for_leaders(viewer: Any, otherwise: Refusal) -> Verdict:
    """Whoever answers for the team; the other members read ``otherwise``."""
    if not viewer.is_member:
        return SIGN_IN_FIRST
    return True if viewer.is_leader else otherwise


def may_take_part(viewer: Any, at: datetime | None = None) -> Verdict:
    """A member with a confirmed address whom no decision keeps from writing: what all who write,
    thank, join, propose or invite have in common.
    """
    if not viewer.is_member:
        return SIGN_IN_FIRST
    if not viewer.is_confirmed:
        return CONFIRM_FIRST
    return is_not_barred(viewer, at)


def is_not_barred(viewer: Any, at: datetime | None = None) -> Verdict:
    """Whether no decision keeps this member from writing, for who need not be confirmed yet."""
    sanction = viewer.barring(at or now())
    if sanction is None:
        return True
    if sanction.until is None:
        return Refusal(CLOSED, decision_id=sanction.decision_id)
    return Refusal(
        _l(
            "You are suspended until %(date)s: you can read, but not write.",
            date=LazyString(format_date, sanction.until, "long"),
        ),
        decision_id=sanction.decision_id,
    )


class NotAllowed(Exception):
    """The viewer may see this but not do it."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(str(refusal.reason))
        self.refusal = refusal


def allow(verdict: Verdict) -> None:
    """Go on if the policy agrees; otherwise the person is told why (403) or asked to sign in."""
    if not verdict:
        raise NotAllowed(verdict)
