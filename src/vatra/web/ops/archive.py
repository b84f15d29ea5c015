"""The file of a backup: a ZIP whose comment is the SHA-256 of everything before it.

It holds the files of the installation, ``rows/<table>.jsonl`` for each table, and at its end
``manifest.json`` with size and SHA-256 of each. A byte that was changed, added or cut off is found
before anything is read; a file that is not as the manifest says, by its name.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from vatra.web.ops.errors import OpsError

FORMAT = "vatra-backup-1"
MANIFEST = "manifest.json"
DIGEST_LENGTH = 64
MANIFEST_BYTES_AT_MOST = 256 * 1024 * 1024
_BLOCK_BYTES = 1024 * 1024
# Old enough for every ZIP; the same for each entry, so that the same content is the same file.
_TIME = (1980, 1, 1, 0, 0, 0)


class Writer:
    """Adds entries and keeps what the manifest says of them."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._zip = file
        self.files: list[dict[str, Any]] = []

    def add(self, name: str, blocks: Iterable[bytes]) -> None:
        """Add an entry of the given bytes."""
        digest, size = hashlib.sha256(), 0
        info = zipfile.ZipInfo(name, _TIME)
        info.compress_type = zipfile.ZIP_DEFLATED
        with self._zip.open(info, "w", force_zip64=True) as out:
            for block in blocks:
                out.write(block)
                digest.update(block)
                size += len(block)
        self.files.append({"name": name, "byte_count": size, "sha256": digest.hexdigest()})

    def close(self, about: dict[str, Any]) -> dict[str, Any]:
        """Write the manifest and give it."""
        manifest = {"format": FORMAT, **about, "files": self.files}
        text = json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=1)
        self._zip.writestr(zipfile.ZipInfo(MANIFEST, _TIME), text.encode())
        self._zip.comment = b"0" * DIGEST_LENGTH
        return manifest


@contextmanager
def writing(file: Path) -> Iterator[Writer]:
    """A new file that nobody else may read; it gets its digest at the end."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as out, zipfile.ZipFile(out, "w") as archive:
        yield Writer(archive)
    with file.open("r+b") as whole:
        digest = _digest(whole)
        whole.seek(-DIGEST_LENGTH, os.SEEK_END)
        whole.write(digest.encode())
        whole.flush()
        os.fsync(whole.fileno())


def digest_of(file: Path) -> str:
    """The digest that stands at the end of a backup. Raises ``OpsError`` where it does not hold."""
    try:
        with file.open("rb") as stream:
            found = _digest(stream)
            written = stream.read(DIGEST_LENGTH).decode("ascii", errors="replace")
    except OSError as problem:
        raise OpsError("web.ops.backup-unreadable", file=file.name) from problem
    if written != found:
        raise OpsError("web.ops.backup-altered", file=file.name)
    return found


@contextmanager
def reading(file: Path, digest: str = "") -> Iterator[Reader]:
    """The entries of a backup whose digest holds, and is the noted one if one was noted."""
    found = digest_of(file)
    if digest and digest.strip().lower() != found:
        raise OpsError("web.ops.backup-another", file=file.name, found=found)
    try:
        with zipfile.ZipFile(file) as archive:
            yield Reader(archive, file.name)
    except zipfile.BadZipFile as problem:
        raise OpsError("web.ops.backup-altered", file=file.name) from problem


class Reader:
    """Entries by name; each is held against the manifest while it is read."""

    def __init__(self, file: zipfile.ZipFile, name: str) -> None:
        self._zip, self.name = file, name
        self.manifest = self._manifest()
        self._known = {each["name"]: each for each in self.manifest["files"]}
        if sorted(self._known) != sorted(set(file.namelist()) - {MANIFEST}):
            raise OpsError("web.ops.backup-altered", file=name)

    def _manifest(self) -> dict[str, Any]:
        try:
            if self._zip.getinfo(MANIFEST).file_size > MANIFEST_BYTES_AT_MOST:
                raise ValueError(MANIFEST)
            manifest = json.loads(self._zip.read(MANIFEST))
            if manifest["format"] != FORMAT:
                raise ValueError(FORMAT)
        except (KeyError, TypeError, ValueError) as problem:
            raise OpsError("web.ops.backup-unknown", file=self.name, format=FORMAT) from problem
        return manifest

    @property
    def byte_count(self) -> int:
        """Bytes of all entries."""
        return sum(each["byte_count"] for each in self._known.values())

    def names(self, begin: str) -> list[str]:
        """Names of entries that begin so. Raises ``OpsError`` for one that leads elsewhere."""
        found = [name for name in self._known if name.startswith(begin)]
        for name in found:
            if ".." in name.split("/") or "\\" in name or "//" in name or ":" in name:
                raise OpsError("web.ops.backup-altered", file=self.name)
        return found

    def blocks(self, name: str) -> Iterator[bytes]:
        """The bytes of an entry. Raises ``OpsError`` at the end where they are not those kept."""
        digest, left = hashlib.sha256(), self._known[name]["byte_count"]
        with self._zip.open(name) as stream:
            while left >= 0 and (block := stream.read(_BLOCK_BYTES)):
                digest.update(block)
                left -= len(block)
                yield block
        if left or digest.hexdigest() != self._known[name]["sha256"]:
            raise OpsError("web.ops.backup-entry-altered", file=self.name, entry=name)

    def lines(self, name: str) -> Iterator[bytes]:
        """The lines of an entry, held against the manifest as its bytes are."""
        rest = b""
        for block in self.blocks(name):
            *whole, rest = (rest + block).split(b"\n")
            yield from whole
        if rest:
            yield rest


def file_blocks(path: Path) -> Iterator[bytes]:
    """The bytes of a file, a piece at a time."""
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK_BYTES):
            yield block


def _digest(stream: IO[bytes]) -> str:
    """SHA-256 of all but the last bytes; leaves the stream before them."""
    left = max(0, stream.seek(0, os.SEEK_END) - DIGEST_LENGTH)
    stream.seek(0)
    digest = hashlib.sha256()
    while left and (block := stream.read(min(_BLOCK_BYTES, left))):
        digest.update(block)
        left -= len(block)
    return digest.hexdigest()
