"""Who hears what after an event: the letter that gathers what came of it, and, once, who met.

A letter’s key names the event and the registration, and stands in the same transaction as the note
that the reaction ran: a worker killed in between writes to nobody twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from officine.blueprints.attendance.queries import sees
from officine.blueprints.followup import queries
from officine.blueprints.followup.events import FollowUpDue, Ticked
from officine.blueprints.forum.queries import topics_numbered
from officine.core import mail
from officine.core.clock import now
from officine.core.context import public_url
from officine.core.db import db
from officine.core.i18n import writing_in
from officine.core.outbox import record
from officine.core.secret_links import key_for
from officine.core.session import Visitor
from officine.core.unsubscribe import unsubscribe_headers, unsubscribe_url
from officine.models import Event, Member, Registration
from officine.models.addressee import Addressee, as_addressee, as_reader
from officine.models.notification import notify
from officine.models.translation import best_text

BATCH = 100


@dataclass(frozen=True)
class Thanks:
    """What the organisers say, in the language its reader reads best."""

    text: str
    language: str


def tell_who_met(happened: Ticked) -> None:
    """Once both say so, each hears it, once; until then nobody hears anything."""
    event = db.session.get(Event, happened.event_id)
    pair = queries.who_met(happened.event_id, happened.by_id, happened.other_id)
    if event is None or pair is None:
        return
    for member, other in (pair, pair[::-1]):
        if sees(member, event):
            notify(
                member, kind="event-met", cause=f"event-met:{event.id}:{other.id}", at=now(),
                event_id=event.id, actor_id=other.id,
            )  # fmt: skip


def write_follow_up(happened: FollowUpDue) -> None:
    """Thank each who was there, with what came of it; who did not come gets no letter."""
    event = db.session.get(Event, happened.event_id)
    if event is None or event.state != "published":
        return
    words = queries.organisers_words(event.id)
    people = queries.people_to_write_to(event.id, happened.after, BATCH)
    for registration in people:
        if registration.member is None:
            _write_to_outsider(event, registration, words)
        elif registration.member.is_active and sees(registration.member, event):
            _tell_member(event, registration, registration.member, words)
    if len(people) == BATCH:
        # The rest in a transaction of their own: nobody waits for thousands of letters.
        record(FollowUpDue(event.id, people[-1].id))


def _tell_member(
    event: Event, registration: Registration, member: Member, words: Mapping[str, str]
) -> None:
    notify(member, kind="event-after", cause=f"event-after:{event.id}", at=now(), event_id=event.id)
    if not (member.hears_letters and member.mail_events):
        return
    reader = as_reader(member)
    with writing_in(reader.interface_language):
        stop_url = unsubscribe_url(member.id, "events")
        links = {
            "event": public_url("events.show", slug=event.slug),
            "met": public_url("followup.met", slug=event.slug),
            "feedback": public_url("followup.feedback", slug=event.slug),
            "stop": stop_url,
        }
    reads = (member.interface_language, *member.reads)
    _write(event, registration, reader, reads, member, words, links, unsubscribe_headers(stop_url))


def _write_to_outsider(event: Event, registration: Registration, words: Mapping[str, str]) -> None:
    if registration.confirmed_at is None or not registration.email:
        return
    reader = as_addressee(registration)
    with writing_in(reader.interface_language):
        key = key_for("registration", registration.id)
        links = {
            "event": public_url("events.show", slug=event.slug),
            "met": "",
            "feedback": public_url(
                "feedback_by_link.show", registration_id=registration.id, key=key
            ),
            "stop": "",
        }
    reads = (registration.language,)
    _write(event, registration, reader, reads, Visitor(), words, links, {})


def _write(
    event: Event,
    registration: Registration,
    reader: Addressee,
    reads: tuple[str, ...],
    looking: Any,
    words: Mapping[str, str],
    links: dict[str, str],
    headers: dict[str, str],
) -> None:
    text = best_text(event, reads)
    if text is None:
        return
    mail.write(
        "followup/letter", to=reader, key=f"event-follow-up:{event.id}:{registration.id}",
        headers=headers, event=event, text=text, links=links, materials=_materials(event, links),
        thanks=_best(words, (*reads, event.language)), is_discussed=_is_discussed(event, looking),
    )  # fmt: skip


def _materials(event: Event, links: Mapping[str, str]) -> list[tuple[str, str, str, str]]:
    """What came of it: kind, title, language, address. Files of ours are found on the page, where
    it is asked who may have them; photos stand there together.
    """
    return [
        (each.kind, each.title, each.language, each.url or f"{links['event']}#after")
        for each in event.materials
        if each.kind != "photo"
    ]


def _is_discussed(event: Event, looking: Any) -> bool:
    """Whether there is a discussion that the reader may see."""
    return bool(event.topic_id and topics_numbered([event.topic_id], looking))


def _best(words: Mapping[str, str], languages: tuple[str, ...]) -> Thanks | None:
    """What the organisers wrote, in the first of these languages, else in any."""
    for language in (*languages, *words):
        if language in words:
            return Thanks(words[language], language)
    return None
