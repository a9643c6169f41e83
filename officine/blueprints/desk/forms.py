"""What people fill in to report, and editors to decide."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flask_babel import format_timedelta, ngettext
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from officine.core.fields import real_address, real_name
from officine.core.form import Form
from officine.core.i18n import LANGUAGES, OWN_NAMES
from officine.core.words import RULE_NAMES
from officine.lib.text import clean, clean_line
from officine.models import Group, Member, Post
from officine.models.case import Grounded, Measure
from officine.models.decision import LAWS, RULES
from officine.models.document import Reason
from officine.models.report import EXPLAINED, NAMELESS

RULE_MEANINGS = {
    "respect": _l("It insults, threatens or mocks somebody."),
    "advertising": _l("It offers products or services that nobody asked for."),
    "off-topic": _l("It belongs to another group or topic."),
    "privacy": _l("It shows somebody’s address, telephone, contract or figures."),
    "illegal": _l("It breaks a law: say which, or what makes you think so."),
    "minors": _l("It harms or exploits children. You need not give your name."),
    "terrorism": _l("It calls for terrorist acts or praises them: we act within an hour."),
    "copyright": _l("It copies somebody’s work without permission."),
    "spam": _l("It is repeated, automatic or a trick."),
    "other": _l("Say in your own words what is wrong."),
}
LONGEST = 4000
LONGEST_PASSAGE = 2000
LASTS = (1, 3, 7, 14, 30, 90, 180)
"""For how many days a measure that ends by itself may hold."""


def rule_choices() -> list[SelectChoice]:
    """The rules, as a field offers them."""
    return [SelectChoice(rule, RULE_NAMES[rule]) for rule in RULES]


class ReportForm(Form):
    """What is wrong with a post or a person."""

    rule = RadioField(
        _l("What is wrong with it?"), validators=[DataRequired(_l("Choose what is wrong."))]
    )
    passage = TextAreaField(
        _l("Where exactly"), [Length(max=LONGEST_PASSAGE)], filters=[clean],
        description=_l("Copy the words in question, if it is not the whole of it."),
    )  # fmt: skip
    explanation = TextAreaField(_l("What exactly, and why"), [Length(max=LONGEST)], filters=[clean])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule.choices = rule_choices()

    @property
    def is_explained(self) -> bool:
        """Whether what was chosen needs an explanation."""
        return self.rule.data in EXPLAINED

    def validate_explanation(self, field: TextAreaField) -> None:
        if self.is_explained and not field.data:
            raise ValidationError(
                _l("Say what exactly and why: without it the editors cannot judge.")
            )


class VisitorReportForm(ReportForm):
    """The same from somebody without an account: who they are, and that they mean it (Regulation
    (EU) 2022/2065, Article 16(2)).
    """

    name = StringField(_l("Your name"), [Length(max=120)], filters=[clean_line])
    email = StringField(_l("Your e-mail address"), [Length(max=254)], filters=[clean_line])
    good_faith = BooleanField(
        _l("I believe in good faith that what I write here is correct and complete."),
        [DataRequired(_l("Tick that what you write is correct, to the best of your knowledge."))],
    )

    @property
    def is_explained(self) -> bool:
        """Always: we cannot ask a visitor afterwards."""
        return True

    @property
    def may_be_nameless(self) -> bool:
        """Whether what was chosen can be reported without a name."""
        return self.rule.data in NAMELESS

    def validate_name(self, field: StringField) -> None:
        if field.data:
            real_name(self, field)
        elif not self.may_be_nameless:
            raise ValidationError(_l("Write your name."))

    def validate_email(self, field: StringField) -> None:
        if field.data:
            real_address(self, field)
        elif not self.may_be_nameless:
            raise ValidationError(_l("Write your e-mail address: we send you what was decided."))


class AppealForm(Form):
    """Why another editor should look at a decision again."""

    text = TextAreaField(
        _l("Why do you not agree?"),
        [DataRequired(_l("Write why you do not agree.")), Length(max=LONGEST)],
        filters=[clean], id="appeal-text",
        description=_l(
            "Another editor, who did not take the decision, reads it within seven days."
        ),
    )  # fmt: skip


class ReasonForm(Form):
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
    law = StringField(_l("Which law"), [Length(max=200)], filters=[clean_line])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule.choices = rule_choices()

    def validate_law(self, field: StringField) -> None:
        needs_one = self.rule.data in LAWS and not LAWS[self.rule.data]
        if needs_one and not field.data:
            raise ValidationError(_l("Name the law and its article: the person has a right to it."))

    def grounds(self) -> dict[str, Any]:
        """The reason, as a command takes it."""
        return {"rule": self.rule.data, "facts": self.facts.data, "law": self.law.data or ""}


class CaseForm(DecisionForm):
    """What an editor decides about a case, by one of its kind’s measures."""

    measure = RadioField(
        _l("What do you decide?"), validators=[DataRequired(_l("Choose what you decide."))]
    )
    rule = SelectField(_l("The rule"), default="other")
    facts = TextAreaField(_l("The facts, in your words"), [Length(max=LONGEST)], filters=[clean])
    reason = SelectField(_l("A text of the library"), coerce=int, default=0)
    lasts = SelectField(_l("For how long"), coerce=int, default=7)
    reports = HiddenField()
    """The reports that were in view, so that a colleague’s decision meanwhile is noticed."""
    wording = HiddenField()
    """The words that were in view, so that a change of them meanwhile is noticed."""

    def __init__(
        self,
        *args: Any,
        measures: Sequence[Measure] = (),
        library: Sequence[Reason] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.measures = {measure.name: measure for measure in measures}
        self.library = {reason.document_id: reason for reason in library}
        self.measure.choices = [SelectChoice(each.name, each.label) for each in measures]
        self.reason.choices = [
            SelectChoice(0, _l("None: only my own words")),
            *(SelectChoice(each.document_id, each.title) for each in library),
        ]
        self.lasts.choices = [
            SelectChoice(days, ngettext("%(num)s day", "%(num)s days", days)) for days in LASTS
        ]

    @property
    def chosen(self) -> Measure | None:
        """The measure that was chosen."""
        return self.measures.get(self.measure.data or "")

    def validate_facts(self, field: TextAreaField) -> None:
        if not field.data and (self.chosen is None or self.chosen.explains):
            raise ValidationError(_l("Write what happened: the person will read it."))

    def validate_law(self, field: StringField) -> None:
        if self.chosen is None or self.chosen.explains:
            super().validate_law(field)

    def grounded(self, at: datetime) -> Grounded:
        """The reason, as a measure takes it."""
        reason = self.library.get(self.reason.data or 0)
        is_timed = self.chosen is not None and "until" in self.chosen.asks
        return Grounded(
            rule=self.rule.data if self.rule.data in RULES else "other",
            facts=self.facts.data or "",
            law=self.law.data or "",
            reason_id=reason.document_id if reason else None,
            reason_revision=reason.revision if reason else None,
            until=at + timedelta(days=self.lasts.data) if is_timed else None,
            more={"reports": self.seen_reports(), "wording": self.wording.data or ""},
        )

    def seen_reports(self) -> tuple[int, ...]:
        """The numbers of the reports that were in view."""
        parts = (self.reports.data or "").split(",")
        return tuple(int(part) for part in parts if part.isdecimal() and len(part) < 12)


class NoteForm(Form):
    """What an editor tells colleagues about a case."""

    text = TextAreaField(
        _l("Note to colleagues"),
        [DataRequired(_l("Write the note.")), Length(max=LONGEST)],
        filters=[clean],
        id="note-text",
    )
    asked = SelectField(_l("Ask somebody"), coerce=int, default=0, id="note-asked")

    def __init__(self, *args: Any, colleagues: Sequence[Member] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked.choices = [
            SelectChoice(0, _l("Nobody: a note for all")),
            *(SelectChoice(each.id, each.name) for each in colleagues),
        ]


class HandOverForm(Form):
    """Which language’s editors should decide a case."""

    language = SelectField(
        _l("Hand over to"),
        choices=[SelectChoice(code, OWN_NAMES[code]) for code in LANGUAGES],
        id="handing-language",
    )


SPANS = (5, 10, 30, 60, 180, 720, 1440)
"""How many minutes each member may have to wait between two posts."""


class SlowForm(DecisionForm):
    """How slowly a topic is to go, and until when."""

    minutes = SelectField(_l("Each person writes once every"), coerce=int, default=30)
    lasts = SelectField(_l("For how long"), coerce=int, default=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.minutes.choices = [
            SelectChoice(minutes, format_timedelta(timedelta(minutes=minutes), threshold=1.2))
            for minutes in SPANS
        ]
        self.lasts.choices = [
            SelectChoice(days, ngettext("%(num)s day", "%(num)s days", days)) for days in LASTS
        ]

    def until(self, at: datetime) -> datetime:
        """When it goes on as fast as before."""
        return at + timedelta(days=self.lasts.data)


class PublishingForm(DecisionForm):
    """What may put before others what only few could read."""

    publishes = BooleanField(_l("I know that others will read it there, and that this is right"))


class MoveForm(PublishingForm):
    """Where a topic belongs."""

    group = SelectField(_l("Into which group"), coerce=int)

    def __init__(self, *args: Any, groups: Sequence[Group] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {group.id: group for group in groups}
        self.group.choices = [SelectChoice(group.id, group.name) for group in groups]

    @property
    def chosen(self) -> Group:
        """The group that was chosen."""
        return self.groups[self.group.data]


class SplitForm(DecisionForm):
    """Which posts become a topic of their own, and what it is called."""

    title = StringField(
        _l("The title of the new topic"),
        [DataRequired(_l("Give the new topic a title.")), Length(max=160)],
        filters=[clean_line],
    )
    posts = SelectMultipleField(
        _l("Which messages"), [DataRequired(_l("Choose at least one message."))], coerce=int
    )

    def __init__(self, *args: Any, choices: Sequence[Post] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = choices
        self.posts.choices = [SelectChoice(post.id, post.author.name) for post in choices]


class MergeForm(PublishingForm):
    """Into which topic another goes."""

    into = StringField(
        _l("The address or the number of the other topic"),
        [DataRequired(_l("Paste the address of the other topic."))],
        filters=[clean_line],
    )

    @property
    def number(self) -> int:
        """The number of that topic."""
        found = re.fullmatch(r"\d{1,9}|.*/topics/(\d{1,9})(?:[-/?#].*)?", self.into.data or "")
        return int(found[1] or found[0]) if found else 0
