"""Every consequence in Officine on one screen: what happened, and what follows."""

from officine.blueprints.forum import events as forum_events
from officine.blueprints.forum import notices as forum_notices
from officine.blueprints.groups import events as groups_events
from officine.blueprints.groups import notices as groups_notices
from officine.core.outbox import Event, Reaction

REACTIONS: dict[type[Event], list[Reaction]] = {
    groups_events.GroupChanged: [groups_notices.tell_proposer_yes],
    groups_events.GroupDeclined: [groups_notices.tell_proposer_no],
    groups_events.GroupProposed: [],
    groups_events.MemberJoined: [],
    groups_events.MemberLeft: [],
    groups_events.MemberInvited: [groups_notices.tell_invited],
    groups_events.MemberRemoved: [groups_notices.tell_removed],
    groups_events.JoinRequested: [groups_notices.tell_hosts_of_request],
    groups_events.JoinAnswered: [groups_notices.tell_who_asked],
    forum_events.TopicOpened: [forum_notices.tell_who_can_help],
    forum_events.TopicChanged: [forum_notices.tell_who_can_help],
    forum_events.PostWritten: [forum_notices.tell_of_post],
    forum_events.PostEdited: [forum_notices.tell_newly_mentioned],
    forum_events.PostDeleted: [],
    forum_events.AnswerMarked: [forum_notices.tell_who_helped],
    forum_events.AnswerUnmarked: [],
}
