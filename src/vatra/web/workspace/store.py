"""Bytes by their hash: each content once, written whole or not at all, never changed."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings

FOLDER = "store"
_NAME = re.compile(r"[0-9a-f]{64}")
_BLOCK = 1 << 20
# What is stored once more counts as new again, unless it is that young.
_YOUNG_SECONDS = 3600.0


@dataclass(frozen=True)
class Lying:
    """A file of the store: its hash, its size, when it was last stored [s since 1970]."""

    sha: str
    byte_count: int
    at: float


class Damaged(Exception):
    """Bytes that are gone, or no longer those that were stored."""

    def __init__(self, sha: str) -> None:
        self.sha = sha
        super().__init__(f"stored bytes {sha} are missing or altered")


def folder() -> Path:
    """Where the bytes lie: ``store`` of the data folder."""
    return Path(settings.DATA) / FOLDER


def path_of(sha: str) -> Path:
    """The file of a hash. Raises ``ValueError`` for what is no SHA-256."""
    if not _NAME.fullmatch(sha):
        raise ValueError(f"'{sha[:80]}' is not a SHA-256")
    return folder() / sha[:2] / sha


def put(content: bytes) -> str:
    """Store bytes; returns their SHA-256. What is there already is not written again."""
    sha = hashlib.sha256(content).hexdigest()
    if not _is_whole(path_of(sha), len(content)):
        with _partial() as (stream, name):
            stream.write(content)
            _settle(stream, name, path_of(sha))
    return sha


def put_file(source: Path | IO[bytes]) -> str:
    """Store a file, or what is left of an open one, without holding it in memory."""
    if isinstance(source, Path):
        with source.open("rb") as opened:
            return put_file(opened)
    sha, count = hashlib.sha256(), 0
    with _partial() as (stream, name):
        while block := source.read(_BLOCK):
            sha.update(block)
            count += len(block)
            stream.write(block)
        target = path_of(sha.hexdigest())
        if not _is_whole(target, count):
            _settle(stream, name, target)
    return sha.hexdigest()


def read(sha: str) -> bytes:
    """The bytes of a hash. Raises ``Damaged`` when they are gone or altered."""
    try:
        content = path_of(sha).read_bytes()
    except OSError as problem:
        raise Damaged(sha) from problem
    if hashlib.sha256(content).hexdigest() != sha:
        raise Damaged(sha)
    return content


def lying() -> Iterator[Lying]:
    """All that is stored, in the order of the hashes."""
    for path in sorted(folder().glob("??/*")):
        if _NAME.fullmatch(path.name) and path.parent.name == path.name[:2]:
            try:
                about = path.stat()
            except FileNotFoundError:
                continue
            yield Lying(path.name, about.st_size, about.st_mtime)


def drop(sha: str, before: float) -> bool:
    """Remove bytes that nobody stored since ``before`` [s since 1970]; whether they are gone.

    They are put aside first: who stores them at this moment either made them young, then they are
    put back, or no longer finds them, and writes them anew.
    """
    target, aside = path_of(sha), folder() / f"{sha}.partial"
    try:
        os.replace(target, aside)
        if aside.stat().st_mtime >= before:
            os.replace(aside, target)
            return False
        aside.unlink()
    except FileNotFoundError:
        # Another sweep has it.
        return False
    return True


def _is_whole(target: Path, count: int) -> bool:
    """Whether it is there already; from now on it counts as new, so that no sweep takes it."""
    try:
        about = target.stat()
        if about.st_size == count and time.time() - about.st_mtime > _YOUNG_SECONDS:
            os.utime(target)
    except OSError:
        return False
    return about.st_size == count


@contextmanager
def _partial() -> Iterator[tuple[IO[bytes], Path]]:
    """A new file in the store that is gone again unless it was given its name."""
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=folder(), suffix=".partial")
    with os.fdopen(handle, "wb") as stream:
        try:
            yield stream, Path(name)
        finally:
            Path(name).unlink(missing_ok=True)


def _settle(stream: IO[bytes], name: Path, target: Path) -> None:
    """On the disk first, then under its name: after a power cut it is whole or not there."""
    stream.flush()
    os.fsync(stream.fileno())
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.chmod(name, 0o440)
    os.replace(name, target)
