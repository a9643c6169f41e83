"""What people type to join, to come in, and to keep their account."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, Length, ValidationError

from officine.core.fields import EMAIL, Given, lasting_address, real_name, strong_password
from officine.core.form import Form
from officine.core.i18n import LANGUAGES, OWN_NAMES
from officine.core.words import KIND_NAMES
from officine.lib.text import clean_line
from officine.models.member import KINDS

LONGEST_NAME = 80


class SignUpForm(Form):
    """To join."""

    name = StringField(
        _l("Name and surname"),
        filters=[clean_line],
        validators=[
            Given(_l("Write your name.")),
            Length(max=LONGEST_NAME, message=_l("Use at most %(max)d characters.")),
            real_name,
        ],
    )
    email = EmailField(
        _l("E-mail address"), filters=[clean_line], validators=[*EMAIL, lasting_address]
    )
    password = PasswordField(_l("Password"), validators=[Given(_l("Choose a password."))])
    kind = RadioField(
        _l("What brings you here"),
        choices=[SelectChoice(kind, KIND_NAMES[kind]) for kind in KINDS],
        validate_choice=False,
        validators=[AnyOf(KINDS, message=_l("Say which of these you are."))],
    )
    reads = SelectMultipleField(
        _l("Languages you read"),
        choices=[SelectChoice(code, OWN_NAMES[code]) for code in LANGUAGES],
        validate_choice=False,
        validators=[Given(_l("Tick at least one language."))],
    )
    consent = BooleanField(
        validators=[
            Given(_l("To join, you need to accept the rules, the terms and the privacy notice."))
        ]
    )
    warned = HiddenField()
    """The disposable domain that the person was warned of."""
    next = HiddenField()

    def validate_password(self, field: Any) -> None:
        """Not soon guessed, even by whoever knows the name and the address."""
        strong_password(self, field, (self.name.data or "", self.email.data or ""))

    def validate_reads(self, field: Any) -> None:
        """Only languages that we have."""
        field.data = [code for code in LANGUAGES if code in field.data]
        if not field.data:
            raise ValidationError(_l("Tick at least one language."))


class SignInForm(Form):
    """To come in. The address is not judged: who mistypes it hears the same as anyone."""

    email = EmailField(
        _l("E-mail address"),
        filters=[clean_line],
        validators=[Given(_l("Write your e-mail address."))],
    )
    password = PasswordField(_l("Password"), validators=[Given(_l("Write your password."))])
    stay = BooleanField(_l("Stay signed in on this device"))
    next = HiddenField()


class AddressForm(Form):
    """A mail address alone."""

    email = EmailField(_l("E-mail address"), filters=[clean_line], validators=[*EMAIL])


class NewPasswordForm(Form):
    """A new password, by the link in a mail."""

    password = PasswordField(_l("New password"), validators=[Given(_l("Choose a password."))])

    def __init__(self, *args: Any, about: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = about

    def validate_password(self, field: Any) -> None:
        """Not soon guessed, even by whoever knows the member."""
        strong_password(self, field, self.about)


class OneButton(Form):
    """A form that is only its button."""
