"""The command that looks at an installation and says what is wrong with it."""

import shutil
import smtplib
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.utils import parseaddr
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from officine.cli.application import application
from officine.core.config import ROOT, ConfigError, Settings, env_name

if TYPE_CHECKING:
    from flask import Flask

GIGABYTE = 1024**3
LEAST_FREE = GIGABYTE // 5
COMFORTABLE = 2 * GIGABYTE
SECONDS_FOR_MAIL = 10


@dataclass(frozen=True)
class Finding:
    """What one look found: good, to be known, or bad; in a sentence, with what to do."""

    state: str
    sentence: str


def good(sentence: str) -> Finding:
    """All is as it should be."""
    return Finding("good", sentence)


def notable(sentence: str) -> Finding:
    """The site works, and somebody should know."""
    return Finding("notable", sentence)


def bad(sentence: str) -> Finding:
    """The site does not work as it should."""
    return Finding("bad", sentence)


@click.command()
def doctor() -> None:
    """Look at configuration, database, search, mail, video, files, worker; say what is wrong."""
    states = [_tell(name, finding) for name, finding in _findings()]
    if "bad" in states:
        sys.exit(1)


def _findings() -> Iterator[tuple[str, Finding]]:
    try:
        settings = Settings.load()
    except (ConfigError, OSError) as error:
        yield "Configuration", bad(str(error))
        return
    for look in (configuration, data_folder, built_files, mail, video):
        for finding in look(settings):
            yield NAMES[look.__name__], finding
    with application() as app:
        for inside in (database, search, files, jobs, audit):
            yield NAMES[inside.__name__], _looked(inside, app)


def _looked(look: Callable[["Flask"], Finding], app: "Flask") -> Finding:
    from officine.core.db import db

    try:
        return look(app)
    except Exception as error:  # whatever went wrong is the finding
        why = str(error).splitlines()[0] if str(error) else type(error).__name__
        return bad(f"This could not be looked at: {why}")
    finally:
        db.session.rollback()


NAMES = {
    "configuration": "Configuration",
    "data_folder": "Data folder",
    "built_files": "Built files",
    "mail": "Mail",
    "video": "Video",
    "database": "Database",
    "search": "Search",
    "files": "Files",
    "jobs": "Worker",
    "audit": "Audit log",
}


def configuration(settings: Settings) -> Iterator[Finding]:
    """Settings that are each possible, and together unwise."""
    yield good("Every setting is known and possible.")
    local = urlsplit(settings.public_url).hostname in ("127.0.0.1", "localhost", "::1")
    if settings.demo and not local:
        yield bad(
            f"The demo is on at a public address: anyone may enter as an administrator. "
            f"Take {env_name('demo')} away."
        )
    if settings.base_url is None and settings.host not in ("127.0.0.1", "localhost", "::1"):
        yield notable(f"Links in mails will say {settings.public_url}. Set {env_name('base_url')}.")
    if not local and not (settings.operator_name and settings.operator_vat):
        yield notable(
            f"No page says who runs the site, as the law asks. Set {env_name('operator_name')}, "
            f"{env_name('operator_vat')} and what docs/configuration.md tells beside them."
        )
    secret = settings.data_dir / "secret"
    if secret.exists() and secret.stat().st_mode & 0o077:
        yield bad(f"Others can read {secret}. Run: chmod 600 {secret}")


def data_folder(settings: Settings) -> Iterator[Finding]:
    """Somewhere to write, with room."""
    probe = settings.data_dir / ".doctor"
    try:
        probe.write_text("")
        probe.unlink()
    except OSError as error:
        yield bad(f"{settings.data_dir} cannot be written: {error.strerror}.")
        return
    free = shutil.disk_usage(settings.data_dir).free
    told = f"{free / GIGABYTE:.1f} GB free in {settings.data_dir}."
    if free < LEAST_FREE:
        yield bad(f"{told} Make room, or writing will fail soon.")
    elif free < COMFORTABLE:
        yield notable(told)
    else:
        yield good(told)


def built_files(settings: Settings) -> Iterator[Finding]:
    """What is made from the sources: assets and catalogues."""
    if not (ROOT / "static" / "dist" / "manifest.json").is_file():
        yield bad("Scripts and styles are not built. Run: python3 -m officine assets")
        return
    catalogues = list((ROOT / "translations").glob("*/LC_MESSAGES/messages.mo"))
    if len(catalogues) < 3:
        yield bad("Catalogues are not compiled. Run: python3 -m officine translations compile")
        return
    yield good("Scripts, styles and catalogues are there.")


def mail(settings: Settings) -> Iterator[Finding]:
    """A way out for mail."""
    parts = urlsplit(settings.mail_url)
    if parts.scheme not in ("smtp", "smtps"):
        yield notable(f"Mail does not leave: it goes to {settings.mail_url}.")
        return
    kind = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
    port = parts.port or (465 if parts.scheme == "smtps" else 587)
    try:
        with kind(parts.hostname or "", port, timeout=SECONDS_FOR_MAIL) as server:
            server.noop()
    except (OSError, smtplib.SMTPException) as error:
        yield bad(f"The mail server {parts.hostname}:{port} does not answer: {error}.")
    else:
        yield good(f"The mail server {parts.hostname}:{port} answers.")
    if parseaddr(settings.mail_from)[1].endswith("@localhost"):
        yield bad(f"Mails come from {settings.mail_from}. Set {env_name('mail_from')}.")


def video(settings: Settings) -> Iterator[Finding]:
    """A program that works on videos."""
    from officine.core import ffmpeg

    try:
        found = ffmpeg.find("ffmpeg", settings.ffmpeg)
        ffmpeg.find("ffprobe", settings.ffmpeg)
        yield good(f"FFmpeg {ffmpeg.version(found)} works on videos: {found}.")
    except ffmpeg.FFmpegMissing as error:
        # Everything but videos of one’s own works without it.
        yield (bad if settings.ffmpeg else notable)(str(error))


def database(app: "Flask") -> Finding:
    """A database that answers and has every migration."""
    from sqlalchemy import text

    from officine.core.db import db
    from officine.core.migrations import is_at_head

    db.session.execute(text("SELECT 1"))
    if not is_at_head():
        return bad("The database lacks migrations. Run: officine migrate")
    return good(f"The {db.engine.dialect.name} database answers and is up to date.")


def search(app: "Flask") -> Finding:
    """An index that can be asked."""
    index = app.extensions.get("officine.index")
    health = index.health() if index else None
    if health is None or not health.is_ready:
        why = f" {health.reason}" if health and health.reason else ""
        return bad(f"The search index is missing or damaged.{why} Run: officine reindex")
    return good(f"The search index answers and holds {health.documents} documents.")


def files(app: "Flask") -> Finding:
    """A store that gives back what it was given."""
    from officine.core import storage

    key, text = "doctor/probe.txt", b"officine"
    storage.put(key, text)
    same = storage.get(key) == text
    storage.delete(key)
    if not same:
        return bad("The store of files does not give back what it was given.")
    return good("The store of files keeps and gives back.")


def jobs(app: "Flask") -> Finding:
    """A worker that was seen lately."""
    from officine.core.clock import now
    from officine.core.worker import worker_seen

    waiting = len(app.extensions["officine.queue"])
    if not worker_seen(now()):
        return bad(
            f"No worker was seen within a minute; {waiting} jobs wait. Run: officine serve, "
            "or: officine work"
        )
    return good(f"The worker is alive; {waiting} jobs wait.")


def audit(app: "Flask") -> Finding:
    """A log of what staff did whose chain holds."""
    from officine.core import audit as log

    verification = log.verify()
    if verification.wrong:
        return bad(f"{log.told(verification.wrong)} Run: officine audit verify")
    return good(f"The audit log holds: {verification.entries} entries.")


def _tell(name: str, finding: Finding) -> str:
    sign, colour = {"good": ("✓", "green"), "notable": ("·", "yellow"), "bad": ("✗", "red")}[
        finding.state
    ]
    click.echo(f"{click.style(sign, fg=colour)} {name:<14} {finding.sentence}")
    return finding.state
