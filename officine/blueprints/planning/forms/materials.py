"""What came of an event: photos, slides, the recording, links."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length
from wtforms.validators import ValidationError as Wrong

from officine.core.fields import LANGUAGE_CHOICES, web_address
from officine.core.form import Form
from officine.lib.text import clean_line

MOST_AT_ONCE = 8


class DescribedForm(Form):
    """What one sees, and in which language."""

    title = StringField(
        _l("What one sees"), [DataRequired(_l("Write a title.")), Length(max=160)],
        filters=[clean_line],
    )  # fmt: skip
    language = SelectField(_l("Language"), choices=LANGUAGE_CHOICES)


class MaterialForm(DescribedForm):
    """What came of it."""

    kind = RadioField(
        _l("What it is"),
        choices=[
            SelectChoice("photo", _l("Photos")),
            SelectChoice("slides", _l("Slides, as PDF")),
            SelectChoice("recording", _l("The recording: a link")),
            SelectChoice("link", _l("Another link")),
        ],
        default="photo",
    )
    file = MultipleFileField(_l("Files"))
    address = StringField(_l("Link"), [Length(max=500)])

    def validate_file(self, field: Any) -> None:
        if self.kind.data in ("photo", "slides") and not field.data:
            raise Wrong(_l("Choose a file."))
        if len(field.data or ()) > MOST_AT_ONCE:
            raise Wrong(_l("Send at most %(count)s files at a time.", count=MOST_AT_ONCE))

    def validate_address(self, field: Any) -> None:
        web_address(self, field)
        if self.kind.data in ("recording", "link") and not field.data:
            raise Wrong(_l("Write the address."))
