"""The demo community as it is written in ``content/``: people, companies, groups, topics.

Moments are written as “so long ago”, so that the community is as old today as on any other day.
A topic tells when it was opened; each post, how long after the one before it was written.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, Self

CONTENT = Path(__file__).with_name("content")

_DURATION = re.compile(r"(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?")


@dataclass(frozen=True)
class PersonText:
    """One of the cast."""

    handle: str
    name: str
    role: str
    kind: str
    job: str
    company: str
    place: str
    country: str
    sector: str
    interface: str
    reads: tuple[str, ...]
    language: str
    about: str
    offers: str
    seeks: str
    joined_ago: timedelta
    face: dict[str, Any]


@dataclass(frozen=True)
class CompanyText:
    """A company of the cast."""

    slug: str
    name: str
    place: str
    country: str
    sector: str
    size: str
    founded: int | None
    languages: tuple[str, ...]
    language: str
    tagline: str
    about: str
    offers: str
    seeks: str


@dataclass(frozen=True)
class GroupText:
    """A group, with who belongs to it."""

    slug: str
    name: str
    language: str
    purpose: str
    text: str
    sectors: tuple[str, ...]
    host: str
    hosts_too: tuple[str, ...]
    visibility: str
    joining: str
    created_ago: timedelta
    members: tuple[str, ...]


@dataclass(frozen=True)
class HidingText:
    """That an editor hid a post, and why."""

    rule: str
    facts: str
    by: str


@dataclass(frozen=True)
class PostText:
    """A post in its topic. ``ago`` is how long before today it was written."""

    number: int
    author: str
    text: str
    language: str | None
    ago: timedelta
    thanks: tuple[str, ...]
    is_answer: bool
    hiding: HidingText | None


@dataclass(frozen=True)
class TopicText:
    """A topic with its posts, in the order they were written."""

    key: str
    group: str
    title: str
    is_sos: bool
    is_pinned: bool
    lock: tuple[str, str] | None
    """The rule and the reason by which it was closed."""
    posts: tuple[PostText, ...]

    @property
    def author(self) -> str:
        """Who opened it."""
        return self.posts[0].author


@dataclass(frozen=True)
class ReportText:
    """Somebody reports a post; where ``hidden`` by an editor, it was answered by that."""

    topic: str
    post: int
    by: str
    rule: str
    explanation: str
    ago: timedelta


@dataclass(frozen=True)
class HeldText:
    """Somebody answers in a topic, and a rule of the site keeps it for an editor."""

    topic: str
    by: str
    text: str
    ago: timedelta


@dataclass(frozen=True)
class RequestText:
    """Somebody asks to join a group."""

    group: str
    by: str
    text: str
    ago: timedelta


@dataclass(frozen=True)
class InvitationText:
    """A host asks somebody in."""

    group: str
    person: str
    by: str
    ago: timedelta


@dataclass(frozen=True)
class ProposalText:
    """A member proposes a group."""

    by: str
    language: str
    name: str
    purpose: str
    text: str
    sectors: tuple[str, ...]
    ago: timedelta


@dataclass(frozen=True)
class SuggestionText:
    """The desk suggests a topic, for some days from today."""

    topic: str
    by: str
    language: str
    note: str
    ago: timedelta
    days: int


@dataclass(frozen=True)
class Community:
    """All of it."""

    people: tuple[PersonText, ...]
    companies: tuple[CompanyText, ...]
    groups: tuple[GroupText, ...]
    topics: tuple[TopicText, ...]
    reports: tuple[ReportText, ...]
    held: tuple[HeldText, ...]
    requests: tuple[RequestText, ...]
    invitations: tuple[InvitationText, ...]
    proposals: tuple[ProposalText, ...]
    suggestions: tuple[SuggestionText, ...]

    @classmethod
    def read(cls, folder: Path = CONTENT) -> Self:
        """Read every file. Raises KeyError, TypeError or ValueError where one is not as it must
        be.
        """
        waiting = _load(folder / "waiting.toml")
        return cls(
            people=tuple(_person(row) for row in _rows(folder, "people", "person")),
            companies=tuple(_company(row) for row in _rows(folder, "companies", "company")),
            groups=tuple(_group(row) for row in _rows(folder, "groups", "group")),
            topics=tuple(
                _topic(row, path.stem)
                for path in sorted((folder / "topics").glob("*.toml"))
                for row in _load(path)["topic"]
            ),
            reports=tuple(ReportText(**_timed(row)) for row in waiting["report"]),
            held=tuple(HeldText(**_timed(row)) for row in waiting["held"]),
            requests=tuple(RequestText(**_timed(row)) for row in waiting["request"]),
            invitations=tuple(InvitationText(**_timed(row)) for row in waiting["invitation"]),
            proposals=tuple(
                ProposalText(**_timed(row) | {"sectors": tuple(row["sectors"])})
                for row in waiting["proposal"]
            ),
            suggestions=tuple(SuggestionText(**_timed(row)) for row in waiting["suggestion"]),
        )

    @cached_property
    def person(self) -> dict[str, PersonText]:
        """The cast by handle."""
        return {person.handle: person for person in self.people}

    @cached_property
    def group(self) -> dict[str, GroupText]:
        """The groups by slug."""
        return {group.slug: group for group in self.groups}


def duration(text: str) -> timedelta:
    """“2d3h27m” as a span of time. Raises ValueError."""
    match = _DURATION.fullmatch(text)
    if not text or match is None:
        raise ValueError(f"“{text}” is no span of time such as 2d3h27m")
    days, hours, minutes = (int(each or 0) for each in match.groups())
    return timedelta(days=days, hours=hours, minutes=minutes)


def _load(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _rows(folder: Path, name: str, noun: str) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob(f"{name}.*.toml")):
        yield from _load(path)[noun]


def _person(row: dict[str, Any]) -> PersonText:
    joined = timedelta(days=row.pop("joined_days_ago"))
    return PersonText(**row | {"reads": tuple(row["reads"]), "joined_ago": joined})


def _company(row: dict[str, Any]) -> CompanyText:
    return CompanyText(**row | {"languages": tuple(row["languages"])})


def _group(row: dict[str, Any]) -> GroupText:
    created = timedelta(days=row.pop("created_days_ago"))
    lists = {name: tuple(row.get(name, ())) for name in ("sectors", "members", "hosts_too")}
    return GroupText(**row | lists | {"created_ago": created})


def _topic(row: dict[str, Any], group: str) -> TopicText:
    lock = (row["locked_rule"], row["locked_reason"].strip()) if row.get("locked") else None
    return TopicText(
        key=row["key"],
        group=group,
        title=row["title"],
        is_sos=row.get("sos", False),
        is_pinned=row.get("pinned", False),
        lock=lock,
        posts=tuple(_posts(row)),
    )


def _posts(topic: dict[str, Any]) -> Iterator[PostText]:
    ago = timedelta(days=topic["days_ago"])
    for number, row in enumerate(topic["post"], start=1):
        if number > 1:
            ago -= duration(row["after"])
        hiding = row.get("hidden")
        yield PostText(
            number=number,
            author=row.get("by", topic["author"]),
            text=row["text"].strip(),
            language=row.get("language"),
            ago=ago,
            thanks=tuple(row.get("thanks", ())),
            is_answer=row.get("answer", False),
            hiding=HidingText(**hiding) if hiding else None,
        )


def _timed(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"ago": duration(row["ago"])}
