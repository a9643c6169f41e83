"""Deciding about a person from their page, and giving back what a decision took."""

from typing import Any

from flask import Response, abort, flash, redirect, request, url_for
from flask_babel import gettext as _

from officine.blueprints.desk import commands, notices, policy, queries
from officine.blueprints.desk.cases import person_measures
from officine.blueprints.desk.forms import CaseForm, ReasonForm
from officine.blueprints.desk.routes.blueprint import decided, desk, status_of
from officine.blueprints.profiles import queries as profiles_queries
from officine.core.clock import now
from officine.core.htmx import page
from officine.core.i18n import current_language
from officine.core.permission import allow
from officine.core.session import viewer
from officine.models import Decision, Member, Sanction
from officine.models.document import reasons_for

ACTS = {
    "warn": commands.warn,
    "restrict": commands.restrict,
    "suspend": commands.suspend,
    "close-account": commands.close_account,
    "restrict-reports": commands.restrict_reports,
}


@desk.get("/people/<handle>/decisions/new")
def decide_person(handle: str) -> Any:
    member = _person(handle)
    if cases := queries.cases_about("member", member.id):
        return redirect(url_for(".case", case_id=cases[0].id), 303)
    return _page(member, _form(member))


@desk.post("/people/<handle>/letter")
def person_letter(handle: str) -> Response:
    """The letter that the measure would send, while the editor writes its reason."""
    member = _person(handle)
    return page("desk/_letter.html", **_letter(member, _form(member)))


@desk.post("/people/<handle>/decisions")
def take_measure(handle: str) -> Any:
    """On the team’s own initiative: what somebody reported is decided in its case."""
    member = _person(handle)
    form = _form(member)
    if not form.validate() or not form.chosen or "preview" in request.form:
        return _page(member, form), status_of(form)

    act = ACTS[form.chosen.name]
    grounds = form.grounded(now()).grounds()

    def deed() -> Decision:
        return act(member, by=viewer(), at=now(), **grounds)

    words = _("Decided. %(person)s reads why.", person=member.name)
    return decided(deed, words, back=_profile(member))


@desk.get("/people/<handle>/sanctions/<int(max=2147483647):sanction_id>/lift")
def ask_lift(handle: str, sanction_id: int) -> Response:
    member = _person(handle)
    sanction = _sanction(member, sanction_id)
    return _lift_page(member, sanction, ReasonForm())


@desk.post("/people/<handle>/sanctions/<int(max=2147483647):sanction_id>/lift")
def lift(handle: str, sanction_id: int) -> Any:
    member = _person(handle)
    sanction = _sanction(member, sanction_id)
    form = ReasonForm()
    if not form.validate():
        return _lift_page(member, sanction, form), 422

    def deed() -> Decision:
        return commands.lift(sanction, by=viewer(), at=now(), facts=form.facts.data)

    words = _("Lifted. %(person)s reads why.", person=member.name)
    return decided(deed, words, back=_profile(member))


def _person(handle: str) -> Member:
    """The person about whom the viewer may decide."""
    allow(policy.may_decide(viewer()))
    member = profiles_queries.find_member(handle, viewer()) or abort(404)
    allow(policy.may_sanction(viewer(), member))
    return member


def _sanction(member: Member, sanction_id: int) -> Sanction:
    """Something that is in force about them; what is over has gone."""
    in_force = queries.sanctions_in_force(member, now())
    found = next((each for each in in_force if each.id == sanction_id), None)
    if found is None:
        flash(_("This has ended already."), "notice")
        abort(redirect(_profile(member), 303))
    return found


def _profile(member: Member) -> str:
    return url_for("profiles.show", handle=member.handle)


def _form(member: Member) -> CaseForm:
    return CaseForm(
        measures=person_measures(member, viewer()), library=reasons_for(current_language())
    )


def _page(member: Member, form: CaseForm) -> Response:
    return page(
        "desk/person.html",
        part="decide",
        member=member,
        form=form,
        measures=form.measures.values(),
        in_force=queries.sanctions_in_force(member, now()),
        standing=queries.standing_of(member),
        letter_url=url_for(".person_letter", handle=member.handle),
        **_letter(member, form),
    )


def _letter(member: Member, form: CaseForm) -> dict[str, Any]:
    if form.chosen is None:
        return {"letter": "", "reader": member}
    words = notices.letter(
        form.chosen.name, reason=form.grounded(now()), by=viewer(), reader=member, at=now(),
        post=None, on_report=False,
    )  # fmt: skip
    return {"letter": words, "reader": member}


def _lift_page(member: Member, sanction: Sanction, form: ReasonForm) -> Response:
    return page("desk/lift.html", part="decide", member=member, sanction=sanction, form=form)
