"""What a mail server tells whoever sent an answer that cannot be taken."""

from flask_babel import gettext as _

from officine.core.context import public_url
from officine.core.i18n import LANGUAGES, writing_in
from officine.models import Registration
from officine.models.translation import best_text


def refusal(code: str, registration: Registration | None = None) -> str:
    """Why an answer is not taken, after its code (RFC 3463): in the language of the person, where
    we know whose it is; in all of ours, where we do not.
    """
    if registration is None:
        said = dict.fromkeys(_in(language, code) for language in LANGUAGES)
        return f"{code} " + " / ".join(said)
    member = registration.member
    language = member.interface_language if member else registration.language
    return f"{code} {_in(language, code, registration)}"


NO_ANSWER, NOT_OURS, NOT_POSSIBLE = "5.6.0", "5.1.1", "5.7.0"


def _in(language: str, code: str, registration: Registration | None = None) -> str:
    with writing_in(language):
        if code == NO_ANSWER:
            return _("This address only takes what calendars answer to an invitation.")
        if code == NOT_OURS or registration is None:
            return _("There is no such address. Answer on the event’s page.")
        text = best_text(registration.event, (language,))
        return _(
            "“%(title)s” takes no such answer any more. See %(url)s",
            title=text.title if text else "",
            url=public_url("events.show", slug=registration.event.slug),
        )
