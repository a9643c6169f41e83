"""What editors fill in about the texts of the team."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from officine.core.form import Form
from officine.core.i18n import LANGUAGES, OWN_NAMES
from officine.core.words import RULE_NAMES
from officine.lib.text import clean, clean_line
from officine.models.decision import RULES

LONGEST = 30_000
MEANING = SelectChoice(
    "meaning", _l("It changes the meaning: the other languages become out of date")
)
WORDING = SelectChoice("wording", _l("It changes the wording only"))
TRANSLATION = SelectChoice("translation", _l("It brings this language up to date"))
FIRST_DAY = _l("Write the first day.")
LAST_DAY = _l("Write the last day.")


class EditionForm(Form):
    """A new edition of a text in one language."""

    title = StringField(
        _l("Title"), [DataRequired(_l("Give it a title.")), Length(max=160)], filters=[clean_line]
    )
    text = TextAreaField(
        _l("Text"),
        [DataRequired(_l("Write the text.")), Length(max=LONGEST)],
        filters=[clean],
    )
    seen = HiddenField()
    """The number of the edition that the editor started from."""

    def seen_number(self) -> int:
        """The same as a number; what is none started from nothing."""
        text = self.seen.data or ""
        return int(text) if text.isdecimal() and len(text) < 9 else 0


class TranslatedForm(EditionForm):
    """An edition of a text that says the same in each language."""

    change = RadioField(
        _l("What does this edition do?"),
        validators=[DataRequired(_l("Say what this edition does."))],
    )

    def __init__(self, *args: Any, outdated: bool, first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [TRANSLATION] if outdated else []
        self.change.choices = choices if first else [*choices, WORDING, MEANING]
        if first and self.change.data in (None, "None"):
            self.change.data = "translation"


class ReasonForm(Form):
    """The rule that a reason belongs to."""

    rule = SelectField(_l("The rule"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule.choices = [SelectChoice(rule, RULE_NAMES.get(rule, rule)) for rule in RULES]


class DaysForm(Form):
    """From when until when an announcement is shown."""

    first_day = DateField(_l("First day"), [DataRequired(FIRST_DAY)])
    last_day = DateField(_l("Last day"), [DataRequired(LAST_DAY)])

    def validate_last_day(self, field: DateField) -> None:
        first = self.first_day.data
        if isinstance(first, date) and isinstance(field.data, date) and field.data < first:
            raise ValidationError(_l("The last day comes before the first."))


class LanguageForm(Form):
    """The language of a text’s first edition."""

    language = SelectField(_l("Language of the text"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = [SelectChoice(code, OWN_NAMES[code]) for code in LANGUAGES]


class NewReasonForm(LanguageForm, ReasonForm, EditionForm):
    """A new reason."""


class NewAnnouncementForm(LanguageForm, DaysForm, EditionForm):
    """A new announcement."""


class EditReasonForm(ReasonForm, TranslatedForm):
    """An edition of a reason."""


class EditAnnouncementForm(DaysForm, TranslatedForm):
    """An edition of an announcement."""


class SuggestionForm(Form):
    """Why a topic is worth reading, and until when it is suggested."""

    note = StringField(
        _l("Why it is worth reading"),
        [DataRequired(_l("Say in a line why it is worth reading.")), Length(max=240)],
        filters=[clean_line],
    )
    last_day = DateField(_l("Last day"), [DataRequired(LAST_DAY)])
