"""Small real films, made once, and a way to send them."""

import base64
import os
import re
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import localbucket
import pytest
from flask import Flask

from officine.blueprints.video import queries
from officine.blueprints.video.jobs.line import perform
from officine.blueprints.video.jobs.work import claim
from officine.core import ffmpeg, outbox, storage
from officine.core.clock import now
from officine.core.db import db
from officine.models import Interview, Member, Release, Video
from tests.visits import Visit
from tests.world import World

TUS = {"Tus-Resumable": "1.0.0"}
PIECE = {**TUS, "Content-Type": "application/offset+octet-stream"}


@dataclass
class Films:
    """Files as they come from phones, cameras and people who try things."""

    folder: Path
    ffmpeg: Path
    undisturbed: dict[str, str] = field(default_factory=dict)
    """What was made of the plain one, if it was: each file with the mark of its bytes."""

    def made(self, name: str, *words: str) -> Path:
        """A film, made once."""
        path = self.folder / name
        if not path.exists():
            subprocess.run([self.ffmpeg, "-v", "error", "-y", *words, path], check=True, timeout=60)
        return path

    @property
    def plain(self) -> Path:
        """Five seconds, 480×360, with a quiet tone."""
        return self.made("plain.mp4", *picture(5, "480x360", 10), *tone(5), *H264, "-c:a", "aac")

    @property
    def tiny(self) -> Path:
        """One second, 160×120, with a tone."""
        return self.made("tiny.mp4", *picture(1, "160x120"), *tone(1), *H264, "-c:a", "aac")

    @property
    def silent(self) -> Path:
        """Without any sound."""
        return self.made("silent.mp4", *picture(1, "160x120"), *H264)

    @property
    def webm(self) -> Path:
        """As browsers and screen recorders write it."""
        return self.made(
            "screen.webm", *picture(1, "160x120"), *tone(1),
            "-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus",
        )  # fmt: skip

    @property
    def upright(self) -> Path:
        """A phone held upright: the pictures lie on their side, and the file says so."""
        lying = self.made("lying.mov", *picture(1, "320x240"), *H264)
        path = self.folder / "upright.mov"
        if not path.exists():
            path.write_bytes(turned(lying.read_bytes()))
        return path

    @property
    def vertical(self) -> Path:
        """Taller than wide, without anything to turn."""
        return self.made("vertical.mp4", *picture(1, "240x426"), *tone(1), *H264, "-c:a", "aac")

    def bright(self, transfer: str) -> Path:
        """Ten bits and high dynamic range: a sheet of paper as bright as the light allows."""
        code = {"smpte2084": 0.58, "arib-std-b67": 0.75}[transfer]
        paper = round(64 + code * 876)
        return self.made(
            f"{transfer}.mp4", "-f", "lavfi", "-i", "color=size=160x120:rate=10:duration=1",
            "-vf", f"format=yuv420p10le,geq=lum={paper}:cb=512:cr=512,"
            f"setparams=color_primaries=bt2020:color_trc={transfer}:colorspace=bt2020nc",
            "-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=error",
            "-color_primaries", "bt2020", "-color_trc", transfer, "-colorspace", "bt2020nc",
            "-tag:v", "hvc1",
        )  # fmt: skip

    @property
    def uneven(self) -> Path:
        """A phone’s variable frame rate: pictures come when they come."""
        return self.made(
            "uneven.mp4", *picture(2, "160x120"), *H264,
            "-vf", "select='not(between(n,10,22))*not(eq(mod(n,3),1))',setpts=PTS-STARTPTS",
            *VARIABLE,
        )  # fmt: skip


H264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
VARIABLE = ["-fps_mode", "vfr"]


def picture(seconds: float, size: str = "320x240", rate: int = 25) -> list[str]:
    """A moving test card."""
    return ["-f", "lavfi", "-i", f"testsrc2=size={size}:rate={rate}:duration={seconds}"]


def tone(seconds: float) -> list[str]:
    """A quiet tone."""
    return ["-f", "lavfi", "-i", f"sine=frequency=440:duration={seconds},volume=0.05"]


def turned(film: bytes) -> bytes:
    """The same film with a display matrix that turns it by a quarter."""
    at = film.index(b"tkhd") + 4
    version = film[at]
    at += 36 + 16 + (12 if version else 0) - 12
    unit = (1 << 16).to_bytes(4)
    minus, zero, one = (-(1 << 16)).to_bytes(4, signed=True), bytes(4), (1 << 30).to_bytes(4)
    assert film[at : at + 4] == unit
    matrix = zero + unit + zero + minus + zero + zero + zero + zero + one
    return film[:at] + matrix + film[at + len(matrix) :]


@pytest.fixture(scope="session", autouse=True)
def programs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The FFmpeg that comes with the packages of the tests: the same on every machine, and it
    starts at once.
    """
    packed = {name: ffmpeg._packed(name) for name in ("ffmpeg", "ffprobe")}
    folder = tmp_path_factory.mktemp("programs")
    with pytest.MonkeyPatch.context() as patch:
        if all(packed.values()):
            for name, path in packed.items():
                (folder / name).symlink_to(str(path))
            patch.setenv("PATH", str(folder), prepend=os.pathsep)
        yield


@pytest.fixture(scope="session")
def films(programs: None, tmp_path_factory: pytest.TempPathFactory) -> Films:
    """The films; they need FFmpeg, which comes with the packages of the tests."""
    return Films(tmp_path_factory.mktemp("films"), ffmpeg.find("ffmpeg"))


@dataclass(frozen=True)
class Bucket:
    """A store that is reached as S3 is."""

    folder: Path
    """Where its server keeps what it was given."""


class S3(localbucket.S3Handler):
    """A small server of S3, and what it lacks: to delete several files with one request."""

    def do_POST(self) -> None:
        if urlsplit(self.path).query != "delete":
            super().do_POST()
            return
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        bucket = Path(self.data_root) / urlsplit(self.path).path.strip("/")
        keys = re.findall(r"<Key>(.*?)</Key>", body)
        for key in keys:
            (bucket / key).unlink(missing_ok=True)
        gone = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in keys)
        answer = f"<DeleteResult>{gone}</DeleteResult>".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: Any) -> None:
        """Nothing."""


@pytest.fixture
def bucket(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bucket]:
    """The site keeps its files in S3."""
    (tmp_path / "s3" / "films").mkdir(parents=True)
    monkeypatch.setattr(S3, "data_root", tmp_path / "s3", raising=False)
    server = ThreadingHTTPServer(("127.0.0.1", 0), S3)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{server.server_port}", "AWS_ALLOW_HTTP": "true",
        "AWS_REGION": "eu-south-1", "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    on_disk = app.extensions["officine.files"]
    app.extensions["officine.files"] = storage.open_store("s3://films")
    yield Bucket(tmp_path / "s3" / "films")
    app.extensions["officine.files"] = on_disk
    server.shutdown()
    server.server_close()


@pytest.fixture
def interview(world: World) -> Interview:
    """An interview with Marta that is being made."""
    made = Interview(
        slug="marta-colombo",
        language="it",
        stage="editing",
        owner_id=world.giulia.id,
        guest_name="Marta Colombo",
        sectors=(),
        created_at=now(),
    )
    db.session.add(made)
    db.session.commit()
    return made


def publish(interview: Interview, by: Member) -> None:
    """Let everyone see it, with a release that holds."""
    db.session.add(
        Release(
            interview_id=interview.id, language="it", purposes="Il sito.", asked_at=now(),
            asked_by_id=by.id, name="Marta Colombo", address="Como", signature="Marta Colombo",
            signed_at=now(), until=date(2099, 1, 1),
        )
    )  # fmt: skip
    interview.stage, interview.published_at = "published", now()
    db.session.commit()


class Sender:
    """A tus client."""

    def __init__(self, visit: Visit, interview: Interview) -> None:
        self.visit = visit
        self.base = f"/it/desk/interviews/{interview.id}/video/uploads"

    def ask(self, method: str, url: str, body: bytes = b"", **headers: str) -> Any:
        """One request of the protocol."""
        token = {"X-CSRFToken": self.visit._csrf_token()}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.visit._open(method, url, 60, data=body, headers={**PIECE, **token, **named})

    def announce(self, size: int, name: str = "intervista.mp4") -> str:
        """Say what will come; gives its address."""
        metadata = f"filename {base64.b64encode(name.encode()).decode()}"
        reply = self.ask("POST", self.base, Upload_Length=str(size), Upload_Metadata=metadata)
        assert reply.status_code == 201, reply.get_data(as_text=True)
        return str(reply.headers["Location"])

    def offset(self, url: str) -> int:
        """How much has arrived."""
        return int(self.ask("HEAD", url).headers["Upload-Offset"])

    def send(self, data: bytes, name: str = "intervista.mp4") -> str:
        """A whole file in one piece."""
        url = self.announce(len(data), name)
        if data:
            assert self.ask("PATCH", url, data, Upload_Offset="0").status_code == 204
        return url


@pytest.fixture
def sender(visit: Callable[..., Visit], world: World, interview: Interview) -> Sender:
    """Giulia’s browser, sending."""
    return Sender(visit(world.giulia), interview)


@pytest.fixture
def worked(
    app: Flask, sender: Sender, interview: Interview, settle: Callable[[], None]
) -> Callable[..., Video]:
    """Send a file and let the worker do all there is to do; gives the video."""

    def send(path: Path | bytes, name: str = "intervista.mp4", until: str = "") -> Video:
        data = path if isinstance(path, bytes) else path.read_bytes()
        sender.send(data, name)
        if until:
            work_until(app, until)
        else:
            settle()
        db.session.expire_all()
        video = queries.video_of(interview)
        assert video is not None
        return video

    return send


def work_until(app: Flask, last: str) -> None:
    """Do the steps of what has arrived, up to one of them."""
    outbox.settle_events()
    app.extensions["officine.queue"].flush()
    while due := queries.due_steps(now()):
        db.session.rollback()
        work = claim(due[0])
        assert work is not None
        perform(work)
        if work.name == last:
            break
    app.extensions["officine.queue"].flush()
