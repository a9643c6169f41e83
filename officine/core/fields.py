"""What forms of more than one feature ask for: something, a mail address, a web address, a good
password, a language, who sees it.
"""

import re
from typing import Any
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, StopValidation, ValidationError

from officine.core import passwords
from officine.core.form import Form
from officine.core.i18n import LANGUAGES, OWN_NAMES
from officine.lib.disposable import is_disposable
from officine.lib.text import clean_line

LONGEST_ADDRESS = 254
LANGUAGE_CHOICES = [SelectChoice(code, OWN_NAMES[code]) for code in LANGUAGES]

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


def lasting_address(form: Any, field: Any) -> None:
    """The field holds no address that is thrown away after a while, unless its owner was warned:
    of each domain once, which ``form.warned`` remembers.
    """
    domain = field.data.rpartition("@")[2]
    if is_disposable(field.data) and form.warned.data != domain:
        form.warned.data = domain
        raise ValidationError(
            _l(
                "This is a throw-away address: when it expires, you would lose your account "
                "with it. Write another, or type your password again to go on with this one."
            )
        )


def real_name(_form: Any, field: Any) -> None:
    """The field holds what can be a person’s name: letters, and no address to visit, because
    letters to others carry it.
    """
    if not any(letter.isalpha() for letter in field.data or ""):
        raise ValidationError(_l("Write your name with letters."))
    if re.search(r"://|www\.|@", field.data):
        raise ValidationError(_l("Write your name only, without addresses."))


def web_address(_form: Any, field: Any) -> None:
    """The field holds an address that a browser opens, or nothing."""
    field.data = (field.data or "").strip()
    if not field.data:
        return
    try:
        parts = urlsplit(field.data)
    except ValueError:
        parts = None
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValidationError(_l("Write the whole address, such as https://example.com/room."))


def strong_password(_form: Any, field: Any, about: tuple[str, ...] = ()) -> None:
    """The field holds a password that is not soon guessed."""
    weakness = passwords.weakness(field.data, about)
    if weakness:
        raise ValidationError(weakness)


EMAIL = (
    Given(_l("Write your e-mail address.")),
    real_address,
)


class AudienceForm(Form):
    """Who sees it, and which group holds it. Whoever asks says the choices of ``group``, of which
    0 is none: what only the members of a group see has a group.
    """

    audience = RadioField(
        _l("Who sees it"),
        choices=[
            SelectChoice("public", _l("Everyone, also without an account")),
            SelectChoice("members", _l("Members of Officine")),
            SelectChoice("group", _l("Only the members of the group")),
        ],
        default="public",
    )
    group = SelectField(_l("Group that holds it"), coerce=int, default=0)

    def validate_group(self, field: Any) -> None:
        if self.audience.data == "group" and not field.data:
            raise ValidationError(_l("Choose the group whose members see it."))


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
