"""What the editorial desk does. Every act is one decision, kept for good.

All that touches a topic begins by locking its row, and all that closes a case by locking the
case’s, so that of two editors who decide at the same moment the second sees what the first did.
"""

from officine.blueprints.desk.commands.cases import (
    ask_colleague,
    claim,
    decide_case,
    escalate,
    hand_over,
    leave_note,
    release,
)
from officine.blueprints.desk.commands.errors import (
    AlreadyDecided,
    AlreadyReported,
    ClaimedBy,
    ExplanationMissing,
    ForManagers,
    OwnPost,
)
from officine.blueprints.desk.commands.posts import (
    dismiss_reports,
    hide_post,
    remove_post,
    send_back,
    show_post,
)
from officine.blueprints.desk.commands.reports import report_post
from officine.blueprints.desk.commands.topics import lock_topic, unlock_topic
from officine.models.decision import FactsMissing, LawMissing

__all__ = [
    "AlreadyDecided",
    "AlreadyReported",
    "ClaimedBy",
    "ExplanationMissing",
    "FactsMissing",
    "ForManagers",
    "LawMissing",
    "OwnPost",
    "ask_colleague",
    "claim",
    "decide_case",
    "dismiss_reports",
    "escalate",
    "hand_over",
    "hide_post",
    "leave_note",
    "lock_topic",
    "release",
    "remove_post",
    "report_post",
    "send_back",
    "show_post",
    "unlock_topic",
]
