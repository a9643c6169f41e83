"""What a member fills in to change how things are for them."""

from datetime import datetime
from typing import Any

from babel.dates import get_timezone, get_timezone_gmt, get_timezone_location
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, ValidationError

from officine.core.fields import EMAIL, Given, lasting_address, strong_password
from officine.core.form import Form
from officine.core.i18n import LANGUAGES, OWN_NAMES
from officine.lib.text import clean_line
from officine.lib.timezones import TIMEZONES

OWN_LANGUAGES = [SelectChoice(code, OWN_NAMES[code]) for code in LANGUAGES]


class LanguagesForm(Form):
    """Languages and clock."""

    interface = RadioField(
        _l("Language of the site"),
        choices=OWN_LANGUAGES,
        validate_choice=False,
        validators=[AnyOf(LANGUAGES, message=_l("Choose a language."))],
    )
    reads = SelectMultipleField(
        _l("Languages you read"),
        description=_l("You see first what is written in these. Nothing is hidden from you."),
        choices=OWN_LANGUAGES,
        validate_choice=False,
        validators=[Given(_l("Tick at least one language."))],
    )
    timezone = SelectField(_l("Time zone"), validate_choice=False)

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.timezone.choices = [SelectChoice("", _("As the site")), *timezone_choices(at)]

    def validate_reads(self, field: Any) -> None:
        """Only languages that we have."""
        field.data = [code for code in LANGUAGES if code in field.data]
        if not field.data:
            raise ValidationError(_l("Tick at least one language."))

    def validate_timezone(self, field: Any) -> None:
        """One of ours, or the site's."""
        if field.data and field.data not in TIMEZONES:
            raise ValidationError(_l("Choose a time zone from the list."))


def timezone_choices(at: datetime) -> list[SelectChoice]:
    """Zones by the name of their place, with their distance from Greenwich just now."""
    locale = get_locale()
    named = []
    for zone in TIMEZONES:
        place = get_timezone_location(zone, locale=locale)
        offset = get_timezone_gmt(at.astimezone(get_timezone(zone)), width="short", locale=locale)
        named.append(SelectChoice(zone, f"{place} ({offset})"))
    return sorted(named, key=lambda choice: str(choice.label))


class LettersForm(Form):
    """Mails about what happens."""

    answers = BooleanField(_l("When somebody answers in a topic I follow"))
    mentions = BooleanField(_l("When somebody mentions me"))
    interviews = BooleanField(_l("When an interview about what I follow is published"))
    events = BooleanField(_l("Invitations to events, and reminders of those I go to"))


class OwnPasswordForm(Form):
    """A form that asks for the password, to know that it is them."""

    current = PasswordField(_l("Your password"), validators=[Given(_l("Write your password."))])


class ChangePasswordForm(OwnPasswordForm):
    """A new password for the old one."""

    password = PasswordField(_l("New password"), validators=[Given(_l("Choose a password."))])

    def __init__(self, *args: Any, about: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = about

    def validate_password(self, field: Any) -> None:
        """Not soon guessed, even by whoever knows the member."""
        strong_password(self, field, self.about)


class ChangeAddressForm(OwnPasswordForm):
    """A new mail address."""

    email = EmailField(
        _l("New e-mail address"), filters=[clean_line], validators=[*EMAIL, lasting_address]
    )
    warned = HiddenField()
    """The disposable domain that the person was warned of."""

    def __init__(self, *args: Any, present: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.present = present

    def validate_email(self, field: Any) -> None:
        """Another than the one they have."""
        if field.data == self.present:
            raise ValidationError(_l("This is your address already."))


class LeaveForm(OwnPasswordForm):
    """To leave Officine."""

    desk = BooleanField(_l("The editorial desk may look after my groups"))
