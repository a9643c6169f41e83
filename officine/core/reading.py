"""In which languages whoever looks reads what is told in several."""

from flask import request

from officine.core.i18n import LANGUAGES, page_language
from officine.core.session import viewer


def reading_order() -> tuple[str, ...]:
    """The page’s language if the viewer reads it, then the others they read, then the page’s."""
    reads = tuple(viewer().reads)
    own = page_language()
    first = (own,) if own in reads else ()
    return tuple(dict.fromkeys((*first, *reads, own)))


def asked_language(name: str) -> str:
    """The language that the address asks for, if it is one of ours."""
    code = request.args.get(name, "")
    return code if code in LANGUAGES else ""
