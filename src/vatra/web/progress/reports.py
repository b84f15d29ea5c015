"""Frozen reports as files: a folder a year and edition, written whole, never changed."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from functools import lru_cache
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


def write_report(slug: str, document: Mapping[str, Any]) -> Path:
    """Write an edition with all its files, whole or not at all; what is there stays.

    A folder of that name that holds another seal is what an interrupted freeze left, since the
    database knows no such edition: it is put aside, not deleted. One of the same seal is left as
    it is: a freeze that was interrupted after this can be done again.
    """
    about = document["report"]
    target = folder_of(slug, about["year"], about["number"])
    if target.is_dir():
        left = _seal_in(target)
        if left == document["seal"]["value"]:
            return target
        target.rename(target.with_name(f"{target.name}.{left[:12] or 'empty'}.left"))
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    partial = Path(tempfile.mkdtemp(dir=target.parent, suffix=".partial"))
    try:
        _fill(partial, document)
        os.rename(partial, target)
        _settle(target.parent)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return target


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
