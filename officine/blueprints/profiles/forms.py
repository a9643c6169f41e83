"""What members fill in about themselves, a form for each part of their page."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from officine.core.fields import real_name
from officine.core.form import Form
from officine.core.i18n import LANGUAGES, OWN_NAMES
from officine.core.words import SECTOR_NAMES, countries
from officine.lib.text import clean, clean_line
from officine.models import Member
from officine.models.member import AUDIENCES

LONGEST_ABOUT = 3000
LONGEST_NEED = 600
AUDIENCE_WORDS = {"everyone": _l("Everyone"), "members": _l("Members only")}
NOTHING = SelectChoice("", "—")
LANGUAGE_CHOICES = [SelectChoice(code, OWN_NAMES[code]) for code in LANGUAGES]
AS_WRITTEN = SelectChoice("", _l("Whichever it is written in"))


def audience_field() -> SelectField:
    """Who sees a field."""
    choices = [SelectChoice(audience, AUDIENCE_WORDS[audience]) for audience in AUDIENCES]
    return SelectField(_l("Who sees it"), choices=choices, default=AUDIENCES[0])


class SectionForm(Form):
    """One part of a profile. Fields named ``shown_…`` say who sees the field of that name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Several forms may be open in one page: the ids of their fields must differ.
        for field in self:
            field.id = field.label.field_id = f"{type(self).__name__.lower()}-{field.id}"

    def audiences(self) -> dict[str, str]:
        """Who sees what, as chosen."""
        return {
            name.removeprefix("shown_"): field.data
            for name, field in self._fields.items()
            if name.startswith("shown_")
        }

    @classmethod
    def of(cls, member: Member) -> "SectionForm":
        """The form, filled with what the member says now."""
        shown = {f"shown_{name}": audience for name, audience in (member.shown_to or {}).items()}
        return cls(formdata=None, **{**cls.values(member), **shown})

    @staticmethod
    def values(member: Member) -> Mapping[str, Any]:
        """What the fields hold at first."""
        return {}


class PhotoForm(SectionForm):
    """A photo of oneself."""

    photo = FileField(_l("Photo"))
    shown_photo = audience_field()


class PresentationForm(SectionForm):
    """Name, role, company, place."""

    name = StringField(
        _l("First name and surname"),
        [DataRequired(_l("Write your name.")), Length(max=80), real_name],
        filters=[clean_line],
    )
    job = StringField(_l("Role"), [Length(max=80)], filters=[clean_line])
    shown_job = audience_field()
    company_name = StringField(_l("Company"), [Length(max=120)], filters=[clean_line])
    shown_company = audience_field()
    place = StringField(_l("Town"), [Length(max=80)], filters=[clean_line])
    country = SelectField(_l("Country"))
    shown_place = audience_field()
    sector = SelectField(_l("Sector"))
    shown_sector = audience_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country.choices = [NOTHING, *(SelectChoice(*each) for each in countries())]
        self.sector.choices = [NOTHING, *(SelectChoice(*each) for each in SECTOR_NAMES.items())]

    @staticmethod
    def values(member: Member) -> Mapping[str, Any]:
        return {
            "name": member.name,
            "job": member.job,
            "company_name": member.firm,
            "place": member.place,
            "country": member.country,
            "sector": member.sector,
        }


class WrittenForm(SectionForm):
    """Texts, and the language they are written in."""

    language = SelectField(_l("Language of these texts"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = [AS_WRITTEN, *LANGUAGE_CHOICES]


class NeedsForm(WrittenForm):
    """What one looks for and offers."""

    seeks = TextAreaField(_l("I look for"), [Length(max=LONGEST_NEED)], filters=[clean])
    shown_seeks = audience_field()
    offers = TextAreaField(_l("I offer"), [Length(max=LONGEST_NEED)], filters=[clean])
    shown_offers = audience_field()

    @staticmethod
    def values(member: Member) -> Mapping[str, Any]:
        has_words = member.seeks or member.offers
        language = member.profile_language if has_words else ""
        return {"seeks": member.seeks, "offers": member.offers, "language": language}


class AboutForm(WrittenForm):
    """What one does, in one's own words."""

    about = TextAreaField(_l("In your words"), [Length(max=LONGEST_ABOUT)], filters=[clean])
    shown_about = audience_field()

    @staticmethod
    def values(member: Member) -> Mapping[str, Any]:
        return {"about": member.about, "language": member.profile_language if member.about else ""}


class LanguagesForm(SectionForm):
    """The languages one reads."""

    reads = SelectMultipleField(
        _l("Languages you read"),
        [DataRequired(_l("Choose at least one language."))],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reads.choices = LANGUAGE_CHOICES

    @staticmethod
    def values(member: Member) -> Mapping[str, Any]:
        return {"reads": list(member.reads)}


class GroupsForm(SectionForm):
    """Who sees one’s groups."""

    shown_groups = audience_field()


class AddressForm(SectionForm):
    """The handle: the last part of the page’s address, and what stands after an @."""

    handle = StringField(
        _l("Your @name"),
        [
            DataRequired(_l("Write your @name.")),
            Regexp(
                r"^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$",
                message=_l("Use 3 to 40 lower-case letters, digits and hyphens, without accents."),
            ),
        ],
        filters=[lambda text: clean_line(text).lstrip("@").casefold()],
    )

    @staticmethod
    def values(member: Member) -> Mapping[str, Any]:
        return {"handle": member.handle}


FORMS: dict[str, type[SectionForm]] = {
    "photo": PhotoForm,
    "presentation": PresentationForm,
    "needs": NeedsForm,
    "about": AboutForm,
    "languages": LanguagesForm,
    "groups": GroupsForm,
    "address": AddressForm,
}
