"""The first page, for visitors and for members."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from flask import Blueprint, Response, flash, request, url_for
from flask_babel import format_timedelta, ngettext, to_user_timezone
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from officine.blueprints.events.queries import next_events
from officine.blueprints.forum import queries as forum
from officine.blueprints.groups.queries import my_groups
from officine.blueprints.home import commands, queries
from officine.blueprints.interviews.queries import InterviewRow, latest_interview
from officine.blueprints.texts import queries as texts
from officine.core.clock import now
from officine.core.htmx import done, page
from officine.core.i18n import page_language
from officine.core.permission import SIGN_IN_FIRST, allow
from officine.core.reading import reading_order
from officine.core.session import viewer
from officine.lib.markdown import handles_in, render
from officine.models.wording import people_called

home = Blueprint("home", __name__)

THIS_WEEK = timedelta(days=7)
NEW_FOR = timedelta(days=14)
MOST_TOPICS = 5
MOST_NEWS = 6
MOST_EVENTS = 3
CALLS_LOOKED_AT = 20
CALLS_LAST = timedelta(days=7)

# From which hours it is morning, afternoon and evening, as people say in each language.
PARTS_OF_DAY = {"it": (5, 13, 18), "en": (5, 12, 18), "es": (6, 14, 21)}

NUMBERS = (
    _l("two"), _l("three"), _l("four"), _l("five"), _l("six"), _l("seven"), _l("eight"),
    _l("nine"), _l("ten"),
)  # fmt: skip


@home.get("/")
def show() -> Response:
    return _today() if viewer().is_member else _welcome()


@home.post("/readings")
def read_everything() -> Any:
    allow(True if viewer().is_member else SIGN_IN_FIRST)
    commands.read_everything(viewer(), until=_moment(request.form.get("until", "")), at=now())
    flash(_("All of it counts as read."), "success")
    return done(url_for(".show"))


def _welcome() -> Response:
    at = now()
    answers = queries.useful_answers()
    interview = latest_interview(viewer().reads)
    opening = None if interview else _first_in(viewer().reads, answers)
    useful = _useful_this_week([each for each in answers if each is not opening], at)
    return page(
        "home/show.html",
        writers=_writers(),
        faces=queries.recent_faces(),
        interview=interview,
        opening=opening,
        useful=useful,
        quoted=_quoted(useful) if useful else None,
        topics=_topics(shown={each.topic_id for each in (opening, useful) if each}),
        groups=queries.groups_in(page_language(), at),
        next_events=next_events(viewer(), reading_order(), at, limit=MOST_EVENTS),
        suggestions=texts.suggestions_for(viewer(), at),
    )


def _writers() -> list[tuple[str, int]]:
    """Languages with how many write in each: the page’s own first, then the most spoken."""
    writers = queries.writers_by_language()
    own = page_language()
    return sorted(writers.items(), key=lambda each: (each[0] != own, -each[1], each[0]))


def _topics(shown: set[int]) -> list[forum.TopicRow]:
    """Where people write now, but for what the page shows already: first what the visitor
    reads, then a little of the rest.
    """
    recent = [each for each in forum.recent_topics(viewer(), limit=24) if each.id not in shown]
    theirs = [topic for topic in recent if topic.language in viewer().reads]
    others = [topic for topic in recent if topic.language not in viewer().reads]
    others = others[: max(2, MOST_TOPICS - len(theirs))]
    return [*theirs[: MOST_TOPICS - len(others)], *others]


def _first_in(
    languages: Sequence[str], answers: Sequence[queries.UsefulAnswer]
) -> queries.UsefulAnswer | None:
    """The newest answer in the page’s language, else in one the visitor reads."""
    order = {language: place for place, language in enumerate(languages)}
    return min(answers, key=lambda each: order.get(each.language, len(order)), default=None)


def _useful_this_week(
    answers: Sequence[queries.UsefulAnswer], at: datetime
) -> queries.UsefulAnswer | None:
    """The answer of this week that helped most people, in the page’s language if there is one."""
    recent = [each for each in answers if each.marked_at > at - THIS_WEEK]
    return max(
        recent, key=lambda each: (each.language == page_language(), each.thanks), default=None
    )


def _quoted(answer: queries.UsefulAnswer) -> tuple[Markup, bool]:
    """The beginning of an answer, and whether something follows."""
    begun = queries.beginning(answer.text)
    handles = handles_in(begun) if "@" in begun else []
    names = tuple((each.handle, each.name) for each in people_called(handles)) if handles else ()
    return _rendered(begun, names), len(begun) < len(answer.text.rstrip())


@lru_cache(maxsize=32)
def _rendered(text: str, names: tuple[tuple[str, str], ...]) -> Markup:
    return Markup(render(text, dict(names)))


def _today() -> Response:
    at = now()
    groups = my_groups(viewer())
    mine = frozenset(group.slug for group in groups)
    calls = forum.sos_waiting(viewer(), limit=CALLS_LOOKED_AT, since=at - CALLS_LAST)
    new = forum.new_for(viewer(), limit=MOST_NEWS + len(calls)) if groups else []
    latest = queries.latest_of([*calls, *new])
    calls_for_me = queries.calls_for(viewer(), calls, latest, mine, at)
    called = {call.topic.id for call in calls_for_me}
    # What stands above as a call for help is not told again below.
    told_above = sum(topic.id in called for topic in new)
    unread = sum(group.unread for group in groups) - told_above
    new = [topic for topic in new if topic.id not in called][:MOST_NEWS]
    doors = queries.doors_of(viewer())
    asking = [each for each in doors if each.kind == "request"]
    return page(
        "home/today.html",
        at=at,
        span=lambda waiting: format_timedelta(waiting, threshold=1),
        part_of_day=_part_of_day(at),
        truth=_truth(len(calls_for_me) + len(asking), unread),
        calls=calls_for_me,
        news=queries.news_of(new, latest),
        more_unread=max(0, unread - len(new)),
        doors=doors,
        welcome=texts.find_welcome(viewer(), page_language(), at),
        suggested=texts.suggestions_for(viewer(), at),
        interview=_new_interview(at),
        next_events=next_events(viewer(), reading_order(), at, limit=MOST_EVENTS),
        meeting=queries.someone_to_meet(viewer(), to_user_timezone(at).date()),
        my_groups=groups,
        suggestions=[] if groups else queries.groups_to_join(viewer(), at),
    )


def _new_interview(at: datetime) -> InterviewRow | None:
    """The latest interview, while it is new."""
    interview = latest_interview(viewer().reads)
    return interview if interview and interview.published_at > at - NEW_FOR else None


def _part_of_day(at: datetime) -> str:
    hour = to_user_timezone(at).hour
    morning, afternoon, evening = PARTS_OF_DAY[page_language()]
    if morning <= hour < afternoon:
        return "morning"
    return "afternoon" if afternoon <= hour < evening else "evening"


def _truth(people: int, topics: int) -> list[str]:
    """What the day asks for, in a sentence or two."""
    said = []
    if people:
        said.append(
            ngettext("One person needs you.", "%(count)s people need you.", people,
                     count=_spelled(people))
        )  # fmt: skip
    if topics and people:
        said.append(
            ngettext("Then one topic to read.", "Then %(count)s topics to read.", topics,
                     count=_spelled(topics))
        )  # fmt: skip
    elif topics:
        said.append(
            ngettext("One topic to read.", "%(count)s topics to read.", topics,
                     count=_spelled(topics))
        )  # fmt: skip
    return [sentence[:1].upper() + sentence[1:] for sentence in said]


def _spelled(count: int) -> str:
    """A small number in letters."""
    return str(NUMBERS[count - 2]) if 2 <= count <= len(NUMBERS) + 1 else str(count)


def _moment(text: str) -> datetime:
    """When the page that was sent was made; now, if it does not say."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return now()
    return min(moment, now()) if moment.tzinfo else now()
