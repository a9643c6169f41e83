"""What editors fill in to say when they are there."""

from datetime import date, time, timedelta
from typing import Any

from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _lp
from wtforms import (
    DateField,
    Field,
    SelectField,
    SelectMultipleField,
    TimeField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from officine.core.form import Form
from officine.core.i18n import LANGUAGES, OWN_NAMES
from officine.core.words import timezone_name
from officine.lib.timezones import TIMEZONES
from officine.models import Member
from officine.models.duty import MIDNIGHT

LONGEST_LEAVE = timedelta(days=366)


class ShiftForm(Form):
    """Hours of every week."""

    weekdays = SelectMultipleField(
        _l("Days"), validators=[InputRequired(_l("Choose at least one day."))], coerce=int
    )
    starts = TimeField(_lp("hours", "From"), [InputRequired(_l("Write a time such as 09:00."))])
    ends = TimeField(_lp("hours", "To"), [InputRequired(_l("Write a time such as 09:00."))])
    languages = SelectMultipleField(
        _l("Languages"), validators=[InputRequired(_l("Choose at least one language."))]
    )
    timezone = SelectField(_l("Time zone"), validators=[InputRequired()])

    def __init__(self, member: Member, timezone: str, *args: Any, **kwargs: Any) -> None:
        read = [code for code in LANGUAGES if code in member.reads]
        kwargs = {"timezone": timezone, "languages": read} | kwargs
        super().__init__(*args, prefix="shift-", **kwargs)
        self.weekdays.choices = [
            SelectChoice(number, name) for number, name in enumerate(weekday_names())
        ]
        self.languages.choices = [SelectChoice(code, OWN_NAMES[code]) for code in read]
        known = TIMEZONES if timezone in TIMEZONES else (timezone, *TIMEZONES)
        named = [SelectChoice(zone, timezone_name(zone)) for zone in known]
        self.timezone.choices = sorted(named, key=lambda choice: str(choice.label))

    def validate_ends(self, field: Field) -> None:
        if field.data == self.starts.data != MIDNIGHT:
            raise ValidationError(_l("The shift ends when it starts: write another time."))

    def hours(self) -> tuple[time, time]:
        """From when to when."""
        assert self.starts.data is not None
        assert self.ends.data is not None
        return self.starts.data, self.ends.data


class LeaveForm(Form):
    """Days away."""

    first_day = DateField(_l("First day away"), [InputRequired(_l("Choose a day."))])
    last_day = DateField(_l("Last day away"), [InputRequired(_l("Choose a day."))])

    def __init__(self, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="leave-", **kwargs)
        self.today = today

    def validate_last_day(self, field: Field) -> None:
        if self.first_day.data is None or field.data is None:
            return
        if field.data < self.first_day.data:
            raise ValidationError(_l("The last day comes before the first."))
        if field.data < self.today:
            raise ValidationError(_l("These days are over already."))
        if field.data - self.first_day.data > LONGEST_LEAVE:
            raise ValidationError(_l("Write at most one year at a time."))


def weekday_names(width: str = "wide") -> list[str]:
    """Monday first, in the language of the page."""
    names = get_locale().days["stand-alone"][width]
    return [str(names[number]) for number in range(7)]
