"""Where sealed contracts lie: one folder each, there with all it holds or not at all."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from django.conf import settings

from vatra.runs.publish import PACK
from vatra.web.base.whole import write_whole

EDITIONS = "editions"
SIGNATURES = "signatures"
SUMS = "SHA256SUMS"
# What is being sealed; backups leave it out.
SEALING = ".sealing-"
# What lies in a sealed folder beside the contract: the files it was computed from.
_PACK = f"{PACK}/"
_PLACE = re.compile(rf"{EDITIONS}/[-\w]+/[0-9a-f]{{64}}(-\d+)?")
_BLOCK = 1 << 20


class Busy(Exception):
    """Another process is sealing the same."""


def place_of(slug: str, seal: str, copy: int = 1) -> str:
    """The folder of a seal, below the data folder; ``copy`` counts packs under the same seal."""
    return f"{EDITIONS}/{slug}/{seal}" + (f"-{copy}" if copy > 1 else "")


def path_of(place: str) -> Path:
    """The folder itself. Raises ``ValueError`` for a place that is none."""
    if not _PLACE.fullmatch(place):
        raise ValueError(f"'{place[:80]}' is no place of a sealed contract")
    return Path(settings.DATA) / place


@contextmanager
def in_the_making(slug: str, key: int) -> Iterator[Path]:
    """An empty folder beside those of the city. It is gone afterwards unless it was moved.

    What an earlier try left is removed first. Raises ``Busy`` while another process has it.
    """
    home = Path(settings.DATA) / EDITIONS / slug
    home.mkdir(parents=True, exist_ok=True)
    partial = home / f"{SEALING}{key}"
    lock = home / f"{SEALING}{key}.lock"
    with lock.open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            raise Busy from problem
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir()
        try:
            yield partial
        finally:
            # The lock's own file stays: who waits at it must not wait at a file that is gone.
            shutil.rmtree(partial, ignore_errors=True)


def settle(partial: Path, slug: str, seal: str) -> str:
    """Put a finished folder in its place, all of it on the disk first; returns the place.

    What lies there already stays, if it is whole; what is not is put aside by the new one. Where
    it came of another pack the next place is taken: terms of use and outlines of buildings are
    under no seal, and pages show them.
    """
    _write_sums(partial)
    for path in sorted(partial.rglob("*")):
        _to_disk(path)
    _to_disk(partial)
    place = _free_or_same(partial, slug, seal)
    target = path_of(place)
    broken = target.with_name(f"{SEALING}broken-{target.name}")
    if target.is_dir():
        if not faults(target):
            return place
        _bring_signatures(target, partial)
        os.rename(target, broken)
    os.rename(partial, target)
    _to_disk(target.parent)
    shutil.rmtree(broken, ignore_errors=True)
    return place


def _free_or_same(partial: Path, slug: str, seal: str) -> str:
    """The first place of a seal where nothing lies, or what came of the same pack."""
    wanted = _pack_sums(partial)
    places = (place_of(slug, seal, copy) for copy in count(1))
    # What no longer says what it holds is taken for the same: it is put aside.
    return next(each for each in places if _pack_sums(path_of(each)) in (None, wanted))


def _pack_sums(folder: Path) -> dict[str, str] | None:
    """The files that a sealed folder was computed from; None where it does not say."""
    try:
        said = dict(_read_sums(folder))
    except (OSError, ValueError):
        return None
    return {name: digest for name, digest in said.items() if name.startswith(_PACK)}


def _bring_signatures(old: Path, new: Path) -> None:
    """Signatures are no part of what was sealed, and cannot be made again."""
    if (old / SIGNATURES).is_dir():
        shutil.copytree(old / SIGNATURES, new / SIGNATURES)


def faults(folder: Path) -> list[str]:
    """Files of a sealed folder that are gone, added or altered, by what was written at sealing."""
    try:
        said = dict(_read_sums(folder))
    except (OSError, ValueError):
        return [SUMS]
    here = {each.relative_to(folder).as_posix() for each in _files(folder)}
    wrong = [name for name in said if name in here and _sum(folder / name) != said[name]]
    return sorted({*wrong, *(set(said) ^ here)})


def write_signature(folder: Path, name: str, content: bytes) -> str:
    """Write the file of a signature, whole or not at all; returns its SHA-256."""
    home = folder / SIGNATURES
    home.mkdir(exist_ok=True)
    write_whole(home / name, content, settled=True, mode=0o644)
    _to_disk(home)
    return hashlib.sha256(content).hexdigest()


def _write_sums(folder: Path) -> None:
    """In the form that ``sha256sum -c`` reads."""
    lines = [
        f"{_sum(path)}  {path.relative_to(folder).as_posix()}\n" for path in sorted(_files(folder))
    ]
    (folder / SUMS).write_text("".join(lines), "utf-8")


def _read_sums(folder: Path) -> Iterator[tuple[str, str]]:
    for line in (folder / SUMS).read_text("utf-8").splitlines():
        digest, name = line.split("  ", 1)
        yield name, digest


def _files(folder: Path) -> list[Path]:
    """Files of what was sealed: without signatures and the sums themselves."""
    return [
        each
        for each in folder.rglob("*")
        if each.is_file() and each.relative_to(folder).parts[0] not in (SIGNATURES, SUMS)
    ]


def _sum(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
