"""What readers, guests and editors fill in about an interview."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, TextAreaField
from wtforms.validators import DataRequired, Length

from officine.blueprints.interviews.commands import LONGEST_ANSWER, LONGEST_QUESTION
from officine.core.form import Form
from officine.lib.text import clean


class QuestionForm(Form):
    """A question for the guest."""

    question = TextAreaField(
        _l("Your question"),
        [
            DataRequired(_l("Write your question.")),
            Length(max=LONGEST_QUESTION, message=_l("A question has at most 500 characters.")),
        ],
        filters=[clean],
    )


class AnswerForm(Form):
    """The guest’s answer."""

    answer = TextAreaField(
        _l("The answer"),
        [
            DataRequired(_l("Write the answer.")),
            Length(max=LONGEST_ANSWER, message=_l("An answer has at most 4,000 characters.")),
        ],
        filters=[clean],
    )


class ChapterForm(Form):
    """The first message about a chapter."""

    text = TextAreaField(
        _l("Your message"),
        [DataRequired(_l("Write your message.")), Length(max=LONGEST_ANSWER)],
        filters=[clean],
    )


class DiscussionForm(Form):
    """In which group an interview is discussed, and the message that begins it."""

    group = SelectField(_l("Group"))
    text = TextAreaField(
        _l("The first message"),
        [DataRequired(_l("Write your message.")), Length(max=LONGEST_ANSWER)],
        filters=[clean],
    )

    def __init__(self, groups: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group.choices = groups
