"""The database: one declarative base, column types that mean the same on SQLite and
PostgreSQL, and the rule that a request is one transaction.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from flask import Flask, Response, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Engine, MetaData, String, event
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

NAMING_CONVENTION = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}

# SQLite refuses to turn a read into a write when somebody else wrote in between, so whoever
# means to write says so when the transaction begins.
_will_write: ContextVar[bool] = ContextVar("will_write", default=True)


class UTCDateTime(TypeDecorator[datetime]):
    """A moment: always aware, always UTC, on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Codes(TypeDecorator[tuple[str, ...]]):
    """A short list of codes (languages, sectors) kept as ``,it,en,`` so that every database
    can ask whether one is among them: ``column.has_code("it")``.
    """

    impl = String(200)
    cache_ok = True

    class Comparator(TypeDecorator.Comparator[tuple[str, ...]]):
        def has_code(self, code: str) -> Any:
            """Whether the list holds this code."""
            return self.expr.cast(String).like(f"%,{code},%")

    comparator_factory = Comparator

    def process_bind_param(self, value: Iterable[str] | None, dialect: Any) -> str | None:
        if value is None:
            return None
        if isinstance(value, str):
            return value
        codes = list(dict.fromkeys(value))
        return f",{','.join(codes)}," if codes else ""

    def process_result_value(self, value: str | None, dialect: Any) -> tuple[str, ...]:
        return tuple(code for code in (value or "").split(",") if code)

    def coerce_compared_value(self, op: Any, value: Any) -> Any:
        return String()


class Model(DeclarativeBase):
    """What every table of Officine derives from."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)


# Set on the registry: Flask-SQLAlchemy derives a base of its own, which shares it.
Model.registry.update_type_annotation_map({datetime: UTCDateTime(), tuple[str, ...]: Codes()})

db = SQLAlchemy(model_class=Model)


def init_app(app: Flask) -> None:
    """Bind the database to the application: one transaction a request."""
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            _tune_sqlite(db.engine)
    app.before_request(_begin)
    app.after_request(_finish)


def _begin() -> None:
    _will_write.set(request.method not in SAFE_METHODS)


def _finish(response: Response) -> Response:
    """Below status 400 what was done is kept; otherwise nothing happened."""
    if response.status_code < 400:
        db.session.commit()
    else:
        db.session.rollback()
    return response


@contextmanager
def reading() -> Iterator[None]:
    """Only read, in a transaction of its own: outside a request, where transactions begin as
    writers, this keeps nobody waiting. What was not committed before is undone.
    """
    db.session.rollback()
    token = _will_write.set(False)
    try:
        yield
    finally:
        db.session.rollback()
        _will_write.reset(token)


def is_writing() -> bool:
    """Whether transactions begin as writers just now: everywhere but where a page is only read."""
    return _will_write.get()


@contextmanager
def writing_apart() -> Iterator[Session]:
    """Write in a transaction of its own while the present one only reads."""
    token = _will_write.set(True)
    try:
        with Session(db.engine) as session, session.begin():
            yield session
    finally:
        _will_write.reset(token)


def _tune_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=NORMAL",
            "foreign_keys=ON",
            "busy_timeout=15000",
            "temp_store=MEMORY",
            "cache_size=-16000",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _will_write.get() else "BEGIN")
