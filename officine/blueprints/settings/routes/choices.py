"""Languages, clock, letters."""

from typing import Any

from flask import Response, flash, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from officine.blueprints.settings import commands
from officine.blueprints.settings.forms import LanguagesForm, LettersForm
from officine.blueprints.settings.routes.blueprint import me, settings
from officine.core.clock import now
from officine.core.htmx import done, page
from officine.core.i18n import remember_language
from officine.models import Member


@settings.get("/settings")
def index() -> Response:
    return page("settings/index.html", **_forms(me()))


@settings.post("/settings/languages")
def choose_languages() -> Response | tuple[Response, int]:
    member = me()
    form = LanguagesForm(at=now())
    if not form.validate():
        return page("settings/index.html", "languages", **_forms(member, languages=form)), 422

    commands.choose_languages(
        member,
        interface=form.interface.data,
        reads=form.reads.data,
        timezone=form.timezone.data or None,
    )
    with force_locale(form.interface.data):
        flash(_("Your languages are saved."), "success")
    # The whole page changes its language, so htmx fetches it anew too.
    response = done(url_for(".index", lang=form.interface.data))
    remember_language(response, form.interface.data)
    return response


@settings.post("/settings/letters")
def choose_letters() -> Response:
    member = me()
    form = LettersForm()
    commands.choose_letters(
        member,
        answers=form.answers.data,
        mentions=form.mentions.data,
        interviews=form.interviews.data,
        events=form.events.data,
    )
    flash(_("Your choice is saved."), "success")
    return done(url_for(".index"), "settings/index.html", "letters", **_forms(member))


def _forms(member: Member, languages: LanguagesForm | None = None) -> dict[str, Any]:
    """What the page of settings shows, with what was just typed where it was wrong."""
    return {
        "languages_form": languages
        or LanguagesForm(
            None,
            at=now(),
            interface=member.interface_language,
            reads=list(member.reads),
            timezone=member.timezone or "",
        ),
        "letters_form": LettersForm(
            None,
            answers=member.mail_answers,
            mentions=member.mail_mentions,
            interviews=member.mail_interviews,
            events=member.mail_events,
        ),
    }
