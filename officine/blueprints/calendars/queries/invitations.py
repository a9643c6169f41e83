"""What a letter says to its reader’s calendar (RFC 5546): that they are expected, at another time,
or not any more.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal

from officine.blueprints.calendars.queries.entries import entry_of, group_names
from officine.core.i18n import writing_in
from officine.core.reply_addresses import reply_address, site_mailbox
from officine.core.session import Visitor
from officine.lib.ical.writing import Person, message
from officine.models import Registration

NOUN = "registration"

ANSWERS = {"going": "ACCEPTED", "maybe": "TENTATIVE", "no": "DECLINED", "refused": "DECLINED"}


def publication(registrations: Sequence[Registration], at: datetime) -> str:
    """Several dates that somebody goes to, as they are now: an invitation could only be of one
    (RFC 5546, 3.2.2), so they are published to them, under the names that their calendar knows.
    """
    first = registrations[0]
    language = first.member.interface_language if first.member else first.language
    looking: Any = first.member or Visitor()
    site_name, site_address = site_mailbox()
    with writing_in(language):
        entries = [
            entry_of(
                each.event,
                each,
                looking,
                (language, *(first.member.reads if first.member else ())),
                groups=group_names([each.event], looking),
                stamp=at,
                organiser=Person(email=site_address, name=site_name),
                reminds=True,
            )
            for each in registrations
        ]
    return message(entries, "PUBLISH").decode()


def invitation(
    registration: Registration, method: Literal["REQUEST", "CANCEL"], at: datetime
) -> str:
    """An iTIP message for whoever registered, for `mail.write(…, calendar=…)`.

    REQUEST puts the event into their calendar, and moves it there; CANCEL takes it out, also where
    it takes place without them. Answers come back to an address that is theirs alone; where the
    site awaits none, the calendar does not ask for one. ``at`` is when the message is written
    (RFC 5545, 3.8.7.2).
    """
    member, event = registration.member, registration.event
    language = member.interface_language if member else registration.language
    looking: Any = member or Visitor()
    answers_to = reply_address(NOUN, registration.id)
    site_name, site_address = site_mailbox()
    with writing_in(language):
        entry = entry_of(
            event,
            registration,
            looking,
            (language, *(member.reads if member else ())),
            groups=group_names([event], looking),
            stamp=at,
            organiser=Person(email=answers_to or site_address, name=site_name),
            invited=Person(
                email=(member.email if member else registration.email) or "",
                name=registration.shown_name,
            ),
            answer=ANSWERS.get(registration.reply, "NEEDS-ACTION"),
            reminds=True,
        )
    if method == "CANCEL":
        entry = replace(entry, status="CANCELLED")
    awaited = answers_to is not None and method == "REQUEST"
    return message([replace(entry, is_answer_awaited=awaited)], method).decode()
