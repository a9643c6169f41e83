"""Notifications over HTTP, and the links in letters that stop them."""

from typing import Any

from flask import Blueprint, Response, abort, redirect, request, url_for
from flask_babel import to_user_timezone

from officine.blueprints.desk import queries as desk_queries
from officine.blueprints.forum import commands as forum_commands
from officine.blueprints.forum import queries as forum_queries
from officine.blueprints.notifications import commands, jobs, queries
from officine.core.clock import now
from officine.core.db import db
from officine.core.htmx import done, is_partial, page
from officine.core.permission import SIGN_IN_FIRST, allow
from officine.core.session import viewer
from officine.core.unsubscribe import ONE_CLICK, Unsubscribing, read_token
from officine.core.worker import jobs as worker
from officine.models import Member, Topic

notifications = Blueprint("notifications", __name__)

ID = "int(max=2147483647)"
TO_FOLLOW_UP = ("event-met", "event-after")
TO_GROUP = ("join-accepted", "join-refused", "invitation", "group-open")
TO_PRODUCTION = ("interview-withdrawn", "interview-signed", "interview-failed")
TO_VIDEO = ("video-ready", "video-refused", "video-failed")


@notifications.get("/notifications")
def index() -> Response:
    allow(viewer().is_member or SIGN_IN_FIRST)
    return _list_page()


@notifications.get(f"/notifications/<{ID}:notice_id>")
def show(notice_id: int) -> Any:
    """Go to what a notification tells of; on the way it is marked as read."""
    allow(viewer().is_member or SIGN_IN_FIRST)
    notice = queries.find_notice(notice_id, viewer()) or abort(404)
    if notice.is_unread and "prefetch" not in request.headers.get("Sec-Purpose", ""):
        worker.later(jobs.mark_read, viewer().id, notice.id)
    return redirect(_target(notice), 303)


@notifications.post("/notifications/readings")
def mark_all_read() -> Any:
    allow(viewer().is_member or SIGN_IN_FIRST)
    last = _notice(request.form.get("until", "")) or abort(400)

    commands.mark_all_read(viewer().id, until=last.at, at=now())
    reply = done(url_for(".index"), "notifications/index.html", part="heard", **_list())
    # The bell asks at once.
    reply.headers["HX-Trigger"] = "heard"
    return reply


@notifications.get("/notifications/bell")
def bell() -> Any:
    """The bell of the top bar, when its number is no longer the one the page knows."""
    if not viewer().is_member:
        return "", 204
    if request.args.get("unread") == str(queries.unread_count(viewer())):
        return "", 204
    return page("notifications/_bell.html")


# Without signing in: the link is the proof.


@notifications.get("/unsubscribe/<token>")
def unsubscribe(token: str) -> Response:
    wish, member = _wish(token)
    return page("notifications/unsubscribe.html", token=token, state="ask", **_about(wish, member))


@notifications.post("/unsubscribe/<token>")
def stop(token: str) -> Any:
    wish, member = _wish(token)

    _choose(wish, member, wanted=False)
    if request.form.get("List-Unsubscribe") == ONE_CLICK.partition("=")[2]:
        return Response("", 200, mimetype="text/plain")
    return page(
        "notifications/unsubscribe.html", token=token, state="stopped", **_about(wish, member)
    )


@notifications.post("/unsubscribe/<token>/undoing")
def resume(token: str) -> Any:
    wish, member = _wish(token)

    _choose(wish, member, wanted=True)
    return page(
        "notifications/unsubscribe.html", token=token, state="resumed", **_about(wish, member)
    )


def _list_page() -> Response:
    return page("notifications/index.html", part="heard", **_list())


def _list() -> dict[str, Any]:
    before = request.args.get("before")
    last = None if before is None else _notice(before) or abort(404)
    listed = queries.notices_for(viewer(), last)
    days = [to_user_timezone(notice.at).date() for notice in listed.notices]
    above = to_user_timezone(last.at).date() if last and is_partial() else None
    # A day is named where it begins, also when it began on the page above.
    begins = [
        day if day != previous else None
        for day, previous in zip(days, [above, *days], strict=False)
    ]
    return {
        "listed": listed,
        "rows": list(zip(begins, listed.notices, strict=True)),
        "unread": queries.unread_count(viewer()),
        "today": to_user_timezone(now()).date(),
        "is_first": last is None,
    }


def _notice(number: str) -> queries.Notice | None:
    """The viewer’s own notification of this number."""
    is_number = number.isdecimal() and len(number) < 10
    return queries.find_notice(int(number), viewer()) if is_number else None


def _target(notice: queries.Notice) -> str:
    """Where a notification leads."""
    if notice.kind in queries.ABOUT_POSTS:
        return url_for("forum.post", post_id=notice.post_id)
    if notice.kind == "report-answered":
        report = desk_queries.report_answered(viewer(), notice.decision_id or 0) or abort(404)
        return url_for("desk.report", report_id=report.id)
    if notice.kind == "appeal-answered":
        appeal = desk_queries.appeal_answered(viewer(), notice.decision_id or 0) or abort(404)
        return url_for("desk.report", report_id=appeal.report_id)
    if notice.decision_id:
        return url_for("desk.decision", decision_id=notice.decision_id)
    if notice.kind == "event-asked":
        return url_for("attendance.people", slug=notice.event_slug)
    if notice.kind in TO_FOLLOW_UP:
        return url_for("followup.met", slug=notice.event_slug)
    if notice.event_slug:
        return url_for("events.show", slug=notice.event_slug)
    if notice.case_id:
        return url_for("desk.case", case_id=notice.case_id)
    if notice.kind == "join-request":
        return url_for("groups.people", slug=notice.group_slug)
    if notice.kind in TO_GROUP:
        return url_for("groups.show", slug=notice.group_slug)
    if notice.kind in queries.ABOUT_INTERVIEWS:
        return url_for("interviews.show", slug=notice.interview_slug)
    if notice.kind in TO_PRODUCTION:
        return url_for("production.show", interview_id=notice.interview_id)
    if notice.kind in TO_VIDEO:
        return url_for("video.show", interview_id=notice.interview_id)
    if notice.kind == "welcome":
        return url_for("texts.welcome")
    if notice.kind == "text-changed":
        return url_for("texts.change", key=notice.document_key, revision=notice.revision)
    if notice.kind.startswith("duty-"):
        return url_for("rota.index")
    if notice.kind == "audit-wrong":
        return url_for("audit.index")
    if notice.company_slug:
        return url_for("companies.show", slug=notice.company_slug)
    abort(404)


def _wish(token: str) -> tuple[Unsubscribing, Member]:
    wish = read_token(token) or abort(404)
    member = db.session.get(Member, wish.member_id)
    if member is None or member.left_at:
        abort(404)
    return wish, member


def _choose(wish: Unsubscribing, member: Member, *, wanted: bool) -> None:
    if wish.kind != "topic":
        commands.choose_letters(member, wish.kind, wanted=wanted)
        return
    topic = db.session.get(Topic, wish.topic_id)
    if topic is None:
        return
    act = forum_commands.follow if wanted else forum_commands.unfollow
    act(topic, by=member, at=now())


def _about(wish: Unsubscribing, member: Member) -> dict[str, Any]:
    topic = forum_queries.find_reading(wish.topic_id, member) if wish.topic_id else None
    return {
        "kind": wish.kind,
        "title": topic.title if topic else None,
        "title_language": topic.topic.language if topic else None,
    }
