"""Who a member is, for them to take away."""

from typing import Any

from officine.core.export import moment
from officine.models import Member

OWN_WORDS = (
    "name", "handle", "email", "kind", "role", "interface_language", "timezone", "job", "place",
    "country", "sector", "profile_language", "about", "offers", "seeks", "shown_to",
    "mail_answers", "mail_mentions", "mail_interviews", "mail_events",
)  # fmt: skip


def profile(member: Member) -> dict[str, Any]:
    """What they say of themselves, and what they chose."""
    words = {name: getattr(member, name) for name in OWN_WORDS}
    return words | {
        "reads": list(member.reads),
        "company": member.firm,
        "joined_at": moment(member.joined_at),
        "consented_at": moment(member.consented_at),
        "confirmed_at": moment(member.confirmed_at),
    }


PARTS = {"profile": profile}
