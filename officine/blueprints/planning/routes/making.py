"""Proposing an event, and what it is."""

from typing import Any

from flask import Response, request, url_for
from flask_babel import get_timezone
from flask_babel import gettext as _

from officine.blueprints.planning import policy, queries
from officine.blueprints.planning.commands import drafting, publishing, series
from officine.blueprints.planning.commands.errors import (
    AlreadyOver,
    EditedMeanwhile,
    FewerSeatsThanTaken,
    NotNow,
)
from officine.blueprints.planning.forms.facts import FactsForm, NewEventForm, PublishedFactsForm
from officine.blueprints.planning.routes.blueprint import (
    back,
    event_page,
    found,
    planning,
    seen,
    somebody_was_faster,
)
from officine.core.clock import now
from officine.core.htmx import done, page
from officine.core.i18n import current_language
from officine.core.limits import too_often
from officine.core.permission import allow
from officine.core.session import viewer
from officine.models import Event

MOST_DRAFTS = "30 per hour"


@planning.get("/events/mine")
def mine() -> Response:
    """What the viewer organises, and what waits to be finished."""
    allow(policy.may_propose(viewer()))
    return page("planning/mine.html", events=queries.my_events(viewer(), now()))


@planning.get("/events/new")
def new() -> Response:
    """All that a proposal says, on one page."""
    allow(policy.may_propose(viewer()))
    language = current_language()
    form = NewEventForm(
        str(get_timezone()), queries.groups_for(viewer()), formdata=None, language=language,
        spoken=(language,), group=request.args.get("group", 0, type=int),
    )  # fmt: skip
    return _new_page(form)


@planning.post("/events/new")
def create() -> Any:
    """Keep it as a draft, or propose it at once."""
    allow(policy.may_propose(viewer()))
    form = NewEventForm(str(get_timezone()), queries.groups_for(viewer()))
    if not form.validate() or not _closes_in_time(form):
        return _new_page(form), 422
    if refused := too_often((MOST_DRAFTS, f"events:{viewer().id}")):
        form.title.errors = [refused]
        return _new_page(form), 429
    at = now()
    if request.form.get("then") == "propose" and form.when()["ends_at"] <= at:
        form.day.errors = [_("This day is over already.")]
        return _new_page(form), 422
    event = drafting.draft_event(
        by=viewer(), at=at, language=form.language.data, words=form.words(), when=form.when(),
        where=form.where(), terms=form.terms(form.zone.data),
    )  # fmt: skip
    if request.form.get("then") != "propose":
        return back("planning.edit", event, _("Kept as a draft: only you and the team see it."))
    publishing.propose_event(event, by=viewer(), at=at)
    return back("planning.edit", event, _("Proposed. The editorial team answers in two days."))


@planning.get("/events/<slug>/edit")
def edit(slug: str) -> Response:
    """What it is: when, where, who may come."""
    event = found(slug)
    which = PublishedFactsForm if event.is_shown else FactsForm
    return _facts_page(event, which.of(event, _groups(event)))


@planning.post("/events/<slug>/edit")
def save(slug: str) -> Any:
    """Keep it."""
    event = found(slug)
    form: Any = (
        PublishedFactsForm(groups=_groups(event))
        if event.is_shown
        else FactsForm(event.zone, _groups(event))
    )
    if not form.validate() or not _closes_in_time(form, event):
        return _facts_page(event, form), 422
    more: dict[str, Any] = {}
    if isinstance(form, FactsForm):
        more = {"when": form.when(), "where": form.where()}
    zone = form.zone.data if isinstance(form, FactsForm) else event.zone
    try:
        _change(event, form, more, zone)
    except EditedMeanwhile:
        # Sent again, it wins: by then the organiser has seen what the colleague wrote.
        form.version.raw_data, form.version.data = None, event.version
        theirs = f"{_crossed(event)}"
        return _facts_page(event, form, problem=somebody_was_faster(), theirs=theirs), 409
    except FewerSeatsThanTaken as problem:
        form.capacity.errors = [
            _("%(count)s seats are taken already: there cannot be fewer.", count=problem.taken)
        ]
        return _facts_page(event, form), 422
    return back("planning.edit", event, _("Saved."))


def _change(event: Event, form: Any, more: dict[str, Any], zone: str) -> None:
    at, seen, terms = now(), form.version.data or 0, form.terms(zone)

    def change(each: Event) -> None:
        own = dict(terms)
        if each is not event and event.series_id is not None:
            # Each date closes as long before it begins as this one does.
            closes = terms["closes_at"]
            own["closes_at"] = closes + (each.starts_at - event.starts_at) if closes else None
        version = seen if each is event else each.version
        drafting.change_facts(each, by=viewer(), at=at, seen=version, **more, **own)

    series.change_with(event, form.chosen_scope(), at, change)


# Into the calendar


@planning.post("/events/<slug>/proposal")
def propose(slug: str) -> Any:
    """Ask the desk to publish it."""
    event = seen(slug)
    allow(policy.may_send(viewer(), event))
    try:
        publishing.propose_event(event, by=viewer(), at=now())
    except (AlreadyOver, NotNow):
        return _cannot(event)
    return back("planning.edit", event, _("Proposed. The editorial team answers in two days."))


@planning.post("/events/<slug>/proposal/withdrawal")
def take_back(slug: str) -> Any:
    """Make it a draft again."""
    event = found(slug)
    try:
        publishing.take_back(event, by=viewer(), at=now())
    except NotNow:
        return _cannot(event)
    return back("planning.edit", event, _("It is a draft again."))


@planning.post("/events/<slug>/publication")
def publish(slug: str) -> Any:
    """Put it into the calendar."""
    event = seen(slug)
    allow(policy.may_publish(viewer(), event))
    try:
        publishing.publish_event(event, by=viewer(), at=now())
    except (AlreadyOver, NotNow):
        return _cannot(event)
    return back("events.show", event, _("It is in the calendar."))


@planning.post("/events/<slug>/discarding")
def discard(slug: str) -> Any:
    """Throw away a draft."""
    event = seen(slug)
    allow(policy.may_discard(viewer(), event))
    drafting.discard_event(event, by=viewer(), at=now())
    return done(url_for("planning.mine"))


def _cannot(event: Event) -> Any:
    said = (
        _("Its day is over already: choose another one first.")
        if event.is_over(now())
        else _("Somebody did this, or something else, meanwhile: look how it stands now.")
    )
    which = PublishedFactsForm if event.is_shown else FactsForm
    return _facts_page(event, which.of(event, _groups(event)), problem=said), 409


def _groups(event: Event) -> Any:
    groups = list(queries.groups_for(viewer()))
    if event.group is not None and event.group not in groups:
        groups.append(event.group)
    return groups


def _closes_in_time(form: Any, event: Event | None = None) -> bool:
    if event is not None and event.is_shown:
        return bool(form.check_closing(event.ends_at, event.zone))
    return bool(form.check_closing(form.when()["ends_at"], form.zone.data))


def _crossed(event: Event) -> str:
    return _(
        "It says now: %(seats)s seats, languages %(languages)s.",
        seats=event.capacity if event.capacity is not None else "∞",
        languages=", ".join(event.spoken).upper(),
    )


def _new_page(form: NewEventForm) -> Response:
    return page("planning/new.html", form=form)


def _facts_page(event: Event, form: Any, **shown: Any) -> Response:
    return event_page("planning/edit.html", event, **({"form": form, "theirs": None} | shown))
