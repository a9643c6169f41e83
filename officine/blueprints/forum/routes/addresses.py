"""Where topics and posts are."""

from functools import lru_cache

from flask import url_for

from officine.blueprints.forum import queries
from officine.blueprints.forum.queries import Reading
from officine.core.i18n import page_language
from officine.core.session import viewer
from officine.models import Post

KEPT = 2000


def topic_url(reading: Reading, *, page: int | None = None, anchor: str = "") -> str:
    """The address of a topic, or of one of its later pages."""
    base = _base(page_language(), reading.topic.id, reading.slug)
    query = f"?page={page}" if page and page > 1 else ""
    return f"{base}{query}{f'#{anchor}' if anchor else ''}"


def post_url(reading: Reading, number: int | None, post_id: int) -> str:
    """The address of a post on its page, which never changes but for the topic’s title. One that
    was never published stands, for its author, after the last.
    """
    page = queries.page_of(number or reading.topic.last_number)
    return topic_url(reading, page=page, anchor=f"post-{post_id}")


def url_of_post(post: Post) -> str:
    """The address of a post; of its group where the topic went with it."""
    reading = queries.find_reading(post.topic_id, viewer())
    if reading is None:
        return url_for("groups.show", slug=post.topic.group.slug)
    return post_url(reading, post.number, post.id)


@lru_cache(maxsize=KEPT)
def _base(language: str, topic_id: int, slug: str | None) -> str:
    # A page names dozens of places of its topic; Flask takes its time for each.
    return url_for("forum.show", lang=language, topic_id=topic_id, slug=slug)
