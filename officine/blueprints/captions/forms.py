"""What editors fill in to write captions, and what is wrong with it in words."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _lp
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    IntegerField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, NumberRange

from officine.core.form import Form
from officine.lib.captions import (
    Problem,
    bad_settings,
    clock,
    editable,
    read_clock,
    settle_markup,
    text_problems,
)
from officine.lib.text import clean, clean_line
from officine.models import CaptionTrack, Cue

TIME_WANTED = _l("Write a time such as 1:23.5: minutes, seconds, tenths.")
LONGEST_TEXT = 1000
DAY_MS = 24 * 3600 * 1000

PROBLEMS = {
    "header": _l("A WebVTT file begins with the word WEBVTT; this one begins with “%(value)s”."),
    "header-arrow": _l("An empty line is missing between WEBVTT and the first cue."),
    "no-cues": _l("There is not a single caption here."),
    "no-times": _l("“%(value)s” belongs to no caption: there is no line with times above it."),
    "no-blank": _l("An empty line is missing before these times: “%(value)s”."),
    "timing": _l(
        "These times cannot be read: “%(value)s”. They are written 00:01:23.000 --> 00:01:25.500."
    ),
    "timing-space": _l("A space is missing beside the arrow or after the times: “%(value)s”."),
    "hours": _l("Hours have two figures: “%(value)s”."),
    "too-late": _l("This is later than any recording lasts: “%(value)s”."),
    "end-first": _l("The caption does not end after it starts: “%(value)s”."),
    "out-of-order": _l("The caption starts before the one above it: “%(value)s”."),
    "name-again": _l("The name “%(value)s” stands over two captions."),
    "setting": _l("This setting cannot be read: “%(value)s”."),
    "region": _l("This is wrong in the description of a region: “%(value)s”."),
    "late": _l("A block %(value)s must stand before the first caption."),
    "arrow": _l("An arrow --> cannot stand inside a text: “%(value)s”."),
    "tag-unknown": _l("There is no mark %(value)s in captions."),
    "tag-unclosed": _l("The mark %(value)s is never closed."),
    "tag-stray": _l("The mark %(value)s closes nothing that is open here."),
    "tag-open": _l("The sign > is missing after %(value)s. A plain < is written &lt;."),
    "tag-nameless": _l("The mark %(value)s must say a name: <v Marta> or <lang it>."),
    "tag-extra": _l("The mark %(value)s takes nothing but classes after a full stop."),
    "tag-place": _l("The mark %(value)s can stand only inside <ruby>."),
    "time-inside": _l("The time %(value)s cannot be read; it is written <00:01:23.000>."),
    "time-outside": _l("The time %(value)s does not lie inside its caption, in order."),
    "not-utf8": _l("A WebVTT file must be UTF-8, and this line is not. Save it as UTF-8."),
}
REMARKS = {
    "ampersand": _l("A sign & was read as it stands: “%(value)s”."),
    "styles": _l("The file has %(value)s style sheets; they are not kept."),
    "regions": _l("The file has %(value)s regions; they are not kept."),
    "notes": _l("The file has %(value)s comments; they are not kept."),
    "header-text": _l("What stands under WEBVTT is not kept: “%(value)s”."),
    "cp1252": _l("The file is not UTF-8; we read it as Western Windows. Look at the accents."),
    "utf16": _l("The file is UTF-16; we read it as that."),
    "points": _l("The times have points where SRT has commas; we read them all the same."),
    "places": _l("Where the caption stands on the screen is not kept: “%(value)s”."),
    "dropped": _l("The mark %(value)s is not kept."),
}  # fmt: skip
FINDINGS = {
    "overlap": _l("Overlaps the caption before it by %(value)s s."),
    "gap": _l("Only %(value)s ms after the caption before it: leave %(limit)s ms, or none."),
    "silence": _l("%(value)s s of silence before it; more than %(limit)s s is long."),
    "speed": _l("%(value)s characters a second; at most %(limit)s can be read."),
    "line": _l("A line of %(value)s characters; at most %(limit)s."),
    "lines": _l("%(value)s lines; at most %(limit)s."),
    "empty": _l("Without words."),
    "short": _l("Stands for %(value)s s; at least %(limit)s s."),
    "long": _l("Stands for %(value)s s; at most %(limit)s s."),
    "beyond": _l("Ends at %(value)s, after the video, which lasts %(limit)s."),
}  # fmt: skip
DRAFT_PROBLEMS = {
    "command": _l("The program for drafts ended with an error."),
    "time": _l("The program for drafts took too long and was stopped."),
    "missing": _l("The program for drafts cannot be started on this machine."),
    "audio": _l("The sound of the video is not ready yet."),
    "output": _l("What the program for drafts wrote is not a file of captions."),
    "meanwhile": _l("Somebody wrote captions while the draft was being made: theirs were kept."),
    "killed": _l("The program for drafts was interrupted several times."),
}


def sentence(problem: Problem) -> str:
    """What is wrong, or worth saying, in the language of the page."""
    words = PROBLEMS.get(problem.key) or REMARKS[problem.key]
    return str(words) % {"value": problem.value}


class Moment(StringField):
    """A moment of the recording, in milliseconds, as people write it."""

    def process_data(self, value: Any) -> None:
        self.data = value

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.raw = valuelist[0] if valuelist else ""
        self.data = read_clock(self.raw)

    def _value(self) -> str:
        if self.data is None:
            return getattr(self, "raw", "")
        return clock(self.data)


class CueForm(Form):
    """One row."""

    starts = Moment(_lp("caption", "Start"))
    ends = Moment(_lp("caption", "End"))
    speaker = StringField(_l("Who speaks"), filters=[clean_line], validators=[Length(max=80)])
    text = TextAreaField(_lp("caption", "Words"), validators=[Length(max=LONGEST_TEXT)])
    settings = StringField(
        _l("Place on the screen"), filters=[clean_line], validators=[Length(max=120)]
    )
    seen = HiddenField()

    def __init__(self, *, cue: Cue | None = None, **kwargs: Any) -> None:
        if cue is not None:
            kwargs = {
                "starts": cue.starts_ms,
                "ends": cue.ends_ms,
                "speaker": cue.speaker,
                "text": editable(cue.text),
                "settings": cue.settings,
            } | kwargs
        super().__init__(**kwargs)

    def validate_starts(self, field: Field) -> None:
        if field.data is None:
            raise ValidationError(TIME_WANTED)

    def validate_ends(self, field: Field) -> None:
        if field.data is None:
            raise ValidationError(TIME_WANTED)
        if self.starts.data is not None and field.data <= self.starts.data:
            raise ValidationError(_l("The end must come after the start."))
        if field.data > DAY_MS:
            raise ValidationError(_l("No recording is as long as that."))

    def validate_text(self, field: Field) -> None:
        found, _remarks = text_problems(clean(field.data), 1, self.starts.data, self.ends.data)
        if found:
            raise ValidationError(" ".join(sentence(problem) for problem in found))

    def validate_settings(self, field: Field) -> None:
        bad = bad_settings(field.data)
        if bad:
            raise ValidationError(sentence(Problem(0, "setting", " ".join(bad))))

    def written(self) -> dict[str, Any]:
        """The row as a command takes it."""
        return {
            "starts_ms": self.starts.data,
            "ends_ms": self.ends.data,
            "speaker": self.speaker.data or "",
            "text": settle_markup(clean(self.text.data)),
        }


class ShiftForm(Form):
    """How far captions move."""

    by_ms = IntegerField(
        _l("Milliseconds"),
        [
            InputRequired(_l("Write how many milliseconds: 500 is later, -500 earlier.")),
            NumberRange(-DAY_MS, DAY_MS, _l("Write at most a day.")),
        ],
    )
    start = IntegerField(_l("From caption number"), default=1)


class ReplaceForm(Form):
    """Words and what stands in their place."""

    find = StringField(_l("Find"), [Length(max=200)], filters=[clean_line])
    replacement = StringField(_l("Put in its place"), [Length(max=200)], filters=[clean_line])
    exactly = BooleanField(_l("Capital letters matter"))

    def validate_find(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(_l("Write what to look for."))


class ImportForm(Form):
    """A file of captions, or its text."""

    file = FileField(_l("File, .vtt or .srt"))
    pasted = TextAreaField(_l("Or paste it here"))

    def data_given(self) -> bytes:
        """What was sent, as bytes; nothing when nothing was."""
        if self.file.data:
            return bytes(self.file.data.read())
        return (self.pasted.data or "").encode("utf-8", "replace")


class CreditForm(Form):
    """Who translated."""

    translator = StringField(
        _l("Translated by"), filters=[clean_line], validators=[Length(max=120)]
    )


def credit_of(track: CaptionTrack) -> CreditForm:
    """The credit as it is."""
    return CreditForm(formdata=None, translator=track.translator)
