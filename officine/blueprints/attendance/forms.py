"""What people fill in who come to an event."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, NumberRange
from wtforms.validators import Optional as MayBeEmpty

from officine.core.fields import EMAIL, real_name
from officine.core.form import Form
from officine.core.reading import reading_order
from officine.lib.text import clean, clean_line
from officine.models import Event, EventQuestion, Registration
from officine.models.translation import best_text

LONGEST_ANSWER = 500
LONGEST_SILENCE = 7 * 24 * 3600
"""For how many seconds a phone may keep what it saw to itself."""
YES_OR_NO = [SelectChoice("yes", _l("Yes")), SelectChoice("no", _l("No"))]


class RegistrationForm(Form):
    """Guests, and answers to the questions of the organisers; each question is a field more."""

    guests = IntegerField(_l("How many people do you bring along?"), [MayBeEmpty()], default=0)
    guest_names = StringField(
        _l("Their names, for the list at the door"), [Length(max=500)], filters=[clean_line]
    )

    asked: Sequence[EventQuestion] = ()

    def answers(self) -> dict[int, str]:
        """What was answered, by question."""
        return {each.id: clean(str(self[_name(each)].data or "")) for each in self.asked}

    def question_fields(self) -> list[tuple[str, Any]]:
        """The questions as fields, each with the language in which it is asked here."""
        return [(_words(each).language, self[_name(each)]) for each in self.asked]


class OutsiderForm(RegistrationForm):
    """The same of somebody without an account."""

    name = StringField(
        _l("Name and surname"),
        [DataRequired(_l("Write your name.")), Length(max=120), real_name],
        filters=[clean_line],
    )
    email = StringField(_l("E-mail address"), EMAIL)


class InviteForm(Form):
    """Whom an organiser asks to come."""

    handle = StringField(
        _l("@name of the member"), [DataRequired(_l("Write the person’s @name."))],
        filters=[clean_line],
    )  # fmt: skip


class WalkInForm(Form):
    """Who came without being registered."""

    name = StringField(
        _l("Name and surname"),
        [DataRequired(_l("Write a name.")), Length(max=120)],
        filters=[clean_line],
    )


class ScanForm(Form):
    """What a phone saw at the door: a code, somebody of its list, or the name of who walked in."""

    scan = StringField(validators=[DataRequired(), Length(max=40)])
    code = StringField(validators=[Length(max=80)], filters=[clean_line])
    registration = IntegerField(validators=[MayBeEmpty(), NumberRange(1, 2**31 - 1)])
    name = StringField(validators=[Length(max=120)], filters=[clean_line])
    seconds_ago = IntegerField(validators=[MayBeEmpty(), NumberRange(0, LONGEST_SILENCE)])


class ReasonForm(Form):
    """Why somebody cannot come."""

    reason = TextAreaField(
        _l("Why not"),
        [DataRequired(_l("Say why: the person reads it.")), Length(max=1000)],
        filters=[clean],
    )


def registration_form(
    event: Event,
    asked: Sequence[EventQuestion],
    registration: Registration | None = None,
    answers: Mapping[int, str] | None = None,
    form_class: type[RegistrationForm] = RegistrationForm,
) -> Any:
    """The form of an event, with its questions; filled with what was said before."""
    fields = {_name(each): _field(each) for each in asked}
    made = type("FormOfThisEvent", (form_class,), fields)
    known: dict[str, Any] = {f"question_{key}": text for key, text in (answers or {}).items()}
    if registration is not None:
        known |= {"guests": registration.guests, "guest_names": registration.guest_names}
    form = made(data=known)
    form.asked = asked
    most = event.most_guests
    if event.capacity is not None:
        most = min(most, event.capacity - 1)
    form.guests.validators = [
        MayBeEmpty(), NumberRange(0, most, _("You can bring %(most)s people at most.", most=most)),
    ]  # fmt: skip
    return form


def _name(question: EventQuestion) -> str:
    return f"question_{question.id}"


def _words(question: EventQuestion) -> Any:
    """The question in the language of whoever registers, if there it is said."""
    return best_text(question, reading_order()) or question


def _field(question: EventQuestion) -> Any:
    needed: list[Any] = (
        [DataRequired(_l("Answer this question."))] if question.is_required else [MayBeEmpty()]
    )
    words = _words(question)
    if question.kind == "choice":
        # Whoever reads them in another language answers in the words of the original.
        said = zip(question.choices.splitlines(), words.choices.splitlines(), strict=True)
        choices = [SelectChoice(line, label) for line, label in said]
        return RadioField(words.text, needed, choices=choices, validate_choice=True)
    if question.kind == "yes-no":
        return RadioField(words.text, needed, choices=YES_OR_NO)
    return StringField(words.text, [*needed, Length(max=LONGEST_ANSWER)], filters=[clean_line])
