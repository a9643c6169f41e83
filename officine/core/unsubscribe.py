"""Links in mails that stop such mails without signing in.

The link itself is the proof: it is signed, names the person and what stops, and never expires,
because old letters are read too. Mail programs call it by themselves when somebody presses their
own “unsubscribe” (RFC 8058).
"""

from dataclasses import asdict, dataclass

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from officine.core.context import public_url

SALT = "unsubscribe"
KINDS = ("answers", "mentions", "interviews", "events", "topic")
ONE_CLICK = "List-Unsubscribe=One-Click"


@dataclass(frozen=True)
class Unsubscribing:
    """Who wants to hear no more, and of what: answers, mentions, interviews, events, or one
    topic."""

    member_id: int
    kind: str
    topic_id: int | None = None


def token_for(member_id: int, kind: str, topic_id: int | None = None) -> str:
    """The secret part of a link that stops mails of one of KINDS; for a topic, which."""
    wish = Unsubscribing(member_id, kind, topic_id)
    return str(_signer().dumps(list(asdict(wish).values())))


def read_token(token: str) -> Unsubscribing | None:
    """What a link stops; None when it was not written by us."""
    try:
        wish = Unsubscribing(*_signer().loads(token))
    except (BadData, TypeError):
        return None
    return wish if wish.kind in KINDS else None


def unsubscribe_url(member_id: int, kind: str, topic_id: int | None = None) -> str:
    """The full address of the page that stops such mails, in the language being written."""
    token = token_for(member_id, kind, topic_id)
    return public_url("notifications.unsubscribe", token=token)


def unsubscribe_headers(url: str) -> dict[str, str]:
    """What tells a mail program how to stop these mails with one press."""
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": ONE_CLICK}


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=SALT)
