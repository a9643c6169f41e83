"""Which dates of a series a change goes for, and how an event comes again."""

from typing import Any

from flask_babel import format_date
from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import HiddenInput

from officine.blueprints.planning.commands.series import SCOPES
from officine.core.form import Form
from officine.models.event import Event


class ScopeForm(Form):
    """Which dates of a series a change goes for."""

    scope = RadioField(
        _l("Which dates?"),
        choices=[
            SelectChoice("this", _l("Only this one")),
            SelectChoice("following", _l("This one and the following")),
            SelectChoice("all", _l("All that are still to come")),
        ],
        default="this",
        validate_choice=False,
    )

    def chosen_scope(self) -> str:
        """One of SCOPES; only this one, where nothing was asked."""
        return self.scope.data if self.scope.data in SCOPES else "this"


class ShareForm(ScopeForm):
    """Which other dates get what this one has."""

    scope = RadioField(
        _l("Which dates?"),
        choices=[
            SelectChoice("following", _l("The following ones")),
            SelectChoice("all", _l("All that are still to come")),
        ],
        default="following",
        validate_choice=False,
    )


class SeriesForm(Form):
    """How an event comes again."""

    every = RadioField(_l("How often"), default="week")
    ends = RadioField(
        _l("Until when"),
        choices=[
            SelectChoice("never", _l("Until somebody ends it")),
            SelectChoice("last", _l("Until a day")),
            SelectChoice("count", _l("So many times")),
        ],
        default="never",
    )
    last = DateField(_l("The day"), [Optional()])
    count = IntegerField(
        _l("How many times"), [Optional(), NumberRange(2, 200, _l("Write a number from 2 to 200."))]
    )
    version = IntegerField(widget=HiddenInput(), default=0)

    def __init__(self, event: Event, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.first = event.starts_at.astimezone(event.timezone).date()
        weekday = format_date(self.first, "EEEE")
        which = (self.first.day - 1) // 7 + 1
        self.every.choices = [
            SelectChoice("week", _l("Every week, on %(weekday)s", weekday=weekday)),
            SelectChoice("two-weeks", _l("Every two weeks, on %(weekday)s", weekday=weekday)),
            SelectChoice(
                "month-weekday",
                _l("Every month, on the same weekday: the last %(weekday)s", weekday=weekday)
                if which == 5
                else _l(
                    "Every month, on the same weekday: %(weekday)s number %(which)s",
                    weekday=weekday,
                    which=which,
                ),
            ),
            SelectChoice(
                "month-day", _l("Every month, on the day number %(day)s", day=self.first.day)
            ),
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field by itself, and that the end that was chosen is said."""
        fine = bool(super().validate(extra_validators))
        if self.ends.data == "last" and not self.last.errors:
            if not self.last.data:
                self.last.errors = [_l("Choose a day.")]
            elif self.last.data <= self.first:
                self.last.errors = [_l("This day comes before the second time.")]
        if self.ends.data == "count" and not self.count.errors and not self.count.data:
            self.count.errors = [_l("Write a number from 2 to 200.")]
        return fine and not self.last.errors and not self.count.errors

    def rule(self) -> dict[str, Any]:
        """How often and until when, as the commands take it."""
        return {
            "every": self.every.data,
            "last": self.last.data if self.ends.data == "last" else None,
            "count": (self.count.data or 0) if self.ends.data == "count" else 0,
        }
