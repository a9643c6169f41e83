"""One line for each thing that happens, for a machine or for a terminal.

A log outlives what people delete, so it holds nothing of them: a request is told by its rule
(`/<lang>/people/<handle>`), never by its address, and mail addresses are blotted out wherever
they turn up, in tracebacks too.
"""

import logging
import re
import secrets
import sys
from time import perf_counter
from typing import Any

import structlog
from flask import Flask, Response, g, has_request_context, request
from structlog.contextvars import bind_contextvars, clear_contextvars
from structlog.types import EventDict, Processor, WrappedLogger

from officine.core.config import Settings

REQUEST_ID = "X-Request-ID"
QUIET = dict.fromkeys(("werkzeug", "huey", "alembic", "_granian", "fontTools", "fpdf"), "WARNING")
"""Libraries that speak of what our own lines already tell, or of each letter that they draw."""

ASKED_ALL_DAY = {"health.alive", "health.ready"}


def setup_logging(settings: Settings) -> None:
    """Send every logger of the process, ours and the libraries', through one formatter."""
    as_text = settings.log_format == "text" or (
        settings.log_format == "auto" and sys.stderr.isatty()
    )
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="%H:%M:%S" if as_text else "iso", utc=not as_text),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    drop_meta = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    render: Processor = (
        _terminal() if as_text else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            drop_meta,
            structlog.processors.format_exc_info,
            blot_out_addresses,
            render,
        ],
    )
    handler = StandardError()
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(settings.log_level.upper())
    for name, level in QUIET.items():
        logging.getLogger(name).setLevel(level)


class StandardError(logging.Handler):
    """Writes to whatever standard error is at the moment, so that it can be redirected."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            sys.stderr.write(f"{self.format(record)}\n")
        except Exception:
            self.handleError(record)


def log_requests(app: Flask) -> None:
    """Give each request an id, carried by its log lines and its answer, and log how it went."""
    log = structlog.get_logger("officine.request")
    app.logger.addFilter(_without_the_address)

    @app.before_request
    def begin() -> None:
        clear_contextvars()
        g.request_id = _given_id() or secrets.token_hex(8)
        g.began = perf_counter()
        rule = request.url_rule.rule if request.url_rule else None
        bind_contextvars(request_id=g.request_id, method=request.method, route=rule)

    @app.after_request
    def end(response: Response) -> Response:
        if "request_id" in g:
            response.headers[REQUEST_ID] = g.request_id
            spent = round((perf_counter() - g.began) * 1000, 1)
            _tell(log, response)("answered", status=response.status_code, ms=spent)
        return response


def _tell(log: Any, response: Response) -> Any:
    """How loudly to tell of an answer: those who ask all day whether we live, in a whisper."""
    if response.status_code >= 500 and request.endpoint not in ASKED_ALL_DAY:
        return log.error
    return log.debug if request.endpoint in ASKED_ALL_DAY else log.info


def request_id() -> str | None:
    """The id of the request being answered, to be quoted on an error page."""
    return g.get("request_id") if has_request_context() else None


ADDRESS = re.compile(r"[^\s@<>\"'(),:;=/\\]+@[\w-]+(?:\.[\w-]+)+")


def blot_out_addresses(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
    """Take mail addresses out of every text of a line."""
    return {name: _blotted(value) for name, value in line.items()}


def _blotted(value: Any) -> Any:
    if isinstance(value, str):
        return ADDRESS.sub("[address]", value) if "@" in value else value
    if isinstance(value, list | tuple):
        return [_blotted(each) for each in value]
    if isinstance(value, dict):
        return {name: _blotted(each) for name, each in value.items()}
    return value if isinstance(value, int | float | None) else _blotted(str(value))


def _without_the_address(record: logging.LogRecord) -> bool:
    # Flask says which address failed, and an address may carry a link's secret. The line
    # already names the rule.
    if record.exc_info and str(record.msg).startswith("Exception on"):
        record.msg, record.args = "failed", ()
    return True


def _given_id() -> str | None:
    """The id a proxy gave this request, if it is one and not something to be smuggled in."""
    given = request.headers.get(REQUEST_ID, "")
    return given if re.fullmatch(r"[A-Za-z0-9-]{8,64}", given) else None


def _terminal() -> Processor:
    return structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
    )
