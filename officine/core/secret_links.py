"""Links that are their own proof, for people who cannot sign in: the key in the address is known
only to whoever received the letter it stands in.
"""

import base64
import hashlib
import hmac

from flask import current_app


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
