"""A file arrives in pieces: the protocol is tus 1.0.0, the pieces are ours to keep.

Each piece is kept as it came, under the byte it begins with, before its row says that it was
received: what the sender was told has arrived is there, on a disk as in S3. The pieces are joined
by the worker.
"""

import logging
import uuid
from datetime import datetime, timedelta
from typing import Any

from resumable_upload.server.core import TusServerCore
from resumable_upload.storage import Storage
from sqlalchemy import CursorResult, select, update

from officine.blueprints.video.events import UploadFinished
from officine.blueprints.video.queries import KEPT_UNFINISHED
from officine.core import storage
from officine.core.db import db
from officine.core.outbox import record
from officine.lib.text import clean_line
from officine.models import Interview, Member, Upload

LARGEST_FILE = 4 * 1024**3
LARGEST_PIECE = 8 * 1024**2
PROTOCOL = "1.0.0"
EXTENSIONS = ["creation", "creation-with-upload", "termination", "checksum", "expiration"]

# It would write addresses into the log, and refusals are the sender’s affair.
logging.getLogger("resumable_upload").setLevel(logging.CRITICAL)


class Pieces(Storage):
    """Where the protocol keeps the uploads of one interview: rows, and pieces in our store."""

    def __init__(self, interview: Interview, by: Member, at: datetime) -> None:
        self.interview, self.by, self.at = interview, by, at

    def create_upload(
        self,
        upload_id: str,
        upload_length: int | None,
        metadata: dict[str, str],
        expires_at: datetime | None = None,
        is_partial: bool = False,
    ) -> None:
        """A file is announced."""
        assert upload_length is not None
        db.session.add(
            Upload(
                id=upload_id,
                interview_id=self.interview.id,
                by_id=self.by.id,
                filename=clean_line(metadata.get("filename"))[:255] or "video",
                size=upload_length,
                began_at=self.at,
                last_at=self.at,
            )
        )
        db.session.flush()
        if not upload_length:  # nothing more will come
            self.complete_upload(upload_id)

    def get_upload(self, upload_id: str) -> dict[str, Any] | None:
        """What is known of an upload. Whoever writes has it alone until the transaction ends."""
        upload = db.session.scalar(
            select(Upload)
            .where(Upload.id == upload_id, Upload.interview_id == self.interview.id)
            .with_for_update()
        )
        if upload is None:
            return None
        return {
            "upload_length": upload.size,
            "offset": upload.received,
            "metadata": {"filename": upload.filename},
            "completed": upload.finished_at is not None,
            "expires_at": None if upload.finished_at else upload.last_at + KEPT_UNFINISHED,
            "is_partial": False,
        }

    def write_chunk(self, upload_id: str, offset: int, data: bytes) -> None:
        """Keep a piece, before anybody is told that it arrived."""
        if data:
            storage.put(piece_key(upload_id, offset), data)

    def update_offset(self, upload_id: str, offset: int) -> None:
        """Not without knowing where it stood: see `update_offset_atomic`."""
        raise NotImplementedError

    def update_offset_atomic(self, upload_id: str, expected_offset: int, new_offset: int) -> bool:
        """So much has arrived, unless somebody else sent a piece meanwhile."""
        moved: CursorResult[Any] = db.session.execute(  # type: ignore[assignment]
            update(Upload)
            .where(
                Upload.id == upload_id,
                Upload.received == expected_offset,
                Upload.finished_at.is_(None),
            )
            .values(received=new_offset, last_at=self.at)
        )
        return moved.rowcount == 1

    def complete_upload(self, upload_id: str) -> bool:
        """All has arrived: the worker joins and looks at it."""
        upload = db.session.get_one(Upload, upload_id, populate_existing=True)
        if upload.finished_at is not None:
            return False
        upload.finished_at = self.at
        record(UploadFinished(upload.id))
        return True

    def delete_upload(self, upload_id: str) -> None:
        """The sender gives it up."""
        upload = db.session.get(Upload, upload_id)
        if upload is not None and upload.finished_at is None:
            forget_upload(upload)

    def read_file(self, upload_id: str) -> bytes:
        """Nobody reads a whole film at once."""
        raise NotImplementedError

    def get_expired_uploads(self) -> list[str]:
        """The worker forgets them at night."""
        return []

    def cleanup_expired_uploads(self) -> int:
        """The worker forgets them at night."""
        return 0


class Protocol(TusServerCore):
    """tus 1.0.0 with what we offer of it."""

    SUPPORTED_EXTENSIONS = EXTENSIONS


def answer(
    interview: Interview,
    *,
    by: Member,
    at: datetime,
    method: str,
    base: str,
    path: str,
    headers: dict[str, str],
    body: bytes,
) -> tuple[int, dict[str, str], bytes]:
    """What tus answers to one request: status, headers, body."""
    told = {name.lower(): value for name, value in headers.items()}
    if "upload-concat" in told or "upload-defer-length" in told or "x-http-method-override" in told:
        return 400, {"Tus-Resumable": PROTOCOL}, b"This extension is not offered."
    server = Protocol(
        storage=Pieces(interview, by, at),
        base_path=base,
        max_size=LARGEST_FILE,
        max_chunk_size=LARGEST_PIECE,
        upload_expiry=int(KEPT_UNFINISHED.total_seconds()),
        cleanup_interval=int(timedelta(days=3650).total_seconds()),
        checksum_algorithms=("sha1", "sha256"),
    )
    return server.handle_request(method, path, told, body)


def upload_at_once(
    interview: Interview, *, by: Member, at: datetime, filename: str, data: bytes
) -> Upload:
    """A small file that came in one request, from a browser without scripts."""
    pieces = Pieces(interview, by, at)
    upload_id = str(uuid.uuid4())
    pieces.create_upload(upload_id, len(data), {"filename": filename})
    pieces.write_chunk(upload_id, 0, data)
    pieces.update_offset_atomic(upload_id, 0, len(data))
    pieces.complete_upload(upload_id)
    return db.session.get_one(Upload, upload_id, populate_existing=True)


def forget_upload(upload: Upload) -> None:
    """Let an upload and its pieces go."""
    storage.delete_folder(folder_of(upload.id))
    db.session.delete(upload)


def folder_of(upload_id: str) -> str:
    """The folder of an upload’s pieces."""
    return f"uploads/{upload_id}"


def piece_key(upload_id: str, offset: int) -> str:
    """Where the piece that begins with a byte is kept."""
    return f"{folder_of(upload_id)}/{offset:012d}.part"
