"""What editors fill in about the video of an interview."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import StringField
from wtforms.validators import DataRequired, ValidationError

from officine.core.form import Form
from officine.lib.outside_video import LONGEST, OutsideVideo, recognise
from officine.lib.text import clean_line


class FileForm(Form):
    """A file in one piece, from a browser without scripts."""

    file = FileField(_l("Video file"), [FileRequired(_l("Choose a file."))])


class PictureForm(Form):
    """A picture of our own that opens the page."""

    picture = FileField(_l("Picture"), [FileRequired(_l("Choose a picture."))])


class OutsideForm(Form):
    """The address of a video that lies elsewhere."""

    address = StringField(
        _l("Address of the video"),
        [DataRequired(_l("Write the address of the video."))],
        filters=[clean_line],
    )

    found: OutsideVideo | None = None

    def validate_address(self, field: Any) -> None:
        """It names a video that we know how to show."""
        self.found = recognise(field.data) if len(field.data) <= LONGEST else None
        if self.found is None:
            raise ValidationError(
                _l(
                    "This address names no video that we can show. Copy it from the page of the "
                    "video on YouTube, Vimeo or a PeerTube site; it begins with https://."
                )
            )
