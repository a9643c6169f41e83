"""What the letters about going to an event say."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask_babel import format_date, format_time, ngettext
from flask_babel import gettext as _

from officine.blueprints.attendance import queries
from officine.core.db import db
from officine.models import Event, EventChange, Member, Registration


@dataclass(frozen=True)
class Words:
    """What one letter says, in its reader’s language."""

    subject: str
    lead: str
    action: str
    quote: str = ""
    quote_language: str = ""
    was: str = ""
    """What it was before: the time or the place."""


Saying = Callable[[Registration, str], Words]
"""The words about a registration, by the title of its event in the reader’s language."""


def going(registration: Registration, title: str) -> Words:
    """A seat is theirs."""
    return Words(
        _("You’re going: %(title)s", title=title),
        ngettext("A seat is kept for you.", "%(num)s seats are kept for you.", registration.seats),
        _("See, change or cancel"),
    )


def waiting(registration: Registration, title: str) -> Words:
    """They wait, and at which place."""
    return Words(
        _("On the waiting list: %(title)s", title=title),
        _(
            "All seats are taken. You are number %(place)s in the waiting list, and hear from us "
            "when it is your turn.",
            place=queries.place_in_list(registration),
        ),
        _("See, change or cancel"),
    )


def gave_up(_registration: Registration, title: str) -> Words:
    """Who went says that they do not go."""
    return Words(
        _("You’re not going any more: %(title)s", title=title),
        _("Your seat is free for others. If you change your mind, say so on the event’s page."),
        _("See the event"),
    )


def refused(registration: Registration, title: str) -> Words:
    """The organisers said no, and why."""
    return Words(
        _("About your request: %(title)s", title=title),
        _("The organisers have answered that you cannot come. They write:"),
        _("See the event"),
        quote=registration.refusal,
    )


def offer(registration: Registration, title: str) -> Words:
    """They are next, and until when."""
    ends_at = registration.offer_ends_at or registration.event.starts_at
    zone = registration.event.timezone
    local = ends_at.astimezone(zone)
    return Words(
        _("A seat is free for you: %(title)s", title=title),
        _(
            "You were next in the waiting list. Take the seat until %(day)s at %(hour)s (by the "
            "event’s clock): after that the next person is asked.",
            day=format_date(local.date(), "full"),
            hour=format_time(local.time(), "short", rebase=False),
        ),
        _("Take the seat"),
    )


def lapsed(registration: Registration, title: str) -> Words:
    """They did not take it in time."""
    return Words(
        _("Your seat went to the next: %(title)s", title=title),
        _("The time to take the seat is over, so we asked the next person. You can join the "
          "waiting list again."),
        _("See the event"),
    )  # fmt: skip


def invited(registration: Registration, title: str) -> Words:
    """Who asks them to come."""
    by = db.session.get(Member, registration.invited_by_id or 0)
    return Words(
        _("%(person)s invites you: %(title)s", person=by.name if by else "", title=title),
        _("An organiser would like you to come. Are you coming?"),
        _("See the event and answer"),
    )


def prove(_registration: Registration, title: str) -> Words:
    """Whether the address is theirs."""
    return Words(
        _("Confirm that you’re coming: %(title)s", title=title),
        _("This address was given for an event. Confirm that you’re coming, and the seat is "
          "yours if one is free. If it was not you, there is nothing to do: nobody is registered."),
        _("Confirm"),
    )  # fmt: skip


def known(_registration: Registration, title: str) -> Words:
    """The link to their registration, again."""
    return Words(
        _("Your registration: %(title)s", title=title),
        _("This address is registered already. Here you see, change or cancel your registration."),
        _("See, change or cancel"),
    )


def is_members(title: str) -> Words:
    """The address has an account: its owner signs in."""
    return Words(
        _("Sign in to come: %(title)s", title=title),
        _("This address belongs to an account here: sign in, and say on the event’s page "
          "that you’re coming. If it was not you, there is nothing to do."),
        _("See the event"),
    )  # fmt: skip


def changed(registration: Registration, title: str, change: EventChange) -> Words:
    """Moved, elsewhere, postponed or cancelled: why, and what it was."""
    subjects = {
        "moved": _("New time: %(title)s", title=title),
        "place": _("New place: %(title)s", title=title),
        "postponed": _("Postponed: %(title)s", title=title),
        "cancelled": _("Cancelled: %(title)s", title=title),
    }
    leads = {
        "moved": _("This event takes place at another time."),
        "place": _("This event takes place somewhere else."),
        "postponed": _("This event is postponed: you hear from us when there is a new date."),
        "cancelled": _("This event does not take place."),
    }
    return Words(
        subjects[change.kind], leads[change.kind], _("See the event"), quote=change.reason,
        quote_language=change.language, was=what_it_was(change, registration.event),
    )  # fmt: skip


def changed_dates(title: str, change: EventChange, count: int) -> Words:
    """The same of several dates that were changed at once: all of theirs in one letter."""
    subjects = {
        "moved": _("New times of %(count)s dates: %(title)s", count=count, title=title),
        "place": _("New place of %(count)s dates: %(title)s", count=count, title=title),
        "cancelled": _("%(count)s dates cancelled: %(title)s", count=count, title=title),
    }
    leads = {
        "moved": _("These dates take place at another time."),
        "place": _("These dates take place somewhere else."),
        "cancelled": _("These dates do not take place."),
    }
    return Words(
        subjects[change.kind], leads[change.kind], _("See the first of them"), quote=change.reason,
        quote_language=change.language,
    )  # fmt: skip


def what_it_was(change: EventChange, event: Event) -> str:
    """When and where it was to be before."""
    was = [] if change.kind == "place" else [_moment(change.was_starts_at, event)]
    if change.kind != "postponed" and change.was_place:
        was.append(change.was_place)
    return "; ".join(was)


def reminder(registration: Registration, title: str, kind: str) -> Words:
    """It begins soon, and whether it changed since they registered."""
    moved = [
        each for each in registration.event.changes
        if each.kind in ("moved", "place") and each.at > registration.created_at
    ]  # fmt: skip
    was = _moment(moved[0].was_starts_at, registration.event) if moved else ""
    if moved and moved[0].was_place:
        was = f"{was}; {moved[0].was_place}"
    if kind == "invited":
        return Words(
            _("Are you coming? %(title)s", title=title),
            _("You are invited, and have not answered yet."),
            _("See the event and answer"), was=was,
        )  # fmt: skip
    subject = (
        _("In a day: %(title)s", title=title)
        if kind == "day"
        else _("In an hour: %(title)s", title=title)
    )
    lead = (
        _("Mind that it has changed since you registered.") if moved else _("We expect you there.")
    )
    return Words(subject, lead, _("See, change or cancel"), was=was)


def _moment(moment: datetime, event: Event) -> str:
    local = moment.astimezone(event.timezone)
    day, hour = format_date(local.date(), "full"), format_time(local.time(), "short", rebase=False)
    return _("%(day)s at %(hour)s", day=day, hour=hour)
