"""A corrected file is read as the one it replaces was read, as far as its columns are the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from vatra.sources.mapping import ColumnMapping, parse_mapping
from vatra.sources.mapping.cells import Grid
from vatra.sources.mapping.headings import Headings, find_headings, wanted_headings
from vatra.sources.mapping.long_rows import places
from vatra.tables import Finding, FindingsError, fold
from vatra.web.evidence import files, reading
from vatra.web.evidence.mapping_read import loaded
from vatra.web.evidence.models import Upload
from vatra.web.workspace import store


@dataclass(frozen=True)
class Kept:
    """The mapping of the earlier file as YAML, and the sheet it reads.

    ``fits`` whether the corrected file can be read by it without asking.
    """

    text: str
    sheet: str
    fits: bool


def kept(upload: Upload, path: Path) -> Kept | None:
    """How the upload that this one replaces was read; None where there is nothing to keep."""
    earlier = upload.replaces
    if earlier is None or not earlier.mapping or upload.kind not in ("csv", "xlsx"):
        return None
    try:
        sheets = reading.sheets_of(path)
        sheet = earlier.sheet if earlier.sheet in sheets else ""
        data = _of_sheets(loaded(earlier.mapping), sheets)
        grid = _beginning(path, data)
    except FindingsError:
        return None
    try:
        data = _of_line(data, grid)
        text = reading.dumped(data)
        mapping = parse_mapping(text, reading.MAPPING_NAME)
        found = places(mapping, find_headings(grid, mapping), grid.file)
    except FindingsError:
        return Kept(reading.dumped(data), sheet, fits=False)
    return Kept(text, sheet, not found.findings and not _must_look(upload, path, mapping, text))


def is_kept(upload: Upload) -> bool:
    """Whether an upload is read as the one it replaces."""
    earlier = upload.replaces
    if earlier is None or not upload.mapping or upload.table != earlier.table:
        return False
    now, before = loaded(upload.mapping), loaded(earlier.mapping)
    return all(now.get(key) == before.get(key) for key in ("columns", "unpivot", "keep", "units"))


def notes(upload: Upload, path: Path) -> list[Finding]:
    """What a person should know of a file that is read as an earlier one."""
    more = _new_columns(upload, path, upload.mapping) if is_kept(upload) else []
    params = {"headings": [f"'{each}'" for each in more]}
    return [Finding("web.evidence.new-columns", "warning", upload.name, params=params)][: len(more)]


def _must_look(upload: Upload, path: Path, mapping: ColumnMapping, text: str) -> bool:
    """Whether the same columns may yet mean other rows: lines told by their number, or a new
    column in a file whose columns become rows."""
    if mapping.last_row is not None or mapping.skip_rows:
        return True
    return mapping.unpivot is not None and bool(_new_columns(upload, path, text))


def _new_columns(upload: Upload, path: Path, text: str) -> list[str]:
    """Columns that the file has and the one it replaces had not; none where nobody can tell."""
    assert upload.replaces is not None
    try:
        now = _headings(path, text)
        with files.named(upload.replaces) as earlier:
            known = {fold(each) for each in _headings(earlier, upload.replaces.mapping)}
    except (FindingsError, store.Damaged):
        return []
    return [each for each in now if fold(each) not in known]


def _of_sheets(data: dict[str, Any], sheets: list[str]) -> dict[str, Any]:
    """Without a sheet that the corrected workbook calls otherwise."""
    named = data.get("sheet")
    if isinstance(named, str) and sheets and fold(named) not in map(fold, sheets):
        return {key: value for key, value in data.items() if key != "sheet"}
    return data


def _of_line(data: dict[str, Any], grid: Grid) -> dict[str, Any]:
    """With the line where the headings stand now, where a line was added or taken out above."""
    if not isinstance(data.get("heading_row"), int):
        return data
    mapping = parse_mapping(reading.dumped(data), reading.MAPPING_NAME)
    wanted = {fold(each) for each in wanted_headings(mapping)}
    if wanted <= _folded(find_headings(grid, mapping)):
        return data
    best = find_headings(grid, replace(mapping, heading_rows=()))
    return data | {"heading_row": best.lines[0]} if wanted <= _folded(best) else data


def _folded(headings: Headings) -> set[str]:
    return {fold(headings.whole(at)) for at in range(len(headings.parts))}


def _beginning(path: Path, data: Mapping[str, Any]) -> Grid:
    sheet = str(data.get("sheet") or "")
    return reading.beginning(path, sheet, delimiter=reading.delimiter_of(data))


def _headings(path: Path, text: str) -> list[str]:
    data = loaded(text)
    grid = _beginning(path, data)
    return reading.headings_of(grid, data.get("heading_row") or 1)
