"""Events as tests need them, without the pages that make them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from officine.core.clock import now
from officine.core.db import db
from officine.models import Event, EventText, Group, Member, Organiser, Registration


def event(by: Member, title: str = "Porte aperte", **given: Any) -> Event:
    """A published event of two hours in ten days, in Rome, unless it is given otherwise."""
    begins = given.pop("starts_at", None) or now().replace(microsecond=0) + timedelta(days=10)
    language = given.pop("language", "it")
    words = {name: given.pop(name, "") for name in ("summary", "text", "html", "price")}
    titles = {language: title, **given.pop("titles", {})}
    slug = given.pop("slug", None) or f"{title.lower().replace(' ', '-')}-{begins:%Y%m%d%H}"
    state = given.pop("state", "published")
    at = now() - timedelta(days=30)
    made = Event(
        uid=f"{slug}@officine.test",
        slug=slug,
        language=language,
        spoken=given.pop("spoken", (language,)),
        state=state,
        starts_at=begins,
        ends_at=given.pop("ends_at", None) or begins + timedelta(hours=2),
        zone=given.pop("zone", "Europe/Rome"),
        created_by_id=by.id,
        created_at=at,
        changed_at=at,
        published_at=at if state in ("published", "cancelled") else None,
        cancelled_at=at if state == "cancelled" else None,
        **{"place": "", "town": "Lumezzane", "country": "IT", **given},
    )
    made.texts = [
        EventText(language=code, title=each, changed_at=at, by_id=by.id, **words)
        for code, each in titles.items()
    ]
    made.organisers = [Organiser(member_id=by.id)]
    db.session.add(made)
    db.session.flush()
    return made


def group_event(by: Member, group: Group, title: str, **given: Any) -> Event:
    """An event that only the members of a group may know of."""
    return event(by, title, audience="group", group_id=group.id, **given)


def going(made: Event, *members: Member) -> None:
    """Let members go to an event."""
    for member in members:
        db.session.add(
            Registration(
                event_id=made.id,
                member_id=member.id,
                language="it",
                reply="going",
                code=f"code-{made.id}-{member.id}",
                created_at=now(),
                changed_at=now(),
            )
        )
        made.seats_taken = (made.seats_taken or 0) + 1
    db.session.flush()


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A moment."""
    return datetime(year, month, day, hour, minute, tzinfo=UTC)
