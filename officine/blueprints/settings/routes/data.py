"""What is a member's own, taken away in open formats."""

import io
import json
import zipfile
from typing import Any

from flask import Response

from officine.blueprints.settings.routes.blueprint import me, settings
from officine.core.export import own_data
from officine.core.htmx import page
from officine.lib.slugs import slugify


@settings.get("/settings/data")
def data() -> Response:
    me()
    return page("settings/data.html")


@settings.get("/settings/data/officine.json")
def data_json() -> Response:
    return _download(_json(own_data(me())), "application/json", "officine.json")


@settings.get("/settings/data/officine.zip")
def data_zip() -> Response:
    own = own_data(me())
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("officine.json", _json(own))
        archive.writestr("profile.md", _profile_page(own["profile"]))
        for post in own["posts"]:
            archive.writestr(_post_name(post), _post_page(post))
    return _download(file.getvalue(), "application/zip", "officine.zip")


def _download(content: bytes | str, kind: str, name: str) -> Response:
    response = Response(content, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _json(own: dict[str, Any]) -> str:
    return json.dumps(own, ensure_ascii=False, indent=2)


def _profile_page(profile: dict[str, Any]) -> str:
    texts = [profile[part] for part in ("about", "offers", "seeks") if profile[part]]
    return "\n\n".join([f"# {profile['name']}", *texts]) + "\n"


def _post_name(post: dict[str, Any]) -> str:
    day = post["written_at"][:10]
    return f"posts/{day}-{slugify(post['topic'])}-{post['topic_id']}-{post['number']}.md"


def _post_page(post: dict[str, Any]) -> str:
    """A text with its circumstances at the top, as programs that read Markdown expect them."""
    about = ("group", "topic", "number", "language", "written_at", "edited_at", "deleted_at")
    head = "\n".join(
        f"{name}: {json.dumps(post[name], ensure_ascii=False)}" for name in about if post[name]
    )
    return f"---\n{head}\n---\n\n{post['text']}\n"
