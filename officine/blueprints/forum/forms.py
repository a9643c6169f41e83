"""What people send to the forum, and what they read when it cannot be taken."""

import secrets
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import BooleanField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError
from wtforms.widgets import HiddenInput

from officine.blueprints.forum.commands import LONGEST_TEXT, LONGEST_TITLE
from officine.core.form import Form
from officine.core.i18n import LANGUAGES, OWN_NAMES
from officine.core.words import number
from officine.lib.text import clean, clean_line
from officine.models.case import Signals
from officine.models.screening import NUMBERS

WAYS = [
    SelectChoice("", _l("language as written")),
    *(SelectChoice(code, OWN_NAMES[code]) for code in LANGUAGES),
]

TITLE_MISSING = _l("Give the topic a title: the question in one line.")


def new_token() -> str:
    """What a form is known by, so that sending it twice does one thing."""
    return secrets.token_hex(16)


class _TextForm(Form):
    """A text, and the language it is in."""

    text = TextAreaField(_l("Message"), filters=[clean])
    language = SelectField(_l("Language of the message"), choices=WAYS, default="")
    alt = StringField(_l("What the picture shows"), filters=[clean_line])

    def validate_text(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(_("Write something first."))
        if (over := len(field.data) - LONGEST_TEXT) > 0:
            raise ValidationError(
                ngettext(
                    "The message is %(over)s character too long: %(most)s are possible. "
                    "It is still here; shorten it or send it in two.",
                    "The message is %(over)s characters too long: %(most)s are possible. "
                    "It is still here; shorten it or send it in two.",
                    over,
                    over=number(over),
                    most=number(LONGEST_TEXT),
                )
            )


class PostForm(_TextForm):
    """An answer. ``seen`` is the newest post that stood on the page it was written on."""

    token = HiddenField(default=new_token)
    seen = IntegerField(widget=HiddenInput(), validators=[Optional()])


class EditForm(_TextForm):
    """Other words for a post."""


class _Titled(Form):
    title = StringField(
        _l("Title"), filters=[clean_line], validators=[InputRequired(TITLE_MISSING)]
    )

    def validate_title(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(TITLE_MISSING)
        if (over := len(field.data) - LONGEST_TITLE) > 0:
            raise ValidationError(
                ngettext(
                    "The title is %(over)s character too long: %(most)s are possible.",
                    "The title is %(over)s characters too long: %(most)s are possible.",
                    over,
                    over=number(over),
                    most=number(LONGEST_TITLE),
                )
            )


class TopicForm(_Titled, PostForm):
    """A new topic."""

    sos = BooleanField(_l("This is an SOS: I need help now"))


class TitleForm(_Titled):
    """Another title for a topic."""

    sos = BooleanField(_l("This is an SOS: I need help now"))


def why_title_stays(signals: Signals) -> str:
    """What is wrong with a title that an editor would read first."""
    found = {signal["name"]: signal.get("value") for signal in signals}
    if words := found.get("words"):
        return _(
            "The title stays as it was, because an editor reads these words before others do: "
            "%(words)s. Choose other words, or ask an editor to change the title.",
            words=words,
        )
    if found.keys() & {"links", "edit"}:
        return _(
            "The title stays as it was: a link belongs in the message. Leave it out, or ask an "
            "editor to change the title."
        )
    return _(
        "The title stays as it was, because an editor reads what you write here before others do. "
        "Ask an editor to change the title."
    )


def _number(label: Any, least: int, most: int) -> IntegerField:
    return IntegerField(
        label,
        [
            InputRequired(_l("Write a number.")),
            NumberRange(least, most, _l("From %(min)s to %(max)s.")),
        ],
    )


class ScreeningForm(Form):
    """From which numbers on a post waits for an editor."""

    first_posts = _number(_l("First messages of each new member"), 0, 50)
    newcomer_posts = _number(_l("A newcomer has fewer messages than"), 1, 50)
    most_links = _number(_l("Most links in a message"), 0, 100)
    most_posts = _number(_l("Most messages in a short time"), 1, 200)
    within_minutes = _number(_l("Within how many minutes"), 1, 1440)
    most_points = _number(_l("Points of the spam score"), 10, 500)
    old_hours = _number(_l("A message is no longer new after hours"), 1, 8760)
    sos_minutes = _number(_l("An SOS reaches the desk after minutes"), 5, 1440)
    unanswered_hours = _number(_l("A topic without an answer reaches it after hours"), 1, 336)

    def numbers(self) -> dict[str, int]:
        """What was written, by name."""
        return {name: self[name].data for name in NUMBERS}
