"""What the worker does for events by the clock."""

from officine.blueprints.planning.commands import series
from officine.blueprints.planning.events import SeriesBegun
from officine.core.clock import now
from officine.core.db import db, reading
from officine.core.locks import lock_id
from officine.core.worker import jobs
from officine.models.event import EventSeries


def make_dates(event: SeriesBegun) -> None:
    """Make the dates of a series a year ahead."""
    found = lock_id(EventSeries, event.series_id)
    if found is not None:
        series.extend_series(found, at=now())


@jobs.every(minute="20", hour="2")
def extend_series() -> None:
    """Make the dates of each series that have come within a year, each in a transaction of its
    own.
    """
    at = now()
    with reading():
        short = series.short_series(at)
    for series_id in short:
        found = lock_id(EventSeries, series_id)
        if found is not None:
            series.extend_series(found, at=at)
        db.session.commit()
