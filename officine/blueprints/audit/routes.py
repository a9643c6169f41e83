"""The audit log over HTTP."""

from typing import Any

from flask import Blueprint, Response, flash, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from officine.blueprints.audit import jobs, policy, queries
from officine.core import audit as log
from officine.core.clock import now
from officine.core.htmx import done, page
from officine.core.permission import allow
from officine.core.session import viewer
from officine.core.words import MEASURE_NAMES
from officine.core.worker import jobs as worker

audit = Blueprint("audit", __name__)

AT_ONCE = 2000
"""So many entries are verified while the reader waits; more are left to the worker."""

ACT_NAMES = {
    "group.look": _l("Looked into a private group"),
    "role.administrator": _l("Made an administrator"),
    "rota.shift": _l("Added hours to the rota"),
    "rota.shift-end": _l("Took hours from the rota"),
    "rota.leave": _l("Added days away"),
    "rota.leave-end": _l("Took days away back"),
    "screening.set": _l("Set what is held before publication"),
    "case.open": _l("A case was opened"),
    "case.look": _l("Read a case of a private group"),
    "case.claim": _l("Took a case"),
    "case.release": _l("Left a case to others"),
    "case.note": _l("Wrote a note on a case"),
    "case.ask": _l("Asked a colleague about a case"),
    "case.hand-over": _l("Handed a case over"),
    "case.escalate": _l("Left a case to the community manager"),
    "text.change": _l("Changed a text of the team"),
    "video.upload": _l("Uploaded the video of an interview"),
    "video.outside": _l("Chose a video elsewhere for an interview"),
    "video.remove": _l("Took the video of an interview away"),
    "video.again": _l("Ran a step of the work on a video again"),
    "statements.take": _l("Took the statements of reasons away"),
}


@audit.get("/desk/audit")
def index() -> Response:
    allow(policy.may_read_log(viewer()))
    person, act = _number("person"), request.args.get("act", "")[:40]
    before = _number("before")
    return page(
        "audit/index.html",
        part="verification",
        log=queries.acts_of(person, act, before),
        people=queries.people(),
        kinds=queries.kinds_of_act(),
        act_name=act_name,
        person=person,
        act=act,
        is_first=before is None,
        check=log.last_check(),
    )


@audit.post("/desk/audit/verifications")
def verify() -> Any:
    allow(policy.may_read_log(viewer()))
    if queries.length() > AT_ONCE:
        worker.later(jobs.verify)
        flash(_("The worker walks along the log. Look again in a minute."), "success")
    else:
        jobs.verify_here(now())
    return done(url_for(".index"), "audit/index.html", part="verification", check=log.last_check())


def act_name(act: str) -> str:
    """What an act is called; an act without a name is its own."""
    noun, _dot, verb = act.partition(".")
    if noun == "decision" and verb in MEASURE_NAMES:
        return _("Decision: %(measure)s", measure=MEASURE_NAMES[verb])
    return str(ACT_NAMES.get(act, act))


def _number(name: str) -> int | None:
    text = request.args.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else None
