"""The transparency report over HTTP."""

from datetime import date
from typing import Any

from flask import Response, url_for

from officine.blueprints.openness.queries.report import (
    TransparencyReport,
    first_moment,
    transparency_report,
)
from officine.blueprints.openness.routes.blueprint import csv_file, openness, site_zone
from officine.blueprints.openness.routes.period import (
    Period,
    asked_period,
    half_years,
    usual_period,
)
from officine.blueprints.openness.routes.tables import sections_of
from officine.core.clock import now
from officine.core.htmx import page

HEAD = ("from", "to", "section", "table", "code", "label", "column", "value")


@openness.get("/transparency")
def transparency() -> Response:
    """A period, counted."""
    today, began = _days()
    period = asked_period(usual_period(began, today), today)
    return page(
        "openness/report.html",
        period=period,
        sections=sections_of(_report(period)),
        halves=[(half, address_of(".transparency", half)) for half in half_years(began, today)],
        csv_url=address_of(".transparency_csv", period),
        today=today,
    )


@openness.get("/transparency.csv")
def transparency_csv() -> Response:
    """The same, one value a line; times are in hours."""
    today, began = _days()
    period = asked_period(usual_period(began, today), today)
    lines = [
        (
            period.first.isoformat(), period.last.isoformat(), section.code, table.code, row.code,
            row.label, column, value,
        )
        for section in sections_of(_report(period))
        for table in section.tables
        for row in table.rows
        for (column, _title), value in zip(table.columns, row.values, strict=True)
    ]  # fmt: skip
    return csv_file(f"transparency-{period.first}-{period.last}.csv", HEAD, lines)


def address_of(endpoint: str, period: Period) -> str:
    """Where a page or a file of a period is."""
    asked: dict[str, Any] = {"from": period.first.isoformat(), "to": period.last.isoformat()}
    return url_for(endpoint, **asked)


def _report(period: Period) -> TransparencyReport:
    zone = site_zone()
    return transparency_report(period.span(zone), period.months(zone))


def _days() -> tuple[date, date | None]:
    """Today, and the day on which there was something to count first."""
    zone, began = site_zone(), first_moment()
    return now().astimezone(zone).date(), began.astimezone(zone).date() if began else None
