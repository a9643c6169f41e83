"""What happens by the clock: offers lapse, the next are asked, people are reminded."""

from datetime import timedelta

from officine.blueprints.accounts.events import AccountClosed
from officine.blueprints.attendance import commands, notices, queries
from officine.blueprints.planning.events import EventChanged, EventRescheduled
from officine.core.clock import now
from officine.core.db import db
from officine.core.worker import jobs
from officine.models import Event, EventChange, Member

A_DAY, AN_HOUR = timedelta(days=1), timedelta(hours=1)
UNPROVEN_FOR = timedelta(days=3)


@jobs.every(minute="*")
def see_to_the_lists() -> None:
    """Offers whose time is over go to the next; each event in a transaction of its own."""
    for event_id in queries.with_free_seats_and_a_list(now()):
        event = db.session.get(Event, event_id)
        if event is not None:
            commands.see_to_the_list(event, at=now())
        db.session.commit()


@jobs.every(minute="*/5")
def remind_people() -> None:
    """A day and an hour before, those who go; a day before, once, who was invited and has not
    answered. Who has only just replied needs no reminder.
    """
    moment = now()
    for event in queries.beginning_within(moment, A_DAY):
        ahead, kind = (AN_HOUR, "hour") if event.starts_at - moment <= AN_HOUR else (A_DAY, "day")
        for registration in queries.replies(event, "going"):
            if registration.changed_at < event.starts_at - ahead:
                notices.remind(registration, kind)
        if kind == "day":
            for registration in queries.replies(event, "invited"):
                if registration.changed_at < event.starts_at - ahead:
                    notices.remind(registration, "invited")
        db.session.commit()


@jobs.every(minute="20", hour="3")
def forget_unproven() -> None:
    """Addresses that nobody confirmed are kept no longer."""
    commands.forget_unproven(before=now() - UNPROVEN_FOR)


def seats_changed(happened: EventChanged | EventRescheduled) -> None:
    """More seats are offered at once; an event that begins earlier ends its offers earlier."""
    event_id = (
        happened.event_id if isinstance(happened, EventChanged) else _event_of(happened.change_id)
    )
    event = db.session.get(Event, event_id) if event_id else None
    if event is not None:
        commands.see_to_the_list(event, at=now())


def give_back_seats(happened: AccountClosed) -> None:
    """Who closed their account comes to nothing any more."""
    member = db.session.get(Member, happened.member_id)
    if member is not None:
        commands.leave_all(member, at=now())


def _event_of(change_id: int) -> int | None:
    change = db.session.get(EventChange, change_id)
    return change.event_id if change else None
