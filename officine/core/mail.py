"""Mail: written as a row beside what caused it, sent by the worker.

A row is sent once: the key that its writer gives is unique, and its Message-ID never changes, so
a mail sent twice by a crash between sending and noting is the same mail to its reader.
"""

import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from io import BytesIO
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

import css_inline
import segno
import structlog
from flask import Flask, current_app, render_template
from sqlalchemy import JSON, Index, Select, String, Text, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from officine.core import storage
from officine.core.clock import now
from officine.core.config import file_path
from officine.core.db import Model, db, reading
from officine.core.i18n import writing_in

log = structlog.get_logger(__name__)

BATCH = 100
LAST_ATTEMPT = 10
TIMEOUT_SECONDS = 20
CLAIM = timedelta(minutes=10)

_keeps_silent: ContextVar[bool] = ContextVar("keeps_silent", default=False)


class Mail(Model):
    """One letter to one person."""

    __tablename__ = "mail"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(160), unique=True)
    to_address: Mapped[str] = mapped_column(String(254))
    to_name: Mapped[str] = mapped_column(String(120))
    language: Mapped[str] = mapped_column(String(8))
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    headers: Mapped[dict[str, str]] = mapped_column(JSON)
    attachment_key: Mapped[str | None] = mapped_column(String(200))
    """A file of the store that goes with it."""
    attachment_name: Mapped[str | None] = mapped_column(String(120))
    calendar: Mapped[str | None] = mapped_column(Text)
    """What it says to calendars, as iCalendar text with its METHOD."""
    code: Mapped[str | None] = mapped_column(String(500))
    """What the QR code says that stands in it."""
    written_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime]

    __table_args__ = (Index("ix_mail_waiting", "sent_at", "next_attempt_at"),)


class Transport(Protocol):
    """A way out for letters."""

    def send(self, message: EmailMessage) -> None:
        """Hand the letter over, or raise OSError or smtplib.SMTPException."""
        ...


@dataclass
class Folder:
    """Letters as files, for development and for a first look."""

    path: Path

    def send(self, message: EmailMessage) -> None:
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = str(message["Message-ID"]).strip("<>").split("@")[0]
        (self.path / f"{name}.eml").write_bytes(message.as_bytes())


class Console:
    """Letters on the terminal."""

    def send(self, message: EmailMessage) -> None:
        print(message.as_string())


@dataclass
class Smtp:
    """Letters through a mail server: ``smtp://`` (STARTTLS if offered) or ``smtps://``."""

    url: str

    def send(self, message: EmailMessage) -> None:
        parts = urlsplit(self.url)
        context = ssl.create_default_context()
        host = parts.hostname or "localhost"
        server: smtplib.SMTP
        if parts.scheme == "smtps":
            server = smtplib.SMTP_SSL(
                host, parts.port or 465, timeout=TIMEOUT_SECONDS, context=context
            )
        else:
            server = smtplib.SMTP(host, parts.port or 587, timeout=TIMEOUT_SECONDS)
        with server:
            if parts.scheme == "smtp" and server.has_extn("starttls"):
                server.starttls(context=context)
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            server.send_message(message)


def open_transport(url: str) -> Transport:
    """The way out that a setting names."""
    scheme = urlsplit(url).scheme
    if scheme in ("smtp", "smtps"):
        return Smtp(url)
    if scheme == "console" or url == "console":
        return Console()
    return Folder(file_path(url) or Path())


def init_app(app: Flask, transport: Transport, sender: str, host: str) -> None:
    """Know the way out, who writes, and the host that names our letters."""
    app.extensions["officine.mail"] = transport
    app.config["MAIL_FROM"] = sender
    app.config["MAIL_HOST"] = host


@contextmanager
def no_letters() -> Iterator[None]:
    """Write no letters meanwhile: what is told belongs to the past, or to nobody."""
    token = _keeps_silent.set(True)
    try:
        yield
    finally:
        _keeps_silent.reset(token)


def write(
    template: str,
    *,
    to: Any,
    key: str,
    headers: dict[str, str] | None = None,
    attachment: tuple[str, str] | None = None,
    calendar: str | None = None,
    code: str | None = None,
    **context: Any,
) -> bool:
    """Write a letter in the recipient's language; False if this one was already written.

    ``template`` names ``mail/<template>.txt`` (its first line is the subject) and ``.html``.
    ``to`` has ``email``, ``name`` and ``interface_language``. ``key`` makes it the only one of
    its kind, whoever asks again. ``attachment`` is the key of a PDF in the store, and its name.
    ``calendar`` is an iTIP message, which mail programs offer to their calendar. ``code`` is what
    a QR code says: the letter shows the picture ``cid:code``, which goes along with it.
    """
    if _keeps_silent.get() or db.session.scalar(select(Mail.id).filter_by(key=key)):
        return False
    with writing_in(to.interface_language):
        rendered = render_template(f"mail/{template}.txt", to=to, **context)
        subject, _, text = rendered.strip().partition("\n")
        html = css_inline.inline(
            render_template(f"mail/{template}.html", to=to, subject=subject.strip(), **context),
            load_remote_stylesheets=False,
        )
    moment = now()
    db.session.add(
        Mail(
            key=key,
            to_address=to.email,
            to_name=to.name,
            language=to.interface_language,
            subject=" ".join(subject.split()),
            text=text.strip() + "\n",
            html=html,
            headers=headers or {},
            attachment_key=attachment[0] if attachment else None,
            attachment_name=attachment[1] if attachment else None,
            calendar=calendar,
            code=code,
            written_at=moment,
            next_attempt_at=moment,
        )
    )
    db.session().info["something_happened"] = True
    return True


def withdraw(*keys: str) -> None:
    """Take back the letters that have not left yet and whose key begins so: what they speak of
    may no longer be read.
    """
    for key in keys:
        db.session.execute(delete(Mail).where(Mail.sent_at.is_(None), Mail.key.startswith(key)))


def deliver_waiting(is_to_stop: Callable[[], bool] = lambda: False) -> int:
    """Send the letters that wait, until none does or ``is_to_stop`` says so between two of them;
    gives how many went out.
    """
    sent = 0
    due = select(Mail.id).where(Mail.sent_at.is_(None)).order_by(Mail.id).limit(BATCH)
    while ids := _ids(due.where(Mail.next_attempt_at <= now())):
        for mail_id in ids:
            if is_to_stop():
                return sent
            sent += _deliver(mail_id)
    return sent


def _ids(due: Select[int]) -> list[int]:
    with reading():
        return list(db.session.scalars(due))


def _deliver(mail_id: int) -> bool:
    message = _claim(mail_id)
    if message is None:
        return False
    # No transaction is open: a slow mail server must not keep the site from writing.
    try:
        current_app.extensions["officine.mail"].send(message)
    except (OSError, smtplib.SMTPException) as error:
        _try_later(mail_id, error)
        return False
    db.session.execute(update(Mail).where(Mail.id == mail_id).values(sent_at=now()))
    db.session.commit()
    return True


def _claim(mail_id: int) -> EmailMessage | None:
    """Take a letter to send, so that no other worker does; None if it is taken or withdrawn. A
    worker that dies with it leaves it to be sent again when the claim lapses.
    """
    moment = now()
    claimed = (
        update(Mail)
        .where(Mail.id == mail_id, Mail.sent_at.is_(None), Mail.next_attempt_at <= moment)
        .values(next_attempt_at=moment + CLAIM)
        .returning(Mail.id)
    )
    if db.session.scalar(claimed) is None:
        db.session.rollback()
        return None
    message = _message(db.session.get_one(Mail, mail_id, populate_existing=True))
    db.session.commit()
    return message


def _try_later(mail_id: int, error: Exception) -> None:
    log.warning("mail not sent", mail_id=mail_id, reason=type(error).__name__)
    mail = db.session.get(Mail, mail_id, populate_existing=True)
    if mail is not None:
        mail.attempts += 1
        seconds = min(30 * 2**mail.attempts, 6 * 3600)
        lost = mail.attempts >= LAST_ATTEMPT
        mail.next_attempt_at = now() + (
            timedelta(days=3650) if lost else timedelta(seconds=seconds)
        )
    db.session.commit()


def _message(mail: Mail) -> EmailMessage:
    message = EmailMessage()
    message["From"] = current_app.config["MAIL_FROM"]
    message["To"] = formataddr((mail.to_name, mail.to_address))
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.written_at)
    message["Message-ID"] = f"<officine-{mail.id}@{current_app.config['MAIL_HOST']}>"
    message["Auto-Submitted"] = "auto-generated"
    for name, value in mail.headers.items():
        message[name] = value
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    if mail.code:
        _add_code(message, mail.code)
    if mail.calendar:
        _add_calendar(message, mail.calendar)
    if mail.attachment_key and (data := storage.get(mail.attachment_key)):
        message.add_attachment(
            data, maintype="application", subtype="pdf", filename=mail.attachment_name
        )
    # Said last: making two versions moves every Content- header into the first.
    message["Content-Language"] = mail.language
    return message


def _add_code(message: EmailMessage, code: str) -> None:
    """A QR code as a picture beside the page that names it: programs that fetch nothing from
    elsewhere show it, and so do those of people without a connection.
    """
    drawn = BytesIO()
    segno.make(code, error="m", micro=False).save(drawn, kind="png", scale=6, border=4)
    version = message.get_body(("html",))
    if version is not None:
        version.add_related(
            drawn.getvalue(), maintype="image", subtype="png", cid="<code>",
            filename="code.png", disposition="inline",
        )  # fmt: skip


def _add_calendar(message: EmailMessage, calendar: str) -> None:
    """The same as a third version of the letter, with its method as RFC 6047 (2.4) wants it, and
    once more as a file: some programs read only the one, some only the other.
    """
    found = re.search(r"^METHOD:(\w+)", calendar, re.MULTILINE)
    method = found.group(1).upper() if found else "PUBLISH"
    # In base64 the lines end as they were written, whatever carries the letter.
    message.add_alternative(
        calendar.encode(),
        maintype="text",
        subtype="calendar",
        cte="base64",
        params={"method": method, "charset": "utf-8"},
    )
    message.add_attachment(
        calendar.encode(), maintype="application", subtype="ics", filename="invite.ics"
    )
