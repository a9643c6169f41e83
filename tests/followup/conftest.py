"""An evening that is over: who said that they come, and who did."""

from datetime import timedelta
from itertools import count

import pytest

from officine.core.clock import now
from officine.core.db import db
from officine.models import Event, Member, Registration
from tests.attendance.conftest import an_event
from tests.world import World

NUMBERS = count(1)
A_DAY = timedelta(days=1)


def said(event: Event, who: Member | str, reply: str = "going", **more: object) -> Registration:
    """What somebody said, or who came; an address is somebody without an account."""
    moment = event.starts_at - A_DAY
    person = (
        {"email": who, "name": "Ugo Verdi", "confirmed_at": moment}
        if isinstance(who, str)
        else {"member_id": who.id, "language": who.interface_language}
    )
    registration = Registration(
        event_id=event.id, reply=reply, code=f"code-{next(NUMBERS)}", created_at=moment,
        changed_at=moment, **({"language": "it"} | person | more),
    )  # fmt: skip
    db.session.add(registration)
    db.session.commit()
    return registration


def past_event(by: Member, **differently: object) -> Event:
    """An event that ended yesterday."""
    return an_event(by, **({"starts_at": now() - A_DAY - timedelta(hours=2)} | differently))


@pytest.fixture
def yesterday(world: World) -> Event:
    """Marta’s evening. Teresa and Emma came; Davide had said so and did not; Beatriz could not."""
    event = past_event(world.marta)
    for who in (world.teresa, world.emma):
        said(event, who, arrived_at=event.starts_at)
    said(event, world.davide)
    said(event, world.beatriz, "no")
    return event
