"""What a policy answers, and how a view asks.

A policy gives ``True`` or a ``Refusal`` that says why, in a sentence for the person.
"""

from dataclasses import dataclass
from typing import Literal

from flask_babel import lazy_gettext as _l


@dataclass(frozen=True)
class Refusal:
    """No, and why. ``sign_in`` when signing in might change the answer."""

    reason: object
    sign_in: bool = False

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        return str(self.reason)


Verdict = Literal[True] | Refusal

SIGN_IN_FIRST = Refusal(_l("Sign in to do this."), sign_in=True)
CONFIRM_FIRST = Refusal(
    _l("Confirm your e-mail address first: the link is in the message we sent you.")
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
