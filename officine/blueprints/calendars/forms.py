"""Which calendar to take over, and for whom."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from officine.core.fields import LANGUAGE_CHOICES, AudienceForm
from officine.lib.text import clean_line
from officine.models import Group


class CalendarForm(AudienceForm):
    """An address, or a file; in which language it is; whose events they become."""

    address = StringField(
        _l("Address of the calendar"),
        description=_l("It often ends in .ics, or begins with webcal://."),
        filters=[clean_line],
        validators=[Length(max=500, message=_l("An address has 500 letters at most."))],
    )
    file = FileField(_l("Or a file, .ics"))
    language = SelectField(_l("Language of its texts"), choices=LANGUAGE_CHOICES)

    def __init__(self, *args: Any, groups: Sequence[Group], by_desk: bool, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.audience.label.text = _l("Who sees them")
        self.group.label.text = _l("Group that holds the events")
        none = [SelectChoice(0, _l("No group"))] if by_desk else []
        self.group.choices = none + [SelectChoice(group.id, group.name) for group in groups]

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field by itself; and an address or a file."""
        if not super().validate(extra_validators):
            return False
        if not self.address.data and not self.file.data:
            self.address.errors = [_l("Write an address, or choose a file.")]
        return not self.errors
