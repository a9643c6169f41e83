"""The application: configuration, core, features."""

import datetime
from typing import Any

import structlog
from flask import Blueprint, Flask
from flask_compress import Compress
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, UnicodeConverter

from officine.blueprints.about import about
from officine.blueprints.accounts import exports as accounts_exports
from officine.blueprints.accounts.queries import find_viewer
from officine.blueprints.accounts.routes import accounts
from officine.blueprints.attendance import exports as attendance_exports
from officine.blueprints.attendance.routes import attendance, outsiders
from officine.blueprints.audit.routes import audit
from officine.blueprints.calendars.routes import calendars
from officine.blueprints.captions import search as captions_search
from officine.blueprints.captions.routes import captions
from officine.blueprints.companies import search as companies_search
from officine.blueprints.companies.routes import companies
from officine.blueprints.demo.routes import demo, demo_cast, enter
from officine.blueprints.desk import cases as desk_cases
from officine.blueprints.desk import exports as desk_exports
from officine.blueprints.desk.queries import open_cases_count
from officine.blueprints.desk.routes import desk
from officine.blueprints.entrance.routes import entrance
from officine.blueprints.events import search as events_search
from officine.blueprints.events.routes import events
from officine.blueprints.feeds.routes import feeds
from officine.blueprints.followup import exports as followup_exports
from officine.blueprints.followup.routes import feedback_by_link, followup
from officine.blueprints.forum import cases as forum_cases
from officine.blueprints.forum import exports as forum_exports
from officine.blueprints.forum import search as forum_search
from officine.blueprints.forum.routes import forum
from officine.blueprints.groups import cases as groups_cases
from officine.blueprints.groups import exports as groups_exports
from officine.blueprints.groups import search as groups_search
from officine.blueprints.groups.queries import my_groups
from officine.blueprints.groups.routes import groups
from officine.blueprints.health.routes import health
from officine.blueprints.home.routes import home
from officine.blueprints.interviews import exports as interviews_exports
from officine.blueprints.interviews import search as interviews_search
from officine.blueprints.interviews.routes import interviews
from officine.blueprints.notifications.queries import unread_count
from officine.blueprints.notifications.routes import notifications, resume, stop
from officine.blueprints.openness.routes import openness
from officine.blueprints.planning import cases as planning_cases
from officine.blueprints.planning import exports as planning_exports
from officine.blueprints.planning.routes import planning
from officine.blueprints.production import cases as production_cases
from officine.blueprints.production.routes import guests, production
from officine.blueprints.profiles import exports as profiles_exports
from officine.blueprints.profiles import search as profiles_search
from officine.blueprints.profiles.routes import profiles
from officine.blueprints.rota.routes import rota
from officine.blueprints.search.routes import search
from officine.blueprints.settings.routes import settings as settings_pages
from officine.blueprints.site.routes import choose_theme, site
from officine.blueprints.sitemap.routes import sitemap
from officine.blueprints.style.routes import style
from officine.blueprints.texts.queries import announcements_for
from officine.blueprints.texts.routes import texts
from officine.blueprints.video.routes import video
from officine.core import (
    assets,
    context,
    db,
    errors,
    export,
    headers,
    htmx,
    i18n,
    limits,
    mail,
    operator,
    outbox,
    page_cache,
    session,
    storage,
    templates,
    words,
    worker,
)
from officine.core.application import Application
from officine.core.clock import now
from officine.core.config import ROOT, Settings
from officine.core.i18n import register_page_blueprint
from officine.core.index import keeping
from officine.core.logs import log_requests, setup_logging
from officine.models.case import Kind
from officine.reactions import REACTIONS

log = structlog.get_logger(__name__)

MEGABYTE = 1024 * 1024
LARGEST_REQUEST = 12 * MEGABYTE

# A feature's pages stand under a language; the addresses of SITE have none.
PAGES: tuple[Blueprint, ...] = (
    about,
    accounts,
    attendance,
    audit,
    calendars,
    captions,
    companies,
    desk,
    events,
    feedback_by_link,
    feeds,
    followup,
    forum,
    groups,
    guests,
    home,
    interviews,
    notifications,
    openness,
    outsiders,
    planning,
    production,
    profiles,
    rota,
    search,
    settings_pages,
    style,
    texts,
    video,
)
SITE: tuple[Blueprint, ...] = (entrance, health, site, sitemap)

# What can be found, by noun.
SEARCHED: keeping.Sources = {
    module.NOUN: module
    for module in (
        captions_search,
        companies_search,
        forum_search,
        groups_search,
        profiles_search,
    )
} | {source.noun: source for source in (events_search.SOURCE, interviews_search.SOURCE)}

# What reaches the editorial desk, by kind.
CASE_KINDS: dict[str, Kind] = {
    kind.name: kind
    for module in (desk_cases, forum_cases, groups_cases, planning_cases, production_cases)
    for kind in module.KINDS
}

# What a member takes away of their own, in the order of the file.
EXPORTED: export.Parts = {
    name: part
    for module in (
        profiles_exports,
        groups_exports,
        forum_exports,
        interviews_exports,
        attendance_exports,
        followup_exports,
        planning_exports,
        desk_exports,
        accounts_exports,
    )
    for name, part in module.PARTS.items()
}

compress = Compress()
csrf = CSRFProtect()


class NumberConverter(IntegerConverter):
    """A number in an address that a database can hold; a larger one names nothing."""

    regex = r"\d{1,9}"


class WordConverter(UnicodeConverter):
    """A word in an address that a database can hold: PostgreSQL takes no NUL."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.regex = self.regex.replace("[^/]", r"[^/\x00]")


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application from its settings (by default, the environment's)."""
    settings = settings or Settings.load()
    setup_logging(settings)
    app = Application(
        "officine",
        root_path=str(ROOT),
        template_folder=str(ROOT / "templates"),
        static_folder=None,
    )
    app.url_map.converters["int"] = NumberConverter
    app.url_map.converters["default"] = app.url_map.converters["string"] = WordConverter
    app.extensions["officine.settings"] = settings
    log_requests(app)
    page_cache.watch(app)
    _configure(app, settings)
    _start_core(app, settings)
    for blueprint in PAGES:
        register_page_blueprint(app, blueprint)
    if settings.demo:
        register_page_blueprint(app, demo)
    for blueprint in SITE:
        app.register_blueprint(blueprint)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS={
            # An error's text would carry what people wrote into the log.
            "hide_parameters": True,
            # The product asks more than the five hundred different questions that SQLAlchemy keeps.
            "query_cache_size": 2000,
        },
        SESSION_COOKIE_NAME="officine",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.is_secure,
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=datetime.timedelta(days=90),
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=2 * MEGABYTE,
        MAX_FORM_PARTS=500,
        # A form left open over lunch must not cost anyone their text.
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=4,
        COMPRESS_MIN_SIZE=1000,
        PUBLIC_URL=settings.public_url,
        SITE_NAME=settings.site_name,
        DEFAULT_LANGUAGE=settings.default_language,
        DEMO=settings.demo,
    )
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=count
        )


def _start_core(app: Flask, settings: Settings) -> None:
    db.init_app(app)
    i18n.init_app(app, str(ROOT / "translations"), settings.default_language, settings.timezone)
    session.init_app(app, find_viewer)
    templates.init_app(app, settings.data_dir)
    htmx.init_app(app)
    csrf.init_app(app)
    compress.init_app(app)
    # A preference that harms nobody; visitors choose it without a session.
    csrf.exempt(choose_theme)
    # In the demonstration anybody is whoever they like. Its bar stands on every page, and a token
    # in it would open a session for every visitor.
    csrf.exempt(enter)
    # The signed link is the proof; mail programs press it without our form.
    csrf.exempt(stop)
    csrf.exempt(resume)
    # A guest’s secret address is the proof; a token would open a session for who has no account.
    csrf.exempt(guests)
    headers.init_app(app)
    errors.init_app(app)
    words.init_app(app)
    operator.init_app(app, settings)
    context.init_app(
        app,
        {
            "announcements": lambda: announcements_for(session.viewer(), now()),
            "demo_cast": demo_cast,
            "my_groups": lambda: my_groups(session.viewer()),
            "unread_notifications": lambda: unread_count(session.viewer()),
            "open_cases": lambda: open_cases_count(session.viewer()),
        },
    )
    assets.init_app(app, ROOT / "static" / "dist")
    limits.init_app(app, settings.cache_url)
    storage.init_app(app, storage.open_store(settings.storage_url))
    mail.init_app(
        app,
        mail.open_transport(settings.mail_url),
        settings.mail_from,
        settings.public_url.partition("://")[2].partition(":")[0],
    )
    worker.init_app(app, worker.open_queue(settings.jobs_url))
    keeping.init_app(app, settings.search_url, SEARCHED)
    app.extensions["officine.case_kinds"] = CASE_KINDS
    export.init_app(app, EXPORTED)
    outbox.init_app(app, REACTIONS, worker.wake)
    page_cache.init_app(app)
