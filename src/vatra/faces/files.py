"""Files of a face: CSV, JSON, Parquet and XLSX, by the ending of their name.

A face of several tables is one JSON file or workbook, and one CSV or Parquet file per table
(``inventory.csv`` becomes ``inventory-a-1.1.csv`` and so on).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from vatra.faces import adding_up
from vatra.faces.face import MARK, SYNTHETIC, Face, Report
from vatra.faces.formats import csv_format, json_format, parquet_format, xlsx_format
from vatra.faces.formats.grid import Grid
from vatra.faces.reading import read_part
from vatra.faces.writing import about, grid_of
from vatra.sources.limits import Limits, gate
from vatra.tables import Finding, FindingsError, has_errors
from vatra.words import Language


@dataclass(frozen=True)
class Format:
    """How tables become bytes and come back; ``together`` whether one file holds them all."""

    write: Callable[[Mapping[str, Grid], Mapping[str, str]], bytes]
    read: Callable[[bytes, str], Mapping[str, Grid]]
    together: bool


FORMATS: Mapping[str, Format] = {
    ".csv": Format(csv_format.write, csv_format.read, False),
    ".json": Format(json_format.write, json_format.read, True),
    ".parquet": Format(parquet_format.write, parquet_format.read, False),
    ".xlsx": Format(xlsx_format.write, xlsx_format.read, True),
}


@dataclass(frozen=True)
class Exchange:
    """What stands in the files of a face: its tables, exact, and whether they are synthetic."""

    face: Face
    frames: Mapping[str, pl.DataFrame]
    synthetic: bool


def write(
    face: Face, report: Report, path: Path, lang: Language = "en", *, rounded: bool = False
) -> list[Path]:
    """Write the tables of a face; returns the files written.

    Raises ``FindingsError`` for an ending that is no format, and for a table that a workbook
    cannot hold.
    """
    form = _format(path)
    frames = face.write(report)
    grids = {
        part: grid_of(face, part, frames[part], lang, path.suffix.casefold(), rounded=rounded)
        for part in face.parts
    }
    facts = about(face, report)
    path.parent.mkdir(parents=True, exist_ok=True)
    if form.together:
        path.write_bytes(form.write(grids, facts))
        return [path]
    written = []
    for part, grid in grids.items():
        file = part_path(path, face, part)
        file.write_bytes(form.write({part: grid}, facts))
        written.append(file)
    return written


def read(face: Face, path: Path, limits: Limits | None = None) -> Exchange:
    """Read what ``write`` wrote; the frames equal those of the face.

    Raises ``FindingsError`` with every fault of every table at once, totals that are not the sums
    of their rows included.
    """
    form = _format(path)
    files = {path: list(face.parts)} if form.together else _files(face, path)
    refused = [gate(file, limits or Limits()) for file in files]
    if any(refused):
        raise FindingsError(each for each in refused if each is not None)
    frames: dict[str, pl.DataFrame] = {}
    findings: list[Finding] = []
    for file, parts in files.items():
        grids = form.read(file.read_bytes(), file.name)
        for part in parts:
            # A file apart holds one table, whatever name it travelled under.
            grid = grids.get(part) if form.together else next(iter(grids.values()))
            frames[part], found = read_part(face, part, grid, file.name)
            findings += found
            if not found:
                findings += adding_up.findings(part, face.parts[part], frames[part], file.name)
    if has_errors(findings):
        raise FindingsError(findings)
    return Exchange(face, {part: frames[part] for part in face.parts}, _synthetic(frames))


def part_path(path: Path, face: Face, part: str) -> Path:
    """The file of one table of a face."""
    return path if len(face.parts) == 1 else path.with_name(f"{path.stem}-{part}{path.suffix}")


def _files(face: Face, path: Path) -> dict[Path, list[str]]:
    """The files of all tables, by the name they were exported to or that of one of them."""
    for part in face.parts:
        whole = path.with_name(f"{path.stem.removesuffix(f'-{part}')}{path.suffix}")
        if path.exists() and part_path(whole, face, part) == path:
            path = whole
            break
    return {part_path(path, face, part): [part] for part in face.parts}


def _format(path: Path) -> Format:
    form = FORMATS.get(path.suffix.casefold())
    if form is None:
        params = {"file": path.name, "suffixes": list(FORMATS)}
        raise FindingsError([Finding("faces.type-unknown", "error", path.name, params=params)])
    return form


def _synthetic(frames: Mapping[str, pl.DataFrame]) -> bool:
    columns = [
        frame.get_column(MARK.name) for frame in frames.values() if MARK.name in frame.columns
    ]
    if columns:
        return any(SYNTHETIC in column.to_list() for column in columns)
    return any(
        bool(frame.get_column("source").str.starts_with("SYNTHETIC DATA").any())
        for frame in frames.values()
    )
