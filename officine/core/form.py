"""The form that all our forms are: what it says of a wrong answer stands in our own catalogues."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

NOT_OFFERED = _l("Choose among what is offered.")
WORDS: Mapping[str, LazyString] = {
    "This field is required.": _l("Write something first."),
    "Field cannot be longer than %(max)d characters.": _l("Use at most %(max)d characters."),
    "Number must be at least %(min)s.": _l("Write a number not below %(min)s."),
    "Number must be at most %(max)s.": _l("Write a number not above %(max)s."),
    "Number must be between %(min)s and %(max)s.": _l(
        "Write a number between %(min)s and %(max)s."
    ),
    "Not a valid integer value.": _l("Write a whole number, in digits."),
    "Not a valid date value.": _l("Choose a day."),
    "Not a valid datetime value.": _l("Choose a day and a time."),
    "Not a valid time value.": _l("Write a time such as 09:00."),
    "Not a valid choice.": NOT_OFFERED,
    "Invalid Choice: could not coerce.": NOT_OFFERED,
    "Invalid choice(s): one or more data inputs could not be coerced.": NOT_OFFERED,
    "'%(value)s' are not valid choices for this field.": NOT_OFFERED,
}
"""What WTForms says of its own accord, and what we say instead: its catalogues know neither our
tone nor all our languages well. A validator with a sentence of its own keeps it.
"""


class OwnWords:
    """Stands where WTForms looks for its catalogues."""

    def gettext(self, text: str) -> str:
        """Our sentence for one of WTForms’."""
        return str(WORDS.get(text, text))

    def ngettext(self, _one: str, many: str, _count: int) -> str:
        """The same, of a sentence with a number, which ours say in a way that fits any."""
        return self.gettext(many)


class Form(FlaskForm):
    """A form in our own words."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, _form: FlaskForm) -> OwnWords:
            """Where a field looks up what it says."""
            return OwnWords()
