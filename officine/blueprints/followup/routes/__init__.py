"""What comes after an event, over HTTP."""

from officine.blueprints.followup.routes import feedback, figures, meeting
from officine.blueprints.followup.routes.blueprint import followup
from officine.blueprints.followup.routes.feedback import feedback_by_link

__all__ = ["feedback", "feedback_by_link", "figures", "followup", "meeting"]
