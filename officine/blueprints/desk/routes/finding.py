"""From the address of something on the site to the page that reports it."""

import re
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from officine.blueprints.desk import queries
from officine.blueprints.profiles.queries import find_member
from officine.core.session import viewer


class NotOurs(Exception):
    """The address is not one of this site."""


class NothingThere(Exception):
    """The address is ours, but names nothing that can be reported."""


def reporting_url(address: str) -> str:
    """Where what stands at an address is reported. Raises NotOurs and NothingThere."""
    path, anchor = _own_path(address)
    endpoint, values = _route(path)
    if endpoint == "profiles.show":
        member = find_member(values["handle"], viewer())
        if member is not None:
            return url_for("desk.report_person", handle=member.handle)
    if endpoint == "interviews.show" and (named := re.fullmatch(r"question-(\d{1,9})", anchor)):
        question = queries.find_question(int(named[1]), viewer())
        if question is not None and question.is_public:
            return url_for("desk.report_question", question_id=question.id)
    post_id = _post_named(endpoint, values, anchor)
    if post_id is not None and queries.find_post(post_id, viewer()):
        return url_for("desk.report_post", post_id=post_id)
    raise NothingThere(address)


def _post_named(endpoint: str, values: dict[str, Any], anchor: str) -> int | None:
    """The post that an address names: its own, or the one on the page of its topic."""
    if endpoint in ("forum.post", "forum.history"):
        return int(values["post_id"])
    if endpoint != "forum.show":
        return None
    if named := re.fullmatch(r"post-(\d{1,9})", anchor):
        return int(named[1])
    return queries.opening_id(values["topic_id"])


def _own_path(address: str) -> tuple[str, str]:
    """The path and the anchor of an address of ours, written in full or without its beginning."""
    ours = {urlsplit(current_app.config["PUBLIC_URL"]).netloc, request.host}
    try:
        parts = urlsplit(address)
        if not parts.netloc and not address.startswith("/"):
            parts = urlsplit(f"https://{address}")
    except ValueError as unreadable:
        raise NotOurs(address) from unreadable
    if parts.netloc and parts.netloc.lower() not in ours:
        raise NotOurs(address)
    return parts.path, parts.fragment


def _route(path: str) -> tuple[str, dict[str, Any]]:
    adapter = current_app.url_map.bind("localhost")
    try:
        endpoint, values = adapter.match(path, method="GET")
    except RequestRedirect as elsewhere:
        return _route(urlsplit(elsewhere.new_url).path)
    except HTTPException as nowhere:
        raise NothingThere(path) from nowhere
    return str(endpoint), dict(values)
