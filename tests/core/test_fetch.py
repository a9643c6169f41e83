"""Fetching what lies at an address that somebody typed in."""

import contextlib
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from officine.core import fetch as fetching
from officine.core.fetch import CannotFetch, fetch, is_public


class Handler(BaseHTTPRequestHandler):
    """A host with a calendar, and with traps."""

    def do_GET(self) -> None:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            getattr(self, f"_{self.path.strip('/').partition('?')[0]}")()

    def _fine(self) -> None:
        self._say(200, b"BEGIN:VCALENDAR " + self.headers["Host"].encode())

    def _moved(self) -> None:
        self._say(302, b"", Location="/fine")

    def _inside(self) -> None:
        self._say(302, b"", Location="http://169.254.169.254/latest")

    def _file(self) -> None:
        self._say(302, b"", Location="file:///etc/passwd")

    def _circle(self) -> None:
        self._say(302, b"", Location="/circle")

    def _missing(self) -> None:
        self._say(404, b"no")

    def _large(self) -> None:
        self._say(200, b"x" * 5000)

    def _packed(self) -> None:
        self._say(200, b"x", **{"Content-Encoding": "gzip"})

    def _slow(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(30):
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(0.1)

    def _say(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def host():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def here(number: str, port: int) -> bool:
    return number == "127.0.0.1"


def test_what_lies_there_is_fetched(host):
    name = host.removeprefix("http://")

    assert fetch(f"{host}/fine", largest=1000, may_reach=here) == f"BEGIN:VCALENDAR {name}".encode()
    assert fetch(f"{host}/moved?a=b", largest=1000, may_reach=here).startswith(b"BEGIN")


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("inside", "private"),
        ("file", "address"),
        ("circle", "refused"),
        ("missing", "refused"),
        ("packed", "refused"),
        ("large", "too-large"),
    ],
)
def test_traps_are_recognised(host, path, code):
    with pytest.raises(CannotFetch) as refused:
        fetch(f"{host}/{path}", largest=1000, may_reach=here)

    assert refused.value.code == code


def test_who_sends_drop_by_drop_is_left(host):
    with pytest.raises(CannotFetch) as refused:
        fetch(f"{host}/slow", largest=1000, may_reach=here, seconds=0.4)

    assert refused.value.code == "too-slow"


def test_nothing_behind_our_door_is_reached(host):
    with pytest.raises(CannotFetch) as refused:
        fetch(f"{host}/fine", largest=1000)

    assert refused.value.code == "private"


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "fe80::1", "fc00::1", "::ffff:10.0.0.1",
        "2002:0a00:0001::1", "ff02::1", "::",
    ],
)  # fmt: skip
def test_these_are_not_public(number):
    assert not is_public(number, 443)


def test_public_addresses_are_reached_at_the_ports_of_the_web_only():
    assert is_public("93.184.216.34", 443)
    assert is_public("2606:2800:220:1:248:1893:25c8:1946", 80)
    assert not is_public("93.184.216.34", 25)


def test_a_name_with_one_private_address_is_not_reached(monkeypatch):
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 80))
            for number in ("93.184.216.34", "127.0.0.1")]  # fmt: skip
    monkeypatch.setattr(fetching.socket, "getaddrinfo", lambda *_, **__: both)

    with pytest.raises(CannotFetch) as refused:
        fetch("http://rebinding.example/", largest=10)

    assert refused.value.code == "private"


def test_a_name_is_looked_up_once(host, monkeypatch):
    """A name that answers otherwise the second time leads nowhere else."""
    port = int(host.rpartition(":")[2])
    asked = []

    def answer(name, *_, **__):
        asked.append(name)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    real = socket.getaddrinfo
    monkeypatch.setattr(
        fetching.socket,
        "getaddrinfo",
        lambda name, *rest, **more: (
            answer(name) if name == "calendar.example" else real(name, *rest, **more)
        ),
    )

    found = fetch(f"http://calendar.example:{port}/fine", largest=1000, may_reach=here)

    assert found == f"BEGIN:VCALENDAR calendar.example:{port}".encode()
    assert asked == ["calendar.example"]


@pytest.mark.parametrize(
    "url",
    ["", "ciao", "ftp://example.org/a", "file:///etc/passwd", "http://", "http://a:b@example.org/",
     "http://example.org:99999/", "http://[::1", "gopher://example.org/"],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_refused(url):
    with pytest.raises(CannotFetch) as refused:
        fetch(url, largest=10)

    assert refused.value.code == "address"
