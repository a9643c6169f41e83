"""Addresses for what comes back to a letter: each is one row’s own, and a secret of its recipient.

Mail servers may write an address in capitals or in small letters; the secret is read in either.
"""

import hashlib
import hmac
import re
from email.utils import parseaddr

from flask import current_app

LENGTH = 32


def reply_address(noun: str, number: int) -> str | None:
    """Where answers about one row go: ``reply+12-3f…@officine.example``. None where the site awaits
    none.
    """
    address = current_app.extensions["officine.settings"].reply_address
    if not address:
        return None
    name, _, host = address.rpartition("@")
    return f"{name}+{number}-{_secret(noun, number)}@{host}"


def number_in(address: str, noun: str) -> int | None:
    """The row that an address is for; None for one that we never gave."""
    found = re.search(r"\+(\d{1,9})-([0-9a-f]{32})@", address.lower())
    if found is None:
        return None
    number = int(found[1])
    return number if hmac.compare_digest(found[2], _secret(noun, number)) else None


def site_mailbox() -> tuple[str, str]:
    """Who writes the site’s own letters, and from where: name and address."""
    name, address = parseaddr(current_app.config["MAIL_FROM"])
    return name or str(current_app.config["SITE_NAME"]), address


def _secret(noun: str, number: int) -> str:
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(secret, f"reply:{noun}:{number}".encode(), hashlib.sha256).hexdigest()[:LENGTH]
