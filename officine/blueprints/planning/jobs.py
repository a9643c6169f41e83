"""What the worker does for events, by the clock and after changes."""

from datetime import timedelta

from officine.blueprints.planning.commands import series
from officine.blueprints.planning.events import FileGivenUp, SeriesBegun
from officine.core import storage
from officine.core.clock import now
from officine.core.db import db, reading
from officine.core.locks import lock_id
from officine.core.worker import jobs
from officine.models.event import EventSeries
from officine.models.event_file import FOLDER, is_in_use, keys_in_use

A_DAY = timedelta(days=1)


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


def forget_file(event: FileGivenUp) -> None:
    """Delete a file that no event shows any more."""
    if not is_in_use(event.key):
        _delete(event.key)


@jobs.every(minute="50", hour="3")
def forget_strays() -> None:
    """Delete what was sent with a change that did not come about, and what went with its event."""
    kept = storage.keys_under(FOLDER, before=now() - A_DAY)
    with reading():
        used = keys_in_use()
    for key in {"/".join(each.split("/")[:2]) for each in kept} - used:
        _delete(key)


def _delete(key: str) -> None:
    # A picture is a folder of its shapes; all else is one file.
    if "." in key:
        storage.delete(key)
    else:
        storage.delete_folder(key)
