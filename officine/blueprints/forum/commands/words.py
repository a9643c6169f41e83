"""A text as it is kept: checked, rendered once, with the people it names."""

from sqlalchemy import delete, select

from officine.blueprints.forum.commands.errors import (
    LONGEST_TEXT,
    MOST_MENTIONS,
    TextMissing,
    TextTooLong,
)
from officine.blueprints.forum.queries import (
    people_called,
)
from officine.core.db import db
from officine.lib.markdown import handles_in, render
from officine.lib.text import clean
from officine.models import (
    Member,
    Mention,
    Post,
)


def checked_text(text: str) -> str:
    text = clean(text)
    if not text:
        raise TextMissing
    if len(text) > LONGEST_TEXT:
        raise TextTooLong(len(text))
    return text


def rendered(text: str) -> tuple[str, list[Member]]:
    """The HTML of a text, made once, and whom it names."""
    people = people_called(handles_in(text)[:MOST_MENTIONS])
    return render(text, {person.handle: person.name for person in people}), people


def rewrite(post: Post, text: str) -> None:
    post.text = text
    post.html, people = rendered(text)
    known = set(db.session.scalars(select(Mention.member_id).where(Mention.post_id == post.id)))
    named = {person.id for person in people}
    db.session.add_all(
        Mention(post_id=post.id, member_id=member_id) for member_id in sorted(named - known)
    )
    db.session.execute(
        delete(Mention).where(Mention.post_id == post.id, Mention.member_id.in_(known - named))
    )
