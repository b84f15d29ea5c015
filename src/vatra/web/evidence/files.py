"""A stored file under a name that readers know, for as long as it is read."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from vatra.web.evidence.models import Upload
from vatra.web.workspace import store


@contextmanager
def named(upload: Upload) -> Iterator[Path]:
    """The bytes of an upload under its own name; linked, not copied, where that can be.

    Raises ``store.Damaged`` when they are gone.
    """
    source = store.path_of(upload.sha)
    if not source.is_file():
        raise store.Damaged(upload.sha)
    folder = Path(tempfile.mkdtemp(dir=store.folder(), suffix=".partial"))
    try:
        target = folder / upload.name
        try:
            os.link(source, target)
        except OSError:
            shutil.copyfile(source, target)
        yield target
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def keep_rows(rows: pl.DataFrame) -> str:
    """Rows in the store as Parquet; their hash."""
    folder = Path(tempfile.mkdtemp(dir=store.folder(), suffix=".partial"))
    try:
        file = folder / "rows"
        rows.write_parquet(file, compression="zstd")
        return store.put_file(file)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def scan_rows(sha: str) -> pl.LazyFrame:
    """Rows that were kept, read as far as they are asked for."""
    path = store.path_of(sha)
    if not path.is_file():
        raise store.Damaged(sha)
    return pl.scan_parquet(path)
