"""Who hears of interviews: those who follow their guest, company or sector, and those who make
them. Each thing once.
"""

from officine.blueprints.production import queries
from officine.blueprints.production.events import (
    FollowersLeft,
    InterviewPublished,
    InterviewWithdrawn,
    PublicationFailed,
    ReleaseSigned,
)
from officine.core import mail
from officine.core.clock import now
from officine.core.context import public_url
from officine.core.db import db
from officine.core.i18n import writing_in
from officine.core.outbox import record
from officine.core.unsubscribe import unsubscribe_headers, unsubscribe_url
from officine.models import Interview, Member, Release
from officine.models.notification import notify
from officine.models.translation import best_text

BATCH = 100


def tell_followers(event: InterviewPublished | FollowersLeft) -> None:
    """Those who follow the guest, the company or a sector, and read one of its languages, hear
    that it is published: once, in their language.
    """
    interview = db.session.get(Interview, event.interview_id)
    if interview is None or not interview.is_published:
        return
    after = event.after if isinstance(event, FollowersLeft) else 0
    people = queries.followers_of(interview, after, BATCH)
    for member in people:
        _tell_of_publication(member, interview)
    if len(people) == BATCH:
        # The rest in a transaction of their own: nobody waits for thousands of letters.
        record(FollowersLeft(interview.id, people[-1].id))


def tell_guest(event: InterviewPublished) -> None:
    """The guest hears that it is published."""
    interview = db.session.get(Interview, event.interview_id)
    if interview is None or not interview.is_published or interview.guest is None:
        return
    notify(
        interview.guest, kind="interview-yours", cause=f"interview-yours:{interview.id}",
        at=now(), interview_id=interview.id,
    )  # fmt: skip


def tell_makers_of_withdrawal(event: InterviewWithdrawn) -> None:
    """Its owner, the community managers and the administrators hear that the guest withdrew the
    release, and letters about it that have not left yet stay here.
    """
    interview = db.session.get(Interview, event.interview_id)
    if interview is None or interview.is_published:
        return
    mail.withdraw(f"interview:{interview.id}:")
    if not event.by_guest:
        return
    release = queries.releases(interview)[0]
    makers = [member for member in queries.editors() if member.is_leader]
    if interview.owner not in makers:
        makers.append(interview.owner)
    for member in makers:
        cause = f"release-withdrawn:{release.id}"
        if not _notify(member, interview, "interview-withdrawn", cause):
            continue
        with writing_in(member.interface_language):
            url = public_url("production.show", interview_id=interview.id)
        mail.write(
            "production/withdrawn", to=member, key=f"{cause}:{member.id}", interview=interview,
            why=release.why_withdrawn, language=release.language, url=url,
        )  # fmt: skip


def tell_owner_of_signature(event: ReleaseSigned) -> None:
    """Who looks after it hears that the guest signed."""
    release = db.session.get(Release, event.release_id)
    if release is None:
        return
    interview = db.session.get(Interview, release.interview_id)
    if interview is not None:
        _notify(interview.owner, interview, "interview-signed", f"release-signed:{release.id}")


def tell_owner_of_failure(event: PublicationFailed) -> None:
    """Who looks after it hears that it was not published at its time."""
    interview = db.session.get(Interview, event.interview_id)
    if interview is not None:
        cause = f"interview-failed:{interview.id}:{now():%Y%m%d}"
        _notify(interview.owner, interview, "interview-failed", cause)


def _tell_of_publication(member: Member, interview: Interview) -> None:
    cause = f"interview:{interview.id}"
    # Letters are let go of after a while, notifications are not: they know who has heard.
    if not _notify(member, interview, "interview-published", cause) or not member.mail_interviews:
        return
    text = best_text(interview, _languages(member))
    assert text is not None, "nothing is published without a title"
    with writing_in(member.interface_language):
        url = public_url("interviews.show", slug=interview.slug)
        stop_url = unsubscribe_url(member.id, "interviews")
    mail.write(
        "production/published",
        to=member,
        key=f"{cause}:{member.id}",
        headers=unsubscribe_headers(stop_url),
        interview=interview,
        text=text,
        url=url,
        stop_url=stop_url,
    )


def _languages(member: Member) -> list[str]:
    """What they read, the language in which they use the site first."""
    mine = member.interface_language
    return sorted(member.reads, key=lambda code: code != mine)


def _notify(member: Member, interview: Interview, kind: str, cause: str) -> bool:
    return notify(member, kind=kind, cause=cause, at=now(), interview_id=interview.id)
