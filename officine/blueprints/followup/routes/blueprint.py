"""What the pages after an event have in common."""

from flask import Blueprint, abort

from officine.blueprints.followup import queries
from officine.core.reading import reading_order
from officine.core.session import viewer
from officine.models import Event, EventText
from officine.models.translation import best_text

followup = Blueprint("followup", __name__)


def find_or_404(slug: str) -> Event:
    """The event at an address; what the viewer may not see does not exist."""
    return queries.find_event(slug, viewer()) or abort(404)


def words_of(event: Event) -> EventText:
    """The words of an event in the language its reader reads best."""
    return best_text(event, reading_order()) or abort(404)
