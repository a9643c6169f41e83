"""Every consequence in Officine on one screen: what happened, and what follows."""

from officine.blueprints.accounts import events as accounts_events
from officine.blueprints.accounts import jobs as accounts_jobs
from officine.blueprints.accounts import notices as accounts_notices
from officine.blueprints.attendance import events as attendance_events
from officine.blueprints.attendance import jobs as attendance_jobs
from officine.blueprints.attendance import notices as attendance_notices
from officine.blueprints.captions import events as captions_events
from officine.blueprints.captions import jobs as captions_jobs
from officine.blueprints.captions import search as captions_search
from officine.blueprints.companies import events as companies_events
from officine.blueprints.companies import jobs as companies_jobs
from officine.blueprints.companies import notices as companies_notices
from officine.blueprints.companies import search as companies_search
from officine.blueprints.desk import events as desk_events
from officine.blueprints.desk import jobs as desk_jobs
from officine.blueprints.desk import notices as desk_notices
from officine.blueprints.events import search as events_search
from officine.blueprints.followup import events as followup_events
from officine.blueprints.followup import notices as followup_notices
from officine.blueprints.forum import events as forum_events
from officine.blueprints.forum import jobs as forum_jobs
from officine.blueprints.forum import notices as forum_notices
from officine.blueprints.forum import search as forum_search
from officine.blueprints.groups import events as groups_events
from officine.blueprints.groups import notices as groups_notices
from officine.blueprints.groups import search as groups_search
from officine.blueprints.interviews import events as interviews_events
from officine.blueprints.interviews import notices as interviews_notices
from officine.blueprints.interviews import search as interviews_search
from officine.blueprints.planning import events as planning_events
from officine.blueprints.planning import jobs as planning_jobs
from officine.blueprints.planning import notices as planning_notices
from officine.blueprints.production import events as production_events
from officine.blueprints.production import notices as production_notices
from officine.blueprints.profiles import events as profiles_events
from officine.blueprints.profiles import jobs as profiles_jobs
from officine.blueprints.profiles import search as profiles_search
from officine.blueprints.texts import events as texts_events
from officine.blueprints.texts import notices as texts_notices
from officine.blueprints.video import events as video_events
from officine.blueprints.video import notices as video_notices
from officine.blueprints.video.jobs import line as video_jobs
from officine.core.outbox import Event, Reaction

REACTIONS: dict[type[Event], list[Reaction]] = {
    accounts_events.TicketIssued: [accounts_notices.hand_over],
    accounts_events.PasswordChanged: [accounts_notices.tell_of_new_password],
    accounts_events.MemberConfirmed: [
        profiles_search.member_changed,
        texts_notices.welcome,
        texts_notices.tell_newcomer,
    ],
    accounts_events.AccountClosed: [
        profiles_search.member_changed,
        accounts_jobs.delete_photo,
        attendance_jobs.give_back_seats,
        forum_jobs.show_name,
        forum_search.name_changed,
    ],
    attendance_events.Registered: [attendance_notices.tell_of_reply],
    attendance_events.OfferMade: [attendance_notices.tell_of_offer],
    attendance_events.OfferLapsed: [attendance_notices.tell_of_lapse],
    attendance_events.InvitedToEvent: [attendance_notices.tell_invited],
    attendance_events.AddressToProve: [attendance_notices.hand_over_link],
    attendance_events.AddressIsMembers: [attendance_notices.tell_member_to_sign_in],
    attendance_events.ChangeLeftToTell: [attendance_notices.tell_of_change],
    followup_events.Ticked: [followup_notices.tell_who_met],
    followup_events.FollowUpDue: [followup_notices.write_follow_up],
    groups_events.GroupChanged: [
        groups_search.group_changed,
        forum_search.group_changed,
        groups_notices.tell_proposer_yes,
    ],
    groups_events.GroupDeclined: [groups_notices.tell_proposer_no],
    groups_events.GroupProposed: [],
    groups_events.MemberJoined: [],
    groups_events.MemberLeft: [],
    groups_events.MemberInvited: [groups_notices.tell_invited],
    groups_events.MemberRemoved: [groups_notices.tell_removed],
    groups_events.JoinRequested: [groups_notices.tell_hosts_of_request],
    groups_events.JoinAnswered: [groups_notices.tell_who_asked],
    forum_events.TopicOpened: [forum_notices.tell_who_can_help],
    forum_events.TopicChanged: [forum_search.topic_changed, forum_notices.tell_who_can_help],
    forum_events.PostWritten: [forum_search.post_changed, forum_notices.tell_of_post],
    forum_events.PostEdited: [forum_search.post_changed, forum_notices.tell_newly_mentioned],
    forum_events.PostDeleted: [forum_search.post_seen_or_not],
    forum_events.PostThanked: [forum_notices.tell_who_was_thanked],
    forum_events.AnswerMarked: [forum_notices.tell_who_helped],
    forum_events.AnswerUnmarked: [],
    desk_events.Decided: [
        desk_notices.tell_affected,
        desk_notices.tell_reporters,
        desk_notices.tell_who_appealed,
        desk_jobs.watch_misuse,
    ],
    desk_events.PostHidden: [forum_search.post_seen_or_not, forum_jobs.out_of_sight],
    desk_events.PostShown: [forum_search.post_seen_or_not],
    desk_events.TopicSplit: [desk_notices.tell_author_of_split],
    desk_events.StandingChanged: [
        profiles_search.member_changed,
        forum_jobs.show_name,
        forum_search.name_changed,
    ],
    desk_events.CaseNoted: [desk_notices.tell_colleague],
    desk_events.Reported: [desk_notices.confirm_report],
    desk_events.Appealed: [desk_notices.confirm_appeal],
    texts_events.TextChanged: [texts_notices.tell_members],
    production_events.InterviewPublished: [
        captions_search.interview_changed,
        interviews_search.interview_changed,
        production_notices.tell_followers,
        production_notices.tell_guest,
    ],
    production_events.FollowersLeft: [production_notices.tell_followers],
    production_events.InterviewWithdrawn: [
        captions_search.interview_changed,
        interviews_search.interview_changed,
        production_notices.tell_makers_of_withdrawal,
    ],
    production_events.InterviewChanged: [
        captions_search.interview_changed,
        interviews_search.interview_changed,
    ],
    production_events.ReleaseSigned: [production_notices.tell_owner_of_signature],
    production_events.PublicationFailed: [production_notices.tell_owner_of_failure],
    profiles_events.ProfileChanged: [profiles_search.member_changed],
    profiles_events.PhotoGivenUp: [profiles_jobs.forget_photo],
    interviews_events.ReaderQuestionAnswered: [interviews_notices.tell_who_asked],
    captions_events.CaptionsChanged: [captions_search.captions_changed],
    captions_events.DraftAsked: [captions_jobs.draft_asked],
    companies_events.CompanyChanged: [
        companies_search.company_changed,
        profiles_search.company_changed,
    ],
    companies_events.LogoGivenUp: [companies_jobs.forget_logo],
    companies_events.SpeakingRequested: [companies_notices.tell_who_answers],
    companies_events.SpeakingAnswered: [companies_notices.tell_who_asked],
    video_events.UploadFinished: [video_jobs.begin],
    video_events.VideoReady: [video_notices.tell_owner_it_is_ready],
    video_events.VideoStopped: [video_notices.tell_owner_it_stopped],
    video_events.VideoGivenUp: [video_jobs.forget_files],
    planning_events.EventProposed: [],
    planning_events.EventDeclined: [planning_notices.tell_proposer_no],
    planning_events.EventPublished: [
        events_search.event_changed,
        planning_notices.tell_proposer_yes,
    ],
    planning_events.EventChanged: [events_search.event_changed, attendance_jobs.seats_changed],
    planning_events.SeriesBegun: [planning_jobs.make_dates],
    planning_events.FileGivenUp: [planning_jobs.forget_file],
    planning_events.EventRescheduled: [
        events_search.event_rescheduled,
        attendance_jobs.seats_changed,
        attendance_notices.tell_of_change,
    ],
    planning_events.EventCancelled: [
        events_search.event_rescheduled,
        attendance_notices.tell_of_change,
    ],
    planning_events.EventWithdrawn: [
        events_search.event_changed,
    ],
}
