"""What changes topics and posts: the rules of the forum.

Every command that changes what a topic shows locks its row first and raises its version. Numbers
of posts are given under that lock, so two answers at once never share one.
"""

from officine.blueprints.forum.commands.errors import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    AlreadyAnswered,
    PostGone,
    TextMissing,
    TextTooLong,
    TitleHeld,
    TitleMissing,
    TitleTooLong,
    TooManySOS,
    TooSoon,
    TopicHeld,
    TopicLocked,
)
from officine.blueprints.forum.commands.holding import (
    NothingWaits,
    approve_edit,
    forget_pending_edit,
    refuse_edit,
)
from officine.blueprints.forum.commands.pictures import forget_pictures, keep_picture
from officine.blueprints.forum.commands.posts import delete_post, edit_post, show_name
from officine.blueprints.forum.commands.reading import (
    discard_draft,
    follow,
    mark_read,
    pin,
    save_draft,
    unfollow,
    unpin,
)
from officine.blueprints.forum.commands.screening import set_numbers
from officine.blueprints.forum.commands.topics import answer, edit_topic, open_topic
from officine.blueprints.forum.commands.useful import mark_answer, thank, unmark_answer, unthank
from officine.blueprints.forum.commands.waiting import ask_for_answers
from officine.models.wording import MOST_MENTIONS

__all__ = [
    "LONGEST_TEXT",
    "LONGEST_TITLE",
    "MOST_MENTIONS",
    "AlreadyAnswered",
    "NothingWaits",
    "PostGone",
    "TextMissing",
    "TextTooLong",
    "TitleHeld",
    "TitleMissing",
    "TitleTooLong",
    "TooManySOS",
    "TooSoon",
    "TopicHeld",
    "TopicLocked",
    "answer",
    "approve_edit",
    "ask_for_answers",
    "delete_post",
    "discard_draft",
    "edit_post",
    "edit_topic",
    "follow",
    "forget_pending_edit",
    "forget_pictures",
    "keep_picture",
    "mark_answer",
    "mark_read",
    "open_topic",
    "pin",
    "refuse_edit",
    "save_draft",
    "set_numbers",
    "show_name",
    "thank",
    "unfollow",
    "unmark_answer",
    "unpin",
    "unthank",
]
