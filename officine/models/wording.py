"""The words of a post: made into HTML once, with the people they name, and changed."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select

from officine.core.db import db
from officine.lib.markdown import handles_in, render
from officine.models.member import Member
from officine.models.picture import note_pictures
from officine.models.post import Mention, Post, PostRevision
from officine.models.sanction import is_here

MOST_MENTIONS = 20


def people_called(handles: Iterable[str]) -> list[Member]:
    """The members with these handles who are here: not gone, and confirmed."""
    wanted = list(handles)
    if not wanted:
        return []
    return list(
        db.session.scalars(
            select(Member).where(
                Member.handle.in_(wanted),
                is_here(),
                Member.confirmed_at.is_not(None),
            )
        )
    )


def rendered(text: str) -> tuple[str, list[Member]]:
    """The HTML of a text, made once, and whom it names."""
    people = people_called(handles_in(text)[:MOST_MENTIONS])
    return render(text, {person.handle: person.name for person in people}), people


def rewrite(post: Post, text: str) -> None:
    """Let a post say this, and name whom it names. What it said is kept by whoever calls."""
    post.text = text
    post.html, people = rendered(text)
    note_pictures(post)
    known = set(db.session.scalars(select(Mention.member_id).where(Mention.post_id == post.id)))
    named = {person.id for person in people}
    # Who is not here now keeps their place: their account may be given back.
    written = set(
        db.session.scalars(
            select(Member.id).where(Member.id.in_(known), Member.handle.in_(handles_in(text)))
        )
    )
    db.session.add_all(
        Mention(post_id=post.id, member_id=member_id) for member_id in sorted(named - known)
    )
    db.session.execute(
        delete(Mention).where(Mention.post_id == post.id, Mention.member_id.in_(known - written))
    )


def change_words(post: Post, text: str, language: str, *, by: Member, at: datetime) -> bool:
    """Give a post in sight other words; readers can read what they were. False if nothing is
    different.
    """
    if (text, language) == (post.text, post.language):
        return False
    post.language = language
    if post.opens:
        post.topic.language = language
    if text != post.text:
        db.session.add(
            PostRevision(post_id=post.id, text=post.text, html=post.html, until=at, by_id=by.id)
        )
        rewrite(post, text)
        post.edited_at = at
    post.version += 1
    post.topic.version += 1
    return True
