"""The nouns of Officine, one a file. Importing this package makes every table known."""

from officine.models.appeal import Appeal
from officine.models.calendar import CalendarAddress, CalendarSource
from officine.models.caption import CaptionDraft, CaptionEdit, CaptionTrack, Cue
from officine.models.case import Case, CaseNote
from officine.models.company import Company, CompanyRequest
from officine.models.decision import Decision
from officine.models.document import Dismissal, Document, Edition
from officine.models.duty import Leave, Shift
from officine.models.event import (
    Event,
    EventChange,
    EventMaterial,
    EventSeries,
    EventText,
    Organiser,
)
from officine.models.event_details import (
    EventQuestion,
    EventQuestionText,
    EventSession,
    EventSessionText,
    Partner,
    PartnerText,
    Speaker,
)
from officine.models.follow_up import FollowUp, FollowUpText
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
from officine.models.picture import Picture, PostPicture
from officine.models.post import (
    Hiding,
    Mention,
    PendingEdit,
    Post,
    PostRevision,
    RefusedEdit,
    Thanks,
)
from officine.models.reading import Draft, Follow, ReadMark
from officine.models.rearrangement import Rearrangement
from officine.models.registration import Feedback, MetTick, Registration, RegistrationAnswer
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
    "CalendarAddress",
    "CalendarSource",
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
    "Event",
    "EventChange",
    "EventMaterial",
    "EventQuestion",
    "EventQuestionText",
    "EventSeries",
    "EventSession",
    "EventSessionText",
    "EventText",
    "Feedback",
    "Follow",
    "FollowUp",
    "FollowUpText",
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
    "MetTick",
    "Notification",
    "OldAddress",
    "Organiser",
    "Partner",
    "PartnerText",
    "PendingEdit",
    "Picture",
    "Pin",
    "Post",
    "PostPicture",
    "PostRevision",
    "ReadMark",
    "ReaderQuestion",
    "Rearrangement",
    "RefusedEdit",
    "Registration",
    "RegistrationAnswer",
    "Release",
    "Report",
    "Sanction",
    "Screening",
    "Shift",
    "SignIn",
    "Slowing",
    "Speaker",
    "Thanks",
    "Ticket",
    "Topic",
    "Upload",
    "Video",
    "VideoStep",
]
