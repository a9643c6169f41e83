"""What an event is: when, where, who may come."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.validators import ValidationError as Wrong
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from officine.blueprints.planning.commands.drafting import Terms, When, Where
from officine.blueprints.planning.forms.repeating import ScopeForm
from officine.blueprints.planning.forms.texts import WordsForm
from officine.core.fields import LANGUAGE_CHOICES, AudienceForm, web_address
from officine.core.form import Form
from officine.core.words import countries, timezone_name
from officine.lib.text import clean_line
from officine.lib.timezones import TIMEZONES
from officine.models import Group
from officine.models.event import Event

LONGEST = timedelta(days=60)
"""An event that lasts longer was typed wrongly."""
MOST_SEATS = 100_000


class EventForm(Form):
    """What all have in common: what one chooses from. ``clock`` is the zone chosen first."""

    def __init__(self, clock: str = "", groups: Iterable[Group] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if "zone" in self:
            known = TIMEZONES if clock in TIMEZONES else (clock, *TIMEZONES)
            self["zone"].choices = [SelectChoice(each, timezone_name(each)) for each in known]
            self["zone"].data = self["zone"].data or clock
        if "country" in self:
            named = [SelectChoice(code, name) for code, name in countries()]
            self["country"].choices = [SelectChoice("", "—"), *named]
        if "group" in self:
            self["group"].choices = [(0, "—"), *((each.id, each.name) for each in groups)]


class WhenForm(EventForm):
    """Day, hours and the clock by which they are meant."""

    day = DateField(_l("Day"), [InputRequired(_l("Choose a day."))])
    begins = TimeField(_l("From"), [InputRequired(_l("Say when it begins."))])
    ends = TimeField(_l("To"), [InputRequired(_l("Say when it ends."))])
    last_day = DateField(_l("Last day, if it ends on another one"), [Optional()])
    zone = SelectField(_l("By the clock of"))

    def validate_begins(self, field: Any) -> None:
        if self.day.data and field.data and not self._exists(self.day.data, field.data):
            raise Wrong(_l("There is no such hour on that day: the clocks go forward."))

    def validate_last_day(self, field: Any) -> None:
        if not field.data or not self.day.data:
            return
        if field.data < self.day.data:
            raise Wrong(_l("This day comes before the first one."))
        if field.data - self.day.data > LONGEST:
            raise Wrong(_l("That is more than two months later: is the year right?"))

    def validate_ends(self, field: Any) -> None:
        if not (self.day.data and self.begins.data and field.data and self._has_clock()):
            return
        if not self._exists(self.last_day.data or self.day.data, field.data):
            raise Wrong(_l("There is no such hour on that day: the clocks go forward."))
        said = self.when()
        if said["ends_at"] <= said["starts_at"]:
            raise Wrong(
                _l("It would end before it begins. If it ends on another day, say which below.")
            )

    def when(self) -> When:
        """The moments that are meant. Of an hour that the clocks strike twice, the first."""
        assert self.day.data and self.begins.data and self.ends.data
        last = self.last_day.data or self.day.data
        return {
            "starts_at": self._moment(self.day.data, self.begins.data),
            "ends_at": self._moment(last, self.ends.data),
            "zone": self.zone.data,
        }

    def _moment(self, day: date, hour: time) -> datetime:
        return datetime.combine(day, hour, ZoneInfo(self.zone.data)).astimezone(UTC)

    def _has_clock(self) -> bool:
        """Whether a zone was chosen that is offered; otherwise its own field says so."""
        return self.zone.data in {choice.value for choice in self.zone.choices}

    def _exists(self, day: date, hour: time) -> bool:
        if not self._has_clock():
            return True
        local = self._moment(day, hour).astimezone(ZoneInfo(self.zone.data))
        return (local.date(), local.time()) == (day, hour)


class WhereForm(EventForm):
    """A place, a room online, or both."""

    place = StringField(_l("Name of the place"), [Length(max=120)], filters=[clean_line])
    address = StringField(_l("Street and number"), [Length(max=240)], filters=[clean_line])
    town = StringField(_l("Town"), [Length(max=80)], filters=[clean_line])
    country = SelectField(_l("Country"))
    is_online = BooleanField(_l("One can take part online"))
    room_url = StringField(_l("Address of the online room"), [Length(max=500)])

    def validate_town(self, field: Any) -> None:
        if not (self.is_online.data or self.place.data or self.address.data or field.data):
            raise Wrong(_l("Say where it is: a town, or tick that one can take part online."))

    def validate_room_url(self, field: Any) -> None:
        web_address(self, field)

    def where(self) -> Where:
        """The place and the room, as the commands take them."""
        return {
            "place": self.place.data or "",
            "address": self.address.data or "",
            "town": self.town.data or "",
            "country": self.country.data or "",
            "is_online": bool(self.is_online.data),
            "room_url": self.room_url.data or "",
        }


class TermsForm(EventForm, AudienceForm, ScopeForm):
    """Who may come, and how."""

    spoken = SelectMultipleField(
        _l("Languages spoken"), choices=LANGUAGE_CHOICES, widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )  # fmt: skip
    is_free = BooleanField(_l("It costs nothing"), default=True)
    capacity = IntegerField(
        _l("How many seats there are"),
        [Optional(), NumberRange(1, MOST_SEATS, _l("Write a number between 1 and 100,000."))],
    )
    most_guests = IntegerField(
        _l("How many guests each person may bring"),
        [Optional(), NumberRange(0, 20, _l("Write a number between 0 and 20."))],
        default=0,
    )
    closes_at = DateTimeLocalField(
        _l("Registration closes"), [Optional()], format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
    )
    needs_approval = BooleanField(_l("An organiser lets each person in"))
    takes_outsiders = BooleanField(_l("People without an account register by e-mail"))
    offer_hours = IntegerField(
        _l("Hours somebody on the waiting list has to take a free seat"),
        [Optional(), NumberRange(1, 168, _l("Write a number between 1 and 168."))],
        default=24,
    )
    version = IntegerField(widget=HiddenInput(), default=0)

    def validate_spoken(self, field: Any) -> None:
        if not field.data:
            raise Wrong(_l("Choose at least one language."))

    def validate_takes_outsiders(self, field: Any) -> None:
        if field.data and self.audience.data != "public":
            raise Wrong(_l("People without an account can come only to events that everyone sees."))

    def terms(self, zone: str) -> Terms:
        """Who may come, as the commands take it; registration closes by the clock of ``zone``."""
        closes = self.closes_at.data
        return {
            "spoken": tuple(self.spoken.data or ()),
            "audience": self.audience.data,
            "group_id": self.group.data or None,
            "is_free": bool(self.is_free.data),
            "capacity": self.capacity.data,
            "closes_at": closes.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) if closes else None,
            "needs_approval": bool(self.needs_approval.data),
            "most_guests": self.most_guests.data or 0,
            "takes_outsiders": bool(self.takes_outsiders.data),
            "offer_hours": self.offer_hours.data or 24,
        }

    def check_closing(self, closes_by: datetime, zone: str) -> bool:
        """Whether registration closes before it is over; otherwise the field says so."""
        closes = self.terms(zone)["closes_at"]
        if closes is None or closes <= closes_by:
            return True
        self.closes_at.errors = [_l("Registration would close after the event is over.")]
        return False


class NewEventForm(WordsForm, WhenForm, WhereForm, TermsForm):
    """All that a proposal says, on one page."""

    language = SelectField(_l("Language of this text"), choices=LANGUAGE_CHOICES)

    def validate_is_free(self, field: Any) -> None:
        if field.data and set(self.price.data or "") & set("123456789"):
            raise Wrong(_l("Below you say what it costs: then it is not free."))


class FactsForm(WhenForm, WhereForm, TermsForm):
    """All that an event is, besides its texts."""

    @classmethod
    def of(cls, event: Event, groups: Iterable[Group]) -> "FactsForm":
        """The form as the event is now."""
        return cls(
            event.zone, groups, formdata=None, **when_of(event), **where_of(event), **_terms(event)
        )


class PublishedFactsForm(TermsForm):
    """The same of a published event: its time and place change by moving it."""

    @classmethod
    def of(cls, event: Event, groups: Iterable[Group]) -> "PublishedFactsForm":
        """The form as the event is now."""
        return cls(groups=groups, formdata=None, **_terms(event))


def when_of(event: Event) -> dict[str, Any]:
    """What `WhenForm` shows of an event."""
    starts, ends = (each.astimezone(event.timezone) for each in (event.starts_at, event.ends_at))
    return {
        "day": starts.date(),
        "begins": starts.time().replace(second=0, microsecond=0),
        "ends": ends.time().replace(second=0, microsecond=0),
        "last_day": ends.date() if ends.date() != starts.date() else None,
        "zone": event.zone,
    }


def where_of(event: Event) -> dict[str, Any]:
    """What `WhereForm` shows of an event."""
    names = ("place", "address", "town", "country", "is_online", "room_url")
    return {name: getattr(event, name) for name in names}


def _terms(event: Event) -> dict[str, Any]:
    names = (
        "spoken", "audience", "is_free", "capacity", "most_guests", "needs_approval",
        "takes_outsiders", "offer_hours", "version",
    )  # fmt: skip
    closes = event.closes_at.astimezone(event.timezone) if event.closes_at else None
    return {
        **{name: getattr(event, name) for name in names},
        "group": event.group_id or 0,
        "closes_at": closes.replace(tzinfo=None) if closes else None,
    }
