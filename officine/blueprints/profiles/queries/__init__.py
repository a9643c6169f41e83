"""Who is here, as much of each as they show to whoever is looking."""

from officine.blueprints.profiles.queries.activity import (
    GroupOf,
    Help,
    HelpfulAnswer,
    groups_of,
    help_of,
    helpful_answers,
)
from officine.blueprints.profiles.queries.listing import (
    ORDERS,
    PAGE,
    Listed,
    PersonRow,
    Wanted,
    listed_people,
    people_named,
)
from officine.blueprints.profiles.queries.members import (
    find_member,
    gave_up_handle,
    is_listed,
    present_handle,
    visible_to,
)
from officine.blueprints.profiles.queries.profile import (
    EVERYONE,
    Profile,
    profile_of,
    public_fields,
)

__all__ = [
    "EVERYONE",
    "ORDERS",
    "PAGE",
    "GroupOf",
    "Help",
    "HelpfulAnswer",
    "Listed",
    "PersonRow",
    "Profile",
    "Wanted",
    "find_member",
    "gave_up_handle",
    "groups_of",
    "help_of",
    "helpful_answers",
    "is_listed",
    "listed_people",
    "people_named",
    "present_handle",
    "profile_of",
    "public_fields",
    "visible_to",
]
