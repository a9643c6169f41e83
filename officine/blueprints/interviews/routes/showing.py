"""The page of an interview."""

from functools import partial
from itertools import zip_longest
from typing import Any

from flask import Response, abort, request, url_for

from officine.blueprints.captions.queries import passages_of
from officine.blueprints.forum import queries as forum_queries
from officine.blueprints.interviews import policy, queries
from officine.blueprints.interviews.forms import ChapterForm, QuestionForm
from officine.blueprints.interviews.routes.addresses import media_url, track_url
from officine.blueprints.interviews.routes.blueprint import interviews
from officine.blueprints.interviews.routes.linked_data import linked_data
from officine.core.headers import content_security_policy
from officine.core.htmx import page
from officine.core.i18n import page_language
from officine.core.reading import asked_language, reading_order
from officine.core.session import viewer
from officine.lib.moments import clock, moment, vtt_time
from officine.lib.outside_video import OutsideVideo
from officine.models import Chapter, Interview, Video
from officine.models.translation import best_text, is_out_of_date

MOST_TOPICS = 3


@interviews.get("/interviews/<slug>")
def show(slug: str) -> Response:
    """Cinema first, then what is said and what is talked about."""
    return interview_page(find(slug))


@interviews.get("/interviews/<slug>/chapters.vtt")
def chapters(slug: str) -> Response:
    """The chapters, for the player’s bar."""
    interview = find(slug)
    video = queries.video_of(interview)
    ends = video.duration_ms if video and video.duration_ms else None
    cues = ["WEBVTT"]
    for each, following in _with_next(interview.chapters):
        until = following.starts_ms if following else ends or each.starts_ms + 1000
        cues.append(
            f"{vtt_time(each.starts_ms)} --> {vtt_time(max(until, each.starts_ms + 1))}\n"
            + chapter_title(each, interview)[0].replace("&", "&amp;").replace("<", "&lt;")
        )
    return Response("\n\n".join(cues) + "\n", mimetype="text/vtt")


def find(slug: str) -> Interview:
    """The interview at an address; what the viewer may not see does not exist."""
    return queries.find_interview(slug, viewer()) or abort(404)


def chapter_title(chapter: Chapter, interview: Interview) -> tuple[str, str]:
    """What a chapter is called, and in which language, for whoever reads the page."""
    titles = {title.language: title.title for title in chapter.titles}
    for language in (*reading_order(), interview.language, *titles):
        if language in titles:
            return titles[language], language
    return clock(chapter.starts_ms), page_language()


def interview_page(
    interview: Interview,
    *,
    question_form: QuestionForm | None = None,
    chapter_form: ChapterForm | None = None,
    chapter: Chapter | None = None,
) -> Response:
    """The whole page, with the forms as they came back."""
    video = queries.video_of(interview)
    outside = queries.outside_of(video) if video else None
    written, heard = _written(interview), _heard(interview)
    reply = page(
        "interviews/show.html",
        interview=interview,
        clock=clock,
        chapter_form=chapter_form,
        chapter_of_form=chapter,
        related=queries.related_interviews(interview, reading_order()),
        linked_data=linked_data(
            interview, written["text"], video, heard["tracks"], heard["passages"], chapter_title
        ),
        **written,
        **heard,
        **_played(interview, video, outside),
        **_discussed(interview),
        **_asked(interview, question_form),
    )
    _let_play(reply, outside)
    return reply


def _written(interview: Interview) -> dict[str, Any]:
    """What the reader reads of it, and whether the original has changed since."""
    text = best_text(interview, (asked_language("text"), *reading_order()))
    return {
        "text": text,
        "is_outdated": bool(text and is_out_of_date(interview, text)),
        "corrections": queries.corrections_of(interview),
    }


def _heard(interview: Interview) -> dict[str, Any]:
    """Its captions, and what is said in the language one asked for or reads."""
    reads = reading_order()
    tracks = queries.tracks_of(interview, viewer())
    there = [it.language for it in tracks]
    said_in = _first_in((asked_language("transcript"), *reads, interview.language), there)
    track = next((it for it in tracks if it.language == said_in), None)
    return {
        "tracks": tracks,
        "track_url": track_url,
        "captions_on": _first_in(reads, there),
        "track": track,
        "passages": passages_of(track) if track else [],
    }


def _played(
    interview: Interview, video: Video | None, outside: OutsideVideo | None
) -> dict[str, Any]:
    """What the player needs."""
    return {
        "video": video,
        "outside": outside,
        "outside_name": _site(outside) if outside else "",
        "player": _player(interview) if video and outside is None else None,
        "media": partial(media_url, video) if video else None,
        "starts": moment(request.args.get("t", "")) or 0,
    }


def _discussed(interview: Interview) -> dict[str, Any]:
    """The chapters with what is said about each, and the discussion of the whole."""
    topics = _topics(interview)
    topic_id = interview.topic_id if interview.topic_id in topics else None
    return {
        "chapters": [
            {
                "row": each,
                "title": chapter_title(each, interview)[0],
                "language": chapter_title(each, interview)[1],
                "ends_ms": following.starts_ms if following else None,
                "topic": topics.get(each.topic_id) if each.topic_id else None,
            }
            for each, following in _with_next(interview.chapters)
        ],
        "topic": topics.get(topic_id) if topic_id else None,
        "said": queries.latest_said(topic_id, viewer()) if topic_id else [],
        "may_open_chapter": policy.may_open_chapter(
            viewer(), interview.topic if topic_id else None
        ),
        "guest_topics": forum_queries.topics_by(interview.guest, viewer(), MOST_TOPICS)
        if interview.guest
        else [],
    }


def _asked(interview: Interview, form: QuestionForm | None) -> dict[str, Any]:
    """What readers ask the guest. A form opens a session: only who may ask gets one."""
    may_ask = policy.may_ask(viewer(), interview)
    if form is None and may_ask:
        form = QuestionForm(formdata=None)
    return {
        "questions": queries.questions_shown(interview, viewer()),
        "question_form": form,
        "may_ask": may_ask,
        "may_answer": bool(policy.may_answer(viewer(), interview)),
    }


def _player(interview: Interview) -> dict[str, str]:
    """The words of the controls, for the library that draws them."""
    return {"chapters": url_for("interviews.chapters", slug=interview.slug)}


def _site(outside: OutsideVideo) -> str:
    """What people call the site that keeps a video."""
    return {"youtube": "YouTube", "vimeo": "Vimeo"}.get(outside.service, outside.host)


def _let_play(reply: Response, outside: OutsideVideo | None) -> None:
    """This page alone may play what its own script puts together, or frame one other host."""
    if outside:
        allowed = content_security_policy(frame_src=f"https://{outside.host}")
    else:
        allowed = content_security_policy(media_src="'self' blob:")
    reply.headers["Content-Security-Policy"] = allowed


def _topics(interview: Interview) -> dict[int, Any]:
    """The discussions of the interview and its chapters that the viewer may read, by number."""
    ids = [interview.topic_id, *(each.topic_id for each in interview.chapters)]
    wanted = [each for each in ids if each]
    if not wanted:
        return {}
    return {row.id: row for row in forum_queries.topics_numbered(wanted, viewer())}


def _with_next(chapters: list[Chapter]) -> list[tuple[Chapter, Chapter | None]]:
    return list(zip_longest(chapters, chapters[1:]))


def _first_in(wanted: tuple[str, ...], there: list[str]) -> str:
    return next((code for code in wanted if code in there), there[0] if there else "")
