"""What is held before publication: the numbers, and how often they were right."""

from datetime import timedelta
from typing import Any

from flask import flash, url_for
from flask_babel import gettext as _

from officine.blueprints.forum import commands, policy, queries
from officine.blueprints.forum.forms import ScreeningForm
from officine.blueprints.forum.routes.blueprint import forum
from officine.core.clock import now
from officine.core.htmx import done, page
from officine.core.permission import allow
from officine.core.session import viewer
from officine.models.screening import screening as numbers_in_force

LOOKED_BACK = timedelta(days=30)


@forum.get("/desk/screening")
def screening() -> Any:
    allow(policy.may_see_screening(viewer()))
    return _page(ScreeningForm(formdata=None, obj=numbers_in_force()))


@forum.post("/desk/screening")
def set_screening() -> Any:
    allow(policy.may_set_screening(viewer()))
    form = ScreeningForm()
    if not form.validate():
        return _page(form), 422
    commands.set_numbers(by=viewer(), at=now(), **form.numbers())
    flash(_("Saved. It holds from the next message on."), "success")
    return done(url_for(".screening"))


def _page(form: ScreeningForm) -> Any:
    return page(
        "forum/screening.html",
        part="numbers",
        form=form,
        held=queries.held_by_rule(now() - LOOKED_BACK),
        may_set=bool(policy.may_set_screening(viewer())),
    )
