"""Who is here, as much of each as they show to whoever is looking."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from officine.core.db import db
from officine.lib.facets import Facets
from officine.models import (
    Answer,
    Company,
    Group,
    Hiding,
    Member,
    Membership,
    OldAddress,
    Post,
    Topic,
)
from officine.models.group import readable_by
from officine.models.member import photo_url, shown

PAGE = 24
ORDERS = ("new", "name")
MOST_NAMED = 200
SNIPPET = 220


class Everyone:
    """Whoever looks, with or without an account: search engines, shared links."""

    id: int | None = None
    is_member = False
    is_staff = False


EVERYONE = Everyone()


def visible_to(viewer: Any) -> ColumnElement[bool]:
    """The members whose page a viewer may see. Who has left is nobody’s to see; a newcomer who
    has not confirmed is their own and the desk’s.
    """
    if viewer.is_staff:
        return Member.left_at.is_(None)
    confirmed: ColumnElement[bool] = Member.confirmed_at.is_not(None)
    if viewer.is_member:
        confirmed = or_(confirmed, Member.id == viewer.id)
    return and_(Member.left_at.is_(None), confirmed)


def find_member(handle: str, viewer: Any) -> Member | None:
    """The member at an address, if the viewer may see them."""
    return db.session.scalar(
        select(Member)
        .where(Member.handle == handle, visible_to(viewer))
        .options(joinedload(Member.company))
    )


def present_handle(old_handle: str, viewer: Any) -> str | None:
    """Where a member is found now who used to have this handle."""
    return db.session.scalar(
        select(Member.handle)
        .join(OldAddress, and_(OldAddress.noun == "member", OldAddress.owner_id == Member.id))
        .where(OldAddress.slug == old_handle, visible_to(viewer))
    )


def gave_up_handle(member: Member, handle: str) -> bool:
    """Whether this handle was the member’s own before."""
    owner = db.session.get(OldAddress, ("member", handle))
    return owner is not None and owner.owner_id == member.id


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


FIELDS_OF_PROFILE = ("photo", "job", "company", "place", "sector", "about", "offers", "seeks")


def public_fields(member: Member, audience: str = "everyone") -> dict[str, str]:
    """The texts that a member shows to an audience (one of AUDIENCES), without the empty ones:
    for the search index and whatever else leaves the site.
    """
    looking = member if audience == "members" else EVERYONE
    profile = profile_of(member, looking)
    fields = ("job", "firm", "place", "country", "sector", "about", "offers", "seeks")
    values = {field: str(getattr(profile, field)) for field in fields}
    return {"name": member.name} | {field: value for field, value in values.items() if value}


# The page of one member


@dataclass(frozen=True, slots=True)
class GroupOf:
    """A group that somebody belongs to."""

    slug: str
    name: str
    language: str
    is_host: bool
    is_shared: bool
    """Whether the viewer belongs to it too."""


def groups_of(member: Member, viewer: Any) -> list[GroupOf]:
    """The member’s groups, of those that the viewer may know; none if the member does not show
    them.
    """
    if member.id != viewer.id and not member.shows("groups", viewer):
        return []
    mine = aliased(Membership)
    rows = db.session.execute(
        select(Group.slug, Group.name, Group.language, Membership.is_host, mine.member_id)
        .join(Membership, Membership.group_id == Group.id)
        .outerjoin(mine, and_(mine.group_id == Group.id, mine.member_id == (viewer.id or 0)))
        .where(Membership.member_id == member.id, readable_by(viewer))
        .where(Group.opened_at.is_not(None))
        .order_by(Membership.is_host.desc(), func.lower(Group.name))
    )
    return [
        GroupOf(slug, name, language, is_host, shared is not None)
        for slug, name, language, is_host, shared in rows
    ]


@dataclass(frozen=True, slots=True)
class HelpfulAnswer:
    """A post that solved somebody’s matter."""

    topic_id: int
    topic_slug: str
    number: int
    title: str
    language: str
    group_name: str
    chosen_by: str
    chosen_at: datetime
    thanks_count: int


def helpful_answers(member: Member, viewer: Any, limit: int = 5) -> list[HelpfulAnswer]:
    """The member’s posts that were chosen as the useful answer, where the viewer may read; the
    most thanked first.
    """
    chooser = aliased(Member)
    rows = db.session.execute(
        _readable_posts(
            viewer,
            Topic.id, Topic.slug, Post.number, Topic.title, Topic.language, Group.name,
            chooser.name, Answer.at, Post.thanks_count,
        )
        .join(Answer, Answer.post_id == Post.id)
        .join(chooser, chooser.id == Answer.by_id)
        .where(Post.author_id == member.id)
        .order_by(Post.thanks_count.desc(), Answer.at.desc())
        .limit(limit)
    )  # fmt: skip
    return [HelpfulAnswer(*row) for row in rows]


@dataclass(frozen=True)
class Help:
    """How much a member has helped, in what the viewer may read."""

    answers: int = 0
    thanks: int = 0


def help_of(member: Member, viewer: Any) -> Help:
    """Useful answers given and thanks received."""
    row = db.session.execute(
        _readable_posts(
            viewer, func.count(Answer.post_id), func.coalesce(func.sum(Post.thanks_count), 0)
        )
        .outerjoin(Answer, Answer.post_id == Post.id)
        .where(Post.author_id == member.id)
    ).one()
    return Help(row[0], int(row[1]))


def _readable_posts(viewer: Any, *columns: Any) -> Any:
    opening = aliased(Post)
    opening_hiding = aliased(Hiding)
    return (
        select(*columns)
        .select_from(Post)
        .join(Topic, Topic.id == Post.topic_id)
        .join(Group, Group.id == Topic.group_id)
        .outerjoin(Hiding, Hiding.post_id == Post.id)
        .join(opening, and_(opening.topic_id == Topic.id, opening.number == 1))
        .outerjoin(opening_hiding, opening_hiding.post_id == opening.id)
        .where(readable_by(viewer), Post.deleted_at.is_(None), Hiding.post_id.is_(None))
        .where(opening.deleted_at.is_(None), opening_hiding.post_id.is_(None))
    )


# The list of members


@dataclass(frozen=True)
class Wanted:
    """Whom somebody looks for in the list of members."""

    languages: tuple[str, ...]
    kind: str = ""
    sector: str = ""
    country: str = ""
    order: str = ORDERS[0]
    page: int = 1
    found: tuple[int, ...] | None = None
    """The members that the words found, best first; None when no words were given."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A member in a list."""

    handle: str
    name: str
    photo: str | None
    kind: str
    reads: tuple[str, ...]
    job: str
    firm: str
    place: str
    language: str
    seeks: str
    offers: str

    @property
    def is_supplier(self) -> bool:
        """Whether they sell to the other members: always shown."""
        return self.kind == "supplier"


@dataclass(frozen=True)
class Listed:
    """A page of the list of members, with its counts."""

    people: list[PersonRow]
    total: int
    by_language: dict[str, int]
    by_kind: dict[str, int]
    by_sector: dict[str, int]
    by_country: dict[str, int]


def listed_people(viewer: Any, wanted: Wanted) -> Listed:
    """The members a viewer may see, as they want them."""
    filters = ("languages", "kind", "sector", "country")
    facets = Facets(_mixes(viewer, wanted), wanted, filters)
    return Listed(
        people=[_person(row) for row in db.session.execute(_page_of_people(viewer, wanted))],
        total=facets.total,
        by_language=facets.counts("languages"),
        by_kind=facets.counts("kind"),
        by_sector=facets.counts("sector"),
        by_country=facets.counts("country"),
    )


def _mixes(viewer: Any, wanted: Wanted) -> Sequence[Row[Any]]:
    """How many members there are of each mix of what one can filter by. What a member does not
    show to the viewer does not count.
    """
    sector = case((shown("sector", viewer), Member.sector), else_="").label("sector")
    country = case((shown("place", viewer), Member.country), else_="").label("country")
    reads, number = Member.reads.label("languages"), func.count().label("number")
    query = select(reads, Member.kind, sector, country, number).where(_is_listed(viewer))
    if wanted.found is not None:
        query = query.where(Member.id.in_(wanted.found))
    return db.session.execute(query.group_by(Member.reads, Member.kind, sector, country)).all()


def _is_listed(viewer: Any) -> ColumnElement[bool]:
    return and_(Member.left_at.is_(None), Member.confirmed_at.is_not(None))


def _page_of_people(viewer: Any, wanted: Wanted) -> Any:
    def seen(field: str, column: Any) -> Any:
        return case((shown(field, viewer), column), else_="")

    query = (
        select(
            Member.handle,
            Member.name,
            case((shown("photo", viewer), Member.photo_key)).label("photo_key"),
            Member.kind,
            Member.reads,
            seen("job", Member.job).label("job"),
            seen("company", func.coalesce(Company.name, Member.company_name)).label("firm"),
            seen("place", Member.place).label("place"),
            Member.profile_language,
            seen("seeks", func.substr(Member.seeks, 1, SNIPPET)).label("seeks"),
            seen("offers", func.substr(Member.offers, 1, SNIPPET)).label("offers"),
        )
        .outerjoin(Company, Company.id == Member.company_id)
        .where(_is_listed(viewer))
        .where(or_(*(Member.reads.has_code(code) for code in wanted.languages)))
    )
    if wanted.kind:
        query = query.where(Member.kind == wanted.kind)
    if wanted.sector:
        query = query.where(Member.sector == wanted.sector, shown("sector", viewer))
    if wanted.country:
        query = query.where(Member.country == wanted.country, shown("place", viewer))
    if wanted.found is not None:
        query = query.where(Member.id.in_(wanted.found))
    query = query.order_by(*_order(wanted), Member.id.desc())
    return query.offset((wanted.page - 1) * PAGE).limit(PAGE)


def _order(wanted: Wanted) -> tuple[Any, ...]:
    if wanted.order == "name":
        return (func.lower(Member.name),)
    if wanted.found:
        places = {member_id: place for place, member_id in enumerate(wanted.found)}
        return (case(places, value=Member.id, else_=len(places)),)
    return (Member.joined_at.desc(),)


def _person(row: Row[Any]) -> PersonRow:
    return PersonRow(
        handle=row.handle,
        name=row.name,
        photo=photo_url(row.photo_key),
        kind=row.kind,
        reads=row.reads,
        job=row.job,
        firm=row.firm,
        place=row.place,
        language=row.profile_language,
        seeks=row.seeks,
        offers=row.offers,
    )


def people_named(viewer: Any, words: str) -> tuple[int, ...]:
    """Members whose name or texts hold these very words: what is left of searching while the
    index heals. Only what they show to the viewer is looked at.
    """
    firm = func.coalesce(Company.name, Member.company_name)
    places = (
        ("job", Member.job),
        ("company", firm),
        ("place", Member.place),
        ("about", Member.about),
        ("offers", Member.offers),
        ("seeks", Member.seeks),
    )
    texts = [
        and_(shown(field, viewer), text.icontains(words, autoescape=True)) for field, text in places
    ]
    return tuple(
        db.session.scalars(
            select(Member.id)
            .outerjoin(Company, Company.id == Member.company_id)
            .where(_is_listed(viewer), or_(Member.name.icontains(words, autoescape=True), *texts))
            .order_by(Member.joined_at.desc())
            .limit(MOST_NAMED)
        )
    )
