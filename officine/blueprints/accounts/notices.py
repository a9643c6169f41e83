"""The letters that keep an account its owner's."""

from officine.blueprints.accounts.commands import new_secret, seal
from officine.blueprints.accounts.events import PasswordChanged, TicketIssued
from officine.core import mail
from officine.core.context import public_url
from officine.core.db import db
from officine.models import Member, Ticket

ENDPOINTS = {
    "confirm": "accounts.confirm",
    "reset": "accounts.reset",
    "change-mail": "accounts.change_address",
    "undo-mail": "accounts.keep_address",
}


class Addressee:
    """A member, at an address that need not be the one they have now."""

    def __init__(self, member: Member, address: str) -> None:
        self.name = member.name
        self.email = address
        self.interface_language = member.interface_language


def hand_over(event: TicketIssued) -> None:
    """Write the letter that carries a right to its owner."""
    ticket = db.session.get(Ticket, event.ticket_id)
    if ticket is None or ticket.is_used or ticket.member.left_at is not None:
        return
    token = new_secret()
    written = mail.write(
        f"accounts/{ticket.details.get('why', ticket.purpose)}",
        to=Addressee(ticket.member, ticket.details["address"]),
        key=f"ticket:{ticket.id}",
        url=public_url(
            ENDPOINTS[ticket.purpose], token=token, lang=ticket.member.interface_language
        ),
        sign_in_url=public_url("accounts.sign_in", lang=ticket.member.interface_language),
        is_confirmed=ticket.member.is_confirmed,
        new_address=ticket.details.get("new_address", ""),
    )
    if written:
        seal(ticket, token)


def tell_of_new_password(event: PasswordChanged) -> None:
    """Tell the member, who may not have done it."""
    member = db.session.get(Member, event.member_id)
    if member is None or member.left_at is not None:
        return
    mail.write(
        "accounts/password-changed",
        to=member,
        key=f"password-changed:{member.id}:{event.changed_at}",
        url=public_url("accounts.ask_reset", lang=member.interface_language),
    )


def say_goodbye(last_address: Addressee, member: Member) -> None:
    """The last letter, to the address that was just deleted."""
    mail.write(
        "accounts/left",
        to=last_address,
        key=f"left:{member.id}",
        url=public_url("accounts.sign_up", lang=last_address.interface_language),
    )
