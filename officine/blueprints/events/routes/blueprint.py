"""The events’ pages hang on this."""

from typing import Any

from flask import Blueprint

from officine.core.reading import asked_language, reading_order
from officine.models.translation import best_text

events = Blueprint("events", __name__)


@events.app_template_filter("told")
def told(row: Any) -> Any:
    """What somebody reads of a part of the programme, a partner’s offer or a question; None where
    there is nothing.
    """
    return best_text(row, (asked_language("text"), *reading_order()))
