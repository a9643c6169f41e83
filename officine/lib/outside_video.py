"""Videos that lie elsewhere: recognised by their address alone, without asking anybody."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

YOUTUBE = {"youtube.com", "www.youtube.com", "m.youtube.com", "www.youtube-nocookie.com"}
VIMEO = {"vimeo.com", "www.vimeo.com", "player.vimeo.com"}
LONGEST = 500

YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{11}")
VIMEO_ID = re.compile(r"\d{1,15}")
VIMEO_HASH = re.compile(r"[0-9a-f]{6,20}")
PEERTUBE = re.compile(
    r"/(?:w|videos/watch|videos/embed)/"
    r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[1-9A-HJ-NP-Za-km-z]{22})/?"
)
HOST = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,62}")


@dataclass(frozen=True)
class OutsideVideo:
    """A video elsewhere: on which service, at which address one watches it."""

    service: str
    """youtube, vimeo or peertube."""
    url: str
    """Where one watches it, in one way of writing."""
    embed_url: str
    """What a player in the page loads, once it is pressed."""
    host: str
    """The host of the player."""


def recognise(address: str) -> OutsideVideo | None:
    """The video that an address names, or None if it names none that we know how to show."""
    if len(address) > LONGEST or re.search(r"[\x00-\x20\x7f\\]", address):
        return None
    try:
        parts = urlsplit(address)
        if parts.scheme != "https" or parts.port or parts.username is not None:
            return None
    except ValueError:
        return None
    host = parts.hostname or ""
    if host in YOUTUBE or host == "youtu.be":
        return _youtube(host, parts.path, parts.query)
    if host in VIMEO:
        return _vimeo(parts.path, parts.query)
    return _peertube(host, parts.path)


def _youtube(host: str, path: str, query: str) -> OutsideVideo | None:
    words = path.strip("/").split("/")
    if host == "youtu.be":
        name = words[0] if len(words) == 1 else ""
    elif words == ["watch"]:
        name = parse_qs(query).get("v", [""])[0]
    elif len(words) == 2 and words[0] in ("embed", "shorts", "live"):
        name = words[1]
    else:
        name = ""
    if not YOUTUBE_ID.fullmatch(name):
        return None
    # This host sets no cookie before the film is played.
    player = "www.youtube-nocookie.com"
    return OutsideVideo(
        "youtube",
        f"https://www.youtube.com/watch?v={name}",
        f"https://{player}/embed/{name}?rel=0",
        player,
    )


def _vimeo(path: str, query: str) -> OutsideVideo | None:
    words = path.strip("/").split("/")
    if words[0] == "video":
        words = words[1:]
    if not words or not VIMEO_ID.fullmatch(words[0]) or len(words) > 2:
        return None
    # A film that is not listed carries a second word, without which it is not shown.
    secret = words[1] if len(words) == 2 else parse_qs(query).get("h", [""])[0]
    if secret and not VIMEO_HASH.fullmatch(secret):
        return None
    player = "player.vimeo.com"
    return OutsideVideo(
        "vimeo",
        f"https://vimeo.com/{words[0]}" + (f"/{secret}" if secret else ""),
        f"https://{player}/video/{words[0]}?dnt=1" + (f"&h={secret}" if secret else ""),
        player,
    )


def _peertube(host: str, path: str) -> OutsideVideo | None:
    found = PEERTUBE.fullmatch(path)
    if not found or not HOST.fullmatch(host) or host.rsplit(".", 1)[-1] in ("local", "internal"):
        return None
    return OutsideVideo(
        "peertube",
        f"https://{host}/w/{found[1]}",
        f"https://{host}/videos/embed/{found[1]}?p2p=0&warningTitle=0",
        host,
    )
