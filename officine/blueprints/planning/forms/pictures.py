"""The picture of an event, and the way there."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import IntegerField, StringField
from wtforms.validators import Length
from wtforms.validators import ValidationError as Wrong
from wtforms.widgets import HiddenInput

from officine.blueprints.planning.forms.repeating import ScopeForm
from officine.lib.text import clean_line
from officine.models.event import Event


def _said() -> StringField:
    return StringField(_l("What is seen on it"), [Length(max=240)], filters=[clean_line])


class PictureForm(ScopeForm):
    """A picture, and what is seen on it, in each language."""

    picture = FileField(_l("Picture"))
    said_it, said_en, said_es = _said(), _said(), _said()
    version = IntegerField(widget=HiddenInput(), default=0)

    def __init__(self, event: Event, **kwargs: Any) -> None:
        known = {f"said_{text.language}": text.picture_alt for text in event.texts}
        super().__init__(**known, **kwargs)
        self.has_one = event.picture_key is not None

    def validate_picture(self, field: Any) -> None:
        if not field.data and not self.has_one:
            raise Wrong(_l("Choose a picture."))

    def said(self) -> dict[str, str]:
        """What is seen on it, by language."""
        return {code: self[f"said_{code}"].data or "" for code in ("it", "en", "es")}


class MapForm(ScopeForm):
    """How one gets there, drawn or photographed by the organisers."""

    picture = FileField(_l("A picture of the way there"))
    version = IntegerField(widget=HiddenInput(), default=0)

    def __init__(self, **kwargs: Any) -> None:
        # It stands on one page with the other.
        super().__init__(prefix="map-", **kwargs)

    def validate_picture(self, field: Any) -> None:
        if not field.data:
            raise Wrong(_l("Choose a picture."))
