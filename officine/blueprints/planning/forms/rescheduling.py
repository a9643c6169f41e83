"""Another time, another place, another day, or not at all."""

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, TextAreaField
from wtforms.validators import DataRequired, Length
from wtforms.widgets import HiddenInput

from officine.blueprints.planning.forms.facts import WhenForm, WhereForm, when_of, where_of
from officine.blueprints.planning.forms.repeating import ScopeForm
from officine.lib.text import clean
from officine.models.event import Event


class MoveForm(WhenForm, WhereForm, ScopeForm):
    """Another time, another place."""

    reason = TextAreaField(
        _l("Why, for those who want to come"), [Length(max=2000)], filters=[clean]
    )
    version = IntegerField(widget=HiddenInput(), default=0)

    @classmethod
    def of(cls, event: Event) -> "MoveForm":
        """The form as the event is now."""
        return cls(
            event.zone, formdata=None, version=event.version, **when_of(event), **where_of(event)
        )


class ReasonForm(ScopeForm):
    """Why it does not take place."""

    reason = TextAreaField(
        _l("Why"),
        [DataRequired(_l("Say why: everybody who wanted to come reads it.")), Length(max=2000)],
        filters=[clean],
    )
    version = IntegerField(widget=HiddenInput(), default=0)
