"""Who is looking. The core does not know members: `app.py` hands in how to load one."""

from typing import Any

from flask import Flask, Response, g, session
from flask_login import AnonymousUserMixin, LoginManager, current_user, login_user, logout_user

from officine.core.i18n import accepted_languages

login_manager = LoginManager()


class Visitor(AnonymousUserMixin):
    """Somebody without an account, or not signed in."""

    id: int | None = None
    is_member = False
    is_staff = False
    is_leader = False
    is_administrator = False
    is_confirmed = False
    is_supplier = False
    name = ""
    handle = ""
    role = "visitor"
    kind = "visitor"
    timezone: str | None = None
    previews: int | None = None
    """The interview that an editor looks at as they would."""

    @property
    def reads(self) -> tuple[str, ...]:
        """The languages they seem to read."""
        return accepted_languages()


def init_app(app: Flask, load_viewer: Any) -> None:
    """Load the viewer by the token of their session. ``load_viewer`` takes the token and
    gives a member or None.
    """
    login_manager.init_app(app)
    login_manager.anonymous_user = Visitor
    login_manager.session_protection = None
    login_manager.user_loader(load_viewer)


def viewer() -> Any:
    """The member or the visitor who asked for this page."""
    if "viewer" not in g:
        g.viewer = current_user._get_current_object()
        if g.viewer.timezone:
            g.timezone = g.viewer.timezone
    return g.viewer


def forget_viewer() -> None:
    """After signing in or out the viewer is somebody else."""
    g.pop("viewer", None)


def begin_session(member: Any, *, stay: bool = False) -> None:
    """Let the browser be known as this member from now on, by their ``session_token``; ``stay``
    when it is to last beyond the closing of the browser.

    What its session held before is forgotten: nobody can have prepared it for them.
    """
    session.clear()
    session.permanent = stay
    login_user(member)
    forget_viewer()


def forget_pages(response: Response) -> Response:
    """Let the browser forget what it kept of a member’s pages: on a shared computer the button
    that goes back must not show them to the next person.
    """
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def finish_session() -> None:
    """Let the browser be a visitor's again."""
    logout_user()
    session.clear()
    forget_viewer()
