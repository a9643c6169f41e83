"""Where to send a person next: nowhere but on this site."""

from urllib.parse import quote, urlsplit

from flask import request

from officine.core.i18n import LANGUAGES, page_language

LONGEST = 2000


def safe_next(otherwise: str | None = None) -> str:
    """The address the person came for (``next`` in the form or the address), if it is one of
    ours; else ``otherwise``, or the home page.
    """
    wanted = request.form.get("next") or request.args.get("next")
    return local_address(wanted) or otherwise or home()


def home(language: str | None = None) -> str:
    """The home page in a language, by default the page's."""
    return f"/{language or page_language()}/"


def here() -> str:
    """The address of the page being read, as an address is written: what its forms come back to.
    The answer to a form is the page that the form stood on.
    """
    if not request:
        return "/"
    if request.method not in ("GET", "HEAD"):
        came_from = urlsplit(request.referrer or "")
        same_site = came_from.netloc == request.host
        page = f"{came_from.path}?{came_from.query}" if came_from.query else came_from.path
        return (same_site and local_address(page)) or home()
    path = quote(request.path, safe="/-._~!$&'()*+,;=:@")
    query = quote(request.query_string, safe="%/-._~!$&'()*+,;=:@?")
    return f"{path}?{query}" if query else path


def local_address(address: str | None) -> str | None:
    """The address if it can only be a place on this site, else None.

    Browsers read a backslash as a slash and skip tabs and line ends, so that ``/\\host`` and
    ``/<tab>/host`` lead away as ``//host`` does.
    """
    if not address or len(address) > LONGEST or not address.startswith("/"):
        return None
    if address.startswith("//") or "\\" in address or " " in address:
        return None
    return address if address.isprintable() else None


def in_language(address: str, language: str) -> str:
    """The same address under another language."""
    first, _, rest = address[1:].partition("/")
    return f"/{language}/{rest}" if first in LANGUAGES else address
