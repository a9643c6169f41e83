"""Passwords: kept as argon2id, judged by length and by how soon they would be guessed."""

import secrets
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app
from flask_babel import lazy_gettext as _l
from zxcvbn import zxcvbn

SHORTEST = 10
LONGEST = 200
STRONG_ENOUGH = 3
"""Of zxcvbn's 0 to 4: a stolen list would take long to give it away."""

# zxcvbn's work grows with the square of the length, and nobody guesses 72 characters.
JUDGED = 72


def hash_password(password: str) -> str:
    """What we keep of a password."""
    return _hasher().hash(_spelled(password))


def matches(password: str, password_hash: str) -> bool:
    """Whether this is the password that was kept."""
    try:
        return _hasher().verify(password_hash, _spelled(password))
    except (VerificationError, InvalidHashError):
        return False


def pretend_to_match(password: str) -> None:
    """Take as long as `matches` where there is no account, so that the time tells nothing."""
    matches(password, _nobodys_hash(_hasher()))


def is_outdated(password_hash: str) -> bool:
    """Whether the hash was made with other parameters than those of today."""
    return _hasher().check_needs_rehash(password_hash)


def weakness(password: str, about: Iterable[str] = ()) -> Any | None:
    """Why a password is too weak, in a sentence; None if it is good. ``about`` are texts of its
    owner that a guesser would try first: name, mail address.
    """
    if len(password) < SHORTEST:
        return _l("Use at least %(count)s characters. Four or five words do well.", count=SHORTEST)
    if len(password) > LONGEST:
        return _l("Use at most %(count)s characters.", count=LONGEST)
    judged = zxcvbn(password[:JUDGED], user_inputs=_guesses(about))
    if judged["score"] >= STRONG_ENOUGH:
        return None
    return _why(judged["sequence"])


def _why(sequence: list[dict[str, Any]]) -> Any:
    """What makes it easy to guess: its longest part that follows a pattern."""
    patterned = [match for match in sequence if match["pattern"] != "bruteforce"]
    if not patterned:
        return _l("This is easy to guess. Add another word or two.")
    longest = max(patterned, key=lambda match: len(match["token"]))
    if longest["pattern"] == "dictionary":
        return _DICTIONARIES.get(longest["dictionary_name"], _COMMON_WORD)
    return _PATTERNS.get(longest["pattern"], _COMMON_WORD)


_COMMON_WORD = _l("This is made of common words. Add another word or two, unusual ones.")
_DICTIONARIES = {
    "passwords": _l("Too many people use this password or one like it. Choose another."),
    "user_inputs": _l(
        "This is too close to your name or address. Add words that have nothing to do with you."
    ),
}
_PATTERNS = {
    "spatial": _l("Keys that lie side by side are easy to guess. Use a few words instead."),
    "repeat": _l("What repeats itself is easy to guess. Use a few different words."),
    "sequence": _l("Sequences such as abc or 6543 are easy to guess. Use a few words instead."),
    "regex": _l("Years are easy to guess. Use a few words instead."),
    "date": _l("Dates are easy to guess. Use a few words instead."),
}


def _guesses(about: Iterable[str]) -> list[str]:
    guesses = []
    for text in about:
        words = text.casefold().replace("@", " ").replace(".", " ").replace("-", " ").split()
        guesses += [text.casefold(), "".join(words), " ".join(words), *words]
    return [guess[:JUDGED] for guess in guesses if guess]


def _spelled(password: str) -> str:
    # One keyboard composes “é”, another sends two characters: both are the same password.
    return unicodedata.normalize("NFKC", password)


def _hasher() -> PasswordHasher:
    return _cheap() if current_app.config["TESTING"] else _careful()


@cache
def _careful() -> PasswordHasher:
    # OWASP's first choice for argon2id: 46 MiB, one pass, one lane.
    return PasswordHasher(time_cost=1, memory_cost=46 * 1024, parallelism=1)


@cache
def _cheap() -> PasswordHasher:
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@cache
def _nobodys_hash(hasher: PasswordHasher) -> str:
    return hasher.hash(secrets.token_hex())
