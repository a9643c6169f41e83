"""The duty rota over HTTP."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton
from flask import Blueprint, Response, abort, flash, request, url_for
from flask_babel import get_locale, get_timezone, ngettext
from flask_babel import gettext as _
from markupsafe import Markup

from officine.blueprints.rota import commands, jobs, policy, queries
from officine.blueprints.rota.forms import LeaveForm, ShiftForm, weekday_names
from officine.core.clock import now
from officine.core.htmx import done, page
from officine.core.i18n import LANGUAGES
from officine.core.permission import allow
from officine.core.session import viewer
from officine.core.words import hour, timezone_name
from officine.models import Member

__all__ = ["jobs", "rota"]

rota = Blueprint("rota", __name__)

ID = "int(max=2147483647)"


@rota.get("/desk/rota")
def index() -> Response:
    allow(policy.may_see_rota(viewer()))
    asked = request.args.get("person", "")
    member = queries.find_editor(asked) or abort(404) if asked else viewer()
    return _page(member)


@rota.post("/desk/rota/<handle>/shifts")
def add_shifts(handle: str) -> Any:
    member = _editor(handle)
    form = ShiftForm(member, queries.timezone_of(member))
    if not form.validate():
        return _page(member, shift_form=form), 422

    starts, ends = form.hours()
    added = commands.add_shifts(
        member,
        by=viewer(),
        weekdays=form.weekdays.data or (),
        starts=starts,
        ends=ends,
        timezone=form.timezone.data,
        languages=tuple(form.languages.data or ()),
    )
    flash(
        ngettext("%(num)s shift added.", "%(num)s shifts added.", len(added))
        if added
        else _("These hours were there already."),
        "success",
    )
    return _done(member)


@rota.post(f"/desk/rota/shifts/<{ID}:shift_id>/removal")
def remove_shift(shift_id: int) -> Any:
    allow(policy.may_see_rota(viewer()))
    shift = queries.find_shift(shift_id) or abort(404)
    member = shift.member
    allow(policy.may_change_hours(viewer(), member))

    commands.remove_shift(shift, by=viewer())
    flash(_("These hours are gone."), "success")
    return _done(member)


@rota.post("/desk/rota/<handle>/leaves")
def add_leave(handle: str) -> Any:
    member = _editor(handle)
    form = LeaveForm(queries.today_of(member, now()))
    if not form.validate():
        return _page(member, leave_form=form), 422

    assert form.first_day.data is not None
    assert form.last_day.data is not None
    commands.add_leave(
        member, by=viewer(), first_day=form.first_day.data, last_day=form.last_day.data
    )
    flash(_("Noted. The desk counts on nobody on these days."), "success")
    return _done(member)


@rota.post(f"/desk/rota/leaves/<{ID}:leave_id>/removal")
def remove_leave(leave_id: int) -> Any:
    allow(policy.may_see_rota(viewer()))
    leave = queries.find_leave(leave_id) or abort(404)
    member = leave.member
    allow(policy.may_change_hours(viewer(), member))

    commands.remove_leave(leave, by=viewer())
    flash(_("These days count as working days again."), "success")
    return _done(member)


def _editor(handle: str) -> Member:
    allow(policy.may_see_rota(viewer()))
    member = queries.find_editor(handle) or abort(404)
    allow(policy.may_change_hours(viewer(), member))
    return member


def _done(member: Member) -> Any:
    return done(_url(member), "rota/index.html", part="rota", **_context(member))


def _page(member: Member, **forms: Any) -> Response:
    return page("rota/index.html", part="rota", **_context(member, **forms))


def _url(member: Member) -> str:
    if member.id == viewer().id:
        return url_for(".index")
    return url_for(".index", person=member.handle)


def _context(
    member: Member, shift_form: ShiftForm | None = None, leave_form: LeaveForm | None = None
) -> dict[str, Any]:
    moment, zone = now(), ZoneInfo(str(get_timezone()))
    begin = datetime.combine(moment.astimezone(zone).date(), datetime.min.time(), zone)
    end = moment + queries.WEEK
    duties = queries.duties_between(begin, end)
    today = queries.today_of(member, moment)
    return {
        "person": member,
        "duty": queries.duty_now(moment, viewer()),
        "week": _week(duties, begin.date(), zone),
        "holes": _by_language(queries.holes_between(moment, end, duties), zone),
        "staff": queries.staff(),
        "may_change": bool(policy.may_change_hours(viewer(), member)),
        "shifts": queries.shifts_of(member),
        "leaves": queries.leaves_of(member, moment),
        "weekday_names": weekday_names(),
        "shift_form": shift_form or ShiftForm(member, queries.timezone_of(member), formdata=None),
        "leave_form": leave_form or LeaveForm(today, formdata=None),
        "timezone": timezone_name(str(zone)),
    }


Week = list[tuple[date, dict[str, list[queries.Duty]]]]


def _week(duties: Iterable[queries.Duty], first: date, zone: ZoneInfo) -> Week:
    """For each of seven days and each language, who is on duty from when. What began the evening
    before the first day stands on the first.
    """
    days: Week = [
        (first + timedelta(days=number), {code: [] for code in LANGUAGES}) for number in range(7)
    ]
    for duty in duties:
        place = max(0, (duty.begins.astimezone(zone).date() - first).days)
        if place < len(days):
            for code in duty.languages:
                days[place][1][code].append(duty)
    return days


def _by_language(holes: Iterable[queries.Hole], zone: ZoneInfo) -> dict[str, list[Markup]]:
    told: dict[str, list[Markup]] = {code: [] for code in LANGUAGES}
    for hole in holes:
        told[hole.language].append(_told(hole, zone))
    return told


def _told(hole: queries.Hole, zone: ZoneInfo) -> Markup:
    """From when to when, with the days: “Sat, 21 Nov 18:00 – Mon, 23 Nov 09:00”."""
    begins, ends = hole.begins.astimezone(zone), hole.ends.astimezone(zone)
    first = Markup("{} {}").format(_day(begins), hour(hole.begins))
    last = hour(hole.ends)
    if begins.date() != ends.date():
        last = Markup("{} {}").format(_day(ends), last)
    return Markup("{} – {}").format(first, last)


def _day(local: datetime) -> str:
    return str(format_skeleton("MMMEd", local, locale=get_locale()))
