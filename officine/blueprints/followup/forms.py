"""What people fill in after an event."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from officine.core.form import Form
from officine.core.i18n import LANGUAGES
from officine.lib.text import clean
from officine.models import Feedback

LONGEST_OPINION = 2000
LONGEST_THANKS = 3000
WORTH = [
    SelectChoice("5", _l("Very much so")),
    SelectChoice("4", _l("Yes")),
    SelectChoice("3", _l("So so")),
    SelectChoice("2", _l("Not really")),
    SelectChoice("1", _l("Not at all")),
]
AGAIN = [SelectChoice("yes", _l("Yes")), SelectChoice("no", _l("No"))]


class FeedbackForm(Form):
    """Three questions."""

    worth = RadioField(
        _l("Was it worth your time?"), [DataRequired(_l("Choose one of the five.")) ],
        choices=WORTH,
    )  # fmt: skip
    again = RadioField(
        _l("Would you come again?"), [DataRequired(_l("Choose yes or no."))], choices=AGAIN
    )
    text = TextAreaField(
        _l("What should we do differently?"), [Length(max=LONGEST_OPINION)], filters=[clean]
    )


class ThanksForm(Form):
    """What the organisers say in the letter: a field for each language."""

    def texts(self) -> dict[str, str]:
        """What was written, by language."""
        return {code: self[_name(code)].data or "" for code in LANGUAGES}

    def fields_by_language(self) -> list[tuple[str, Any]]:
        """Each language with its field."""
        return [(code, self[_name(code)]) for code in LANGUAGES]


def feedback_form(said: Feedback | None) -> FeedbackForm:
    """The questions, with what was answered before."""
    if said is None:
        return FeedbackForm()
    known = {"worth": str(said.worth), "again": "yes" if said.again else "no", "text": said.text}
    return FeedbackForm(data=known)


def thanks_form(words: Mapping[str, str]) -> Any:
    """The words of the letter, as they are."""
    fields = {
        _name(code): TextAreaField(validators=[Length(max=LONGEST_THANKS)], filters=[clean])
        for code in LANGUAGES
    }
    made = type("ThanksInEachLanguage", (ThanksForm,), fields)
    return made(data={_name(code): text for code, text in words.items()})


def _name(language: str) -> str:
    return f"thanks_{language}"
