"""Which kind of video file a file is, told from its first bytes and from its boxes.

Nothing is decoded here. Whoever decodes afterwards is told which kind it is and tries no other:
a playlist, a list of files to join or a description of a session is text, whatever its name.
"""

from typing import IO

HEAD = 512
TS_PACKET = 188

MOV_BOXES = {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"}
EBML = bytes.fromhex("1a45dfa3")
SEGMENT = bytes.fromhex("18538067")
MOST_BOXES = 10_000


def kind_of(head: bytes) -> str | None:
    """``mov`` (MP4 too), ``matroska`` (WebM too), ``mpegts``, or None: no video that we take."""
    if head[4:8] in MOV_BOXES:
        return "mov"
    if head.startswith(EBML):
        return "matroska"
    for first in (0, 4):  # camcorders put a time before each packet
        step = TS_PACKET + first
        if all(head[first + step * n : first + step * n + 1] == b"G" for n in range(2)):
            return "mpegts"
    return None


def is_cut_short(file: IO[bytes], kind: str, size: int) -> bool:
    """Whether the end of the file is missing, as far as the file itself says how long it is."""
    if kind == "mov":
        return _mov_is_cut(file, size)
    if kind == "matroska":
        return _matroska_is_cut(file, size)
    return False


def _mov_is_cut(file: IO[bytes], size: int) -> bool:
    """Boxes stand one after the other, each with its length; an index (moov) must be there."""
    position, has_index = 0, False
    for _ in range(MOST_BOXES):
        if position + 8 > size:
            break
        file.seek(position)
        head = file.read(16)
        length, name = int.from_bytes(head[:4]), head[4:8]
        if length == 1:
            length = int.from_bytes(head[8:16])
        elif length == 0:  # up to the end of the file
            length = size - position
        has_index = has_index or name == b"moov"
        if length < 8 or position + length > size:
            return name in (b"mdat", b"moov") or not has_index
        position += length
    return not has_index


def _matroska_is_cut(file: IO[bytes], size: int) -> bool:
    file.seek(4)
    read = _vint(file)
    if read is None:
        return True
    file.seek(read, 1)
    if file.read(4) != SEGMENT:
        return True
    length = _vint(file)
    return length is not None and length >= 0 and file.tell() + length > size


def _vint(file: IO[bytes]) -> int | None:
    """A number as EBML writes it; -1 for “unknown”, as in a live recording."""
    first = file.read(1)
    if not first or not first[0]:
        return None
    width = 9 - first[0].bit_length()
    rest = file.read(width - 1)
    value = int.from_bytes(bytes([first[0] & (0xFF >> width)]) + rest)
    return -1 if value == (1 << 7 * width) - 1 else value
