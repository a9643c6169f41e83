"""What keeps a post for an editor: the numbers that managers set, and the same in words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from officine.core.db import Model, db
from officine.models.case import Signals

NUMBERS = {
    "first_posts": 0,
    "newcomer_posts": 3,
    "most_links": 4,
    "most_posts": 20,
    "within_minutes": 10,
    "most_points": 60,
    "old_hours": 24,
    "sos_minutes": 30,
    "unanswered_hours": 24,
}
"""What can be set, and what it is at first."""
REASONS = ("first", "newcomer", "group", "restricted", "words", "links", "pace", "spam", "edit")
"""Why a post is held, by the name of its signal."""
POINT = "spam-"
"""How the name of a signal begins that only counts towards the spam score."""


class Screening(Model):
    """The numbers, in one row; without it, they are as at first."""

    __tablename__ = "screening"

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    first_posts: Mapped[int]
    """Of each new member, so many posts wait for an editor."""
    newcomer_posts: Mapped[int]
    """A newcomer is whoever has fewer published posts than this."""
    most_links: Mapped[int]
    """A post with more waits."""
    most_posts: Mapped[int]
    """Whoever writes more, within so many minutes, waits."""
    within_minutes: Mapped[int]
    most_points: Mapped[int]
    """From so many points of the spam score on, a post waits."""
    old_hours: Mapped[int]
    """From so many hours after it was written, a post takes new links only through an editor."""
    sos_minutes: Mapped[int]
    """An SOS reaches the desk when nobody has answered for so long."""
    unanswered_hours: Mapped[int]
    """The same for any other topic."""
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))

    __table_args__ = (CheckConstraint("id = 1", "one_row"),)


def screening() -> Screening:
    """The numbers in force."""
    return db.session.get(Screening, 1) or Screening(**NUMBERS)


def said(signal: Mapping[str, Any]) -> str:
    """Why a post is held, as a sentence in the language being written; empty for a signal of
    another kind.
    """
    name, value = signal["name"], signal.get("value")
    if name.startswith(POINT):
        return _point(name.removeprefix(POINT), value)
    match name:
        case "first":
            return _("The first messages of a new member are read before publication.")
        case "newcomer":
            return _("This group’s hosts want the messages of newcomers read before publication.")
        case "group":
            return _("This group’s hosts want every message read before publication.")
        case "restricted":
            return _("By an earlier decision, this member’s messages are read before publication.")
        case "words":
            return _("It contains words of the list: %(words)s.", words=value)
        case "links":
            return ngettext("It has %(num)s link.", "It has %(num)s links.", int(value or 0))
        case "pace":
            return ngettext(
                "It is the only message of this member within a few minutes.",
                "It is one of %(num)s messages of this member within a few minutes.",
                int(value or 0),
            )
        case "edit":
            return ngettext(
                "The edit adds %(num)s link to a message that is not new.",
                "The edit adds %(num)s links to a message that is not new.",
                int(value or 0),
            )
        case "spam":
            return _("It resembles unwanted advertising: %(points)s points.", points=value)
    return ""


def _point(name: str, value: Any) -> str:
    """What the spam score counted."""
    match name:
        case "links":
            return ngettext(
                "%(num)s link to another site", "%(num)s links to other sites", int(value or 0)
            )
        case "pictures":
            return ngettext("%(num)s picture", "%(num)s pictures", int(value or 0))
        case "contact":
            return _("Asks to be contacted elsewhere: %(words)s", words=value)
        case "pitch":
            return _("Words of a sales pitch: %(words)s", words=value)
        case "shouting":
            return _("Capitals and exclamation marks")
        case "repetition":
            return _("The same words again and again")
        case "new":
            return _("The account is new and has not written before")
        case "disposable":
            return _("A mail address that is thrown away: %(domain)s", domain=value)
        case "language":
            return _("Another language than the group’s and the member’s")
        case "letters":
            return _("Letters of an alphabet that nobody here writes")
        case "name":
            return _("A name that looks like that of %(name)s", name=value)
        case "copies":
            return ngettext(
                "The same text in %(num)s other place", "The same text in %(num)s other places",
                int(value or 0),
            )  # fmt: skip
    return ""


def facts_of(signals: Signals) -> str:
    """What made us hold a post, for its author, in the language being written. How the points of
    the spam score come about is for the editors.
    """
    reasons = [said(signal) for signal in signals if not signal["name"].startswith(POINT)]
    before = _("An editor reads this before others do, because a rule of the site asks for it.")
    return "\n".join([before, *(f"– {reason}" for reason in reasons if reason)])


def rule_of(signals: Signals) -> str:
    """The rule in question."""
    suspect = {"spam", "links", "pace", "edit"}
    return "spam" if any(signal["name"] in suspect for signal in signals) else "other"
