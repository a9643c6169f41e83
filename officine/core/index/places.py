"""Where an index of Whoosh lies: in a folder that processes share, or in memory."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol

from whoosh.filedb.filestore import FileStorage, RamStorage, Storage
from whoosh.filedb.structfile import StructFile
from whoosh.util.filelock import FileLock


class Place(Protocol):
    """Where indexes lie, and which of them answers."""

    def current(self) -> str | None: ...

    def storage(self, name: str) -> Storage: ...

    def make(self, name: str) -> Storage: ...

    def switch(self, name: str) -> None: ...

    def condemn(self, name: str) -> None: ...

    def locked(self, purpose: str) -> AbstractContextManager[object]: ...


class Folder:
    """Indexes in a folder, shared by processes. A lock ends with the process that holds it.

    The folder holds

        current-<mark>        the name of the folder that answers
        index-<mark>-<when>/  a Whoosh index
        write.lock, rebuild.lock
    """

    def __init__(self, path: Path, mark: str) -> None:
        self._path = path
        self._pointer = path / f"current-{mark}"
        self._next_pointer = path / f"new-{mark}"

    def current(self) -> str | None:
        try:
            return self._pointer.read_text("ascii") or None
        except FileNotFoundError:
            return None

    def storage(self, name: str) -> Storage:
        return Files(str(self._path / name))

    def make(self, name: str) -> Storage:
        return Files(str(self._path / name)).create()

    def switch(self, name: str) -> None:
        self._next_pointer.write_text(name, "ascii")
        self._next_pointer.replace(self._pointer)
        for other in self._path.iterdir():
            if other.name.startswith("index-") and other.name != name:
                shutil.rmtree(other, ignore_errors=True)
            elif other.name.startswith("current-") and other != self._pointer:
                other.unlink(missing_ok=True)

    def condemn(self, name: str) -> None:
        if self.current() == name:
            self._pointer.unlink(missing_ok=True)

    @contextmanager
    def locked(self, purpose: str) -> Iterator[None]:
        self._path.mkdir(parents=True, exist_ok=True)
        lock = FileLock(str(self._path / f"{purpose}.lock"))
        lock.acquire(blocking=True)
        try:
            yield
        finally:
            lock.release()


class Files(FileStorage):
    """A folder that remembers which of its files were opened for reading.

    They are read where they lie: where Whoosh maps a file into memory it also copies it there,
    four kilobytes a document in every process, and is hardly faster for it.
    """

    def __init__(self, path: str) -> None:
        super().__init__(path, supports_mmap=False)
        self._opened: list[StructFile] = []

    def open_file(self, name: str, **options: Any) -> StructFile:
        file = super().open_file(name, **options)
        self._opened.append(file)
        return file

    def close_files(self) -> None:
        for file in self._opened:
            if not file.is_closed:
                file.close()


class Memory:
    """An index that lives and dies with the process."""

    def __init__(self) -> None:
        self._name: str | None = None
        self._storages: dict[str, Storage] = {}
        self._locks = {"write": threading.Lock(), "rebuild": threading.Lock()}

    def current(self) -> str | None:
        return self._name

    def storage(self, name: str) -> Storage:
        return self._storages[name]

    def make(self, name: str) -> Storage:
        self._storages[name] = _Ram()
        return self._storages[name]

    def switch(self, name: str) -> None:
        self._name, self._storages = name, {name: self._storages[name]}

    def condemn(self, name: str) -> None:
        if self._name == name:
            self._name = None

    def locked(self, purpose: str) -> AbstractContextManager[object]:
        return self._locks[purpose]


class _Ram(RamStorage):
    def temp_storage(self, name: str | None = None) -> Storage:
        # Whoosh would put what it has half written in a folder of a fixed name on disk, which
        # processes would then share.
        return RamStorage()
