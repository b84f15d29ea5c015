"""A stored file under a name that readers know, for as long as it is read."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from vatra.web.evidence.models import Upload
from vatra.web.workspace import store

_OS_ERROR = re.compile(r"\(os error (\d+)\)")


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
        _write(rows, file)
        return store.put_file(file)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write(rows: pl.DataFrame, file: Path) -> None:
    """Raises ``OSError`` as Python does: polars has the error's number in its words only."""
    try:
        rows.write_parquet(file, compression="zstd")
    except pl.exceptions.PolarsError as problem:
        said = _OS_ERROR.search(str(problem))
        if said is None:
            raise
        number = int(said[1])
        raise OSError(number, os.strerror(number), str(file)) from problem


def scan_rows(sha: str) -> pl.LazyFrame:
    """Rows that were kept, read as far as they are asked for."""
    path = store.path_of(sha)
    if not path.is_file():
        raise store.Damaged(sha)
    return pl.scan_parquet(path)
