"""What a member shows of themselves."""

from dataclasses import dataclass
from typing import Any

from officine.models import Company, Member

FIELDS_OF_PROFILE = ("photo", "job", "company", "place", "sector", "about", "offers", "seeks")


class Everyone:
    """Whoever looks, with or without an account: search engines, shared links."""

    id: int | None = None
    is_member = False
    is_staff = False


EVERYONE = Everyone()


@dataclass(frozen=True)
class Profile:
    """What a member shows to somebody. A field they do not show is empty, as one they never
    filled in.
    """

    name: str
    handle: str
    language: str
    photo: str | None
    job: str
    company: Company | None
    firm: str
    place: str
    country: str
    sector: str
    about: str
    about_html: str
    offers: str
    seeks: str

    @property
    def has_words(self) -> bool:
        """Whether it says anything of its own."""
        return bool(self.about or self.offers or self.seeks)


def profile_of(member: Member, viewer: Any) -> Profile:
    """What a member shows to the viewer."""
    shows = {field: member.shows(field, viewer) for field in FIELDS_OF_PROFILE}
    place = shows["place"]
    return Profile(
        name=member.name,
        handle=member.handle,
        language=member.profile_language,
        photo=member.photo_url(320) if shows["photo"] else None,
        job=member.job if shows["job"] else "",
        company=member.company if shows["company"] else None,
        firm=member.firm if shows["company"] else "",
        place=member.place if place else "",
        country=member.country if place else "",
        sector=member.sector if shows["sector"] else "",
        about=member.about if shows["about"] else "",
        about_html=member.about_html if shows["about"] else "",
        offers=member.offers if shows["offers"] else "",
        seeks=member.seeks if shows["seeks"] else "",
    )


def public_fields(member: Member, audience: str = "everyone") -> dict[str, str]:
    """The texts that a member shows to an audience (one of AUDIENCES), without the empty ones:
    for the search index and whatever else leaves the site.
    """
    looking = member if audience == "members" else EVERYONE
    profile = profile_of(member, looking)
    fields = ("job", "firm", "place", "country", "sector", "about", "offers", "seeks")
    values = {field: str(getattr(profile, field)) for field in fields}
    return {"name": member.name} | {field: value for field, value in values.items() if value}
