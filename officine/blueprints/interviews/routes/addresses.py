"""Where what belongs to an interview is found."""

from flask import url_for

from officine.core.context import public_url
from officine.models import Video


def media_url(video: Video, name: str, *, public: bool = False) -> str:
    """A file that was made of a video; ``public`` for feeds and other sites."""
    address = public_url if public else url_for
    return str(address("video.media", folder=video.folder, path=name))
