"""What the editorial desk does. Every act is one decision, kept for good.

All that touches a topic begins by locking its row, and all that closes a case by locking the
case’s, so that of two editors who decide at the same moment the second sees what the first did.
"""

from officine.blueprints.desk.commands.appeals import (
    appeal_as_author,
    appeal_as_reporter,
    reverse,
    uphold,
)
from officine.blueprints.desk.commands.approving import approve_post
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
    AddressMissing,
    AlreadyAppealed,
    AlreadyDecided,
    AlreadyReported,
    CannotAppeal,
    CannotMerge,
    CannotSplit,
    ClaimedBy,
    ExplanationMissing,
    FirstEditor,
    ForManagers,
    MayNotSanction,
    OwnCase,
    OwnPost,
    TextChanged,
    WouldPublish,
)
from officine.blueprints.desk.commands.members import (
    EndMissing,
    close_account,
    end_sanction,
    leave_person,
    lift,
    restrict,
    restrict_reports,
    suspend,
    warn,
)
from officine.blueprints.desk.commands.merging import (
    merge_topics,
    undo_merge,
)
from officine.blueprints.desk.commands.misuse import (
    weigh_author,
    weigh_reporter,
)
from officine.blueprints.desk.commands.moving import (
    move_topic,
    undo_move,
)
from officine.blueprints.desk.commands.pace import (
    slow_topic,
    unslow_topic,
)
from officine.blueprints.desk.commands.posts import (
    dismiss_reports,
    hide_post,
    remove_post,
    send_back,
    show_post,
)
from officine.blueprints.desk.commands.questions import (
    dismiss_reports_of_question,
    hide_question,
)
from officine.blueprints.desk.commands.reports import (
    answer_reports_of_person,
    dismiss_reports_of_person,
    key_of,
    report_person,
    report_post,
    report_question,
)
from officine.blueprints.desk.commands.splitting import (
    split_topic,
    undo_split,
)
from officine.blueprints.desk.commands.topics import lock_topic, unlock_topic
from officine.models.decision import FactsMissing, LawMissing

__all__ = [
    "AddressMissing",
    "AlreadyAppealed",
    "AlreadyDecided",
    "AlreadyReported",
    "CannotAppeal",
    "CannotMerge",
    "CannotSplit",
    "ClaimedBy",
    "EndMissing",
    "ExplanationMissing",
    "FactsMissing",
    "FirstEditor",
    "ForManagers",
    "LawMissing",
    "MayNotSanction",
    "OwnCase",
    "OwnPost",
    "TextChanged",
    "WouldPublish",
    "answer_reports_of_person",
    "appeal_as_author",
    "appeal_as_reporter",
    "approve_post",
    "ask_colleague",
    "claim",
    "close_account",
    "decide_case",
    "dismiss_reports",
    "dismiss_reports_of_person",
    "dismiss_reports_of_question",
    "end_sanction",
    "escalate",
    "hand_over",
    "hide_post",
    "hide_question",
    "key_of",
    "leave_note",
    "leave_person",
    "lift",
    "lock_topic",
    "merge_topics",
    "move_topic",
    "release",
    "remove_post",
    "report_person",
    "report_post",
    "report_question",
    "restrict",
    "restrict_reports",
    "reverse",
    "send_back",
    "show_post",
    "slow_topic",
    "split_topic",
    "suspend",
    "undo_merge",
    "undo_move",
    "undo_split",
    "unlock_topic",
    "unslow_topic",
    "uphold",
    "warn",
    "weigh_author",
    "weigh_reporter",
]
