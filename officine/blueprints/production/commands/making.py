"""An interview from the idea to the review: who, by when, stage, checklist, notes."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from officine.blueprints.production.commands.errors import EditedMeanwhile, NotAllowedThere
from officine.blueprints.production.queries import WORKING
from officine.core import audit
from officine.core.clock import day_of
from officine.core.db import db
from officine.core.i18n import writing_in
from officine.core.locks import lock_row
from officine.lib.slugs import slugify
from officine.lib.text import clean, clean_line
from officine.models import (
    ChecklistItem,
    Company,
    Interview,
    InterviewNote,
    Member,
)
from officine.models.case import close_cases, find_open_case, open_case
from officine.models.member import language_of

CHECKLIST = (
    _l("Agree on day, place and language with the guest"),
    _l("Send the questions"),
    _l("Have the release signed"),
    _l("Check sound and light before recording"),
    _l("Upload the video"),
    _l("Check names, figures and job titles with the guest"),
    _l("Captions: go through them once with the sound"),
    _l("Title, standfirst and chapters"),
    _l("Opening picture"),
    _l("Translations"),
    _l("Tell the guest when it is published"),
)
"""What is to be done at first; each interview has a copy of its own."""


def new_interview(
    *,
    by: Member,
    at: datetime,
    owner: Member,
    guest_name: str,
    language: str,
    guest: Member | None = None,
    guest_email: str = "",
    company: Company | None = None,
    sector: str = "",
    deadline: date | None = None,
) -> Interview:
    """An idea for an interview, with the checklist in its editor’s language."""
    name = clean_line(guest_name) or (guest.name if guest else "")
    interview = Interview(
        slug=_free_slug(" ".join(filter(None, (name, company.name if company else "")))),
        language=language,
        owner=owner,
        guest_name=name,
        guest=guest,
        guest_email=clean_line(guest_email).lower(),
        company=company,
        sectors=_sectors(sector, company),
        deadline=deadline,
        created_at=at,
    )
    db.session.add(interview)
    db.session.flush()
    with writing_in(by.interface_language):
        for position, words in enumerate(CHECKLIST, start=1):
            db.session.add(
                ChecklistItem(interview_id=interview.id, position=position, text=str(words))
            )
    audit.note("interview.new", by, interview=interview.id)
    return interview


def describe(interview: Interview, *, by: Member, at: datetime, seen: int, **said: Any) -> None:
    """Change who looks after it, by when, and whom it is about. ``seen`` is the number of the last
    change that the editor knew: EditedMeanwhile if there was another.
    """
    lock_row(interview)
    if interview.edits != seen:
        raise EditedMeanwhile
    company: Company | None = said["company"]
    interview.guest_name = clean_line(said["guest_name"])
    interview.guest = said["guest"]
    interview.guest_email = clean_line(said["guest_email"]).lower()
    interview.company = company
    interview.sectors = _sectors(said["sector"], company)
    interview.owner = said["owner"]
    interview.deadline = said["deadline"]
    if not interview.texts:
        interview.language = said["language"]
    interview.recorded_on = said["recorded_on"]
    interview.edits += 1
    interview.version += 1
    db.session.flush()
    if interview.deadline is None or interview.deadline >= day_of(at):
        close_cases("interview", interview.id, at=at, kinds=("interview",))
    audit.note("interview.change", by, interview=interview.id, owner=interview.owner_id)


def may_move(interview: Interview, stage: str) -> bool:
    """Whether an editor can put it into this stage by hand: one step on, or any number back."""
    if interview.stage not in WORKING or stage not in WORKING:
        return False
    here, there = WORKING.index(interview.stage), WORKING.index(stage)
    return there != here and there <= here + 1


def move(interview: Interview, stage: str, *, by: Member, at: datetime, seen: str) -> None:
    """Put it into another stage. ``seen`` is the stage in which the editor saw it."""
    lock_row(interview)
    if interview.stage != seen:
        raise EditedMeanwhile
    if not may_move(interview, stage):
        raise NotAllowedThere
    audit.note("interview.stage", by, interview=interview.id, was=interview.stage, stage=stage)
    interview.stage = stage
    if stage == "recorded" and interview.recorded_on is None:
        interview.recorded_on = day_of(at)
    interview.version += 1


# Checklist


def add_item(interview: Interview, text: str, *, by: Member) -> ChecklistItem:
    """One more thing to do."""
    last = db.session.scalar(
        select(func.max(ChecklistItem.position)).where(ChecklistItem.interview_id == interview.id)
    )
    item = ChecklistItem(
        interview_id=interview.id, position=(last or 0) + 1, text=clean_line(text)[:240]
    )
    db.session.add(item)
    db.session.flush()
    return item


def reword_item(item: ChecklistItem, text: str) -> None:
    """Say it otherwise."""
    item.text = clean_line(text)[:240]


def remove_item(item: ChecklistItem) -> None:
    """It need not be done."""
    db.session.delete(item)


def tick(item: ChecklistItem, *, by: Member, at: datetime, done: bool) -> None:
    """It is done, or it is not after all. Who did it first stays."""
    if done == (item.done_at is not None):
        return
    item.done_at, item.done_by_id = (at, by.id) if done else (None, None)


# Notes


def add_note(interview: Interview, text: str, *, by: Member, at: datetime) -> InterviewNote:
    """What colleagues should know."""
    words = clean(text)
    note = InterviewNote(
        interview_id=interview.id, by_id=by.id, at=at, text=words, language=language_of(words, by)
    )
    db.session.add(note)
    db.session.flush()
    return note


# The desk


def ask_for_late(interviews: Iterable[Interview], *, at: datetime) -> int:
    """Let the desk look at interviews whose deadline has passed; gives how many are new there."""
    opened = 0
    for interview in interviews:
        if find_open_case("interview", "interview", interview.id):
            continue
        assert interview.deadline is not None
        open_case(
            "interview", subject="interview", subject_id=interview.id, title=interview.guest_name,
            language=interview.language, at=at, due_at=at,
            signals=[{"name": "deadline", "value": interview.deadline.isoformat()}],
        )  # fmt: skip
        opened += 1
    return opened


def _sectors(sector: str, company: Company | None) -> tuple[str, ...]:
    codes = (sector, company.sector if company else "")
    return tuple(dict.fromkeys(code for code in codes if code))


def _free_slug(words: str) -> str:
    base = slugify(words, "interview")[:70].rstrip("-")
    taken = set(db.session.scalars(select(Interview.slug).where(Interview.slug.startswith(base))))
    number = 1
    slug = base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
