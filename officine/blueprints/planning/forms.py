"""What organisers fill in."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from flask_babel import format_date
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.validators import ValidationError as Wrong
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from officine.blueprints.companies.queries import company_called
from officine.blueprints.planning import queries
from officine.blueprints.planning.commands.details import Spoken
from officine.blueprints.planning.commands.drafting import Terms, When, Where, Words
from officine.blueprints.planning.commands.series import SCOPES
from officine.core.i18n import LANGUAGES, OWN_NAMES
from officine.core.words import countries, timezone_name
from officine.lib.text import clean, clean_line
from officine.lib.timezones import TIMEZONES
from officine.models import Group, Member
from officine.models.event import Event

LANGUAGE_CHOICES = [SelectChoice(code, OWN_NAMES[code]) for code in LANGUAGES]
LONGEST = timedelta(days=60)
"""An event that lasts longer was typed wrongly."""
MOST_SEATS = 100_000


class ScopeForm(FlaskForm):
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


class EventForm(FlaskForm):
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
            held = [SelectChoice(each.id, each.name) for each in groups]
            self["group"].choices = [SelectChoice(0, "—"), *held]


class WordsForm(EventForm):
    """Title and text in one language."""

    title = StringField(
        _l("Title"), [DataRequired(_l("Write a title.")), Length(max=160)], filters=[clean_line]
    )
    summary = StringField(_l("In one sentence"), [Length(max=300)], filters=[clean_line])
    text = TextAreaField(_l("What will happen"), [Length(max=60000)], filters=[clean])
    price = StringField(_l("What it costs"), [Length(max=240)], filters=[clean_line])

    def words(self) -> Words:
        """What was written, as the commands take it."""
        return {
            "title": self.title.data or "",
            "summary": self.summary.data or "",
            "text": self.text.data or "",
            "price": self.price.data or "",
        }


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
        check_web_address(field)

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


class TermsForm(EventForm, ScopeForm):
    """Who may come, and how."""

    spoken = SelectMultipleField(
        _l("Languages spoken"), choices=LANGUAGE_CHOICES, widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )  # fmt: skip
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

    def validate_group(self, field: Any) -> None:
        if self.audience.data == "group" and not field.data:
            raise Wrong(_l("Choose the group whose members see it."))

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


class FactsForm(WhenForm, WhereForm, TermsForm):
    """All that an event is, besides its texts."""

    @classmethod
    def of(cls, event: Event, groups: Iterable[Group]) -> "FactsForm":
        """The form as the event is now."""
        return cls(
            event.zone, groups, formdata=None, **_when(event), **_where(event), **_terms(event)
        )


class PublishedFactsForm(TermsForm):
    """The same of a published event: its time and place change by moving it."""

    @classmethod
    def of(cls, event: Event, groups: Iterable[Group]) -> "PublishedFactsForm":
        """The form as the event is now."""
        return cls(groups=groups, formdata=None, **_terms(event))


class MoveForm(WhenForm, WhereForm, ScopeForm):
    """Another time, another place."""

    reason = TextAreaField(
        _l("Why, for those who want to come"), [Length(max=2000)], filters=[clean]
    )
    version = IntegerField(widget=HiddenInput(), default=0)

    @classmethod
    def of(cls, event: Event) -> "MoveForm":
        """The form as the event is now."""
        return cls(
            event.zone, formdata=None, version=event.version, **_when(event), **_where(event)
        )


class ReasonForm(ScopeForm):
    """Why it does not take place."""

    reason = TextAreaField(
        _l("Why"),
        [DataRequired(_l("Say why: everybody who wanted to come reads it.")), Length(max=2000)],
        filters=[clean],
    )
    version = IntegerField(widget=HiddenInput(), default=0)


class TextForm(WordsForm, ScopeForm):
    """Title and text of an event that is there already."""

    seen = IntegerField(widget=HiddenInput(), default=0)


class OriginalForm(TextForm):
    """The original."""

    change = RadioField(
        _l("How much has changed?"),
        choices=[
            SelectChoice("small", _l("A small change: translations stay as they are")),
            SelectChoice("large", _l("A large change: translations become out of date")),
        ],
        default="small",
    )


class TranslationForm(TextForm):
    """A translation, with who made it."""

    translator = StringField(_l("Translated by"), [Length(max=120)], filters=[clean_line])


class SeriesForm(FlaskForm):
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


class OrganiserForm(FlaskForm):
    """One more who looks after it."""

    handle = StringField(
        _l("Their @name"), [DataRequired(_l("Write a member’s @name."))], filters=[clean_line]
    )
    member: Member | None = None

    def validate_handle(self, field: Any) -> None:
        self.member = queries.find_member(field.data)
        if self.member is None:
            raise Wrong(_l("No member has this @name."))


class SessionForm(FlaskForm):
    """One more part of the programme."""

    title = StringField(
        _l("Title"), [DataRequired(_l("Write a title.")), Length(max=160)], filters=[clean_line]
    )
    day = DateField(_l("Day"), [InputRequired(_l("Choose a day."))])
    begins = TimeField(_l("From"), [InputRequired(_l("Say when it begins."))])
    ends = TimeField(_l("To"), [InputRequired(_l("Say when it ends."))])
    language = SelectField(_l("Language that is spoken"), choices=LANGUAGE_CHOICES)
    text = TextAreaField(_l("What it is about"), [Length(max=4000)], filters=[clean])
    speakers = TextAreaField(_l("Who speaks"), [Length(max=2000)], filters=[clean])

    def __init__(self, event: Event, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.event = event
        self.spoken: list[Spoken] = []

    def validate_ends(self, field: Any) -> None:
        if not (self.day.data and self.begins.data and field.data):
            return
        starts, ends = self.span()
        if ends <= starts:
            raise Wrong(_l("It would end before it begins."))
        if starts < self.event.starts_at or ends > self.event.ends_at:
            raise Wrong(_l("This is not within the hours of the event."))

    def validate_speakers(self, field: Any) -> None:
        for line in (field.data or "").split("\n"):
            if line.strip():
                self.spoken.append(_speaker(line))

    def span(self) -> tuple[datetime, datetime]:
        """From when to when, by the clock of the event."""
        assert self.day.data and self.begins.data and self.ends.data
        starts, ends = (
            datetime.combine(self.day.data, hour, ZoneInfo(self.event.zone)).astimezone(UTC)
            for hour in (self.begins.data, self.ends.data)
        )
        return starts, ends


class PartnerForm(FlaskForm):
    """Who stands behind it, or adds something to it."""

    name = StringField(
        _l("Name"), [DataRequired(_l("Write a name.")), Length(max=120)], filters=[clean_line]
    )
    role = RadioField(
        _l("As what"),
        choices=[
            SelectChoice("organiser", _l("It organises with us")),
            SelectChoice("partner", _l("It is a partner")),
            SelectChoice("sponsor", _l("It pays for something: a sponsor")),
        ],
        default="partner",
    )
    url = StringField(_l("Its site"), [Length(max=500)])
    offer = StringField(
        _l("What it offers those who come"), [Length(max=500)], filters=[clean_line]
    )
    mark = FileField(_l("Its mark, a picture"))

    def validate_url(self, field: Any) -> None:
        check_web_address(field)


class QuestionForm(FlaskForm):
    """One question more for those who register."""

    text = StringField(
        _l("Question"), [DataRequired(_l("Write something first.")), Length(max=240)],
        filters=[clean_line],
    )  # fmt: skip
    kind = RadioField(
        _l("How it is answered"),
        choices=[
            SelectChoice("line", _l("In a line")),
            SelectChoice("choice", _l("By choosing one answer")),
            SelectChoice("yes-no", _l("Yes or no")),
        ],
        default="line",
    )
    choices = TextAreaField(_l("The answers to choose from"), [Length(max=2000)], filters=[clean])
    is_required = BooleanField(_l("One cannot register without an answer"))

    def validate_choices(self, field: Any) -> None:
        given = [line for line in (field.data or "").split("\n") if line.strip()]
        if self.kind.data == "choice" and len(given) < 2:
            raise Wrong(_l("Write at least two answers, one a line."))


class MaterialForm(FlaskForm):
    """What came of it."""

    kind = RadioField(
        _l("What it is"),
        choices=[
            SelectChoice("photo", _l("A photo")),
            SelectChoice("slides", _l("Slides, as PDF")),
            SelectChoice("recording", _l("The recording: a link")),
            SelectChoice("link", _l("Another link")),
        ],
        default="photo",
    )
    title = StringField(
        _l("What one sees"), [DataRequired(_l("Write a title.")), Length(max=160)],
        filters=[clean_line],
    )  # fmt: skip
    file = FileField(_l("File"))
    address = StringField(_l("Link"), [Length(max=500)])

    def validate_file(self, field: Any) -> None:
        if self.kind.data in ("photo", "slides") and not field.data:
            raise Wrong(_l("Choose a file."))

    def validate_address(self, field: Any) -> None:
        check_web_address(field)
        if self.kind.data in ("recording", "link") and not field.data:
            raise Wrong(_l("Write the address."))


def _speaker(line: str) -> Spoken:
    """Somebody who speaks, as one line says it: a name or an @name, what they do, their company."""
    first, *rest = [clean_line(part) for part in line.split(",")]
    member = queries.find_member(first) if first.startswith("@") else None
    if first.startswith("@") and member is None:
        raise Wrong(_l("No member is called “%(name)s”.", name=first))
    company = company_called(rest[-1]) if rest else None
    job = ", ".join(rest[:-1] if company else rest)
    return {
        "name": member.name if member else first,
        "job": job,
        "member": member,
        "company": company,
    }


def check_web_address(field: Any) -> None:
    """The field holds an address that a browser opens, or nothing."""
    field.data = (field.data or "").strip()
    if not field.data:
        return
    try:
        parts = urlsplit(field.data)
    except ValueError:
        parts = None
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        raise Wrong(_l("Write the whole address, such as https://example.com/room."))


def _when(event: Event) -> dict[str, Any]:
    starts, ends = (each.astimezone(event.timezone) for each in (event.starts_at, event.ends_at))
    return {
        "day": starts.date(),
        "begins": starts.time().replace(second=0, microsecond=0),
        "ends": ends.time().replace(second=0, microsecond=0),
        "last_day": ends.date() if ends.date() != starts.date() else None,
        "zone": event.zone,
    }


def _where(event: Event) -> dict[str, Any]:
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
