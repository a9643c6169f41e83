"""The programme of an event, its partners, what those who register are asked: added, changed,
translated, put in order and taken away alike.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, TypedDict, TypeVar

from sqlalchemy import Text

from officine.blueprints.planning import queries
from officine.blueprints.planning.commands.drafting import finish
from officine.blueprints.planning.commands.errors import (
    AnsweredAlready,
    EditedMeanwhile,
    OtherNumberOfChoices,
)
from officine.blueprints.planning.commands.files import give_up
from officine.core.db import db
from officine.core.locks import lock_row
from officine.lib.text import clean, clean_line
from officine.models import Company, Member
from officine.models.event import Event
from officine.models.event_details import (
    EventQuestion,
    EventQuestionText,
    EventSession,
    EventSessionText,
    Partner,
    PartnerText,
    Speaker,
)

Row = TypeVar("Row", EventSession, Partner, EventQuestion)
Said = Mapping[str, Any]
"""What is said of one, by the names of its columns."""

WORDS: dict[type, tuple[type, tuple[str, ...]]] = {
    EventSession: (EventSessionText, ("title", "text")),
    Partner: (PartnerText, ("offer",)),
    EventQuestion: (EventQuestionText, ("text", "choices")),
}
"""What of each is read in a language, and where its translations are kept."""
ACTS = {
    EventSession: "event.programme",
    Partner: "event.partner",
    EventQuestion: "event.question",
}
COPIED = (
    "position", "language", "revision", "spoken", "title", "text", "role", "name", "company_id",
    "url", "mark_key", "offer", "kind", "choices", "is_required", "based_on", "job", "member_id",
)  # fmt: skip


class Spoken(TypedDict):
    """Somebody who speaks, as they are called, and who that is here."""

    name: str
    job: str
    member: Member | None
    company: Company | None


def add(event: Event, kind: type[Row], said: Said, *, by: Member, at: datetime) -> Row:
    """One more, after the others; its words are in the language of the event’s original."""
    lock_row(event)
    rows = queries.details(event, kind)
    row = kind(
        language=event.language,
        position=max((each.position for each in rows), default=0) + 1,
        revision=1,
        version=1,
    )
    _put(row, said)
    rows.append(row)
    finish(event, by, at, ACTS[kind])
    return row


def change(
    event: Event, row: Row, said: Said, *, by: Member, at: datetime, seen: int, large: bool = False
) -> None:
    """Say it otherwise. A large change of its words makes its translations out of date; a small
    one does not. ``seen`` is the version that the organiser knew: EditedMeanwhile if there is
    another. What was answered to a question stays, in the words in which it was answered: how an
    answered one is answered stays too, AnsweredAlready.
    """
    _begin(event, row, seen)
    if isinstance(row, EventQuestion):
        if said["kind"] != row.kind and queries.answers_count(row.id):
            raise AnsweredAlready
        # A translation with more or fewer answers than the original cannot be asked.
        large = large or len(_lines(said["choices"])) != len(_lines(row.choices))
    elif isinstance(row, Partner) and "mark_key" in said:
        give_up(row.mark_key)
    _put(row, said)
    row.version += 1
    row.revision += large
    finish(event, by, at, ACTS[type(row)])


def translate(
    event: Event, row: Row, language: str, said: Said, *, by: Member, at: datetime, seen: int
) -> None:
    """Say it in another language, as the original is now; to say nothing takes the translation
    away. Raises EditedMeanwhile, and OtherNumberOfChoices.
    """
    _begin(event, row, seen)
    made, _names = WORDS[type(row)]
    known = next((each for each in row.translations if each.language == language), None)
    translations: list[Any] = row.translations
    if isinstance(row, EventQuestion) and any(said.values()):
        asked = len(_lines(row.choices))
        if len(_lines(said.get("choices", ""))) != asked:
            raise OtherNumberOfChoices(asked)
    if not any(said.values()):
        if known is not None:
            translations.remove(known)
    else:
        if known is None:
            known = made(language=language)
            translations.append(known)
        _put(known, said)
        known.based_on = row.revision
    row.version += 1
    finish(event, by, at, ACTS[type(row)], language=language)


def remove(event: Event, row: Row, *, by: Member, at: datetime) -> None:
    """Take it away. What was answered is never lost: a question that somebody answered is asked no
    more, and stays in the list of those who come.
    """
    lock_row(event)
    _let_go(queries.details(event, type(row)), row, at)
    finish(event, by, at, ACTS[type(row)])


def ask_again(event: Event, question: EventQuestion, *, by: Member, at: datetime) -> None:
    """Ask again what was asked no more."""
    lock_row(event)
    question.withdrawn_at = None
    question.version += 1
    finish(event, by, at, ACTS[EventQuestion])


def move(event: Event, row: Row, step: int, *, by: Member, at: datetime) -> bool:
    """Put it one place up (-1) or down (1). Two parts of the programme that follow one another
    change their hours with their places: each lasts as long as before, and the pause between them
    stays. Whether hours changed.
    """
    lock_row(event)
    rows = _asked(event, type(row))
    here = rows.index(row)
    there = here + step
    if not 0 <= there < len(rows):
        return False
    first, second = rows[min(here, there)], rows[max(here, there)]
    rows[here], rows[there] = rows[there], rows[here]
    for position, each in enumerate(rows, start=1):
        each.position = position
    moved = isinstance(first, EventSession) and _exchange_hours(first, second)
    finish(event, by, at, ACTS[type(row)])
    db.session.expire(event, ["sessions", "partners", "questions"])
    return moved


def copy_details(model: Event, copy: Event, later: timedelta) -> None:
    """Give a new date of a series the same programme, partners and questions."""
    for kind in WORDS:
        rows: list[Any] = queries.details(copy, kind)
        rows.extend(_copied(each, later) for each in _asked(model, kind))


def take_over(
    event: Event, model: Event, kind: type[Row], later: timedelta, *, by: Member, at: datetime
) -> None:
    """Let an event have what another has, instead of its own. A question that was answered stays,
    and is asked no more unless the other asks the same.
    """
    lock_row(event)
    rows: list[Any] = queries.details(event, kind)
    wanted = [_copied(each, later) for each in _asked(model, kind)]
    for row in list(rows):
        same = next((each for each in wanted if _asks_the_same(row, each)), None)
        if same is not None and queries.answers_count(row.id):
            row.position, row.is_required, row.withdrawn_at = same.position, same.is_required, None
            wanted.remove(same)
        else:
            _let_go(rows, row, at)
    rows.extend(wanted)
    finish(event, by, at, ACTS[kind])


def _begin(event: Event, row: Row, seen: int) -> None:
    lock_row(event)
    db.session.refresh(row, ["version"])
    if row.version != seen:
        raise EditedMeanwhile


def _put(row: Any, said: Said) -> None:
    columns = row.__table__.c
    for name, value in said.items():
        if name == "speakers":
            value = _speakers(value)
        elif name == "choices":
            value = "\n".join(_lines(value))
        elif isinstance(value, str):
            kind = columns[name].type
            value = clean(value) if isinstance(kind, Text) else clean_line(value)[: kind.length]
        setattr(row, name, value)


def _speakers(spoken: Iterable[Spoken]) -> list[Speaker]:
    return [
        Speaker(
            position=position, name=clean_line(each["name"])[:120], member=each["member"],
            job=clean_line(each["job"])[:120], company=each["company"],
        )
        for position, each in enumerate(spoken, start=1)
    ]  # fmt: skip


def _lines(choices: str) -> list[str]:
    return [clean_line(line) for line in clean(choices).split("\n") if line.strip()]


def _asked(event: Event, kind: type[Row]) -> list[Row]:
    """All of them, besides questions that are asked no more."""
    rows = queries.details(event, kind)
    return [each for each in rows if getattr(each, "withdrawn_at", None) is None]


def _asks_the_same(row: Any, other: Any) -> bool:
    return isinstance(row, EventQuestion) and (row.text, row.kind, row.choices) == (
        other.text, other.kind, other.choices,
    )  # fmt: skip


def _let_go(rows: list[Any], row: Any, at: datetime) -> None:
    if isinstance(row, EventQuestion) and queries.answers_count(row.id):
        row.withdrawn_at = row.withdrawn_at or at
        row.version += 1
        return
    if isinstance(row, Partner):
        give_up(row.mark_key)
    rows.remove(row)


def _exchange_hours(first: EventSession, second: EventSession) -> bool:
    """Let the second begin where the first began. What begins together is only listed otherwise."""
    if first.starts_at == second.starts_at:
        return False
    lasts = first.ends_at - first.starts_at
    over = max(first.ends_at, second.ends_at)
    second.starts_at, second.ends_at = (
        first.starts_at, first.starts_at + (second.ends_at - second.starts_at),
    )  # fmt: skip
    first.starts_at, first.ends_at = over - lasts, over
    return True


def _copied(row: Any, later: timedelta) -> Any:
    copy = _like(row)
    copy.translations = [_like(each) for each in row.translations]
    if isinstance(row, EventSession):
        copy.starts_at, copy.ends_at = row.starts_at + later, row.ends_at + later
        copy.speakers = [_like(each) for each in row.speakers]
    return copy


def _like(row: Any) -> Any:
    known = row.__table__.c
    return type(row)(**{name: getattr(row, name) for name in COPIED if name in known})
