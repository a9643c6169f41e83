"""What members fill in around an event."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, TextAreaField
from wtforms.validators import DataRequired, Length

from officine.core.form import Form
from officine.lib.text import clean

LONGEST_MESSAGE = 4000


class DiscussionForm(Form):
    """In which group an event is discussed, and the message that begins it."""

    group = SelectField(_l("Group"))
    text = TextAreaField(
        _l("The first message"),
        [DataRequired(_l("Write your message.")), Length(max=LONGEST_MESSAGE)],
        filters=[clean],
    )

    def __init__(self, groups: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group.choices = groups
