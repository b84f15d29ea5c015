"""What lies on the disk and belongs to nobody: bytes that no row speaks of, files half written.

An upload that was taken back or a process that was killed leaves some. What is younger than a day
may belong to a write that is still under way, and stays.
"""

from __future__ import annotations

import logging
import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from django.apps import apps
from django.conf import settings

from vatra.web.base import incoming
from vatra.web.base.actions import do_record_write
from vatra.web.workspace import store
from vatra.web.workspace.packs import MADE

OLD_SECONDS = 24 * 3600.0
# A model names the columns with hashes of stored bytes: a hash, or a table of names and hashes.
COLUMNS = "stored_columns"
VERB = "sweep"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Swept:
    """How many files, and their bytes."""

    file_count: int
    byte_count: int


def wanted() -> set[str]:
    """The hash of everything that a row speaks of."""
    found: set[str] = set()
    for model in apps.get_models():
        for column in getattr(model, COLUMNS, ()):
            rows = model._base_manager.values_list(column, flat=True)
            for value in rows.iterator(chunk_size=500):
                found.update(value.values() if isinstance(value, dict) else (value,))
    return found - {""}


def unwanted() -> tuple[Swept, Swept]:
    """What no row speaks of: that older than a day, and that which may still be wanted."""
    before, lying = time.time() - OLD_SECONDS, list(store.lying())
    known = wanted()
    alone = [each for each in lying if each.sha not in known]
    old = [each.byte_count for each in alone if each.at < before]
    fresh = [each.byte_count for each in alone if each.at >= before]
    return Swept(len(old), sum(old)), Swept(len(fresh), sum(fresh))


def do_sweep_installation(*, actor: str) -> Swept:
    """Remove what belongs to nobody since a day; the log has a line if there was something."""
    before = time.time() - OLD_SECONDS
    # First what lies there, then what is spoken of: what is stored in between is young.
    old = [each for each in store.lying() if each.at < before]
    known = wanted() if old else set()
    gone = [each for each in old if each.sha not in known and store.drop(each.sha, before)]
    halves = [_removed(path) for path in _halves(before)]
    swept = Swept(len(gone) + len(halves), sum(each.byte_count for each in gone) + sum(halves))
    if swept.file_count:
        said = f"{swept.file_count} files, {swept.byte_count} bytes"
        do_record_write(actor=actor, verb=VERB, noun="installation", name="store", detail=said)
        log.info("swept %s", said)
    return swept


def _halves(before: float) -> Iterator[Path]:
    """What was being written when its process died; folders with all they hold."""
    ours = [place.glob(f"*{incoming.SUFFIX}") for place in (store.folder(), incoming.folder())]
    made = (Path(settings.DATA) / MADE).rglob(f"*{incoming.SUFFIX}")
    for path in sorted(chain(*ours, made)):
        try:
            if _last_written(path) < before:
                yield path
        except FileNotFoundError:
            # Whoever wrote it is done with it.
            continue


def _last_written(path: Path) -> float:
    """When anything in it was written; in a folder that is filled, the folder itself is older."""
    inside = path.rglob("*") if path.is_dir() and not path.is_symlink() else ()
    return max(each.lstat().st_mtime for each in (path, *inside))


def _removed(path: Path) -> int:
    """Its bytes, now free."""
    if path.is_dir() and not path.is_symlink():
        files = [each for each in path.rglob("*") if each.is_file()]
        byte_count = sum(each.stat().st_size for each in files)
        shutil.rmtree(path, ignore_errors=True)
        return byte_count
    byte_count = path.lstat().st_size
    try:
        os.unlink(path)
    except FileNotFoundError:
        return 0
    return byte_count
