"""An event for search engines, as schema.org describes one."""

from typing import Any

from flask import current_app

from officine.core.context import public_url
from officine.models import Event, EventText
from officine.models.event_file import LINK, file_url

STATUS = "https://schema.org/Event"
MODES = {
    (True, True): "MixedEventAttendanceMode",
    (True, False): "OfflineEventAttendanceMode",
    (False, True): "OnlineEventAttendanceMode",
}


def linked_data(event: Event, text: EventText) -> dict[str, Any] | None:
    """An Event, without the address of its room; None for what not everyone may see."""
    if event.audience != "public" or not event.is_shown:
        return None
    url = public_url("events.show", slug=event.slug)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": url,
        "url": url,
        "name": text.title,
        "description": text.summary or text.title,
        "inLanguage": list(event.spoken) or [event.language],
        "startDate": _local(event, "starts_at"),
        "endDate": _local(event, "ends_at"),
        "eventStatus": f"{STATUS}{_status(event)}",
        "isAccessibleForFree": event.is_free,
        "organizer": {
            "@type": "Organization",
            "name": current_app.config["SITE_NAME"],
            "url": public_url("home.show"),
        },
    }
    if mode := MODES.get((event.is_in_person, event.is_online)):
        data["eventAttendanceMode"] = f"https://schema.org/{mode}"
    if places := _places(event, url):
        data["location"] = places if len(places) > 1 else places[0]
    if event.capacity is not None:
        data["maximumAttendeeCapacity"] = event.capacity
        data["remainingAttendeeCapacity"] = event.seats_left
    if _status(event) == "Rescheduled":
        zone = event.timezone
        moved = [each.was_starts_at for each in event.changes if each.kind == "moved"]
        data["previousStartDate"] = [
            each.astimezone(zone).isoformat(timespec="minutes") for each in moved
        ]
    if event.picture_key:
        picture = file_url(event, event.picture_key, LINK)
        data["image"] = [current_app.config["PUBLIC_URL"] + picture]
    if people := [speaker.name for session in event.sessions for speaker in session.speakers]:
        data["performer"] = [{"@type": "Person", "name": name} for name in dict.fromkeys(people)]
    if sponsors := [each.name for each in event.partners if each.role == "sponsor"]:
        data["sponsor"] = [{"@type": "Organization", "name": name} for name in sponsors]
    return data


def _local(event: Event, name: str) -> str:
    moment = getattr(event, name).astimezone(event.timezone)
    return str(moment.isoformat(timespec="minutes"))


def _status(event: Event) -> str:
    if event.state == "cancelled":
        return "Cancelled"
    if event.postponed_at is not None:
        return "Postponed"
    moved = any(each.kind == "moved" for each in event.changes)
    return "Rescheduled" if moved else "Scheduled"


def _places(event: Event, url: str) -> list[dict[str, Any]]:
    places: list[dict[str, Any]] = []
    if event.is_in_person:
        parts = {
            "streetAddress": event.address,
            "addressLocality": event.town,
            "addressCountry": event.country,
        }
        known = {name: value for name, value in parts.items() if value}
        places.append(
            {
                "@type": "Place",
                "name": event.place or event.town or event.address,
                "address": {"@type": "PostalAddress", **known},
            }
        )
    if event.is_online:
        # The room is told to those who go; whoever wants to come begins at the page.
        places.append({"@type": "VirtualLocation", "url": url})
    return places
