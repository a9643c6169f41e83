"""Where a member belongs, for them to take away."""

from typing import Any

from sqlalchemy import select

from officine.core.db import db
from officine.core.export import moment
from officine.models import Group, JoinRequest, Member, Membership


def memberships(member: Member) -> list[dict[str, Any]]:
    """The groups they are in."""
    return [
        {"group": name, "slug": slug, "host": host, "joined_at": moment(joined)}
        for name, slug, host, joined in db.session.execute(
            select(Group.name, Group.slug, Membership.is_host, Membership.joined_at)
            .join(Group, Group.id == Membership.group_id)
            .where(Membership.member_id == member.id)
            .order_by(Membership.joined_at)
        )
    ]


def requests_to_join(member: Member) -> list[dict[str, Any]]:
    """What they told the hosts of the groups they asked to join."""
    return [
        {"group": name, "text": text, "asked_at": moment(asked)}
        for name, text, asked in db.session.execute(
            select(Group.name, JoinRequest.text, JoinRequest.asked_at)
            .join(Group, Group.id == JoinRequest.group_id)
            .where(JoinRequest.member_id == member.id)
            .order_by(JoinRequest.id)
        )
    ]


PARTS = {"memberships": memberships, "requests_to_join": requests_to_join}
