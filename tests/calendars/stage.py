"""Events to look at, for whom they are meant, and who goes."""

from datetime import UTC, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from officine.core.clock import now
from officine.core.db import db
from officine.models import Event, EventText, Group, Member, Organiser, Registration

NUMBERS = count(1)


def an_event(
    by: Member,
    slug: str = "cena-a-como",
    *,
    audience: str = "public",
    group: Group | None = None,
    days: float = 10,
    starts_at: datetime | None = None,
    title: str = "Cena a Como",
    language: str = "it",
    **more: object,
) -> Event:
    """A published event, unless something else is said."""
    begins = starts_at or (now() + timedelta(days=days)).replace(microsecond=0)
    moment = now() - timedelta(days=1)
    given = {
        "zone": "Europe/Rome", "spoken": ("it",), "state": "published", "published_at": moment,
        "town": "Como", "country": "IT", "is_free": True, "room_url": "", "sequence": 0,
    } | more  # fmt: skip
    event = Event(
        uid=f"{next(NUMBERS)}-{slug}@officine.test",
        slug=slug,
        language=language,
        audience=audience,
        group_id=group.id if group else None,
        starts_at=begins,
        ends_at=begins + timedelta(hours=2),
        created_by_id=by.id,
        created_at=moment,
        changed_at=moment,
        **given,
    )
    event.texts.append(
        EventText(language=language, title=title, summary="Si parla di dazi.", text="Con **vino**.",
                  html="", changed_at=moment, by_id=by.id)
    )  # fmt: skip
    db.session.add(event)
    db.session.flush()
    db.session.add(Organiser(event_id=event.id, member_id=by.id))
    db.session.commit()
    return event


def goes(event: Event, who: Member | str, reply: str = "going", **more: object) -> Registration:
    """Somebody replied; an address is somebody without an account."""
    moment = now() - timedelta(hours=3)
    person = (
        {"email": who, "name": "Ospite"} if isinstance(who, str) else {"member_id": who.id}
    )  # fmt: skip
    registration = Registration(
        event_id=event.id, reply=reply, language="it", code=f"code-{next(NUMBERS)}",
        created_at=moment, changed_at=moment, waiting_since=moment if reply == "waiting" else None,
        **person, **more,
    )  # fmt: skip
    db.session.add(registration)
    if reply == "going":
        event.seats_taken = (event.seats_taken or 0) + 1
    db.session.commit()
    return registration


def in_rome(year: int, month: int, day: int, hour: int) -> datetime:
    """An hour on a clock in Rome, in UTC."""
    return datetime(year, month, day, hour, tzinfo=ZoneInfo("Europe/Rome")).astimezone(UTC)
