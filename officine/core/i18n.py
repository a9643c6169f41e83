"""Languages: which there are, which one a page speaks, and how an address carries it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from babel import Locale
from babel.support import Translations
from flask import Blueprint, Flask, Response, current_app, g, has_request_context, request
from flask_babel import Babel, force_locale, get_domain, get_locale
from markupsafe import Markup
from werkzeug.datastructures import LanguageAccept

LANGUAGES = ("it", "en", "es")
OWN_NAMES = {"it": "Italiano", "en": "English", "es": "Español"}
# English for Europe: days come before months.
LOCALES = {"it": "it", "en": "en_GB", "es": "es"}
PREFIX = "/<any(it, en, es):lang>"
LANGUAGE_COOKIE = "lang"
ONE_YEAR = 365 * 24 * 3600

babel = Babel()


def init_app(app: Flask, translations: str, default: str, timezone: str) -> None:
    """Speak the language that the address names."""
    babel.init_app(
        app,
        default_locale=LOCALES[default],
        default_timezone=timezone,
        default_translation_directories=translations,
        locale_selector=lambda: LOCALES[page_language()],
        timezone_selector=page_timezone,
    )
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda text: _translations().ugettext(text),
        ngettext=lambda one, many, count: _translations().ungettext(one, many, count),
        pgettext=lambda context, text: _translations().upgettext(context, text),
        npgettext=lambda context, one, many, count: _translations().unpgettext(
            context, one, many, count
        ),
        newstyle=True,
    )
    app.jinja_env.globals.update(_=sentence, gettext=sentence)
    app.url_value_preprocessor(_take_language)
    app.url_defaults(_give_language)


def sentence(text: str, /, **variables: Any) -> Markup:
    """A sentence of the interface, for templates: looked up and made safe once a language."""
    translations = _translations()
    sentences: dict[str, tuple[Markup, Markup | None]]
    sentences = translations.__dict__.setdefault("sentences", {})
    found = sentences.get(text)
    if found is None:
        translated = Markup(translations.ugettext(text))
        found = translated, None if "%(" in translated else translated % {}
        sentences[text] = found
    translated, alone = found
    return alone if alone is not None and not variables else translated % variables


def page_language() -> str:
    """The code of the language this page speaks."""
    if not has_request_context():
        return str(current_app.config["DEFAULT_LANGUAGE"])
    if "lang" not in g:
        g.lang = _language_of_path(request.path) or preferred_language()
    return str(g.lang)


def page_timezone() -> str | None:
    """The time zone in which times are shown: the viewer's, or the site's (None)."""
    return g.get("timezone") if has_request_context() else None


def current_language() -> str:
    """The language being written just now; in a mail it is the recipient's."""
    # A page asks for each of its addresses: what Flask-Babel keeps is looked at directly.
    locale = getattr(_kept_by_babel(), "babel_locale", None) or get_locale()
    return locale.language if locale else page_language()


def preferred_language() -> str:
    """For an address without a language: saved choice, then the browser's, then the site's."""
    default = str(current_app.config["DEFAULT_LANGUAGE"])
    saved = request.cookies.get(LANGUAGE_COOKIE)
    if saved in LANGUAGES:
        return saved
    return best_language(request.accept_languages) or default


def best_language(accepted: LanguageAccept) -> str | None:
    """The first of the browser's languages that we speak."""
    for tag, quality in accepted:
        code = tag.replace("_", "-").split("-")[0].lower()
        if quality > 0 and code in LANGUAGES:
            return code
    return None


def accepted_languages() -> tuple[str, ...]:
    """The languages a visitor seems to read: the page's first, then the browser's."""
    codes = [page_language()]
    for tag, quality in request.accept_languages:
        code = tag.replace("_", "-").split("-")[0].lower()
        if quality > 0 and code in LANGUAGES and code not in codes:
            codes.append(code)
    return tuple(codes)


def language_name(code: str, inside: str | None = None) -> str:
    """The name of a language, in the language being written (or in ``inside``)."""
    locale = Locale.parse(inside or LOCALES[current_language()])
    return str(locale.languages.get(code, code))


def remember_language(response: Response, language: str) -> None:
    """Keep the choice of a language for visits to come."""
    response.set_cookie(
        LANGUAGE_COOKIE,
        language,
        max_age=ONE_YEAR,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )


@contextmanager
def writing_in(language: str) -> Iterator[None]:
    """Write in somebody's language, whatever the page's: mails, notices."""
    with force_locale(LOCALES.get(language, language)):
        yield


class PseudoTranslations(Translations):
    """Marks every translated sentence, so that a test can see the ones that are not."""

    @staticmethod
    def mark(message: str) -> str:
        return f"⟦{message}⟧"

    def ugettext(self, message: str) -> str:
        return self.mark(message)

    gettext = ugettext

    def ungettext(self, singular: str, plural: str, count: int) -> str:
        return self.mark(singular if count == 1 else plural)

    ngettext = ungettext  # type: ignore[assignment]

    def upgettext(self, context: str, message: str) -> str:
        return self.mark(message)

    pgettext = upgettext

    def unpgettext(self, context: str, singular: str, plural: str, count: int) -> str:
        return self.mark(singular if count == 1 else plural)

    npgettext = unpgettext  # type: ignore[assignment]


def register_page_blueprint(app: Flask, blueprint: Blueprint) -> None:
    """Put a feature's pages under the language prefix."""
    app.register_blueprint(blueprint, url_prefix=PREFIX)


def _translations() -> Translations:
    """The catalogue of the language being written. A page asks a hundred times: it is looked for
    once, and again where Flask-Babel forgets it because the language changes.
    """
    found = getattr(_kept_by_babel(), "babel_translations", None)
    if found is None:
        found = get_domain().get_translations()
        if (kept := _kept_by_babel()) is not None:
            kept.babel_translations = found
    return found


def _kept_by_babel() -> Any:
    """What Flask-Babel knows of this page; None before it was asked anything."""
    return getattr(g, "_flask_babel", None)


def _language_of_path(path: str) -> str | None:
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    return first if first in LANGUAGES else None


def _take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    if values and "lang" in values:
        g.lang = values.pop("lang")


def _give_language(endpoint: str, values: dict[str, Any]) -> None:
    if "lang" not in values and current_app.url_map.is_endpoint_expecting(endpoint, "lang"):
        values["lang"] = current_language()
