"""Every consequence in Officine on one screen: what happened, and what follows."""

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
}
