"""What forms of more than one feature ask for: something, a mail address, a good password."""

import re
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired, StopValidation, ValidationError

from officine.core import passwords
from officine.lib.text import clean_line

LONGEST_ADDRESS = 254

SHOWN_ONLY = {"csrf": False}
"""Meta of a form that is shown and never asked whether it is valid: on a page for visitors its
token would open a session. The page writes the token where it is needed.
"""


class Given(InputRequired):
    """The field holds something; otherwise nothing else is said about it."""

    def __call__(self, form: Any, field: Any) -> None:
        given = field.data.strip() if isinstance(field.data, str) else field.data
        if not given:
            field.errors = []
            raise StopValidation(self.message)


def real_address(_form: Any, field: Any) -> None:
    """The field holds what can be a mail address; from then on, as we keep it."""
    address = address_of(field.data)
    if address is None:
        raise StopValidation(_l("Write an address such as name@company.com."))
    field.data = address


def real_name(_form: Any, field: Any) -> None:
    """The field holds what can be a person’s name: letters, and no address to visit, because
    letters to others carry it.
    """
    if not any(letter.isalpha() for letter in field.data or ""):
        raise ValidationError(_l("Write your name with letters."))
    if re.search(r"://|www\.|@", field.data):
        raise ValidationError(_l("Write your name only, without addresses."))


def strong_password(_form: Any, field: Any, about: tuple[str, ...] = ()) -> None:
    """The field holds a password that is not soon guessed."""
    weakness = passwords.weakness(field.data, about)
    if weakness:
        raise ValidationError(weakness)


EMAIL = (
    Given(_l("Write your e-mail address.")),
    real_address,
)


def address_of(text: str | None) -> str | None:
    """A mail address as we keep it, or None if it cannot be one: in lower case, its domain in
    the letters that every mail server knows. “Ada@BÜCHER.example” → ``ada@xn--bcher-kva.example``.
    """
    try:
        checked = validate_email(clean_line(text), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return None
    address = (checked.ascii_email or "").lower()
    return address if 0 < len(address) <= LONGEST_ADDRESS else None
