"""What is read of an event, in each language."""

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length
from wtforms.widgets import HiddenInput

from officine.blueprints.planning.commands.drafting import Words
from officine.blueprints.planning.forms.repeating import ScopeForm
from officine.core.form import Form
from officine.lib.text import clean, clean_line


class WordsForm(Form):
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


class TextForm(WordsForm, ScopeForm):
    """Title and text of an event that is there already."""

    seen = IntegerField(widget=HiddenInput(), default=0)


class HowMuchForm(Form):
    """How much an original changes: whether its translations still say the same."""

    change = RadioField(
        _l("How much has changed?"),
        choices=[
            SelectChoice("small", _l("A small change: translations stay as they are")),
            SelectChoice("large", _l("A large change: translations become out of date")),
        ],
        default="small",
    )


class OriginalForm(TextForm, HowMuchForm):
    """The original."""


class TranslationForm(TextForm):
    """A translation, with who made it."""

    translator = StringField(_l("Translated by"), [Length(max=120)], filters=[clean_line])
