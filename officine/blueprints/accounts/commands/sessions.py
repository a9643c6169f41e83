"""Coming in and going out."""

from datetime import datetime, timedelta

from officine.blueprints.accounts.commands.tickets import new_secret
from officine.blueprints.accounts.queries import fingerprint, open_sessions
from officine.core.db import db
from officine.models import Member, SignIn

SEEN_EVERY = timedelta(minutes=10)


def open_session(member: Member, *, device: str, at: datetime) -> str:
    """Sign a member in on a device; gives the secret by which the browser will be known."""
    token = new_secret()
    session = SignIn(
        member_id=member.id,
        token_hash=fingerprint(token),
        device=device[:120],
        started_at=at,
        seen_at=at,
    )
    db.session.add(session)
    member.session_token = token
    return token


def see(session: SignIn, *, at: datetime) -> None:
    """The member was here."""
    session.seen_at = max(session.seen_at, at)


def is_worth_noting(session: SignIn, *, at: datetime) -> bool:
    """Whether they were last seen long enough ago to write it down again."""
    return at - session.seen_at >= SEEN_EVERY


def end_session(session: SignIn, *, at: datetime) -> None:
    """Sign out there."""
    session.ended_at = at


def end_sessions(member: Member, *, at: datetime, keep: SignIn | None = None) -> int:
    """Sign out everywhere, or everywhere else; gives how many sessions ended."""
    ended = [session for session in open_sessions(member) if session is not keep]
    for session in ended:
        end_session(session, at=at)
    return len(ended)
