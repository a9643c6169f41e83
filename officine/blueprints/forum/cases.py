"""What of the forum waits for an editor: held posts and edits, topics without an answer."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from officine.blueprints.desk import commands as desk
from officine.blueprints.desk import queries as desk_queries
from officine.blueprints.forum import commands, queries
from officine.lib.differences import differences
from officine.models import Case, Decision, Member, Post
from officine.models.case import Grounded, Kind, Measure
from officine.models.decision import decide


def about_post(case: Case, viewer: Any) -> dict[str, Any]:
    """A post that waits, what raised it, and what changed since an editor last saw it."""
    post = desk_queries.find_post(case.subject_id, viewer)
    waiting = queries.pending_edit_of(post.id) if post else None
    revisions = queries.revisions_of(post, viewer) if post else []
    changes = None
    if post and waiting and case.kind == "edit":
        changes = differences(post.text, waiting.text)
    elif post and revisions and case.kind == "held":
        changes = differences(revisions[-1].text, post.text)
    return {
        "post": post,
        "around": desk_queries.posts_around(post) if post else [],
        "reports": [],
        "records": {},
        "rule": None,
        "changes": changes,
    }


def about_topic(case: Case, viewer: Any) -> dict[str, Any]:
    """A topic that waits for an answer, and people who could give one."""
    topic = desk_queries.find_topic(case.subject_id, viewer)
    return {
        "topic": topic,
        "post": queries.opening_of(topic) if topic else None,
        "helpers": queries.who_could_help(topic) if topic else [],
    }


def _post_of(case: Case, by: Member) -> Post:
    post = desk_queries.find_post(case.subject_id, by)
    if post is None:
        raise desk.AlreadyDecided(None)
    return post


def _approve(case: Case, by: Member, at: datetime, it: Grounded) -> Decision:
    return desk.approve_post(_post_of(case, by), by=by, at=at, facts=it.facts, case_id=case.id)


def _send_back(case: Case, by: Member, at: datetime, it: Grounded) -> Decision:
    return desk.send_back(_post_of(case, by), by=by, at=at, **it.grounds(case))


def _hide(case: Case, by: Member, at: datetime, it: Grounded) -> Decision:
    return desk.hide_post(_post_of(case, by), by=by, at=at, **it.grounds(case))


def _remove(case: Case, by: Member, at: datetime, it: Grounded) -> Decision:
    return desk.remove_post(_post_of(case, by), by=by, at=at, **it.grounds(case))


def _approve_edit(case: Case, by: Member, at: datetime, it: Grounded) -> Decision:
    try:
        return commands.approve_edit(_post_of(case, by), by=by, at=at, case_id=case.id)
    except commands.NothingWaits:
        raise desk.AlreadyDecided(None) from None


def _refuse_edit(case: Case, by: Member, at: datetime, it: Grounded) -> Decision:
    try:
        return commands.refuse_edit(_post_of(case, by), by=by, at=at, **it.grounds(case))
    except commands.NothingWaits:
        raise desk.AlreadyDecided(None) from None


def _escalate(case: Case, by: Member, at: datetime, it: Grounded) -> Decision:
    return desk.escalate(case, by=by, at=at, grounded=it)


def _seen_to(case: Case, by: Member, at: datetime, it: Grounded) -> Decision:
    """Nobody is affected: somebody looked after it."""
    return decide(
        "approve", by=by, at=at, rule="other", facts=it.facts, topic_id=case.subject_id,
        group_id=case.group_id, case_id=case.id,
    )  # fmt: skip


APPROVE = Measure(
    "approve", "a", _l("Publish it"),
    _l("Readers see it, and everyone who should hear of it hears now"), _approve, explains=False,
)  # fmt: skip
SEND_BACK = Measure(
    "send-back", "m", _l("Back to the author"),
    _l("Out of sight until they have mended it; it keeps its place"), _send_back,
)  # fmt: skip
HIDE = Measure(
    "hide", "h", _l("Hide it"),
    _l("Readers do not see it; the author reads why"), _hide,
)  # fmt: skip
REMOVE = Measure(
    "remove", "r", _l("Remove it"),
    _l("Only the desk can read it any more; the author reads why"), _remove,
)  # fmt: skip
ESCALATE = Measure(
    "escalate", "p", _l("Leave it to the community manager"),
    _l("It keeps its place and its promise; say why"), _escalate,
)  # fmt: skip
APPROVE_EDIT = Measure(
    "approve", "a", _l("Show the new text"),
    _l("Readers see it instead of the old one, which stays in its history"), _approve_edit,
    explains=False,
)  # fmt: skip
REFUSE_EDIT = Measure(
    "send-back", "m", _l("Keep the old text"),
    _l("The author keeps the new one as a draft, and reads what to mend"), _refuse_edit,
)  # fmt: skip
SEEN_TO = Measure(
    "approve", "a", _l("Seen to"),
    _l("You have answered, or asked somebody who can"), _seen_to, explains=False,
)  # fmt: skip


def _for_held(case: Case, viewer: Any) -> Sequence[Measure]:
    return (APPROVE, SEND_BACK, HIDE, REMOVE, *_unless_escalated(case))


def _for_edit(case: Case, viewer: Any) -> Sequence[Measure]:
    return (APPROVE_EDIT, REFUSE_EDIT, HIDE, REMOVE, *_unless_escalated(case))


def _for_topic(case: Case, viewer: Any) -> Sequence[Measure]:
    return (SEEN_TO, *_unless_escalated(case))


def _unless_escalated(case: Case) -> tuple[Measure, ...]:
    return () if case.escalated_at else (ESCALATE,)


KINDS = (
    Kind("held", _l("Held message"), "forum/cases/_held.html", about_post, _for_held),
    Kind("edit", _l("Held edit"), "forum/cases/_held.html", about_post, _for_edit),
    Kind("sos", _l("SOS waiting"), "forum/cases/_topic.html", about_topic, _for_topic,
         is_urgent=True),
    Kind("unanswered", _l("Without an answer"), "forum/cases/_topic.html", about_topic,
         _for_topic),
)  # fmt: skip
