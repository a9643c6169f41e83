"""Whom one may enter as, and which letters the site wrote."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from officine.core.db import db
from officine.core.mail import Mail
from officine.models import Member

LETTERS_A_PAGE = 50

VISITOR = "visitor"
NEWCOMER = "newcomer"
NEWCOMER_HANDLE = "nadia-ferro"


@dataclass(frozen=True)
class Role:
    """One of those as whom the demonstration can be entered."""

    key: str
    label: Any
    handle: str


CAST = (
    Role(VISITOR, _l("Visitor"), ""),
    Role(NEWCOMER, _l("New member"), NEWCOMER_HANDLE),
    Role("italian", _l("Marta, writes in Italian"), "marta-colombo"),
    Role("spanish", _l("Teresa, writes in Spanish"), "teresa-uribe"),
    Role("english", _l("Emma, writes in English"), "emma-whitcombe"),
    Role("editor", _l("Giulia, editor"), "giulia-serra"),
    Role("administrator", _l("Ruth, administrator"), "ruth-adler"),
)


def find_role(key: str) -> Role | None:
    """The role with this key."""
    return next((role for role in CAST if role.key == key), None)


def find_player(role: Role) -> Member | None:
    """Who plays a role; nobody plays the visitor."""
    return db.session.scalar(
        select(Member).where(Member.handle == role.handle, Member.left_at.is_(None))
    )


def letters(to: str = "", page: int = 1) -> Sequence[Mail]:
    """The letters to an address, or to all, newest first."""
    asked = select(Mail).order_by(Mail.id.desc())
    if to:
        asked = asked.where(Mail.to_address == to)
    start = (page - 1) * LETTERS_A_PAGE
    # One more than shown tells whether there is another page.
    return db.session.scalars(asked.offset(start).limit(LETTERS_A_PAGE + 1)).all()


def recipients() -> Sequence[tuple[str, int]]:
    """Who was written to, and how often, most recently first."""
    rows = db.session.execute(
        select(Mail.to_address, func.count()).group_by(Mail.to_address)
        .order_by(func.max(Mail.id).desc()).limit(100)
    )  # fmt: skip
    return [(address, count) for address, count in rows]


def find_letter(letter_id: int) -> Mail | None:
    """One letter."""
    return db.session.get(Mail, letter_id)
