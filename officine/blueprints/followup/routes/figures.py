"""How it went, for those who looked after the event, and the letter that thanks."""

from typing import Any

from flask import Response, flash, url_for
from flask_babel import gettext as _

from officine.blueprints.followup import commands, policy, queries
from officine.blueprints.followup.forms import WORTH, thanks_form
from officine.blueprints.followup.routes.blueprint import find_or_404, followup, words_of
from officine.core.clock import now
from officine.core.htmx import done, page
from officine.core.permission import allow
from officine.core.session import viewer
from officine.models import Event


@followup.app_template_filter("worth_name")
def worth_name(worth: int) -> str:
    """What an answer to the first question says."""
    return next(str(choice.label) for choice in WORTH if choice.value == str(worth))


@followup.get("/events/<slug>/figures")
def figures(slug: str) -> Response:
    """Who came, and what they say."""
    event = find_or_404(slug)
    allow(policy.may_read_figures(viewer(), event))
    return page(
        "followup/figures.html",
        event=event,
        text=words_of(event),
        at=now(),
        figures=queries.figures(event),
        opinions=queries.opinions(event),
        enough=queries.ENOUGH,
        letter=queries.follow_up_of(event),
        may_thank=bool(policy.may_thank(viewer(), event, now())),
    )


@followup.get("/events/<slug>/follow-up")
def follow_up(slug: str) -> Response:
    """The letter that goes to those who were there: its words, and when it goes."""
    event = find_or_404(slug)
    allow(policy.may_thank(viewer(), event, now()))
    return _letter_page(event, thanks_form(queries.organisers_words(event.id)))


@followup.post("/events/<slug>/follow-up")
def thank(slug: str) -> Any:
    """Keep what the organisers say in it."""
    event = find_or_404(slug)
    allow(policy.may_thank(viewer(), event, now()))
    form = thanks_form({})
    if not form.validate():
        return _letter_page(event, form), 422
    try:
        commands.write_thanks(event, form.texts(), by=viewer(), at=now())
    except commands.AlreadySent:
        allow(policy.ALREADY_SENT)
    flash(_("Saved."), "success")
    return done(url_for(".follow_up", slug=slug))


@followup.post("/events/<slug>/follow-up/sending")
def send(slug: str) -> Any:
    """Now, with the words that stand in the form."""
    event = find_or_404(slug)
    allow(policy.may_send(viewer(), event, now()))
    form = thanks_form({})
    if not form.validate():
        return _letter_page(event, form), 422
    try:
        commands.write_thanks(event, form.texts(), by=viewer(), at=now())
        commands.send_follow_up(event, by=viewer(), at=now())
    except commands.AlreadySent:
        allow(policy.ALREADY_SENT)
    flash(_("The letter is on its way to those who were there."), "success")
    return done(url_for(".figures", slug=slug))


def _letter_page(event: Event, form: Any) -> Response:
    return page(
        "followup/letter.html",
        event=event,
        text=words_of(event),
        form=form,
        letter=queries.follow_up_of(event),
        is_over=event.is_over(now()),
        were_there=queries.how_many_were_there(event),
    )
