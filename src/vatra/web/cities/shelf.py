"""Where kept pages lie: the last ones in memory, all of them in a folder that every process reads.

The folder is below ``made``: backups leave it out, and whatever is missing is made anew. What lies
in it belongs to one state of the program and of its settings; under another one it is not read.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock

from django.conf import settings

import vatra
from vatra.web.base.recent import Recent
from vatra.web.base.whole import write_whole

FOLDER = Path("made") / "pages"
MOST_BYTES = 64 * 1024 * 1024
MOST_BYTES_IN_FOLDER = 1024 * 1024 * 1024
# How many pages a process lays down between two looks at how much lies there.
LOOKS_EVERY = 500
_SEPARATOR = b"\n"
Key = tuple[str, ...]


@dataclass(frozen=True)
class Kept:
    """An answer: its body as sent, and the headers that belong to the body."""

    body: bytes
    headers: tuple[tuple[str, str], ...]

    def written(self) -> bytes:
        """As a file: a line of JSON, then the body."""
        digest = hashlib.sha256(self.body).hexdigest()
        return json.dumps([digest, self.headers]).encode() + _SEPARATOR + self.body

    @classmethod
    def read(cls, content: bytes) -> Kept | None:
        """From a file; None if it is not whole."""
        try:
            line, body = content.split(_SEPARATOR, 1)
            digest, headers = json.loads(line)
        except ValueError:
            return None
        if hashlib.sha256(body).hexdigest() != digest:
            return None
        return cls(body, tuple((name, value) for name, value in headers))


class Folder:
    """The answers of every process, one file each. A disk that fails costs time, never a page."""

    def __init__(self) -> None:
        self._put_count = 0

    def get(self, key: Key) -> Kept | None:
        """What any process of this installation made."""
        try:
            return Kept.read(_place(key).read_bytes())
        except OSError:
            return None

    def put(self, key: Key, kept: Kept) -> None:
        """Lay it down, whole or not at all."""
        target = _place(key)
        with contextlib.suppress(OSError):
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_whole(target, kept.written())
        self._put_count += 1
        if self._put_count % LOOKS_EVERY == 1:
            prune()


class Shelf:
    """Memory before the folder."""

    def __init__(self) -> None:
        # The answers asked for last, of one process.
        self._memory: Recent[Key, Kept] = Recent(MOST_BYTES, lambda kept: len(kept.body))
        self._folder = Folder()

    def get(self, key: Key) -> Kept | None:
        """The answer kept under a key, if there is one."""
        found = self._memory.get(key)
        if found is None:
            found = self._folder.get(key)
            if found is not None:
                self._memory.put(key, found)
        return found

    def put(self, key: Key, kept: Kept) -> None:
        """Keep an answer for this process and the others."""
        self._memory.put(key, kept)
        self._folder.put(key, kept)

    def forget(self) -> None:
        """What this process has in memory; the folder stays."""
        self._memory.clear()

    def clear(self) -> None:
        """Both are empty after it."""
        self.forget()
        shutil.rmtree(_home(), ignore_errors=True)


class Turns:
    """One at a time for the same key; others at once."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: dict[Key, tuple[Lock, int]] = {}

    @contextlib.contextmanager
    def of(self, key: Key) -> Iterator[None]:
        """Wait for one's turn, and have it."""
        with self._lock:
            turn, count = self._held.get(key, (Lock(), 0))
            self._held[key] = (turn, count + 1)
        try:
            with turn:
                yield
        finally:
            with self._lock:
                turn, count = self._held[key]
                if count > 1:
                    self._held[key] = (turn, count - 1)
                else:
                    del self._held[key]


def prune() -> None:
    """Let the folder hold no pages of another program, and the youngest of this one that fit."""
    ours = _home() / _program()
    with contextlib.suppress(OSError):
        for other in _home().iterdir():
            if other != ours:
                shutil.rmtree(other, ignore_errors=True)
        found = []
        for file in ours.rglob("*"):
            with contextlib.suppress(OSError):
                if file.is_file():
                    about = file.stat()
                    found.append((about.st_mtime_ns, about.st_size, file))
        room = MOST_BYTES_IN_FOLDER
        for _, size, file in sorted(found, reverse=True):
            room -= size
            if room < 0:
                file.unlink(missing_ok=True)


def _home() -> Path:
    return Path(settings.DATA) / FOLDER


def _place(key: Key) -> Path:
    name = hashlib.sha256(json.dumps(key).encode()).hexdigest()
    return _home() / _program() / name[:2] / name[2:]


@cache
def _program() -> str:
    """What made the pages: every file of the program by size and time, the packages that it runs
    on, and the settings given."""
    said = hashlib.sha256(vatra.__version__.encode())
    for root, folders, files in os.walk(Path(vatra.__file__).parent):
        folders[:] = sorted(each for each in folders if each != "__pycache__")
        for name in sorted(files):
            about = os.stat(os.path.join(root, name))
            said.update(f"{name} {about.st_size} {about.st_mtime_ns}\n".encode())
    said.update("\n".join(_packages()).encode())
    for name in sorted(each for each in os.environ if each.startswith("VATRA_")):
        said.update(f"{name}={os.environ[name]}\n".encode())
    return said.hexdigest()[:16]


def _packages() -> list[str]:
    """What is installed, as its folders are named: by name and version."""
    found: set[str] = set()
    for place in sys.path:
        with contextlib.suppress(OSError):
            found.update(each for each in os.listdir(place) if each.endswith(".dist-info"))
    return sorted(found)
