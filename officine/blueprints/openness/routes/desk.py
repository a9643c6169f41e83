"""The desk’s figures, and the statements of reasons for the European Commission."""

import json

from flask import Response

from officine.blueprints.openness import policy
from officine.blueprints.openness.queries.desk import desk_figures
from officine.blueprints.openness.queries.report import first_moment
from officine.blueprints.openness.queries.schema import FIELDS
from officine.blueprints.openness.queries.statements import Statement, statements
from officine.blueprints.openness.routes.blueprint import a_file, csv_file, openness, site_zone
from officine.blueprints.openness.routes.period import Period, asked_period, usual_period
from officine.core import audit
from officine.core.clock import now
from officine.core.context import public_url
from officine.core.htmx import page
from officine.core.i18n import LANGUAGES
from officine.core.permission import allow
from officine.core.session import viewer


@openness.get("/desk/figures")
def figures() -> Response:
    """What waits, and how the promises are kept."""
    allow(policy.may_read_figures(viewer()))
    found = desk_figures(now(), site_zone())
    kinds = list(dict.fromkeys(kind for kind, _language in found.waiting))
    spoken = {language for _kind, language in found.waiting} | set(found.kept)
    return page(
        "openness/figures.html",
        figures=found,
        kinds=kinds,
        codes=[*LANGUAGES, *sorted(spoken - set(LANGUAGES))],
        may_take=bool(policy.may_take_statements(viewer())),
        period=_asked(),
    )


@openness.get("/desk/statements.csv")
def statements_csv() -> Response:
    """The statements of a period, one a line; lists as JSON."""
    period, found = _taken("csv")
    rows = [[_cell(each[name]) for name in FIELDS] for each in found]
    return csv_file(f"statements-{period.first}-{period.last}.csv", FIELDS, rows)


@openness.get("/desk/statements.json")
def statements_json() -> Response:
    """The same, as the database’s API takes them, a hundred at a time."""
    period, found = _taken("json")
    text = json.dumps({"statements": found}, ensure_ascii=False, indent=1)
    return a_file(f"statements-{period.first}-{period.last}.json", text, "application/json")


def _taken(form: str) -> tuple[Period, list[Statement]]:
    """The statements asked for; that they are taken away is kept in the audit log."""
    allow(policy.may_take_statements(viewer()))
    period = _asked()
    audit.look(
        "statements.take", viewer(), first=period.first.isoformat(), last=period.last.isoformat(),
        form=form,
    )  # fmt: skip
    found = statements(
        period.span(site_zone()),
        lambda rule: public_url("texts.show", key="rules", _anchor=rule),
    )
    return period, found


def _asked() -> Period:
    zone, began = site_zone(), first_moment()
    today = now().astimezone(zone).date()
    return asked_period(
        usual_period(began.astimezone(zone).date() if began else None, today), today
    )


def _cell(value: object) -> object:
    return json.dumps(value) if isinstance(value, list) else value
