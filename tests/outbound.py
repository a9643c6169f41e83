"""A letter box that keeps what is sent."""

import re
from email.message import EmailMessage


class Outbound:
    """A mail transport for tests."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []

    def send(self, message: EmailMessage) -> None:
        self.letters.append(message)

    def to(self, address: str) -> list[EmailMessage]:
        """The letters to one address, oldest first."""
        return [letter for letter in self.letters if address in str(letter["To"])]


def text_of(letter: EmailMessage) -> str:
    """What its plain version says."""
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def html_of(letter: EmailMessage) -> str:
    """What a letter says to those whose programme shows HTML."""
    body = letter.get_body(("html",))
    assert body is not None
    return str(body.get_content())


def link_in(letter: EmailMessage, containing: str = "") -> str:
    """The first address in a letter that contains these words, without our host."""
    links = [link for link in re.findall(r"https?://\S+", text_of(letter)) if containing in link]
    assert links, f"no link with {containing!r} in the letter"
    return re.sub(r"^https?://[^/]+", "", links[0].rstrip(".>)"))
