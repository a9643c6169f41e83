"""An interview for search engines, as schema.org describes a video."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import current_app

from officine.blueprints.interviews.queries import outside_of
from officine.blueprints.interviews.routes.addresses import media_url, track_url
from officine.core.context import public_url
from officine.lib.captions import Passage
from officine.lib.moments import iso_duration
from officine.models import CaptionTrack, Chapter, Interview, InterviewText, Video
from officine.models.interview import picture_url

Titles = Callable[[Chapter, Interview], tuple[str, str]]


def linked_data(
    interview: Interview,
    text: InterviewText | None,
    video: Video | None,
    tracks: Sequence[CaptionTrack],
    passages: Sequence[Passage],
    title_of: Titles,
) -> dict[str, Any] | None:
    """A VideoObject with its chapters; None for what not everyone may see."""
    if text is None or video is None or not interview.is_published or not interview.published_at:
        return None
    url = public_url("interviews.show", slug=interview.slug)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "VideoObject",
        "@id": url,
        "name": text.title,
        "description": text.standfirst or text.title,
        "url": url,
        "inLanguage": interview.language,
        "uploadDate": interview.published_at.isoformat(timespec="seconds"),
        "publisher": {
            "@type": "Organization",
            "name": current_app.config["SITE_NAME"],
            "url": public_url("home.show"),
        },
        "actor": {"@type": "Person", "name": interview.guest_name},
    }
    if picture := picture_url(interview.poster_key):
        data["thumbnailUrl"] = [current_app.config["PUBLIC_URL"] + picture]
    if video.duration_ms:
        data["duration"] = iso_duration(video.duration_ms)
    if outside := outside_of(video):
        data["embedUrl"] = outside.embed_url
    elif video.outside is None:
        data["contentUrl"] = media_url(video, "plain.mp4", public=True)
    if tracks:
        data["caption"] = [_caption(interview, track) for track in tracks]
    if passages:
        data["transcript"] = "\n".join(
            f"{it.speaker}: {it.text}" if it.speaker else it.text for it in passages
        )
    if interview.chapters:
        data["hasPart"] = _clips(interview, video, url, title_of)
    return data


def _caption(interview: Interview, track: CaptionTrack) -> dict[str, Any]:
    return {
        "@type": "MediaObject",
        "encodingFormat": "text/vtt",
        "inLanguage": track.language,
        "contentUrl": track_url(interview, track.language, public=True),
    }


def _clips(interview: Interview, video: Video, url: str, title_of: Titles) -> list[dict[str, Any]]:
    ends = [each.starts_ms for each in interview.chapters[1:]] + [video.duration_ms]
    clips = []
    for chapter, end in zip(interview.chapters, ends, strict=True):
        begin = chapter.starts_ms // 1000
        clip = {
            "@type": "Clip",
            "name": title_of(chapter, interview)[0],
            "startOffset": begin,
            "url": f"{url}?t={begin}",
        }
        if end:
            clip["endOffset"] = end // 1000
        clips.append(clip)
    return clips
