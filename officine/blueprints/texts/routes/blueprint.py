"""The blueprint of the team’s texts, and the days of a form as moments."""

from datetime import date, datetime, time, timedelta

from flask import Blueprint
from flask_babel import get_timezone

from officine.core.i18n import LANGUAGES
from officine.models.document import LEGAL

texts = Blueprint("texts", __name__)

KEY = f"any({', '.join(LEGAL)})"
LANGUAGE = f"any({', '.join(LANGUAGES)})"


def beginning_of(day: date) -> datetime:
    """Where the viewer is, the first moment of a day."""
    zone = get_timezone()
    naive = datetime.combine(day, time())
    return zone.localize(naive) if hasattr(zone, "localize") else naive.replace(tzinfo=zone)


def end_of(day: date) -> datetime:
    """Where the viewer is, the moment at which a day is over."""
    return beginning_of(day + timedelta(days=1))
