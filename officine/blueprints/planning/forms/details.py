"""The programme of an event, its partners and questions, and what each says in other languages."""

from datetime import UTC, datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.validators import ValidationError as Wrong
from wtforms.widgets import HiddenInput

from officine.blueprints.companies.queries import company_called
from officine.blueprints.planning import queries
from officine.blueprints.planning.commands.details import Spoken
from officine.blueprints.planning.forms.texts import HowMuchForm
from officine.core.fields import LANGUAGE_CHOICES, web_address
from officine.core.form import Form
from officine.lib.text import clean, clean_line
from officine.models.event import Event


class DetailForm(HowMuchForm):
    """One of them: new, or as it is to be from now on. ``seen`` is the version that was changed."""

    seen = IntegerField(widget=HiddenInput(), default=0)
    columns: ClassVar[tuple[str, ...]]

    def __init__(self, event: Event, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.event = event

    @classmethod
    def new(cls, event: Event) -> "DetailForm":
        """The form of one more."""
        return cls(event, formdata=None)

    @classmethod
    def of(cls, event: Event, row: Any) -> "DetailForm":
        """The form of one that is there."""
        return cls(event, formdata=None, seen=row.version, **cls.known(event, row))

    @classmethod
    def known(cls, event: Event, row: Any) -> dict[str, Any]:
        """What is said of it now, by field."""
        return {name: getattr(row, name) for name in cls.columns}

    def said(self) -> dict[str, Any]:
        """What was said, as the commands take it."""
        return {name: self[name].data for name in self.columns}


class SessionForm(DetailForm):
    """A part of the programme."""

    columns = ("title", "text", "spoken")

    title = StringField(
        _l("Title"), [DataRequired(_l("Write a title.")), Length(max=160)], filters=[clean_line]
    )
    day = DateField(_l("Day"), [InputRequired(_l("Choose a day."))])
    begins = TimeField(_l("From"), [InputRequired(_l("Say when it begins."))])
    ends = TimeField(_l("To"), [InputRequired(_l("Say when it ends."))])
    spoken = SelectField(_l("Language that is spoken"), choices=LANGUAGE_CHOICES)
    text = TextAreaField(_l("What it is about"), [Length(max=4000)], filters=[clean])
    speakers = TextAreaField(_l("Who speaks"), [Length(max=2000)], filters=[clean])

    def __init__(self, event: Event, **kwargs: Any) -> None:
        super().__init__(event, **kwargs)
        self.who: list[Spoken] = []

    @classmethod
    def new(cls, event: Event) -> "SessionForm":
        """It begins where the last one ends."""
        last = max((each.ends_at for each in event.sessions), default=event.starts_at)
        local = last.astimezone(event.timezone)
        return cls(
            event, formdata=None, day=local.date(), begins=local.time(), spoken=event.language
        )

    @classmethod
    def known(cls, event: Event, row: Any) -> dict[str, Any]:
        """With its hours by the clock of the event, and a line for each who speaks."""
        starts, ends = (each.astimezone(event.timezone) for each in (row.starts_at, row.ends_at))
        return super().known(event, row) | {
            "day": starts.date(),
            "begins": starts.time(),
            "ends": ends.time(),
            "speakers": "\n".join(_line(each) for each in row.speakers),
        }

    def validate_ends(self, field: Any) -> None:
        if not (self.day.data and self.begins.data and field.data):
            return
        starts, ends = self.span()
        if ends <= starts:
            raise Wrong(_l("It would end before it begins."))
        if starts < self.event.starts_at or ends > self.event.ends_at:
            raise Wrong(_l("This is not within the hours of the event."))

    def validate_speakers(self, field: Any) -> None:
        self.who = [_speaker(line) for line in (field.data or "").split("\n") if line.strip()]

    def span(self) -> tuple[datetime, datetime]:
        """From when to when, by the clock of the event."""
        assert self.day.data and self.begins.data and self.ends.data
        starts, ends = (
            datetime.combine(self.day.data, hour, ZoneInfo(self.event.zone)).astimezone(UTC)
            for hour in (self.begins.data, self.ends.data)
        )
        return starts, ends

    def said(self) -> dict[str, Any]:
        """With its hours as moments, and who speaks."""
        starts, ends = self.span()
        return super().said() | {"starts_at": starts, "ends_at": ends, "speakers": self.who}


class PartnerForm(DetailForm):
    """Who stands behind it, or adds something to it."""

    columns = ("name", "role", "url", "offer")

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
    url = StringField(_l("Its site"), [Length(max=500), web_address])
    offer = StringField(
        _l("What it offers those who come"), [Length(max=500)], filters=[clean_line]
    )
    mark = FileField(_l("Its mark, a picture"))
    no_mark = BooleanField(_l("Show the mark no more"))
    mark_key: str | None = None
    """Where a mark that was sent is kept."""

    def said(self) -> dict[str, Any]:
        """With the company of that name, and its mark, if that changes."""
        said = super().said() | {"company": company_called(self.name.data)}
        if self.mark_key or self.no_mark.data:
            said["mark_key"] = self.mark_key
        return said


class QuestionForm(DetailForm):
    """A question for those who register."""

    columns = ("text", "kind", "choices", "is_required")

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
        given = [clean_line(line) for line in (field.data or "").split("\n") if line.strip()]
        if self.kind.data != "choice":
            return
        if len(given) < 2:
            raise Wrong(_l("Write at least two answers, one a line."))
        if len(set(given)) < len(given):
            raise Wrong(_l("Two of the answers are the same."))

    def said(self) -> dict[str, Any]:
        """Answers to choose from only where one chooses."""
        said = super().said()
        return said if said["kind"] == "choice" else said | {"choices": ""}


class DetailTextForm(Form):
    """The words of one in another language."""

    seen = IntegerField(widget=HiddenInput(), default=0)
    columns: ClassVar[tuple[str, ...]]

    def __init__(self, row: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.row = row

    @classmethod
    def of(cls, row: Any, language: str) -> "DetailTextForm":
        """The form as the translation is now."""
        known = next((each for each in row.translations if each.language == language), None)
        words = {name: getattr(known, name) for name in cls.columns} if known else {}
        return cls(row, formdata=None, seen=row.version, **words)

    def said(self) -> dict[str, Any]:
        """What was said, as the commands take it."""
        return {name: self[name].data or "" for name in self.columns if name in self}


class SessionTextForm(DetailTextForm):
    """A part of the programme, in another language."""

    columns = ("title", "text")

    title = StringField(_l("Title"), [Length(max=160)], filters=[clean_line])
    text = TextAreaField(_l("What it is about"), [Length(max=4000)], filters=[clean])

    def validate_title(self, field: Any) -> None:
        if self.text.data and not field.data:
            raise Wrong(_l("Write a title."))


class PartnerTextForm(DetailTextForm):
    """What a partner offers, in another language."""

    columns = ("offer",)

    offer = StringField(
        _l("What it offers those who come"), [Length(max=500)], filters=[clean_line]
    )


class QuestionTextForm(DetailTextForm):
    """A question, in another language."""

    columns = ("text", "choices")

    text = StringField(_l("Question"), [Length(max=240)], filters=[clean_line])
    choices = TextAreaField(_l("The answers to choose from"), [Length(max=2000)], filters=[clean])

    def __init__(self, row: Any, **kwargs: Any) -> None:
        super().__init__(row, **kwargs)
        if not row.choices:
            del self.choices

    def validate_text(self, field: Any) -> None:
        if "choices" in self and self.choices.data and not field.data:
            raise Wrong(_l("Write something first."))


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


def _line(speaker: Any) -> str:
    """The line from which `_speaker` reads somebody who speaks."""
    is_here = speaker.member is not None and speaker.member.left_at is None
    name = f"@{speaker.member.handle}" if is_here else speaker.name
    company = speaker.company.name if speaker.company else ""
    return ", ".join(filter(None, (name, speaker.job, company)))
