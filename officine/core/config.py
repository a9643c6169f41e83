"""What can be set, how it is read, and what each setting means.

The class below is the one table: a field, its default, how its text is read, and a sentence for
the person who sets it. The environment (`OFFICINE_PORT`) wins over the file (`port = 8000`), and
the file over the default. Only the standard library is needed here, so that the launcher can
explain a mistake before anything is installed.
"""

import difflib
import os
import secrets
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from officine.core import readers

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE if (PACKAGE / "templates").is_dir() else PACKAGE.parent
"""Where templates, translations, migrations and built assets lie: in the package once installed,
beside it in a checkout."""
MIGRATIONS = ROOT / "migrations"

PREFIX = "OFFICINE_"

OTHER_NAMES = {
    "OFFICINE_CONFIG": "The TOML file to read. Without it, `officine.toml` in the current folder "
    "is read if it is there.",
    "OFFICINE_CHROMIUM": "The browser the tests drive. Without it, one fetched from npm where that "
    "runs, or else a Chromium or Chrome on the path.",
    "OFFICINE_TEST_DATABASE_URL": "The database the tests use. Without it, SQLite. "
    "`python3 -m officine test --database postgresql` sets it.",
    "OFFICINE_TEST_THOROUGH": "`1` lets the tests try everything where they else try a share: each "
    "hostile text in each field, long queues. It takes minutes more.",
}
"""Names that begin as settings do and are read elsewhere."""


KEPT_IN_A_FILE = ("database_url", "jobs_url")
"""The settings whose path is a file’s; that of the others is a folder’s."""

PACKAGES = {
    "postgresql": ("psycopg", "postgres"),
    "postgresql+psycopg": ("psycopg", "postgres"),
    "redis": ("redis", "redis"),
    "rediss": ("redis", "redis"),
}
"""What speaks to which kind of server, and the extra of ours that brings it."""


class ConfigError(Exception):
    """A setting is unknown or cannot be. The message is a sentence for whoever set it."""


def setting(default: Any, read: Callable[[str], Any], doc: str, *, private: bool = False) -> Any:
    """One row of the table: the default, how the text is read, what it is for.

    A private one may hold a password: it is not shown in messages, logs or tracebacks.
    """
    metadata = {"read": read, "doc": doc, "private": private}
    return field(default=default, repr=not private, metadata=metadata)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything an installation can choose. `{data_dir}` in a default is the data folder."""

    host: str = setting(
        "127.0.0.1", readers.text, "The address to listen on. `0.0.0.0` listens on every network."
    )
    port: int = setting(8000, readers.number(1, 65535), "The port to listen on.")
    base_url: str | None = setting(
        None,
        readers.public_address,
        "The site’s public address, for links in mails and for canonical links. Under `https://` "
        "cookies travel on secure connections only. Without it, the address of `host` and `port`.",
    )
    data_dir: Path = setting(
        Path("data"), readers.folder, "The folder that holds everything the installation keeps."
    )
    database_url: str = setting(
        "sqlite:///{data_dir}/officine.db",
        readers.url("sqlite", "postgresql", "postgresql+psycopg"),
        "The database: `sqlite:///` and a path, or `postgresql://user:password@host/name`.",
        private=True,
    )
    search_url: str = setting(
        "whoosh:///{data_dir}/search",
        readers.url("whoosh", "memory:"),
        "The search index: `whoosh:///` and the path of a folder.",
    )
    storage_url: str = setting(
        "file:///{data_dir}/files",
        readers.url("file", "s3"),
        "Where uploaded files are kept: `file:///` and the path of a folder, or "
        "`s3://bucket/prefix`, with the usual `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, "
        "`AWS_REGION` and `AWS_ENDPOINT_URL` beside it; for an address that is plain `http://`, "
        "on a closed network, `AWS_ALLOW_HTTP=true` too.",
        private=True,
    )
    mail_url: str = setting(
        "file:///{data_dir}/mail",
        readers.url("file", "smtp", "smtps", "console:"),
        "How mail leaves: `file:///` and a folder where it is left, "
        "`smtp://user:password@host:587`, `smtps://user:password@host:465`, or `console:`.",
        private=True,
    )
    mail_from: str = setting(
        "Officine <officine@localhost>", readers.mailbox, "The sender of the site’s mails."
    )
    reply_address: str | None = setting(
        None,
        readers.address,
        "Where calendars send what people answer to an invitation, such as "
        "`reply@officine.example`. Each invitation carries its own: `reply+KEY@officine.example`. "
        "Without it, invitations say that no answer is awaited.",
    )
    jobs_url: str = setting(
        "sqlite:///{data_dir}/jobs.db",
        readers.url("sqlite", "postgresql", "redis", "rediss", "memory:"),
        "The queue of background work: `sqlite:///` and a path, `redis://host:6379/0`, "
        "`postgresql://user:password@host/name`, or `memory:` where no worker runs (tests).",
        private=True,
    )
    cache_url: str = setting(
        "memory:",
        readers.url("memory:", "redis", "rediss"),
        "What several web processes share, rate limits included: `memory:` for one process, "
        "`redis://host:6379/1` for more.",
        private=True,
    )
    secret_key: str | None = setting(
        None,
        readers.secret,
        "What sessions and links in mails are signed with. Without it, a key is made at the first "
        "start and kept in the data folder as `secret`, readable by its owner only.",
        private=True,
    )
    site_name: str = setting("Officine", readers.text, "The name the site carries.")
    operator_name: str | None = setting(
        None,
        readers.text,
        "The company that runs the site, as it is registered. The law asks for it: it stands in "
        "each footer and among the contact points, with what follows.",
    )
    operator_address: str | None = setting(None, readers.text, "Its registered office.")
    operator_vat: str | None = setting(
        None, readers.text, "Its VAT number, which stands on the home page: `IT 01234567890`."
    )
    operator_register: str | None = setting(
        None, readers.text, "Where it is registered, and under which number: `REA CO-123456`."
    )
    operator_email: str | None = setting(
        None,
        readers.address,
        "Where users write to it. Without it, the address of `mail_from`.",
    )
    operator_phone: str | None = setting(None, readers.text, "Its telephone number.")
    operator_authorities_email: str | None = setting(
        None,
        readers.address,
        "Where authorities write to it. Without it, the address for users.",
    )
    default_language: str = setting(
        "it",
        readers.one_of("it", "en", "es"),
        "The language for those whose browser asks for none of ours: `it`, `en` or `es`.",
    )
    timezone: str = setting(
        "Europe/Rome",
        readers.timezone,
        "The time zone of dates for those who have not chosen their own.",
    )
    demo: bool = setting(
        False,
        readers.yes_or_no,
        "Shows the site’s mails in the site and lets anyone enter as one of the demo’s people. "
        "`python3 -m officine` turns it on; never turn it on where real people write.",
    )
    workers: int = setting(
        1, readers.number(1, 64), "Web processes. More than one needs a `cache_url` they can share."
    )
    threads: int = setting(4, readers.number(1, 64), "Threads of each web process.")
    ffmpeg: str | None = setting(
        None,
        readers.text,
        "The path of `ffmpeg`, which works on videos; `ffprobe` lies beside it. Without it, those "
        "on the path, or else those that come with `officine[video]`.",
    )
    transcribe_command: str | None = setting(
        None,
        readers.command,
        "A program that writes first captions of an interview, with its arguments, such as "
        "`whisper-cli -m /models/base.bin -f {wav} -l {language} -ovtt`. `{audio}` stands for the "
        "sound as it is kept (.m4a), `{wav}` for the same as WAV, `{language}` for the language "
        "spoken. It writes WebVTT or SRT to its output or beside the sound. Without it, editors "
        "write captions or take them in from a file.",
    )
    transcribe_minutes: int = setting(
        240, readers.number(1, 1440), "After how many minutes that program is stopped."
    )
    trusted_proxies: int = setting(
        0,
        readers.number(0, 5),
        "How many proxies stand in front and tell the visitor’s true address in `X-Forwarded-For`.",
    )
    log_level: str = setting(
        "info",
        readers.one_of("debug", "info", "warning", "error"),
        "The least that is logged: `debug`, `info`, `warning` or `error`.",
    )
    log_format: str = setting(
        "auto",
        readers.one_of("auto", "json", "text"),
        "`json` for machines, `text` for people; `auto` is `text` in a terminal.",
    )

    def __post_init__(self) -> None:
        """Make the data folder absolute and write it into the defaults that lie in it."""
        object.__setattr__(self, "data_dir", Path(self.data_dir).expanduser().absolute())
        for row in fields(self):
            value = getattr(self, row.name)
            if isinstance(value, str) and "{data_dir}" in value:
                value = value.replace("{data_dir}", str(self.data_dir))
                object.__setattr__(self, row.name, value)

    @classmethod
    def load(
        cls, environ: Mapping[str, str] | None = None, toml_path: str | Path | None = None
    ) -> Self:
        """Read the settings, and make what must exist at a first start: folder and secret.

        Raises ConfigError with a sentence when a name is unknown or a value cannot be.
        """
        settings = cls.read(environ, toml_path)
        settings._refuse_what_is_not_here()
        if settings.secret_key is None:
            object.__setattr__(settings, "secret_key", kept_secret(settings.data_dir))
        return settings

    @classmethod
    def read(
        cls, environ: Mapping[str, str] | None = None, toml_path: str | Path | None = None
    ) -> Self:
        """Read the settings and touch nothing. Raises ConfigError as `load` does."""
        environ = os.environ if environ is None else environ
        texts = _from_file(toml_path or environ.get("OFFICINE_CONFIG")) | _from_environ(environ)
        table = {row.name: row for row in fields(cls)}
        data_dir = _read(table["data_dir"], *texts.get("data_dir", ("", "data")))
        values = {
            name: _read(table[name], given_as, text.replace("{data_dir}", str(data_dir)))
            for name, (given_as, text) in texts.items()
        }
        settings = cls(**values)
        settings._refuse_what_cannot_be()
        return settings

    def _refuse_what_cannot_be(self) -> None:
        if self.workers > 1 and self.cache_url == "memory:":
            raise ConfigError(
                f"{env_name('workers')} is {self.workers}, but web processes cannot share "
                f"{env_name('cache_url')} memory:. Name a Redis server there, or keep one process."
            )

    def _refuse_what_is_not_here(self) -> None:
        """Refuse a folder in which nothing can be kept, and a server that nobody can speak to."""
        _refuse_folder("data_dir", self.data_dir)
        for name in ("database_url", "search_url", "storage_url", "mail_url", "jobs_url"):
            if path := file_path(getattr(self, name)):
                _refuse_folder(name, path.parent if name in KEPT_IN_A_FILE else path)
        for name in ("database_url", "jobs_url", "cache_url"):
            package, extra = PACKAGES.get(urlsplit(getattr(self, name)).scheme, ("", ""))
            if package and find_spec(package) is None:
                raise ConfigError(
                    f"{env_name(name)} names a server that only the package {package} can speak "
                    f"to. Run: pip install 'officine[{extra}]'"
                )

    @property
    def public_url(self) -> str:
        """Where people reach the site, without a slash at the end."""
        if self.base_url:
            return self.base_url
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    @property
    def is_secure(self) -> bool:
        """Whether people reach the site over https."""
        return self.public_url.startswith("https://")


def env_name(name: str) -> str:
    """The environment's name of a setting."""
    return PREFIX + name.upper()


def file_path(url: str) -> Path | None:
    """The path a `sqlite:///`, `whoosh:///` or `file:///` address names; None for other kinds."""
    scheme, _, rest = url.partition("://")
    return Path(rest[1:]) if scheme in readers.FILE_SCHEMES and rest.startswith("/") else None


def _refuse_folder(name: str, folder: Path) -> None:
    """Refuse where no folder can be made or written: on a file, or in what belongs to another."""
    there = next(each for each in (folder, *folder.parents) if os.path.exists(each))
    that = "that" if there == folder else str(there)
    if not there.is_dir():
        raise ConfigError(f"{env_name(name)} names the folder {folder}, but {that} is a file.")
    if not os.access(there, os.W_OK | os.X_OK):
        raise ConfigError(
            f"{env_name(name)} names the folder {folder}, but {that} cannot be written."
        )


def kept_secret(data_dir: Path) -> str:
    """The installation's own secret, made when first asked for, mode 0600."""
    path = data_dir / "secret"
    try:
        if not path.exists():
            _keep_new_secret(path)
        return path.read_text().strip()
    except OSError as error:
        raise ConfigError(
            f"{env_name('data_dir')} names the folder {data_dir}, which cannot be used: "
            f"{error.strerror}."
        ) from None


def _keep_new_secret(path: Path) -> None:
    # Web and worker start together: each writes its own, and the link lets only one of them win.
    path.parent.mkdir(parents=True, exist_ok=True)
    mine = path.with_name(f"secret.{os.getpid()}")
    with open(os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(48) + "\n")
    try:
        os.link(mine, path)
    except FileExistsError:
        pass
    finally:
        mine.unlink()


def _from_environ(environ: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Texts by setting, each with the name it was given under. An empty text is no answer."""
    texts = {}
    for name, value in environ.items():
        if not name.startswith(PREFIX) or name in OTHER_NAMES:
            continue
        known = name.removeprefix(PREFIX).lower()
        if known not in _names() or name != env_name(known):
            raise _unknown(name, [env_name(each) for each in _names()] + list(OTHER_NAMES))
        if value.strip():
            texts[known] = (name, value.strip())
    return texts


def _from_file(path: str | Path | None) -> dict[str, tuple[str, str]]:
    """Texts by setting out of a TOML file; the default one may be missing."""
    wanted = Path(path) if path else Path("officine.toml")
    if not path and not wanted.exists():
        return {}
    try:
        rows = tomllib.loads(wanted.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"The file {wanted} cannot be read: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"The file {wanted} is not valid TOML: {error}.") from None

    texts = {}
    for name, value in rows.items():
        if name not in _names():
            raise _unknown(name, _names(), f" in {wanted}")
        if not isinstance(value, str | int):
            raise ConfigError(f"{name} in {wanted} must be a text, a number, or true or false.")
        text = str(value).lower() if isinstance(value, bool) else str(value)
        texts[name] = (f"{name} in {wanted}", text)
    return texts


def _read(row: "Field[Any]", given_as: str, text: str) -> Any:
    try:
        return row.metadata["read"](text)
    except ValueError as error:
        shown = "" if row.metadata["private"] else f", not {text!r}"
        raise ConfigError(f"{given_as} must be {error}{shown}.") from None


def _names() -> list[str]:
    return [row.name for row in fields(Settings)]


def _unknown(name: str, known: list[str], where: str = "") -> ConfigError:
    near = difflib.get_close_matches(name, known, n=1)
    hint = f" Did you mean {near[0]}?" if near else " docs/configuration.md lists them all."
    return ConfigError(f"There is no setting {name}{where}.{hint}")
