"""Where what belongs to an interview is found, in this page and from elsewhere."""

from flask import current_app, url_for

from officine.core import storage
from officine.core.context import public_url
from officine.models import Interview, Video


def media_url(video: Video, name: str, *, public: bool = False) -> str:
    """A file that was made of a video; ``public`` for feeds and other sites."""
    path = storage.address(f"media/{video.folder}/{name}")
    return f"{current_app.config['PUBLIC_URL']}{path}" if public else path


def track_url(interview: Interview, language: str, *, public: bool = False) -> str:
    """The captions of an interview in a language."""
    page = (public_url if public else url_for)("interviews.show", slug=interview.slug)
    return f"{page}/captions/{language}.vtt"
