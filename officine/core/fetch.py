"""Fetching what lies at an address that somebody typed in, without letting them reach with our
hands what stands behind our door.

The name is looked up once, every address it has must be public, and the connection goes to one of
those: a name that changes its mind between question and visit leads nowhere else. Each redirection
is judged in the same way. Size and time are limited, in whatever drops it comes.
"""

import ipaddress
import socket
import time
from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

import urllib3
from urllib3.exceptions import HTTPError

PORTS = {"http": 80, "https": 443}
MOST_HOPS = 4
SECONDS = 20
CONNECT_SECONDS = 5
READ_SECONDS = 8
BITE = 16 * 1024


class CannotFetch(Exception):
    """Nothing was fetched: “address”, “private”, “unknown”, “unreachable”, “refused”, “too-large”,
    “too-slow”.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def is_public(host: str, port: int) -> bool:
    """Whether anybody on the Internet may reach this address and port."""
    address = ipaddress.ip_address(host)
    mapped = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    if mapped is not None:
        address = mapped
    return address.is_global and not address.is_multicast and port in PORTS.values()


def fetch(
    url: str,
    *,
    largest: int,
    accept: str = "*/*",
    may_reach: Callable[[str, int], bool] = is_public,
    seconds: float = SECONDS,
) -> bytes:
    """What lies at a public address (`http:`, `https:`, `webcal:`). Raises CannotFetch."""
    until = time.monotonic() + seconds
    for _ in range(MOST_HOPS):
        answer = _visit(url, accept, may_reach)
        try:
            location = answer.headers.get("Location")
            if answer.status in (301, 302, 303, 307, 308) and location:
                url = urljoin(url, location)
                continue
            if answer.status != 200 or answer.headers.get("Content-Encoding", "identity") != (
                "identity"
            ):
                raise CannotFetch("refused")
            return _read(answer, largest, until)
        except (HTTPError, OSError) as error:
            raise CannotFetch("unreachable") from error
        finally:
            answer.close()
    raise CannotFetch("refused")


def _visit(
    url: str, accept: str, may_reach: Callable[[str, int], bool]
) -> urllib3.BaseHTTPResponse:
    scheme, host, port, path = _parts(url)
    number = _number_of(host, port, may_reach)
    timeout = urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
    pool: urllib3.HTTPConnectionPool
    if scheme == "https":
        pool = urllib3.HTTPSConnectionPool(
            number, port, timeout=timeout, server_hostname=host, assert_hostname=host
        )
    else:
        pool = urllib3.HTTPConnectionPool(number, port, timeout=timeout)
    shown = f"[{host}]" if ":" in host else host
    headers = {
        "Host": shown if port == PORTS[scheme] else f"{shown}:{port}",
        "User-Agent": "Officine",
        "Accept": accept,
        "Accept-Encoding": "identity",
    }
    try:
        return pool.urlopen(
            "GET", path, headers=headers, redirect=False, retries=False, preload_content=False
        )
    except (HTTPError, OSError, ValueError) as error:
        raise CannotFetch("unreachable") from error


def _parts(url: str) -> tuple[str, str, int, str]:
    try:
        parts = urlsplit(url.strip())
        scheme = "https" if parts.scheme in ("webcal", "webcals") else parts.scheme
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode() if parts.hostname else ""
    except (ValueError, UnicodeError) as error:
        raise CannotFetch("address") from error
    if scheme not in PORTS or not host or parts.username or parts.password:
        raise CannotFetch("address")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return scheme, host, port or PORTS[scheme], path


def _number_of(host: str, port: int, may_reach: Callable[[str, int], bool]) -> str:
    """The address of a host; all that it has must be public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise CannotFetch("unknown") from error
    numbers = [str(each[4][0]).partition("%")[0] for each in found]
    if not numbers or not all(may_reach(number, port) for number in numbers):
        raise CannotFetch("private")
    return numbers[0]


def _read(answer: urllib3.BaseHTTPResponse, largest: int, until: float) -> bytes:
    data = bytearray()
    while bite := answer.read1(BITE):
        data += bite
        if len(data) > largest:
            raise CannotFetch("too-large")
        if time.monotonic() > until:
            raise CannotFetch("too-slow")
    return bytes(data)
