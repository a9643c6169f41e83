"""The events of the demo community: to come and past, one that comes again, one called off."""

import tomllib
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from officine.blueprints.attendance.commands import reply
from officine.blueprints.planning.commands import (
    details,
    drafting,
    materials,
    publishing,
    rescheduling,
    series,
)
from officine.core.db import db
from officine.core.mail import no_letters
from officine.demo.afterwards import look_back
from officine.demo.stage import Stage
from officine.models import Event, EventQuestion, EventSession, Member, Partner

CONTENT = Path(__file__).parent / "content" / "events.toml"
A_DAY = timedelta(days=1)
ROOM = "https://meet.example.org/"


def hold_events(stage: Stage) -> None:
    """Everything in the calendar, by the commands that the pages call."""
    with no_letters():
        for told in tomllib.loads(CONTENT.read_text(encoding="utf-8"))["event"]:
            _hold(told, stage)


def _hold(told: dict[str, Any], stage: Stage) -> None:
    by = stage.people[told["by"]]
    when = _when(told, stage.at)
    announced = min(stage.at, when["starts_at"]) - timedelta(days=12)
    event = _drafted(told, stage, by, announced, when)
    if told.get("every"):
        series.repeat_event(
            event, by=by, at=announced, seen=event.version, every=told["every"],
            count=told["count"],
        )  # fmt: skip
    publishing.publish_event(event, by=by, at=announced)
    for number, handle in enumerate(told["going"]):
        said = announced + timedelta(hours=5 + 9 * number)
        reply(event, "going", by=stage.people[handle], at=min(said, stage.at))
    _change(event, told, by, stage.at)
    if event.series:
        series.extend_series(event.series, at=stage.at)
    _gather(event, told, by, stage.at)
    look_back(event, told, by, stage)


def _when(told: dict[str, Any], today: datetime) -> drafting.When:
    """So many days from today, at its hour by the clock of the place."""
    zone = ZoneInfo(told["zone"])
    day = today.astimezone(zone).date() + A_DAY * (told.get("in") or -told["ago"])
    if told.get("every"):
        day += A_DAY * (-day.weekday() % 7)
    local = datetime.combine(day, time.fromisoformat(told["at"]), zone)
    lasts = timedelta(hours=told.get("hours", 0), minutes=told.get("minutes", 0))
    starts = local.astimezone(UTC)
    return {"starts_at": starts, "ends_at": starts + lasts, "zone": told["zone"]}


def _drafted(
    told: dict[str, Any], stage: Stage, by: Member, at: datetime, when: drafting.When
) -> Event:
    language, *others = told["titles"]
    group = stage.groups[told["group"]] if "group" in told else None
    is_online = told.get("online", False)
    event = drafting.draft_event(
        by=by,
        at=at,
        language=language,
        words=_words(told, language),
        when=when,
        where={
            "place": told.get("place", ""),
            "address": told.get("address", ""),
            "town": told.get("town", ""),
            "country": told.get("country", ""),
            "is_online": is_online,
            "room_url": f"{ROOM}{told['slug']}" if is_online else "",
        },
        terms={
            "spoken": tuple(told.get("spoken", (language,))),
            "audience": told.get("audience", "public"),
            "group_id": group.id if group else None,
            "is_free": "price" not in told,
            "capacity": told.get("capacity"),
            "most_guests": told.get("guests", 0),
            "takes_outsiders": told.get("outsiders", False),
        },
    )
    for code in others:
        drafting.save_text(event, code, by=by, at=at, seen=0, **_words(told, code))
    _give_details(event, told, stage, by, at)
    return event


def _give_details(
    event: Event, told: dict[str, Any], stage: Stage, by: Member, at: datetime
) -> None:
    """Its programme, its partners, what those who register are asked."""
    begins = event.starts_at
    for part in told.get("session", ()):
        ends = begins + timedelta(minutes=part["minutes"])
        said = {
            "starts_at": begins,
            "ends_at": ends,
            "spoken": part.get("spoken", event.language),
            "speakers": [_speaker(each, stage) for each in part["speakers"]],
        }
        _add(event, EventSession, said, part, by, at)
        begins = ends
    for partner in told.get("partner", ()):
        _add(event, Partner, {"role": partner["role"], "name": partner["name"]}, partner, by, at)
    for question in told.get("question", ()):
        _add(event, EventQuestion, {"kind": question["kind"]}, question, by, at)


def _add(
    event: Event, kind: Any, said: dict[str, Any], told: dict[str, Any], by: Member, at: datetime
) -> None:
    """One of them, in the language of the event, then in the others."""
    row = details.add(event, kind, said | told["words"][event.language], by=by, at=at)
    for language, words in told["words"].items():
        if language != event.language:
            details.translate(event, row, language, words, by=by, at=at, seen=row.version)


def _words(told: dict[str, Any], language: str) -> drafting.Words:
    return {
        "title": told["titles"][language],
        "summary": told["summaries"][language],
        "text": told["texts"][language],
        "price": told.get("price", ""),
    }


def _speaker(told: dict[str, str], stage: Stage) -> details.Spoken:
    member = stage.people[told["handle"]]
    return {"name": told["name"], "job": told["job"], "member": member, "company": member.company}


def _change(event: Event, told: dict[str, Any], by: Member, at: datetime) -> None:
    """What was changed after it was announced."""
    if days := told.get("moved_days"):
        later = A_DAY * days
        when: drafting.When = {
            "starts_at": event.starts_at + later,
            "ends_at": event.ends_at + later,
            "zone": event.zone,
        }
        rescheduling.move_event(
            event, by=by, at=at - A_DAY, seen=event.version, when=when,
            where={
                "place": event.place, "address": event.address, "town": event.town,
                "country": event.country, "is_online": event.is_online,
                "room_url": event.room_url,
            },
            reason=told["reason"],
        )  # fmt: skip
    if reason := told.get("cancelled"):
        rescheduling.cancel_event(event, by=by, at=at - A_DAY, seen=event.version, reason=reason)


def _gather(event: Event, told: dict[str, Any], by: Member, at: datetime) -> None:
    """What came of it."""
    for material in told.get("material", ()):
        materials.add_material(
            event, by=by, at=min(at, event.ends_at + A_DAY), language=event.language, **material
        )
    db.session.flush()
