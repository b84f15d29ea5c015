"""Frozen reports as files: a folder a year and edition, written whole, never changed."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, count
from pathlib import Path
from typing import Any

from django.conf import settings

from vatra.contract import pretty
from vatra.runs.monitor_frozen_tables import frozen_outline
from vatra.web.cities.models import City
from vatra.words import LANGUAGES

FOLDER = "reports"
JSON_NAME = "report.json"
FORMS = ("pdf", "docx")
CONTENT_TYPES = {
    "json": "application/json",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_SLUG = re.compile(r"[-\w]+")
_READ_KEPT = 16
_READ_ONLY = 0o440


def folder_of(slug: str, year: int, edition: int) -> Path:
    """Where an edition lies: ``reports/<slug>/<year>/<edition>`` of the data folder."""
    if not _SLUG.fullmatch(slug):
        raise ValueError(f"'{slug}' is no part of an address")
    return Path(settings.DATA) / FOLDER / slug / str(year) / str(edition)


def file_of(city: City, year: int, edition: int, form: str, lang: str) -> Path:
    """A file of an edition: the sealed data, or a document in a language."""
    name = JSON_NAME if form == "json" else f"report.{lang}.{form}"
    return folder_of(city.slug, year, edition) / name


def read_report(city: City, year: int, edition: int) -> Mapping[str, Any] | None:
    """The sealed data of an edition; None when the files are gone or unreadable."""
    path = folder_of(city.slug, year, edition) / JSON_NAME
    try:
        return _read(path, path.stat().st_mtime_ns)
    except (OSError, ValueError):
        return None


@lru_cache(_READ_KEPT)
def _read(path: Path, changed_ns: int) -> Mapping[str, Any]:
    content = json.loads(path.read_bytes())
    if not isinstance(content, dict):
        raise ValueError(f"{path.name} is no object")
    return content


@dataclass(frozen=True)
class Prepared:
    """The files of an edition, written whole beside the place where they are to lie."""

    folder: Path
    target: Path
    seal: str

    def settle(self) -> Path:
        """Put them in their place; nothing takes long here, and what is there is never lost.

        A folder of that name that holds another seal is what an interrupted freeze left, since the
        database knows no such edition: it is put aside, not deleted. One of the same seal is left
        as it is: a freeze that was interrupted after this can be done again.
        """
        while self.target.is_dir():
            left = _seal_in(self.target)
            if left == self.seal:
                return self.target
            self.target.rename(_aside(self.target, left[:12] or "empty"))
        os.rename(self.folder, self.target)
        _settle(self.target.parent)
        return self.target


@contextmanager
def prepared(slug: str, document: Mapping[str, Any]) -> Iterator[Prepared]:
    """Write all files of an edition, whole or not at all; gone again unless they are settled.

    Making the documents takes seconds: do it before anybody waits for a lock.
    """
    about = document["report"]
    target = folder_of(slug, about["year"], about["number"])
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    partial = Path(tempfile.mkdtemp(dir=target.parent, suffix=".partial"))
    try:
        _fill(partial, document)
        yield Prepared(partial, target, str(document["seal"]["value"]))
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _aside(target: Path, mark: str) -> Path:
    """A name beside a folder that nothing has yet; the same may be left more than once."""
    names = chain([f"{target.name}.{mark}.left"],
                  (f"{target.name}.{mark}.{at}.left" for at in count(2)))  # fmt: skip
    return next(each for name in names if not (each := target.with_name(name)).exists())


def _seal_in(folder: Path) -> str:
    try:
        return str(json.loads((folder / JSON_NAME).read_bytes())["seal"]["value"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _fill(folder: Path, document: Mapping[str, Any]) -> None:
    # The document writers take half a second to load, which no page should wait for.
    from vatra.contract.render.docx import docx_of
    from vatra.runs.monitor_pdf import outline_pdf

    _write(folder / JSON_NAME, pretty(dict(document)))
    for lang in LANGUAGES:
        whole = frozen_outline(document, lang)
        _write(folder / f"report.{lang}.pdf", outline_pdf(whole))
        _write(folder / f"report.{lang}.docx", docx_of(whole))
    os.chmod(folder, 0o750)
    _settle(folder)


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    os.chmod(path, _READ_ONLY)


def _settle(folder: Path) -> None:
    """The names in a folder on the disk too: after a power cut they are there."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
