"""Who hears of the team’s texts: newcomers are welcomed, members told what changes for them."""

from sqlalchemy import select

from officine.blueprints.accounts.events import MemberConfirmed
from officine.blueprints.texts import queries
from officine.blueprints.texts.events import TextChanged
from officine.core import mail
from officine.core.clock import now
from officine.core.context import public_url
from officine.core.db import db
from officine.core.i18n import writing_in
from officine.core.outbox import record
from officine.models import Edition, Member
from officine.models.notification import notify

BATCH = 100


def welcome(event: MemberConfirmed) -> None:
    """A newcomer finds a few words from the team."""
    member = db.session.get(Member, event.member_id)
    text = queries.find_text_called("welcome", "welcome")
    if member is None or member.left_at or text is None:
        return
    notify(member, kind="welcome", cause="welcome", at=now(), document_id=text.document.id)


def tell_newcomer(event: MemberConfirmed) -> None:
    """Who accepted what was in force when they signed up, and confirms their address after it
    changed, hears of that like everyone.
    """
    member = db.session.get(Member, event.member_id)
    if member is None or member.left_at:
        return
    for document_id, revision in queries.significant_since(member.joined_at):
        if (text := queries.find_text(document_id)) and _change(text, revision):
            _tell(member, text, revision)


def tell_members(event: TextChanged) -> None:
    """Everyone who was a member when a text changed hears of it once, in their language, with
    what is different. Who signs up afterwards reads and accepts what comes there.
    """
    text = queries.find_text(event.document_id)
    change = _change(text, event.revision) if text else None
    if text is None or change is None:
        return
    people = db.session.scalars(
        select(Member)
        .where(Member.id > event.after, Member.left_at.is_(None))
        .where(Member.confirmed_at.is_not(None), Member.joined_at <= change.at)
        .order_by(Member.id)
        .limit(BATCH)
    ).all()
    for member in people:
        _tell(member, text, event.revision)
    if len(people) == BATCH:
        # The rest in a transaction of their own: nobody waits for thousands of letters.
        record(TextChanged(event.document_id, event.revision, after=people[-1].id))


def _change(text: queries.TextState, revision: int) -> Edition | None:
    return queries.find_change(text.document, revision, "")


def _tell(member: Member, text: queries.TextState, revision: int) -> None:
    cause = f"text:{text.document.id}:{revision}"
    # Letters are let go of after a while, notifications are not: they know who has heard.
    if not notify(member, kind="text-changed", cause=cause, at=now(), document_id=text.document.id):
        return
    edition, change = text.edition(member.interface_language), _change(text, revision)
    assert isinstance(edition, Edition) and isinstance(change, Edition)
    with writing_in(member.interface_language):
        url = public_url("texts.change", key=text.document.key, revision=revision)
        whole_url = public_url("texts.show", key=text.document.key)
    mail.write(
        "texts/changed",
        to=member,
        key=f"{cause}:{member.id}",
        title=edition.title,
        is_translated=edition.language == member.interface_language
        and edition.revision >= revision,
        first_day=change.in_force_on,
        url=url,
        whole_url=whole_url,
    )
