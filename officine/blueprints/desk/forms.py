"""What people fill in to report, and editors to decide."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from officine.core.words import RULE_NAMES
from officine.lib.text import clean
from officine.models.decision import RULES
from officine.models.report import EXPLAINED

RULE_MEANINGS = {
    "respect": _l("It insults, threatens or mocks somebody."),
    "advertising": _l("It offers products or services that nobody asked for."),
    "off-topic": _l("It belongs to another group or topic."),
    "privacy": _l("It shows somebody’s address, telephone, contract or figures."),
    "illegal": _l("It breaks a law: say which, or what makes you think so."),
    "copyright": _l("It copies somebody’s work without permission."),
    "spam": _l("It is repeated, automatic or a trick."),
    "other": _l("Say in your own words what is wrong."),
}
LONGEST = 4000


class ReportForm(FlaskForm):
    """What is wrong with a post."""

    rule = RadioField(
        _l("What is wrong with it?"), validators=[DataRequired(_l("Choose what is wrong."))]
    )
    explanation = TextAreaField(_l("What exactly, and why"), [Length(max=LONGEST)], filters=[clean])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule.choices = [SelectChoice(rule, RULE_NAMES[rule]) for rule in RULES]

    def validate_explanation(self, field: TextAreaField) -> None:
        if self.rule.data in EXPLAINED and not field.data:
            raise ValidationError(
                _l("Say what exactly and why: without it the editors cannot judge.")
            )


class ReasonForm(FlaskForm):
    """Why something is decided; whoever it affects reads it."""

    facts = TextAreaField(
        _l("The facts, in your words"),
        [
            DataRequired(_l("Write what happened: the person will read it.")),
            Length(max=LONGEST),
        ],
        filters=[clean],
    )


class DecisionForm(ReasonForm):
    """A decision by a rule."""

    rule = SelectField(_l("The rule"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule.choices = [SelectChoice(rule, RULE_NAMES[rule]) for rule in RULES]


class CaseForm(DecisionForm):
    """What an editor decides about a reported post."""

    measure = RadioField(
        _l("What do you decide?"),
        choices=[
            SelectChoice("hide", _l("Hide it")),
            SelectChoice("dismiss", _l("Leave it as it is")),
        ],
        validators=[DataRequired(_l("Choose what you decide."))],
    )
    reports = HiddenField()
    """The reports that were in view, so that a colleague’s decision meanwhile is noticed."""

    def seen_reports(self) -> tuple[int, ...]:
        """The numbers of the reports that were in view."""
        parts = (self.reports.data or "").split(",")
        return tuple(int(part) for part in parts if part.isdecimal() and len(part) < 12)
