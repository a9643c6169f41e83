"""Commands that keep running: the site, and its parts."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from typing import Any

import click

from officine.cli.application import Refused, application, made_application
from officine.cli.database import is_prepared
from officine.cli.supervisor import PATIENCE, Child, Supervisor, end_with_parent
from officine.core.config import Settings, env_name

SECONDS_FOR_REDIS = 5


@click.command()
def serve() -> None:
    """Serve the site: web and worker, each started again if it dies.

    Brings the database up to date first.
    """
    sys.exit(run_site(Settings.load(), os.environ))


@click.command()
def work() -> None:
    """Run the worker alone: mail, notifications, the search index."""
    end_with_parent_if_supervised()
    with application() as app:
        from officine.core import worker

        worker.run(app)


@click.command(hidden=True)
def web() -> None:
    """Run the web processes alone."""
    from granian.constants import Interfaces, Loops
    from granian.log import LogLevels
    from granian.server import Server

    end_with_parent_if_supervised()
    chosen = Settings.load()
    Server(
        "officine.cli.serve:web_application",
        factory=True,
        address=chosen.host,
        port=chosen.port,
        interface=Interfaces.WSGI,
        loop=Loops.asyncio,
        workers=chosen.workers,
        blocking_threads=chosen.threads,
        websockets=False,
        respawn_failed_workers=True,
        respawn_interval=0.2,
        workers_kill_timeout=int(PATIENCE) - 5,
        log_level=LogLevels.warning,
    ).serve()


def web_application() -> Any:
    """What each web process answers with."""
    end_with_parent()
    return made_application()


def run_site(chosen: Settings, environ: Mapping[str, str], *, demo: bool = False) -> int:
    """Prepare the data, run web and worker until told to stop, and return the exit code."""
    refuse_taken_port(chosen)
    ask_redis(chosen)
    environ = {**environ, SUPERVISED: "1"}
    if not is_prepared(chosen, demo=demo) and (code := _prepare(environ, demo)):
        return code

    def tell(stopping: threading.Event) -> None:
        if _answers(chosen, stopping):
            click.echo(f"Officine is at {chosen.public_url} — Ctrl-C stops it.", err=True)

    children = [Child("web", _ours("web")), Child("worker", _ours("work"))]
    return Supervisor(children, environ).run(meanwhile=tell)


def _prepare(environ: Mapping[str, str], demo: bool) -> int:
    # In a process of its own, so that the application does not stay in this one's memory.
    try:
        return subprocess.run(
            _ours("prepare", *(["--demo"] if demo else [])), env=environ
        ).returncode
    except KeyboardInterrupt:
        return 130


def _ours(*words: str) -> list[str]:
    return [sys.executable, "-m", "officine", *words]


SUPERVISED = "SUPERVISED_BY_OFFICINE"


def end_with_parent_if_supervised() -> None:
    """Whoever starts a part by hand may also leave it running by itself."""
    if SUPERVISED in os.environ:
        end_with_parent()


def ask_redis(chosen: Settings) -> None:
    """Ask the Redis servers that were named whether they are there, once, before processes that
    need them are started again and again.
    """
    for address in {chosen.jobs_url, chosen.cache_url}:
        if address.startswith("redis"):
            from redis import Redis

            Redis.from_url(address, socket_connect_timeout=SECONDS_FOR_REDIS).ping()


def refuse_taken_port(chosen: Settings) -> None:
    """Raise Refused when something else listens where we are to listen."""
    family = socket.AF_INET6 if ":" in chosen.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((chosen.host, chosen.port))
        except OSError as error:
            raise Refused(
                f"Officine cannot listen on {chosen.host} port {chosen.port}: "
                f"{(error.strerror or str(error)).lower()}. "
                f"Choose another with {env_name('port')}, such as "
                f"{env_name('port')}={chosen.port % 65535 + 1}."
            ) from None


def _answers(chosen: Settings, stopping: threading.Event) -> bool:
    """Wait until the site answers; False if it is told to stop before it does."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(chosen.host, chosen.host)
    # By hand: an HTTP client would be half of this process's memory.
    question = f"GET /healthz HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    while not stopping.wait(0.1):
        try:
            with socket.create_connection((host, chosen.port), timeout=30) as line:
                line.sendall(question.encode())
                if line.recv(12):
                    return True
        except OSError:
            continue
    return False
