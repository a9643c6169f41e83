"""Links that are their own proof, for people who cannot sign in: the key in the address is known
only to whoever received the letter it stands in.
"""

import base64
import hashlib
import hmac

from flask import Blueprint, Response, current_app

from officine.core.limits import by_address, seconds_to_wait, wait_message

MOST_TRIES = "120 per hour"
"""How often one address may open such pages: many more than anybody needs."""


def key_for(noun: str, number: int) -> str:
    """The secret part of a link to one row. It cannot be guessed, and is always the same, so that
    a later letter can carry it again.
    """
    secret = str(current_app.config["SECRET_KEY"]).encode()
    digest = hmac.new(secret, f"link:{noun}:{number}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def opens(key: str, noun: str, number: int) -> bool:
    """Whether a key is the one of this row."""
    return hmac.compare_digest(key.encode(), key_for(noun, number).encode())


def fingerprint(key: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


def guard(blueprint: Blueprint) -> None:
    """Keep the pages behind such links to who has them: nobody tries keys, and what is answered is
    found by no search engine, kept by nothing, and tells no other site its address.
    """
    blueprint.before_request(_not_too_often)
    blueprint.after_request(_keep_secret)


def _not_too_often() -> Response | None:
    if seconds := seconds_to_wait((MOST_TRIES, f"secret:{by_address()}")):
        return Response(wait_message(seconds), 429, mimetype="text/plain")
    return None


def _keep_secret(reply: Response) -> Response:
    reply.headers["Referrer-Policy"] = "no-referrer"
    reply.headers["X-Robots-Tag"] = "noindex, nofollow"
    reply.headers["Cache-Control"] = "private, no-store"
    return reply
