"""Where an interview and its chapters are talked about: ordinary topics of a group.

An editor begins the discussion of an interview in a group; whoever wants to talk about a chapter
begins one in the same group.
"""

from typing import Any

from flask import abort, flash, url_for
from flask_babel import gettext as _

from officine.blueprints.forum import commands as forum_commands
from officine.blueprints.forum import policy as forum_policy
from officine.blueprints.forum import queries as forum_queries
from officine.blueprints.groups import commands as groups_commands
from officine.blueprints.groups import policy as groups_policy
from officine.blueprints.groups import queries as groups_queries
from officine.blueprints.interviews import commands, policy, queries
from officine.blueprints.interviews.forms import ChapterForm, DiscussionForm
from officine.blueprints.interviews.routes.blueprint import interviews
from officine.blueprints.interviews.routes.showing import chapter_title, find, interview_page
from officine.core.clock import now
from officine.core.htmx import done, page
from officine.core.limits import too_often
from officine.core.permission import allow
from officine.core.session import viewer
from officine.models import Group, Interview

LONGEST_TITLE = 160

# Counted together with the topics and messages that are written in the forum itself.
MOST_TOPICS = "10 per hour"
MOST_POSTS = "30 per 10 minutes"


@interviews.post("/interviews/<slug>/chapters/<int:chapter_id>/topic")
def open_chapter(slug: str, chapter_id: int) -> Any:
    """Begin to discuss a chapter."""
    interview = find(slug)
    chapter = queries.find_chapter(interview, chapter_id) or abort(404)
    place = forum_queries.find_topic(interview.topic_id, viewer()) if interview.topic_id else None
    allow(policy.may_open_chapter(viewer(), place))
    assert place is not None
    if chapter.topic_id is not None:
        return done(url_for("forum.show", topic_id=chapter.topic_id))

    form = ChapterForm()
    if not form.validate():
        return interview_page(interview, chapter_form=form, chapter=chapter), 422
    if refused := too_often(
        (MOST_TOPICS, f"topics:{viewer().id}"), (MOST_POSTS, f"posts:{viewer().id}")
    ):
        form.text.errors = [refused]
        return interview_page(interview, chapter_form=form, chapter=chapter), 429
    _let_write(place.group)
    title = f"{interview.guest_name}: {chapter_title(chapter, interview)[0]}"
    try:
        commands.claim_discussion(chapter)
    except commands.AlreadyDiscussed:
        return done(url_for("forum.show", topic_id=chapter.topic_id))
    topic = forum_commands.open_topic(
        place.group, by=viewer(), title=title[:LONGEST_TITLE], text=form.text.data or "", at=now()
    )
    commands.discuss_in(chapter, topic)
    return done(url_for("forum.show", topic_id=topic.id, slug=topic.slug))


@interviews.post("/desk/interviews/<int:interview_id>/topic")
def open_topic(interview_id: int) -> Any:
    """Begin the discussion of an interview, in a group that an editor chooses."""
    interview = for_the_desk(interview_id)
    form = DiscussionForm(group_choices())
    title = next(
        (it.title for it in interview.texts if it.language == interview.language),
        interview.guest_name,
    )
    if not form.validate():
        return page(
            "interviews/asked.html",
            part="asked",
            interview=interview,
            title=title,
            questions=queries.questions_asked(interview),
            form=form,
        ), 422
    group = groups_queries.find_group(form.group.data, viewer()) or abort(404)
    try:
        commands.claim_discussion(interview)
    except commands.AlreadyDiscussed:
        return done(url_for(".asked", interview_id=interview.id))
    topic = forum_commands.open_topic(
        group, by=viewer(), title=title, text=form.text.data or "", at=now()
    )
    commands.discuss_in(interview, topic)
    flash(_("The discussion is open in “%(group)s”.", group=group.name), "success")
    return done(url_for("forum.show", topic_id=topic.id, slug=topic.slug))


def group_choices() -> list[tuple[str, str]]:
    """The groups in which the viewer may begin the discussion of an interview."""
    return [(group.slug, group.name) for group in forum_queries.groups_to_write_in(viewer())]


def for_the_desk(interview_id: int) -> Interview:
    """An interview at whatever stage; for whoever is not of the desk its page does not exist."""
    if not viewer().is_member:
        allow(policy.may_choose(viewer()))
    interview = queries.find_any_interview(interview_id) if viewer().is_staff else None
    return interview or abort(404)


def _let_write(group: Group) -> None:
    """Who writes in a group belongs to it; an open one takes them in by the same step."""
    membership = groups_queries.membership_of(viewer(), group)
    verdict = forum_policy.may_open(viewer(), group, membership)
    if verdict is not forum_policy.JOIN_FIRST:
        allow(verdict)
        return
    allow(groups_policy.may_join(viewer(), group))
    groups_commands.join(group, viewer(), at=now())
    flash(_("You are now a member of %(group)s.", group=group.name), "success")
