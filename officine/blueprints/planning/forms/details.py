"""Who looks after an event, its programme, partners and questions."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.validators import ValidationError as Wrong

from officine.blueprints.companies.queries import company_called
from officine.blueprints.planning import queries
from officine.blueprints.planning.commands.details import Spoken
from officine.core.fields import LANGUAGE_CHOICES, web_address
from officine.lib.text import clean, clean_line
from officine.models import Member
from officine.models.event import Event


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
        web_address(self, field)


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
