"""How an answer reaches who asked the desk to look at something."""

from collections.abc import Mapping
from typing import Any

from officine.blueprints.desk.notices.words import Reader, words_about
from officine.core import mail
from officine.core.clock import now
from officine.models import Decision, Member
from officine.models.notification import notify


def answer(
    reader: Reader,
    kind: str,
    decision: Decision,
    *,
    cause: str,
    place: Mapping[str, int | None],
    **more: Any,
) -> None:
    """They hear what came of it: a member in the page, and
    whom a letter reaches by one. ``place`` is what the notification is about.
    """
    if isinstance(reader, Member):
        notify(reader, kind=kind, cause=cause, at=now(), decision_id=decision.id, **place)
    if reader.hears_letters:
        letter = kind.replace("-", "_")
        told = words_about(decision, reader)
        mail.write(f"desk/{letter}", to=reader, key=cause, **more, **told)
