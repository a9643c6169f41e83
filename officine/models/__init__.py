"""The nouns of Officine, one a file. Importing this package makes every table known."""

from officine.models.appeal import Appeal
from officine.models.caption import CaptionDraft, CaptionEdit, CaptionTrack, Cue
from officine.models.case import Case, CaseNote
from officine.models.company import Company, CompanyRequest
from officine.models.decision import Decision
from officine.models.document import Dismissal, Document, Edition
from officine.models.duty import Leave, Shift
from officine.models.group import Group, Invitation, JoinRequest, Membership
from officine.models.highlight import Highlight
from officine.models.interview import (
    Chapter,
    ChapterTitle,
    ChecklistItem,
    Correction,
    Interest,
    Interview,
    InterviewNote,
    InterviewQuestion,
    InterviewText,
    ReaderQuestion,
    Release,
)
from officine.models.member import Member
from officine.models.notification import Notification
from officine.models.old_address import OldAddress
from officine.models.post import Hiding, Mention, PendingEdit, Post, PostRevision, Thanks
from officine.models.reading import Draft, Follow, ReadMark
from officine.models.rearrangement import Rearrangement
from officine.models.report import Report
from officine.models.sanction import Sanction
from officine.models.screening import Screening
from officine.models.sign_in import SignIn
from officine.models.ticket import Ticket
from officine.models.topic import Answer, Lock, MergedTopic, Pin, Slowing, Topic
from officine.models.video import Upload, Video, VideoStep

__all__ = [
    "Answer",
    "Appeal",
    "CaptionDraft",
    "CaptionEdit",
    "CaptionTrack",
    "Case",
    "CaseNote",
    "Chapter",
    "ChapterTitle",
    "ChecklistItem",
    "Company",
    "CompanyRequest",
    "Correction",
    "Cue",
    "Decision",
    "Dismissal",
    "Document",
    "Draft",
    "Edition",
    "Follow",
    "Group",
    "Hiding",
    "Highlight",
    "Interest",
    "Interview",
    "InterviewNote",
    "InterviewQuestion",
    "InterviewText",
    "Invitation",
    "JoinRequest",
    "Leave",
    "Lock",
    "Member",
    "Membership",
    "Mention",
    "MergedTopic",
    "Notification",
    "OldAddress",
    "PendingEdit",
    "Pin",
    "Post",
    "PostRevision",
    "ReadMark",
    "ReaderQuestion",
    "Rearrangement",
    "Release",
    "Report",
    "Sanction",
    "Screening",
    "Shift",
    "SignIn",
    "Slowing",
    "Thanks",
    "Ticket",
    "Topic",
    "Upload",
    "Video",
    "VideoStep",
]
