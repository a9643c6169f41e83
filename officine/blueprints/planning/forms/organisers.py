"""Who looks after an event."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import DataRequired
from wtforms.validators import ValidationError as Wrong

from officine.blueprints.planning import queries
from officine.core.form import Form
from officine.lib.text import clean_line
from officine.models import Member


class OrganiserForm(Form):
    """One more who looks after it."""

    handle = StringField(
        _l("Their @name"), [DataRequired(_l("Write a member’s @name."))], filters=[clean_line]
    )
    member: Member | None = None

    def validate_handle(self, field: Any) -> None:
        self.member = queries.find_member(field.data)
        if self.member is None:
            raise Wrong(_l("No member has this @name."))
