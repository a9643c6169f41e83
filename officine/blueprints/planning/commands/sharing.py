"""What one date of a series has, for its other dates too."""

from datetime import datetime

from officine.blueprints.planning import queries
from officine.blueprints.planning.commands import details
from officine.blueprints.planning.commands.series import others
from officine.models import Member
from officine.models.event import Event


def share_details(
    event: Event, kind: type[queries.Row], scope: str, *, by: Member, at: datetime
) -> int:
    """Give the other dates that ``scope`` says the programme, the partners or the questions of this
    one, in the place of theirs; how many there are. What was changed alone is passed by.
    """
    along = others(event, scope, at)
    for other in along:
        later = other.starts_at - event.starts_at
        details.take_over(other, event, kind, later, by=by, at=at)
    return len(along)
