"""Which events there are, as lists show them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, select
from sqlalchemy.orm import joinedload, selectinload

from officine.blueprints.events.queries.going import Face, faces_of, going_counts
from officine.core.db import db
from officine.core.prepared import for_, prepared
from officine.core.session import Visitor
from officine.lib.facets import Facets
from officine.models import Event, EventMaterial, EventText, Group
from officine.models.event import visible_to
from officine.models.group import belongs_to, known_to
from officine.models.translation import best_text

PAGE = 20
NEWEST = 50
A_WEEK = timedelta(days=7)
A_MONTH = timedelta(days=31)
A_QUARTER = timedelta(days=92)
SOON = {"week": A_WEEK, "month": A_MONTH, "quarter": A_QUARTER}
WHENS = (*SOON, "past")
HOWS = ("online", "person")
PRICES = ("free", "paid")
MINE = "~mine"
"""In the place of a group’s slug: any group of the viewer."""
ACQUAINTANCES = 3
FILTERS = ("languages", "how", "place", "group", "price", "when")


@dataclass(frozen=True)
class Wanted:
    """Which events somebody looks for."""

    languages: tuple[str, ...] = ()
    """Spoken there; any of these."""
    how: str = ""
    """online or person."""
    place: str = ""
    """The code of a country."""
    group: str = ""
    """Its slug, or MINE."""
    price: str = ""
    when: str = ""
    """Within a week, a month or a quarter, or past; without it, all to come."""
    page: int = 1

    @property
    def is_past(self) -> bool:
        """Whether they look back."""
        return self.when == "past"


@dataclass(frozen=True)
class EventRow:
    """An event in a list, in the language its reader reads best."""

    event: Event
    text: EventText
    group: str = ""
    """The name of the group that holds it, where the viewer may know it."""
    going: int = 0
    faces: tuple[Face, ...] = ()
    more_dates: int = 0
    """How often it comes again after this."""
    materials: int = 0
    """How much came of it: photos, slides, recordings."""

    @property
    def acquaintances(self) -> list[str]:
        """The first names of a few who go whom the viewer knows."""
        return [face.first_name for face in self.faces if face.is_known][:ACQUAINTANCES]


@dataclass(frozen=True)
class Listed:
    """A page of the list of events, with its counts."""

    rows: list[EventRow]
    total: int
    everything: int
    """How many there are without any filter."""
    by_language: dict[str, int]
    by_how: dict[str, int]
    by_place: dict[str, int]
    by_group: dict[str, int]
    by_price: dict[str, int]
    by_when: dict[str, int]
    group_names: dict[str, str]
    past: int
    """How many are over, of those that fit all else."""


@dataclass(frozen=True, slots=True)
class _Mix:
    """What one event can be filtered by."""

    id: int
    series_id: int | None
    languages: tuple[str, ...]
    how: tuple[str, ...]
    place: str
    group: tuple[str, ...]
    price: str
    when: tuple[str, ...]
    is_past: bool
    number: int = 1
    more_dates: int = 0

    def fits(self, wanted: Wanted) -> bool:
        return (
            self.is_past == wanted.is_past
            and (not wanted.languages or not set(wanted.languages).isdisjoint(self.languages))
            and (not wanted.how or wanted.how in self.how)
            and wanted.place in ("", self.place)
            and (not wanted.group or wanted.group in self.group)
            and wanted.price in ("", self.price)
            and (not wanted.when or wanted.when in self.when)
        )


def events_for(viewer: Any, wanted: Wanted, reads: Sequence[str], at: datetime) -> Listed:
    """The events somebody may see, as they want them: those to come soonest first, past ones
    latest first. Of one that comes again, the next date.
    """
    mixes, names = _mixes(viewer, at)
    if wanted.group not in names and not (wanted.group == MINE and viewer.is_member):
        wanted = replace(wanted, group="")
    sided = [mix for mix in mixes if mix.is_past == wanted.is_past]
    facets = Facets(sided, wanted, FILTERS)
    fitting = [mix for mix in sided if mix.fits(wanted)]
    first = (wanted.page - 1) * PAGE
    shown = fitting[first : first + PAGE]
    rows = rows_of([mix.id for mix in shown], viewer, reads)
    more = {mix.id: mix.more_dates for mix in shown}
    # Whether it is past is no filter among the others: each side has its own list.
    back = replace(wanted, when="past")
    return Listed(
        rows=[replace(row, more_dates=more[row.event.id]) for row in rows],
        total=len(fitting),
        everything=len(sided),
        by_language=facets.counts("languages"),
        by_how=facets.counts("how"),
        by_place=facets.counts("place"),
        by_group=facets.counts("group"),
        by_price=facets.counts("price"),
        by_when=facets.counts("when"),
        group_names=names,
        past=sum(mix.fits(back) for mix in mixes),
    )


def next_events(
    viewer: Any,
    reads: Sequence[str],
    at: datetime,
    *,
    limit: int,
    group: Group | None = None,
) -> list[EventRow]:
    """The next events somebody may see, of a group or all: before others those in which a language
    is spoken that they read. Without who goes: few words beside other things.
    """
    wanted = for_(viewer, at=at, most=limit * 20, held_by=group.id if group else None)
    found = db.session.execute(_next(viewer, group is not None), wanted).all()
    once: dict[int, Any] = {}
    for row in found:
        once.setdefault(row.series_id or -row.id, row)
    understood = [row.id for row in once.values() if not set(row.spoken).isdisjoint(reads)]
    others = [row.id for row in once.values() if row.id not in understood]
    chosen = [*understood[:limit], *others[: max(0, limit - len(understood))]]
    if not chosen:
        return []
    events = db.session.scalars(_with_texts(), {"ids": chosen}).unique()
    told = [(event, best_text(event, reads)) for event in events]
    return [EventRow(event, text) for event, text in told if text is not None]


@prepared
def _next(viewer: Any, of_group: bool) -> Select[*tuple[Any, ...]]:
    conditions = [_published_for(viewer), Event.ends_at > bindparam("at")]
    conditions += [Event.cancelled_at.is_(None), Event.postponed_at.is_(None)]
    if of_group:
        conditions.append(Event.group_id == bindparam("held_by"))
    return (
        select(Event.id, Event.series_id, Event.spoken)
        .where(*conditions)
        .order_by(Event.starts_at, Event.id)
        .limit(bindparam("most"))
    )


@cache
def _with_texts() -> Select[Event]:
    return (
        select(Event)
        .where(Event.id.in_(bindparam("ids", expanding=True)))
        .options(joinedload(Event.texts))
        .order_by(Event.starts_at, Event.id)
    )


def newest_public(language: str, at: datetime) -> list[EventRow]:
    """What everyone may see of what is to come, published last first; of one that comes again,
    the next date.
    """
    visitor = Visitor()
    query = (
        select(Event.id, Event.series_id)
        .where(_published_for(visitor), Event.ends_at > at)
        .order_by(Event.published_at.desc(), Event.starts_at, Event.id)
    )
    once: dict[int, int] = {}
    for row in db.session.execute(query):
        once.setdefault(row.series_id or -row.id, row.id)
    return rows_of(list(once.values())[:NEWEST], visitor, (language,))


def rows_of(ids: Sequence[int], viewer: Any, reads: Sequence[str]) -> list[EventRow]:
    """These events as lists show them, in this order; none that the viewer may not see."""
    if not ids:
        return []
    found = db.session.scalars(
        select(Event)
        .where(Event.id.in_(ids), _published_for(viewer))
        .options(selectinload(Event.texts), selectinload(Event.changes))
    )
    events = {event.id: event for event in found}
    counts, faces = going_counts(list(events)), faces_of(list(events), viewer)
    materials = _materials(list(events))
    groups = _group_names({it.group_id for it in events.values() if it.group_id}, viewer)
    rows = []
    for event in (events[each] for each in ids if each in events):
        if (text := best_text(event, reads)) is not None:
            rows.append(
                EventRow(
                    event,
                    text,
                    group=groups.get(event.group_id or 0, ""),
                    going=counts.get(event.id, 0),
                    faces=tuple(faces.get(event.id, ())),
                    materials=materials.get(event.id, 0),
                )
            )
    return rows


def _published_for(viewer: Any) -> ColumnElement[bool]:
    """Lists are of what is published, also for those who see drafts."""
    return and_(visible_to(viewer), Event.published_at.is_not(None))


def _mixes(viewer: Any, at: datetime) -> tuple[list[_Mix], dict[str, str]]:
    """All events somebody may see, by what they can be filtered by, and the names of the groups
    that hold them. What is over stands last first, after what is to come.
    """
    rows = db.session.execute(
        select(
            Event.id,
            Event.series_id,
            Event.spoken,
            Event.is_online,
            Event.place,
            Event.address,
            Event.town,
            Event.country,
            Event.is_free,
            Event.starts_at,
            Event.ends_at,
            Event.cancelled_at,
            Group.slug,
            Group.name,
            belongs_to(viewer).label("is_mine"),
        )
        .outerjoin(Group, and_(Group.id == Event.group_id, known_to(viewer)))
        .where(_published_for(viewer))
        .order_by(Event.starts_at, Event.id)
    ).all()
    names = {row.slug: row.name for row in rows if row.slug}
    mixes: list[_Mix] = []
    place_of: dict[int, int] = {}
    for row in rows:
        is_past = row.ends_at <= at
        if not is_past and row.series_id in place_of:
            earlier = place_of[row.series_id]
            mixes[earlier] = replace(mixes[earlier], more_dates=mixes[earlier].more_dates + 1)
            continue
        # A date that is off does not stand for those that are on.
        if not is_past and row.series_id is not None and row.cancelled_at is None:
            place_of[row.series_id] = len(mixes)
        mixes.append(_mix(row, at, is_past))
    coming = [mix for mix in mixes if not mix.is_past]
    return [*coming, *reversed([mix for mix in mixes if mix.is_past])], names


def _mix(row: Any, at: datetime, is_past: bool) -> _Mix:
    how = (["online"] if row.is_online else []) + (
        ["person"] if row.place or row.address or row.town else []
    )
    if is_past:
        when: tuple[str, ...] = ("past",)
    else:
        when = tuple(name for name, span in SOON.items() if row.starts_at < at + span)
    return _Mix(
        id=row.id,
        series_id=row.series_id,
        languages=row.spoken,
        how=tuple(how),
        place=row.country,
        group=((row.slug, MINE) if row.is_mine else (row.slug,)) if row.slug else (),
        price="free" if row.is_free else "paid",
        when=when,
        is_past=is_past,
    )


def _group_names(ids: Collection[int], viewer: Any) -> dict[int, str]:
    if not ids:
        return {}
    rows = db.session.execute(
        select(Group.id, Group.name).where(Group.id.in_(ids), known_to(viewer))
    )
    return {row.id: row.name for row in rows}


def _materials(ids: Sequence[int]) -> dict[int, int]:
    counts: dict[int, int] = {}
    if ids:
        for event_id in db.session.scalars(
            select(EventMaterial.event_id).where(EventMaterial.event_id.in_(ids))
        ):
            counts[event_id] = counts.get(event_id, 0) + 1
    return counts
