"""What came of an event: photos, slides, the recording, links."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length
from wtforms.validators import ValidationError as Wrong

from officine.core.fields import web_address
from officine.lib.text import clean_line


class MaterialForm(FlaskForm):
    """What came of it."""

    kind = RadioField(
        _l("What it is"),
        choices=[
            SelectChoice("photo", _l("A photo")),
            SelectChoice("slides", _l("Slides, as PDF")),
            SelectChoice("recording", _l("The recording: a link")),
            SelectChoice("link", _l("Another link")),
        ],
        default="photo",
    )
    title = StringField(
        _l("What one sees"), [DataRequired(_l("Write a title.")), Length(max=160)],
        filters=[clean_line],
    )  # fmt: skip
    file = FileField(_l("File"))
    address = StringField(_l("Link"), [Length(max=500)])

    def validate_file(self, field: Any) -> None:
        if self.kind.data in ("photo", "slides") and not field.data:
            raise Wrong(_l("Choose a file."))

    def validate_address(self, field: Any) -> None:
        web_address(self, field)
        if self.kind.data in ("recording", "link") and not field.data:
            raise Wrong(_l("Write the address."))
