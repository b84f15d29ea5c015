"""Requests counted by all processes of a server together.

Each process writes into a file of its own, which the others read when somebody asks for metrics:
a counter that only one process knew would jump up and down with whoever answers. A file is a row of
whole numbers whose order follows from the addresses of the site, so it holds no path, no name.
"""

from __future__ import annotations

import mmap
import os
import struct
import threading
from collections.abc import Sequence
from functools import cache
from io import FileIO
from pathlib import Path

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from vatra.web.ops.places import RUNNING

FOLDER = "metrics"
STATUSES = ("1xx", "2xx", "3xx", "4xx", "5xx")
# Upper ends of the steps of duration [s]; the last one takes what is longer.
STEPS_S = (0.01, 0.025, 0.05, 0.1, 0.15, 0.3, 0.6, 1.2, 2.5, 5.0, 10.0)
NO_VIEW = "none"
_NUMBER = struct.Struct("<Q")
NS_PER_S = 1_000_000_000


@cache
def view_names() -> tuple[str, ...]:
    """Names of all addresses of the site, and one for what has no address."""
    return (NO_VIEW, *sorted(set(_names(get_resolver(), ""))))


def _names(resolver: URLResolver, space: str) -> list[str]:
    found = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            found.append(f"{space}{entry.name}")
        else:
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            found += _names(entry, inner)
    return found


def _write_all(stream: FileIO, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[stream.write(left) :]


class Counters:
    """The numbers of this process in its file; threads take turns."""

    def __init__(self, folder: Path, size: int) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / f"{size}-{os.getpid()}-{os.urandom(4).hex()}"
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            # Written, not only made that long: a disk without room says so now. In a file of holes
            # the first number would end the process.
            with os.fdopen(handle, "r+b", buffering=0) as stream:
                _write_all(stream, bytes(size * _NUMBER.size))
                self._map = mmap.mmap(stream.fileno(), size * _NUMBER.size)
        except OSError:
            path.unlink(missing_ok=True)
            raise
        self._lock = threading.Lock()

    def add(self, amounts: Sequence[tuple[int, int]]) -> None:
        """Add to numbers by position."""
        with self._lock:
            for position, amount in amounts:
                at = position * _NUMBER.size
                (before,) = _NUMBER.unpack_from(self._map, at)
                _NUMBER.pack_into(self._map, at, before + amount)


def folder() -> Path:
    return Path(settings.DATA) / RUNNING / FOLDER


def size() -> int:
    """Numbers of a file: by view and status, by step of duration, the sum of durations [ns]."""
    return len(view_names()) * len(STATUSES) + len(STEPS_S) + 2


_own: dict[tuple[int, Path], Counters | None] = {}
_opening = threading.Lock()


def count(view: str, status: int, duration_ns: int) -> None:
    """Count an answered request. A disk that takes no more must not refuse the answer."""
    counters = _counters()
    if counters is None:
        return
    names = view_names()
    row = names.index(view) if view in names else 0
    begin = len(names) * len(STATUSES)
    column = min(max(status // 100, 1), len(STATUSES)) - 1
    counters.add(
        [
            (row * len(STATUSES) + column, 1),
            (begin + _step(duration_ns), 1),
            (begin + len(STEPS_S) + 1, duration_ns),
        ]
    )


def _step(duration_ns: int) -> int:
    return next(
        (at for at, end in enumerate(STEPS_S) if duration_ns <= end * NS_PER_S), len(STEPS_S)
    )


def _counters() -> Counters | None:
    # By process: a file that a parent opened is not the child's.
    key = os.getpid(), folder()
    if key not in _own:
        with _opening:
            if key not in _own:
                try:
                    _own[key] = Counters(folder(), size())
                except OSError:
                    _own[key] = None
    return _own[key]


def totals() -> list[int]:
    """The numbers of all processes since the server started."""
    whole = [0] * size()
    for path in sorted(folder().glob(f"{size()}-*")):
        content = path.read_bytes()
        if len(content) == len(whole) * _NUMBER.size:
            numbers = _NUMBER.iter_unpack(content)
            whole = [a + b for a, (b,) in zip(whole, numbers, strict=True)]
    return whole


def forget() -> None:
    """Begin at zero: the server starts, and what ended processes counted is over."""
    for path in folder().glob("*"):
        path.unlink(missing_ok=True)
