"""What people fill in about groups."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from officine.core.form import Form
from officine.core.i18n import LANGUAGES, OWN_NAMES
from officine.core.words import RULE_NAMES, SECTOR_NAMES
from officine.lib.text import clean, clean_line
from officine.models.decision import RULES
from officine.models.group import APPROVALS, JOININGS, VISIBILITIES

VISIBILITY_WORDS = {
    "public": _l("Everyone reads it, also without an account"),
    "members": _l("Whoever has an account reads it"),
    "private": _l("Only its members know that it exists"),
}
JOINING_WORDS = {
    "open": _l("Whoever wants to, at once"),
    "request": _l("Whoever asks and is let in by a host"),
    "invitation": _l("Whoever is invited by a host"),
}
APPROVAL_WORDS = {
    "none": _l("No: what members write appears at once"),
    "newcomers": _l("The first messages of newcomers to the site"),
    "all": _l("Every message, except the hosts’"),
}
MOST_SECTORS = 4
NARROWER_ONLY = _l("Later it can be for fewer readers, never for more.")
WIDER_NEVER = _l(
    "A group never opens wider: what is in it was written for those who read it now. To speak to"
    " more people, open a new group."
)


class GroupForm(Form):
    """A group’s name and purpose, who reads it, how one enters."""

    language = SelectField(_l("Language of the group"))
    name = StringField(
        _l("Name"),
        [DataRequired(_l("Give the group a name.")), Length(max=80)],
        filters=[clean_line],
    )
    purpose = TextAreaField(
        _l("Purpose, in a sentence or two"),
        [DataRequired(_l("Say in a sentence what the group is for.")), Length(max=240)],
        filters=[clean_line],
    )
    text = TextAreaField(_l("What people should know before they enter"), [Length(max=5000)])
    sectors = SelectMultipleField(
        _l("Sectors"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    visibility = RadioField(_l("Who reads it"), default="public")
    joining = RadioField(_l("Who enters"), default="open")
    approves = RadioField(_l("Does an editor read messages first?"), default="none")
    readers: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = [(code, OWN_NAMES[code]) for code in LANGUAGES]
        self.sectors.choices = list(SECTOR_NAMES.items())
        self.visibility.choices = [(code, VISIBILITY_WORDS[code]) for code in VISIBILITIES]
        self.joining.choices = [(code, JOINING_WORDS[code]) for code in JOININGS]
        self.visibility.description = NARROWER_ONLY
        self.approves.choices = [(code, APPROVAL_WORDS[code]) for code in APPROVALS]

    def keep_to(self, readers: Sequence[str]) -> "GroupForm":
        """Offer only these readers, and say why there are no more."""
        self.visibility.choices = [(code, VISIBILITY_WORDS[code]) for code in readers]
        if len(readers) < len(VISIBILITIES):
            self.visibility.description = WIDER_NEVER
            # What the browser sent may be a choice that is gone; it deserves more than “not valid”.
            self.visibility.validate_choice = False
            self.readers = tuple(readers)
        return self

    def validate_visibility(self, field: RadioField) -> None:
        if self.readers and field.data not in self.readers:
            raise ValidationError(WIDER_NEVER)

    def validate_sectors(self, field: SelectMultipleField) -> None:
        if len(field.data or ()) > MOST_SECTORS:
            raise ValidationError(_l("Choose four sectors at most."))

    def description(self) -> dict[str, Any]:
        """What the group says of itself, for the commands."""
        return {
            "name": self.name.data,
            "purpose": self.purpose.data,
            "text": self.text.data or "",
            "sectors": tuple(self.sectors.data or ()),
            "visibility": self.visibility.data,
            "joining": self.joining.data,
            "approves": self.approves.data,
        }


class CoverForm(Form):
    """A picture across the top of the group."""

    cover = FileField(_l("Cover picture"))


class RequestForm(Form):
    """A word to the hosts."""

    text = TextAreaField(_l("A word to the hosts"), [Length(max=1000)])


class ReasonForm(Form):
    """Why not."""

    reason = TextAreaField(
        _l("The reason, for the person"),
        [DataRequired(_l("Give the reason: the person will read it.")), Length(max=2000)],
        filters=[clean],
    )


class RemovalForm(ReasonForm):
    """Why somebody has to leave a group."""

    rule = SelectField(_l("The rule"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule.choices = [(rule, RULE_NAMES[rule]) for rule in RULES]


class InviteForm(Form):
    """Whom to ask in."""

    handle = StringField(
        _l("Whom do you invite?"),
        [DataRequired(_l("Write the person’s @name."))],
        filters=[clean_line],
    )
