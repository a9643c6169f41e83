"""The nouns of Officine, one a file. Importing this package makes every table known."""

from officine.models.company import Company, CompanyRequest
from officine.models.decision import Decision
from officine.models.group import Group, Invitation, JoinRequest, Membership
from officine.models.member import Member
from officine.models.notification import Notification
from officine.models.old_address import OldAddress
from officine.models.post import Hiding, Mention, Post, PostRevision, Thanks
from officine.models.reading import Draft, Follow, ReadMark
from officine.models.report import Report
from officine.models.sign_in import SignIn
from officine.models.ticket import Ticket
from officine.models.topic import Answer, Lock, Pin, Topic

__all__ = [
    "Answer",
    "Company",
    "CompanyRequest",
    "Decision",
    "Draft",
    "Follow",
    "Group",
    "Hiding",
    "Invitation",
    "JoinRequest",
    "Lock",
    "Member",
    "Membership",
    "Mention",
    "Notification",
    "OldAddress",
    "Pin",
    "Post",
    "PostRevision",
    "ReadMark",
    "Report",
    "SignIn",
    "Thanks",
    "Ticket",
    "Topic",
]
