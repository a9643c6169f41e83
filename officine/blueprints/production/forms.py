"""What editors and guests fill in."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import get_timezone
from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    DateTimeLocalField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError
from wtforms.widgets import HiddenInput

from officine.blueprints.companies.queries import company_called
from officine.blueprints.production import queries
from officine.blueprints.production.commands.errors import BadChapters
from officine.blueprints.production.commands.texts import read_chapters
from officine.core.clock import day_of, now
from officine.core.fields import address_of
from officine.core.form import Form
from officine.core.i18n import LANGUAGES, OWN_NAMES
from officine.core.words import SECTOR_NAMES
from officine.lib.release_terms import terms
from officine.lib.text import clean, clean_line
from officine.models import Company, Interview, Member

WRITE_SOMETHING = _l("Write something first.")
LANGUAGE_CHOICES = [SelectChoice(code, OWN_NAMES[code]) for code in LANGUAGES]


class InterviewForm(Form):
    """Whom an interview is about, who looks after it, until when."""

    guest_name = StringField(
        _l("Name of the guest"),
        [DataRequired(_l("Write the guest’s name.")), Length(max=120)],
        filters=[clean_line],
    )
    guest_handle = StringField(_l("Their @name, if they are a member"), filters=[clean_line])
    guest_email = StringField(_l("Their e-mail address"), filters=[clean_line])
    company_name = StringField(_l("Company"), filters=[clean_line])
    sector = SelectField(_l("Sector"))
    language = SelectField(_l("Language that is spoken"), choices=LANGUAGE_CHOICES)
    owner = SelectField(_l("Who looks after it"), coerce=int)
    deadline = DateField(_l("Deadline"), [Optional()])
    recorded_on = DateField(_l("Recorded on"), [Optional()])
    edits = IntegerField(widget=HiddenInput(), default=0)

    guest: Member | None = None
    company: Company | None = None

    def __init__(self, editors: Iterable[Member], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.editors = {editor.id: editor for editor in editors}
        self.owner.choices = [SelectChoice(each.id, each.name) for each in self.editors.values()]
        named = [(code, str(name)) for code, name in SECTOR_NAMES.items()]
        self.sector.choices = [
            SelectChoice("", "—"),
            *(SelectChoice(code, name) for code, name in sorted(named, key=lambda pair: pair[1])),
        ]

    @classmethod
    def of(cls, interview: Interview, editors: Iterable[Member]) -> "InterviewForm":
        """The form as the interview is now."""
        return cls(
            editors,
            formdata=None,
            guest_name=interview.guest_name,
            guest_handle=f"@{interview.guest.handle}" if interview.guest else "",
            guest_email=interview.guest_email,
            company_name=interview.company.name if interview.company else "",
            sector=interview.sectors[0] if interview.sectors else "",
            language=interview.language,
            owner=interview.owner_id,
            deadline=interview.deadline,
            recorded_on=interview.recorded_on,
            edits=interview.edits,
        )

    def validate_guest_handle(self, field: Any) -> None:
        handle = (field.data or "").removeprefix("@")
        self.guest = queries.find_guest(handle) if handle else None
        if handle and self.guest is None:
            raise ValidationError(_l("No member has this @name."))

    def validate_guest_email(self, field: Any) -> None:
        if not field.data:
            return
        address = address_of(field.data)
        if address is None:
            raise ValidationError(_l("Write an address such as name@company.com."))
        field.data = address

    def validate_company_name(self, field: Any) -> None:
        self.company = company_called(field.data) if field.data else None
        if field.data and self.company is None:
            raise ValidationError(_l("No company here has this name. Leave it empty, or open one."))

    def said(self) -> dict[str, Any]:
        """What was filled in, as the commands take it."""
        return {
            "guest_name": self.guest_name.data,
            "guest": self.guest,
            "guest_email": self.guest_email.data or "",
            "company": self.company,
            "sector": self.sector.data,
            "language": self.language.data,
            "owner": self.editors[self.owner.data],
            "deadline": self.deadline.data,
        }


class LineForm(Form):
    """One line: something to do."""

    text = StringField(
        _l("One more thing to do"),
        [DataRequired(WRITE_SOMETHING), Length(max=240)],
        filters=[clean_line],
    )


class NoteForm(Form):
    """A word to colleagues."""

    text = TextAreaField(
        _l("Note"), [DataRequired(WRITE_SOMETHING), Length(max=5000)], filters=[clean]
    )


class QuestionForm(Form):
    """A question for the guest."""

    text = TextAreaField(
        _l("Question"), [DataRequired(WRITE_SOMETHING), Length(max=2000)], filters=[clean]
    )
    seen = IntegerField(widget=HiddenInput(), default=0)


class AnswerForm(Form):
    """What the guest writes to a question. The address is the proof, so it has no token."""

    class Meta:
        csrf = False

    answer = TextAreaField(_l("Your answer"), [Length(max=10000)], filters=[clean])
    objection = TextAreaField(
        _l("Would you rather not be asked this? Say why"), [Length(max=2000)], filters=[clean]
    )
    seen = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class ReleaseForm(Form):
    """What the guest is asked to allow."""

    language = SelectField(_l("Language of the release"), choices=LANGUAGE_CHOICES)
    purposes = TextAreaField(
        _l("What it allows"),
        [DataRequired(_l("Write what the guest allows.")), Length(max=6000)],
        filters=[clean],
    )
    until = DateField(_l("Until when"), [Optional()])

    @classmethod
    def first(cls, language: str) -> "ReleaseForm":
        """With our own words, in the guest’s language."""
        return cls(formdata=None, language=language, purposes=terms(language))

    def validate_until(self, field: Any) -> None:
        if field.data and field.data < day_of(now()):
            raise ValidationError(_l("This day is over already."))


class SignForm(Form):
    """The guest signs. The address of the page is the proof, so it has no token."""

    class Meta:
        csrf = False

    name = StringField(
        _l("Your first name and surname"),
        [DataRequired(_l("Write your name.")), Length(max=120)],
        filters=[clean_line],
    )
    address = StringField(
        _l("Your address: street, town, country"),
        [DataRequired(_l("Write your address.")), Length(max=240)],
        filters=[clean_line],
    )
    signature = StringField(
        _l("Signature: type your name once more"),
        [DataRequired(_l("Type your name to sign.")), Length(max=120)],
        filters=[clean_line],
    )

    def validate_signature(self, field: Any) -> None:
        if (self.name.data or "").casefold() != field.data.casefold():
            raise ValidationError(_l("The signature is not the name above: type it the same."))


class TakeBackForm(Form):
    """The guest withdraws the release, with a reason or without."""

    class Meta:
        csrf = False

    why = TextAreaField(_l("Why, if you want to say it"), [Length(max=2000)], filters=[clean])


class TextForm(Form):
    """Title, standfirst and text in one language."""

    title = StringField(
        _l("Title"), [DataRequired(_l("Write a title.")), Length(max=160)], filters=[clean_line]
    )
    standfirst = TextAreaField(_l("Standfirst"), [Length(max=1000)], filters=[clean])
    text = TextAreaField(_l("Text"), [Length(max=60000)], filters=[clean])
    seen = IntegerField(widget=HiddenInput(), default=0)


class OriginalForm(TextForm):
    """The original, with its chapters."""

    chapters = TextAreaField(_l("Chapters"), [Length(max=8000)], filters=[clean])
    change = RadioField(
        _l("How much has changed?"),
        choices=[
            SelectChoice("small", _l("A small change: translations stay as they are")),
            SelectChoice("large", _l("A large change: translations become out of date")),
        ],
        default="small",
    )

    def validate_chapters(self, field: Any) -> None:
        try:
            read_chapters(field.data or "")
        except BadChapters as problem:
            raise ValidationError(
                _l(
                    "Line %(number)s is no chapter, or repeats a time: “%(words)s”. Write a time"
                    " and a title, such as 1:23 The first export.",
                    number=problem.number,
                    words=problem.words[:80],
                )
            ) from None


class TranslationForm(TextForm):
    """A translation, with who made it."""

    translator = StringField(_l("Translated by"), [Length(max=120)], filters=[clean_line])


class ScheduleForm(Form):
    """When it is published by itself."""

    publish_at = DateTimeLocalField(
        _l("Day and time"), [InputRequired(_l("Choose a day and a time."))],
        format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
    )  # fmt: skip

    def __init__(self, at: datetime, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at

    def validate_publish_at(self, field: Any) -> None:
        if field.data and self.moment() <= self.at:
            raise ValidationError(_l("This moment is over already."))

    def moment(self) -> datetime:
        """The moment that is meant, by the clock of the viewer."""
        assert self.publish_at.data is not None
        return self.publish_at.data.replace(tzinfo=ZoneInfo(str(get_timezone())))


class WithdrawForm(Form):
    """Why nobody should see it any more."""

    why = TextAreaField(
        _l("Why it is withdrawn"),
        [DataRequired(_l("Say why, for your colleagues.")), Length(max=2000)],
        filters=[clean],
    )


class CorrectionForm(Form):
    """What was corrected."""

    text = TextAreaField(
        _l("What was wrong, and what is right"),
        [DataRequired(WRITE_SOMETHING), Length(max=2000)],
        filters=[clean],
    )
    language = SelectField(_l("Language"), choices=LANGUAGE_CHOICES)


class InterestForm(Form):
    """Follow or not."""

    noun = HiddenField()
    name = HiddenField()
