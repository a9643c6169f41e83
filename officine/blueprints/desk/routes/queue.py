"""The queue of what needs a human."""

from datetime import datetime, time
from typing import Any
from urllib.parse import urlencode

from flask import Response, g, request
from flask_babel import to_user_timezone

from officine.blueprints.desk import policy, queries
from officine.blueprints.desk.queries import Filters, QueueRow
from officine.blueprints.desk.routes.blueprint import desk, kinds
from officine.blueprints.rota import queries as rota_queries
from officine.blueprints.rota.queries import DutyNow
from officine.core.clock import now
from officine.core.htmx import page
from officine.core.i18n import LANGUAGES
from officine.core.permission import allow
from officine.core.session import viewer


@desk.get("/desk/queue")
def fresh_queue() -> Response:
    """The queue alone, for a page that asks now and then what is new."""
    allow(policy.may_decide(viewer()))
    current = request.args.get("case", "")
    number = int(current) if current.isdecimal() and len(current) < 10 else None
    return page("desk/_queue.html", current=number, **queue_context(waiting()))


def duty() -> DutyNow:
    """Who is on duty now; asked once a page."""
    if "duty" not in g:
        g.duty = rota_queries.duty_now(now(), viewer())
    found: DutyNow = g.duty
    return found


def filters() -> Filters:
    """Which cases the address asks for; what it does not know, it leaves out."""
    language = request.args.get("lang", "")
    kind = request.args.get("kind", "")
    group = request.args.get("group", "")
    return Filters(
        language=language if language in LANGUAGES else "",
        kind=kind if kind in kinds() else "",
        group_id=int(group) if group.isdecimal() and len(group) < 10 else 0,
        mine=request.args.get("mine") == "1",
        answers_for=duty().mine,
    )


def filtered(address: str, **changes: Any) -> str:
    """An address with the filters of this page, some of them changed. Written by hand: a filter
    for languages is called `lang`, as the address’s first part.
    """
    chosen = filters()
    values = {
        "lang": chosen.language,
        "kind": chosen.kind,
        "group": chosen.group_id,
        "mine": "1" if chosen.mine else "",
        **changes,
    }
    query = urlencode({name: value for name, value in values.items() if value})
    return f"{address}?{query}" if query else address


def waiting() -> list[QueueRow]:
    """The queue as the address asks for it."""
    return queries.queue(viewer(), filters(), now())


def queue_context(rows: list[QueueRow]) -> dict[str, Any]:
    """What the queue shows."""
    moment = now()
    chosen = filters()
    counts = queries.case_counts(viewer(), chosen.answers_for)
    return {
        "rows": rows,
        "filters": chosen,
        "counts": counts,
        "kinds": kinds(),
        "groups": queries.groups_waiting(),
        "filtered": filtered,
        "is_filtered": bool(chosen.language or chosen.kind or chosen.group_id or chosen.mine),
        "duty": duty(),
        "moment": moment,
        "today": queries.decisions_today(viewer(), _midnight(moment)),
    }


def _midnight(moment: datetime) -> datetime:
    local = to_user_timezone(moment)
    return datetime.combine(local.date(), time(), tzinfo=local.tzinfo)
