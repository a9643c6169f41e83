"""Who and what is already there while the demo community is told."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from officine.models import Company, Group, Member, Post, Topic


@dataclass
class Stage:
    """The community as it grows: its nouns by the names that ``content/`` gives them."""

    at: datetime
    """Today."""
    people: dict[str, Member] = field(default_factory=dict)
    companies: dict[str, Company] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)
    posts: dict[tuple[str, int], Post] = field(default_factory=dict)

    def moment(self, ago: timedelta) -> datetime:
        """So long before today."""
        return self.at - ago


def chance(*words: str) -> float:
    """A number from 0 to 1 that looks like chance and is always the same for the same words."""
    digest = hashlib.sha256("/".join(words).encode()).digest()
    return int.from_bytes(digest[:4], "big") / 2**32
