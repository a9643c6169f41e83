"""A case beside the queue: reading it, working on it with colleagues, deciding it."""

from datetime import timedelta
from typing import Any

from flask import Response, abort, flash, request, url_for
from flask_babel import gettext as _

from officine.blueprints.desk import commands, notices, policy, queries
from officine.blueprints.desk.forms import CaseForm, HandOverForm, NoteForm
from officine.blueprints.desk.queries import QueueRow
from officine.blueprints.desk.routes.blueprint import (
    decided,
    desk,
    has_it_open,
    kinds,
    status_of,
    too_late,
)
from officine.blueprints.desk.routes.queue import filtered, queue_context, waiting
from officine.core import audit
from officine.core.clock import now
from officine.core.htmx import done, is_partial, page
from officine.core.i18n import current_language
from officine.core.permission import allow
from officine.core.session import viewer
from officine.models import Case, Decision
from officine.models.case import CLAIM
from officine.models.decision import HIDING
from officine.models.document import reasons_for

SIMILAR_WITHIN = timedelta(days=365)


@desk.get("/desk")
def index() -> Response:
    """The queue; on a wide screen with its first case beside it."""
    allow(policy.may_decide(viewer()))
    rows = waiting()
    chosen = queries.next_case(viewer(), rows, leads=viewer().is_leader)
    if chosen is None:
        return page("desk/index.html", case=None, current=None, opened=False, **queue_context(rows))
    return case_page(_case(chosen.id), rows)


@desk.get("/desk/cases/<int(max=2147483647):case_id>")
def case(case_id: int) -> Any:
    allow(policy.may_decide(viewer()))
    case = _case(case_id)
    if not case.is_open:
        return too_late(case.decision)
    return case_page(case, waiting(), opened=True)


@desk.post("/desk/cases/<int(max=2147483647):case_id>/claims")
def claim(case_id: int) -> Any:
    case = _mine_to_decide(case_id)
    try:
        commands.claim(case, by=viewer(), at=now())
    except commands.AlreadyDecided as faster:
        return too_late(faster.decision)
    except commands.ClaimedBy as claimed:
        if not is_partial():
            flash(_("%(person)s has this case open.", person=claimed.colleague.name), "notice")
    if is_partial():
        return page("desk/_claim.html", **_claimed(case), opened=True, verdict=True)
    return _back(case)


@desk.post("/desk/cases/<int(max=2147483647):case_id>/releases")
def release(case_id: int) -> Any:
    allow(policy.may_decide(viewer()))
    case = _case(case_id)
    commands.release(case, by=viewer())
    return done(filtered(url_for(".index")))


@desk.post("/desk/cases/<int(max=2147483647):case_id>/notes")
def leave_note(case_id: int) -> Any:
    allow(policy.may_decide(viewer()))
    case = _case(case_id)

    form = NoteForm(colleagues=queries.colleagues_of(viewer()))
    if not form.validate():
        return case_page(case, waiting(), note=form, opened=True), 422

    asked = queries.find_colleague(form.asked.data, viewer()) if form.asked.data else None
    try:
        commands.leave_note(case, by=viewer(), at=now(), text=form.text.data, asked=asked)
    except commands.AlreadyDecided as faster:
        return too_late(faster.decision)
    flash(_("Asked.") if asked else _("Noted."), "success")
    return _back(case)


@desk.post("/desk/cases/<int(max=2147483647):case_id>/languages")
def hand_over(case_id: int) -> Any:
    case = _mine_to_decide(case_id)

    form = HandOverForm()
    if not form.validate():
        return case_page(case, waiting(), opened=True), 422
    try:
        commands.hand_over(case, by=viewer(), at=now(), language=form.language.data)
    except commands.AlreadyDecided as faster:
        return too_late(faster.decision)
    except commands.ClaimedBy as claimed:
        flash(_("%(person)s has this case open.", person=claimed.colleague.name), "notice")
        return _back(case)
    flash(_("Handed over."), "success")
    return done(filtered(url_for(".index")))


@desk.post("/desk/cases/<int(max=2147483647):case_id>/letter")
def case_letter(case_id: int) -> Response:
    """The letter that the decision would send, while the editor writes its reason."""
    case = _mine_to_decide(case_id)
    kind = kinds()[case.kind]
    form = _form(case, kind.measures(case, viewer()))
    return page("desk/_letter.html", **_letter(case, form, kind.context(case, viewer())))


@desk.post("/desk/cases/<int(max=2147483647):case_id>/decisions")
def decide_case(case_id: int) -> Any:
    case = _mine_to_decide(case_id)
    if not case.is_open:
        return too_late(case.decision)

    form = _form(case, kinds()[case.kind].measures(case, viewer()))
    if not form.validate() or "preview" in request.form or form.chosen is None:
        return case_page(case, waiting(), form=form, opened=True), status_of(form)
    measure = form.chosen

    def act() -> Decision:
        return commands.decide_case(
            case, measure, by=viewer(), at=now(), grounded=form.grounded(now())
        )

    try:
        return decided(act, back=filtered(url_for(".index")))
    except commands.ForManagers:
        allow(policy.FOR_MANAGERS)
    except commands.MayNotSanction as refused:
        allow(refused.refusal)
    except commands.TextChanged:
        form.wording.data = _wording(case)
        form.measure.errors = [
            _("The author has changed the text meanwhile. Read it as it is now, and decide then.")
        ]
        return case_page(case, waiting(), form=form, opened=True, changed=True), 409
    except commands.ClaimedBy as claimed:
        # What the editor wrote stays before them.
        form.measure.errors = [has_it_open(claimed.colleague)]
        return case_page(case, waiting(), form=form, opened=True), 409


def case_page(
    case: Case,
    rows: list[QueueRow],
    *,
    form: CaseForm | None = None,
    note: NoteForm | None = None,
    opened: bool = False,
    changed: bool = False,
) -> Response:
    """The queue, and one case beside it. ``opened``: it was chosen, and on a telephone stands
    in the queue’s place. ``changed``: not with the words that its editor had before them.
    """
    kind = kinds()[case.kind]
    measures = kind.measures(case, viewer())
    shown = kind.context(case, viewer())
    if form is None:
        reports = shown.get("reports", ())
        form = _form(
            case,
            measures,
            rule=shown.get("rule") or "other",
            measure=shown.get("suggestion"),
            lasts=shown.get("lasts", 7),
            reports=",".join(str(each.id) for each in reports),
            wording=_wording(case),
        )
    _note_look(case)
    moment = now()
    return page(
        "desk/index.html",
        part="decide",
        **queue_context(rows) | _claimed(case),
        kind=kind,
        current=case.id,
        standing=queries.standing_of(case.member) if case.member else None,
        history=queries.history_of(case),
        similar=queries.similar_cases(case, moment - SIMILAR_WITHIN),
        notes=queries.notes_of(case),
        note=note or NoteForm(formdata=None, colleagues=queries.colleagues_of(viewer())),
        handing=HandOverForm(formdata=None, language=case.language),
        measures=measures,
        verdict=policy.may_decide_case(viewer(), case),
        form=form,
        opened=opened,
        changed=changed,
        letter_url=url_for(".case_letter", case_id=case.id),
        **_letter(case, form, shown),
        shown=shown,
    )


def _case(case_id: int) -> Case:
    return queries.find_case(case_id) or abort(404)


def _mine_to_decide(case_id: int) -> Case:
    """A case on which the viewer may act. Nobody outside the desk learns which there are."""
    allow(policy.may_decide(viewer()))
    case = _case(case_id)
    allow(policy.may_decide_case(viewer(), case))
    return case


def _form(case: Case, measures: Any, **given: Any) -> CaseForm:
    return CaseForm(measures=measures, library=reasons_for(current_language()), **given)


def _wording(case: Case) -> str:
    """What is in view, where the case is about a post."""
    post = queries.find_post(case.subject_id, viewer()) if case.subject == "post" else None
    return queries.wording_of(post) if post else ""


def _back(case: Case) -> Any:
    return done(filtered(url_for(".case", case_id=case.id)))


def _letter(case: Case, form: CaseForm, shown: dict[str, Any]) -> dict[str, Any]:
    """The letter as far as the reason is written, and who reads it; nothing where nobody does."""
    post, reports = shown.get("post"), shown.get("reports", ())
    usual = next((name for name in ("hide", "hide-question") if name in form.measures), "")
    name = form.chosen.name if form.chosen else usual
    reader = notices.reader_of(name, case, reports)
    of_nothing = (
        post is None if name in HIDING else name == "approve" and not (post and post.hiding)
    )
    if not name or reader is None or of_nothing:
        return {"letter": "", "reader": None}
    words = notices.letter(
        name,
        reason=form.grounded(now()),
        by=viewer(),
        reader=reader,
        at=now(),
        post=post,
        question=shown.get("question"),
        on_report=bool(reports),
    )
    return {"letter": words, "reader": reader}


def _claimed(case: Case) -> dict[str, Any]:
    """Whose the case is."""
    return {
        "case": case,
        "holder": case.holder(now()),
        "claim_time": CLAIM,
        "filtered": filtered,
    }


def _note_look(case: Case) -> None:
    """An editor who opens what a private group says leaves a trace of it."""
    group = case.group
    if group is not None and group.visibility == "private":
        audit.look("case.look", viewer(), case=case.id, group=group.id)
