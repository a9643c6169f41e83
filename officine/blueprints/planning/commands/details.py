"""Who looks after an event, who speaks, who stands behind it, what is asked."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict

from officine.blueprints.planning import queries
from officine.blueprints.planning.commands.drafting import finish
from officine.blueprints.planning.commands.errors import LastOrganiser
from officine.core.db import db
from officine.core.locks import lock_row
from officine.lib.text import clean, clean_line
from officine.models import Company, Member
from officine.models.event import (
    Event,
    EventQuestion,
    EventSession,
    Organiser,
    Partner,
    Speaker,
)


class Spoken(TypedDict):
    """Somebody who speaks, as they are called, and who that is here."""

    name: str
    job: str
    member: Member | None
    company: Company | None


# Organisers


def add_organiser(event: Event, member: Member, *, by: Member, at: datetime) -> None:
    """Let a member look after the event too."""
    lock_row(event)
    if db.session.get(Organiser, (event.id, member.id)) is None:
        event.organisers.append(Organiser(member=member))
        finish(event, by, at, "event.organiser", member=member.id)


def remove_organiser(event: Event, member: Member, *, by: Member, at: datetime) -> None:
    """Let a member look after it no more. The last one stays."""
    lock_row(event)
    organiser = db.session.get(Organiser, (event.id, member.id))
    if organiser is None:
        return
    if len(queries.organisers(event)) == 1:
        raise LastOrganiser(member.id)
    event.organisers.remove(organiser)
    finish(event, by, at, "event.no-organiser", member=member.id)


# Programme


def add_session(
    event: Event,
    *,
    by: Member,
    at: datetime,
    starts_at: datetime,
    ends_at: datetime,
    language: str,
    title: str,
    text: str = "",
    speakers: Sequence[Spoken] = (),
) -> EventSession:
    """One more part of the programme."""
    lock_row(event)
    session = EventSession(
        starts_at=starts_at, ends_at=ends_at, language=language,
        title=clean_line(title)[:160], text=clean(text),
    )  # fmt: skip
    session.speakers = [
        Speaker(
            position=position, name=clean_line(each["name"])[:120], member=each["member"],
            job=clean_line(each["job"])[:120], company=each["company"],
        )
        for position, each in enumerate(speakers, start=1)
    ]  # fmt: skip
    event.sessions.append(session)
    finish(event, by, at, "event.programme")
    return session


def remove_session(event: Event, session: EventSession, *, by: Member, at: datetime) -> None:
    """Take a part of the programme away."""
    lock_row(event)
    event.sessions.remove(session)
    finish(event, by, at, "event.programme")


# Partners


def add_partner(
    event: Event,
    *,
    by: Member,
    at: datetime,
    role: str,
    name: str,
    company: Company | None = None,
    url: str = "",
    offer: str = "",
    language: str,
    mark_key: str | None = None,
) -> Partner:
    """Say who stands behind it, or adds something to it."""
    lock_row(event)
    partner = Partner(
        position=max((each.position for each in event.partners), default=0) + 1,
        role=role, name=clean_line(name)[:120], company=company, url=url,
        offer=clean_line(offer)[:500], language=language, mark_key=mark_key,
    )  # fmt: skip
    event.partners.append(partner)
    finish(event, by, at, "event.partner")
    return partner


def remove_partner(event: Event, partner: Partner, *, by: Member, at: datetime) -> None:
    """Say it no more."""
    lock_row(event)
    event.partners.remove(partner)
    finish(event, by, at, "event.partner")


# Questions


def ask(
    event: Event,
    *,
    by: Member,
    at: datetime,
    text: str,
    kind: str,
    language: str,
    choices: str = "",
    is_required: bool = False,
) -> EventQuestion:
    """Ask those who register one thing more."""
    lock_row(event)
    lines = [clean_line(line) for line in clean(choices).split("\n") if line.strip()]
    question = EventQuestion(
        position=max((each.position for each in event.questions), default=0) + 1,
        text=clean_line(text)[:240], kind=kind, language=language, is_required=is_required,
        choices="\n".join(lines) if kind == "choice" else "",
    )  # fmt: skip
    event.questions.append(question)
    finish(event, by, at, "event.question")
    return question


def stop_asking(event: Event, question: EventQuestion, *, by: Member, at: datetime) -> None:
    """Ask it no more. What was answered is kept; a question nobody answered goes."""
    lock_row(event)
    if queries.answers_count(question.id):
        question.withdrawn_at = question.withdrawn_at or at
    else:
        event.questions.remove(question)
    finish(event, by, at, "event.question")
