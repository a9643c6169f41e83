"""All interviews at a glance, and new ones."""

from typing import Any

from flask import Response, flash, request, url_for
from flask_babel import get_timezone
from flask_babel import gettext as _

from officine.blueprints.companies.queries import company_names
from officine.blueprints.production import policy, queries
from officine.blueprints.production.commands import making
from officine.blueprints.production.forms import InterviewForm
from officine.blueprints.production.routes.blueprint import production
from officine.core.asked import asked_languages, one_of
from officine.core.clock import day_of, now
from officine.core.htmx import done, page
from officine.core.permission import allow
from officine.core.session import viewer

SHAPES = ("board", "list")


@production.get("/desk/interviews")
def index() -> Response:
    """All interviews: as a board, a column a stage, or as a list."""
    allow(policy.may_see(viewer()))
    editors = queries.editors()
    asked = request.args.get("owner", "")
    owner = next((each for each in editors if each.handle == asked), None)
    languages = asked_languages()
    return page(
        "production/index.html",
        part="board",
        columns=queries.board(languages, owner.id if owner else None),
        editors=editors,
        owner=owner,
        chosen=languages,
        listed_as=one_of(SHAPES, "as") or "board",
        zone=str(get_timezone()),
        today=day_of(now()),
    )


@production.get("/desk/interviews/new")
def new() -> Response:
    """Whom to talk to next."""
    allow(policy.may_work(viewer()))
    form = InterviewForm(
        queries.editors(),
        formdata=None,
        language=viewer().interface_language,
        owner=viewer().id,
    )
    return _new_page(form)


@production.post("/desk/interviews")
def create() -> Any:
    """A new interview."""
    allow(policy.may_work(viewer()))
    form = InterviewForm(queries.editors())
    if not form.validate():
        return _new_page(form), 422

    interview = making.new_interview(by=viewer(), at=now(), **form.said())
    flash(_("The interview is on the board."), "success")
    return done(url_for(".show", interview_id=interview.id))


def _new_page(form: InterviewForm) -> Response:
    return page("production/new.html", form=form, companies=company_names())
