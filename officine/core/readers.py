"""How the text of a setting is read: the value, or a ValueError that says what it must be.

Only the standard library is needed here, as in `core/config.py`.
"""

import re
import shlex
from collections.abc import Callable
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

FILE_SCHEMES = ("sqlite", "whoosh", "file")
"""The kinds of address that name a file."""


def text(value: str) -> str:
    """Any text."""
    return value


def number(lowest: int, highest: int) -> Callable[[str], int]:
    """Whole numbers between two, both included."""

    def read(value: str) -> int:
        if not re.fullmatch(r"\d+", value) or not lowest <= int(value) <= highest:
            raise ValueError(f"a whole number from {lowest} to {highest}")
        return int(value)

    return read


def one_of(*choices: str) -> Callable[[str], str]:
    """One of some words, in whatever case."""

    def read(value: str) -> str:
        if value.lower() not in choices:
            raise ValueError("one of " + ", ".join(choices))
        return value.lower()

    return read


def yes_or_no(value: str) -> bool:
    """Yes or no, as people and programs say it."""
    answers = {"1": True, "true": True, "yes": True, "on": True}
    answers |= {"0": False, "false": False, "no": False, "off": False}
    if value.lower() not in answers:
        raise ValueError("yes or no")
    return answers[value.lower()]


def folder(value: str) -> Path:
    """A folder, made absolute."""
    return Path(value).expanduser().absolute()


def url(*schemes: str) -> Callable[[str], str]:
    """Read an address of one of these kinds; those that name a file are made absolute."""

    def read(value: str) -> str:
        wanted = "an address that begins with " + " or ".join(
            scheme if scheme.endswith(":") else f"{scheme}://" for scheme in schemes
        )
        if value.rstrip("/") in schemes:  # "console:", "memory:"
            return value.rstrip("/")
        scheme, _, rest = value.partition("://")
        if scheme not in schemes:
            raise ValueError(wanted)
        if scheme in FILE_SCHEMES:
            if not rest.startswith("/"):
                raise ValueError(f"{scheme}:/// with three slashes, then a path")
            return f"{scheme}:///{Path(rest[1:]).expanduser().absolute()}"
        try:
            parts = urlsplit(value)
            # A PostgreSQL server may be reached by a socket: postgresql:///name?host=/folder
            by_socket = scheme.startswith("postgresql") and len(parts.path) > 1
            usable = (bool(parts.hostname) or by_socket) and parts.port != 0
        except ValueError:
            usable = False
        if not usable:
            raise ValueError(f"{wanted} and names a host")
        return value

    return read


def public_address(value: str) -> str:
    """Where people reach the site: scheme and host."""
    wanted = "the site's public address, such as https://officine.example, without a path"
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018 — reading it raises when it is no number
    except ValueError:
        raise ValueError(wanted) from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(wanted)
    if parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        raise ValueError(wanted)
    return f"{parts.scheme}://{parts.netloc}"


def secret(value: str) -> str:
    """What nobody may guess."""
    if len(value) < 32:
        raise ValueError("at least 32 characters of chance; leave it out and one is made")
    return value


def timezone(value: str) -> str:
    """A time zone that this machine knows."""
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        raise ValueError("a time zone such as Europe/Rome or America/Bogota") from None
    return value


def command(value: str) -> str:
    """A program that is given a recording."""
    try:
        words = shlex.split(value)
    except ValueError:
        words = []
    if not words or not any("{audio}" in word or "{wav}" in word for word in words):
        raise ValueError("a program and its arguments, among them {audio} or {wav}")
    return value


def mailbox(value: str) -> str:
    """A mail address, perhaps with a name before it."""
    address = parseaddr(value)[1]
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", address):
        raise ValueError("a mail address, such as Officine <post@officine.example>")
    return value


def address(value: str) -> str:
    """A mail address alone."""
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", value):
        raise ValueError("a mail address, such as post@officine.example")
    return value
