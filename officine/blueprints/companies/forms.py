"""What people fill in about companies."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from officine.core.clock import now
from officine.core.form import Form
from officine.core.i18n import LANGUAGES, OWN_NAMES
from officine.core.words import SECTOR_NAMES, countries
from officine.lib.slugs import slugify
from officine.lib.text import clean, clean_line
from officine.models import Company
from officine.models.company import SIZES

LONGEST_ABOUT = 3000
LONGEST_NEED = 600
OLDEST = 1000
NOTHING = SelectChoice("", "—")
LANGUAGE_CHOICES = [SelectChoice(code, OWN_NAMES[code]) for code in LANGUAGES]
AS_WRITTEN = SelectChoice("", _l("Whichever it is written in"))
SIZE_WORDS = {
    "1-9": _l("1 to 9 people"),
    "10-49": _l("10 to 49 people"),
    "50-249": _l("50 to 249 people"),
    "250+": _l("250 people or more"),
}


class CompanyForm(Form):
    """What a company says of itself."""

    name = StringField(
        _l("Name of the company"),
        [DataRequired(_l("Write the name of the company.")), Length(max=120)],
        filters=[clean_line],
    )
    tagline = StringField(
        _l("What it makes, in one sentence"), [Length(max=200)], filters=[clean_line]
    )
    sector = SelectField(_l("Sector"))
    size = SelectField(_l("People who work there"))
    founded = IntegerField(_l("Founded in"), [Optional()])
    place = StringField(_l("Town"), [Length(max=80)], filters=[clean_line])
    country = SelectField(_l("Country"))
    languages = SelectMultipleField(
        _l("Languages it works in"),
        [DataRequired(_l("Choose at least one language."))],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    seeks = TextAreaField(_l("What it looks for"), [Length(max=LONGEST_NEED)], filters=[clean])
    offers = TextAreaField(_l("What it offers"), [Length(max=LONGEST_NEED)], filters=[clean])
    about = TextAreaField(_l("What it does, and how"), [Length(max=LONGEST_ABOUT)], filters=[clean])
    language = SelectField(_l("Language of these texts"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sector.choices = [NOTHING, *(SelectChoice(*each) for each in SECTOR_NAMES.items())]
        self.size.choices = [NOTHING, *(SelectChoice(size, SIZE_WORDS[size]) for size in SIZES)]
        self.country.choices = [NOTHING, *(SelectChoice(*each) for each in countries())]
        self.languages.choices = LANGUAGE_CHOICES
        self.language.choices = [AS_WRITTEN, *LANGUAGE_CHOICES]

    def validate_name(self, field: StringField) -> None:
        if not slugify(field.data or "", fallback=""):
            raise ValidationError(_l("Write the name with letters or digits."))

    def validate_founded(self, field: IntegerField) -> None:
        problem = _l("Write the year in four digits, not later than this one.")
        NumberRange(OLDEST, now().year, problem)(self, field)

    def description(self) -> dict[str, Any]:
        """What the company says of itself, for the commands."""
        texts = ("name", "tagline", "sector", "size", "place", "country")
        more = ("seeks", "offers", "about", "language")
        return {name: self[name].data or "" for name in texts + more} | {
            "founded": self.founded.data,
            "languages": tuple(self.languages.data or ()),
        }

    @classmethod
    def of(cls, company: Company) -> "CompanyForm":
        """The form, filled with what the company says now."""
        return cls(formdata=None, obj=company)


class LogoForm(Form):
    """The company’s mark."""

    logo = FileField(_l("Logo"))


class RequestForm(Form):
    """A word to those who speak for the company."""

    text = TextAreaField(
        _l("A word to those who speak for it"), [Length(max=1000)], filters=[clean]
    )


class ReasonForm(Form):
    """Why not."""

    reason = TextAreaField(
        _l("The reason, for the person"),
        [DataRequired(_l("Give the reason: the person will read it.")), Length(max=2000)],
        filters=[clean],
    )
