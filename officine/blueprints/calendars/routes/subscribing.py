"""Events for the programs in which people keep their days."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import Response, abort, flash, request, url_for
from flask_babel import gettext as _

from officine.blueprints.calendars import commands, jobs, policy, queries
from officine.blueprints.calendars.routes.blueprint import calendars
from officine.blueprints.groups.queries import my_groups
from officine.core.clock import now
from officine.core.context import public_url
from officine.core.htmx import done, page
from officine.core.i18n import LANGUAGES, current_language, language_name
from officine.core.permission import allow
from officine.core.reply_addresses import site_mailbox
from officine.core.session import Visitor, viewer
from officine.core.worker import jobs as worker
from officine.lib.ical.writing import Person, calendar, message
from officine.models import Group
from officine.models.calendar import CalendarAddress

A_FEW_MINUTES = 600
LOOK_AGAIN = timedelta(hours=2)
COLOR = "teal"
A_DAY = timedelta(days=1)


@calendars.get("/events/<slug>.ics")
def event_file(slug: str) -> Response:
    """One event, to be put into a calendar."""
    found = queries.find_event(slug, viewer()) or abort(404)
    languages, (name, address) = _languages(viewer()), site_mailbox()
    entry = queries.entry_of(
        found.event,
        found.registration,
        viewer(),
        languages,
        groups=queries.group_names([found.event], viewer()),
        stamp=now(),
        organiser=Person(email=address, name=name),
        reminds=True,
    )
    answer = Response(message([entry], "PUBLISH"), content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = f'inline; filename="{slug}.ics"'
    answer.headers["Cache-Control"] = "private, no-cache"
    # It says when it was written; it is another one only when it says something else.
    answer.set_etag(queries.fingerprint([found], viewer().id, languages, request.host_url))
    return answer.make_conditional(request)  # type: ignore[return-value]


@calendars.get("/calendar/events.ics")
@calendars.get("/calendar/languages/<any(it, en, es):spoken>.ics")
@calendars.get("/groups/<slug>/events.ics")
def feed(spoken: str | None = None, slug: str | None = None) -> Response:
    """What everyone may see, whoever asks: programs that read calendars sign in nowhere."""
    return _feed(Visitor(), spoken, slug)


@calendars.get("/calendar/<key>/events.ics")
@calendars.get("/calendar/<key>/languages/<any(it, en, es):spoken>.ics")
@calendars.get("/calendar/<key>/groups/<slug>.ics")
def member_feed(key: str, spoken: str | None = None, slug: str | None = None) -> Response:
    """What the member sees whose secret address this is."""
    return _feed(_holder(key).member, spoken, slug)


@calendars.get("/calendar/<key>/mine.ics")
def personal_feed(key: str) -> Response:
    """The events in which a member takes part, and those they organise."""
    member = _holder(key).member
    return _answer(
        member,
        queries.my_calendar(member, now()),
        _("%(site)s: my events", site=site_mailbox()[0]),
        public_url("events.index"),
        reminds=True,
    )


@calendars.get("/calendar")
def mine() -> Response:
    """The calendars to subscribe to, and one’s own address for them."""
    allow(policy.may_have_calendar(viewer()))
    return page("calendars/mine.html", "subscriptions", **_addresses())


@calendars.post("/calendar/address")
def make_address() -> Response:
    allow(policy.may_have_calendar(viewer()))
    commands.make_address(viewer(), at=now())
    flash(_("Your calendar has a new address."), "success")
    return done(url_for(".mine"), "calendars/mine.html", "subscriptions", **_addresses())


@calendars.post("/calendar/address/revocation")
def revoke_address() -> Response:
    allow(policy.may_have_calendar(viewer()))
    commands.revoke_address(viewer())
    flash(_("The address is gone: whoever had it reads nothing any more."), "success")
    return done(url_for(".mine"), "calendars/mine.html", "subscriptions", **_addresses())


def _holder(key: str) -> CalendarAddress:
    found = queries.find_holder(key) or abort(404)
    if found.read_at is None or found.read_at < now() - A_DAY:
        worker.later(jobs.note_reading, found.member_id)
    return found


def _feed(looking: Any, spoken: str | None, slug: str | None) -> Response:
    group = (queries.find_group(slug, looking) or abort(404)) if slug else None
    listed = queries.shelf(looking, now(), spoken=spoken, group=group)
    return _answer(looking, listed, _name(spoken, group), _page_of(group))


def _answer(
    looking: Any,
    listed: Sequence[queries.Listed],
    name: str,
    url: str,
    *,
    reminds: bool = False,
) -> Response:
    """A calendar, unless the program that asks has it already."""
    languages = _languages(looking)
    etag = queries.fingerprint(listed, request.path, name, languages, request.host_url)
    answer = Response(content_type="text/calendar; charset=utf-8")
    answer.set_etag(etag)
    who = "private" if looking.is_member else "public"
    answer.headers["Cache-Control"] = f"{who}, max-age={A_FEW_MINUTES}"
    if not request.if_none_match.contains(etag):
        answer.set_data(_written(looking, listed, name, url, languages, reminds))
        answer.headers["Content-Disposition"] = 'inline; filename="officine.ics"'
    return answer.make_conditional(request)  # type: ignore[return-value]


def _written(
    looking: Any,
    listed: Sequence[queries.Listed],
    name: str,
    url: str,
    languages: tuple[str, ...],
    reminds: bool,
) -> bytes:
    groups = queries.group_names([each.event for each in listed], looking)
    entries = [
        queries.entry_of(
            each.event, each.registration, looking, languages, groups=groups, reminds=reminds
        )
        for each in listed
    ]
    return calendar(
        entries,
        name=name,
        language=current_language(),
        url=url,
        color=COLOR,
        refresh=LOOK_AGAIN,
    )


def _languages(looking: Any) -> tuple[str, ...]:
    """The language of the address first; a program that asks says nothing of its reader’s."""
    return (current_language(), *(looking.reads if looking.is_member else ()))


def _name(spoken: str | None, group: Group | None) -> str:
    site = site_mailbox()[0]
    if group:
        return _("%(site)s: events of %(group)s", site=site, group=group.name)
    if spoken:
        return _("%(site)s: events in %(language)s", site=site, language=language_name(spoken))
    return _("%(site)s: events", site=site)


def _page_of(group: Group | None) -> str:
    if group:
        return public_url("groups.show", slug=group.slug)
    return public_url("events.index")


def _addresses() -> dict[str, Any]:
    """The member’s secret addresses, as they are shown to them alone."""
    public = [
        (_("All public events"), public_url("calendars.feed")),
        *(
            (
                _("Public events in %(language)s", language=language_name(code)),
                public_url("calendars.feed", spoken=code),
            )
            for code in LANGUAGES
        ),
    ]
    may_import = bool(policy.may_import(viewer()))
    shown = {"public": public, "may_import": may_import}
    address = queries.address_of(viewer())
    if address is None:
        return shown | {"address": None, "own": [], "groups": []}
    key = address.key
    own = [
        (_("My events"), public_url("calendars.personal_feed", key=key)),
        (_("All events that I may see"), public_url("calendars.member_feed", key=key)),
        *(
            (
                _("Events in %(language)s", language=language_name(code)),
                public_url("calendars.member_feed", key=key, spoken=code),
            )
            for code in LANGUAGES
        ),
    ]
    groups = [
        (group, public_url("calendars.member_feed", key=key, slug=group.slug))
        for group in my_groups(viewer())
    ]
    return shown | {"address": address, "own": own, "groups": groups}
