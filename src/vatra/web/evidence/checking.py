"""A file read and checked whole: its rows under our headings, and every fault by line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from vatra.factors import fuel_size
from vatra.plans.blocks import read_epw
from vatra.runs.pack import years_of
from vatra.sources import Raw, check_batches, read_batches
from vatra.sources.city_yaml import City as About
from vatra.sources.geojson import read_footprints
from vatra.sources.mapping import bring_in, parse_mapping
from vatra.sources.mapping.pack_file import in_style
from vatra.sources.shapes import ShapesMissingError
from vatra.tables import Context, Finding, FindingsError, Table, check, order, tables
from vatra.tables.numbers import Style, as_plain
from vatra.web.evidence.reading import MAPPING_NAME
from vatra.web.evidence.sniffing import LIMITS

# Rows are checked in portions, so that a person sees how far it is and can stop it.
ROWS_A_PORTION = 50_000
FINDINGS_KEPT = 400
Say = Callable[[int, int], None]


def silent(done: int, total: int) -> None:
    """Nobody asks how far it is."""


@dataclass
class Outcome:
    """``rows`` texts under our names with ``line`` of the file, numbers as the pack writes them;
    ``bad_row_count`` of them have an error."""

    rows: pl.DataFrame | None = None
    findings: list[Finding] = field(default_factory=list)
    row_count: int = 0
    bad_row_count: int = 0


def check_table(
    path: Path, table: Table, mapping: str, about: About | None, say: Say = silent
) -> Outcome:
    """Check a CSV or XLSX file as a table; ``mapping`` empty for a file in our layout."""
    years = years_of(table, about) if about else None
    style = about.numbers if about else None
    if mapping:
        return _mapped(path, table, mapping, years, style, say)
    return _own(path, table, years, style, say)


def _own(
    path: Path, table: Table, years: tuple[int, int] | None, style: Style | None, say: Say
) -> Outcome:
    total = _line_count(path)
    frames: list[pl.DataFrame] = []
    lost: list[Finding] = []

    def told(batches: Iterator[Raw]) -> Iterator[Raw]:
        done = 0
        for raw in batches:
            frames.append(raw.frame.with_columns(pl.exclude("line").cast(pl.String)))
            done += len(raw.frame)
            many = LIMITS.too_many(path.name, done)
            if many is not None:
                raise FindingsError([many])
            say(done, max(total, done))
            yield raw

    found = Outcome()
    styles: dict[str, Style] = {}
    batches = read_batches(path, table, rows=ROWS_A_PORTION, limits=LIMITS, numbers=None)
    context = Context(years, fuel_size=fuel_size)
    for checked in check_batches(told(batches), table, context):
        found.findings += checked.findings
        found.bad_row_count -= len(checked.rows)
        styles |= {name: each for name, each in checked.styles.items() if name not in styles}
    rows = pl.concat(frames, how="diagonal") if frames else pl.DataFrame({"line": []})
    found.row_count = len(rows)
    found.bad_row_count += len(rows)
    found.findings = order([*found.findings, *lost])
    found.rows = in_style(_plain(rows, table, styles), table, style)
    return found


def _plain(rows: pl.DataFrame, table: Table, styles: Mapping[str, Style]) -> pl.DataFrame:
    """Numbers with a decimal point, whatever way the file writes them."""
    changed = []
    for column in table.columns:
        if column.kind == "number" and column.name in rows.columns:
            texts = rows.get_column(column.name)
            plain = as_plain(texts, styles.get(column.name))
            if plain is not None:
                changed.append(pl.Series(column.name, plain, pl.String))
    return rows.with_columns(changed)


def _mapped(
    path: Path,
    table: Table,
    text: str,
    years: tuple[int, int] | None,
    style: Style | None,
    say: Say,
) -> Outcome:
    try:
        mapping = parse_mapping(text, MAPPING_NAME)
    except FindingsError as problem:
        return Outcome(findings=list(problem.findings))
    total = _line_count(path)
    say(0, total)
    brought = bring_in(path, mapping, LIMITS, years=years, with_origin=False)
    say(len(brought.frame), max(total, len(brought.frame)))
    bad = {line for each in brought.findings if each.severity == "error" for line in each.lines}
    rows = in_style(brought.frame, table, style) if len(brought.frame) else None
    return Outcome(rows, list(brought.findings), len(brought.frame), len(bad))


def check_climate(path: Path) -> Outcome:
    """Check a weather file."""
    climate, findings = read_epw(path)
    return Outcome(findings=order(findings), row_count=8760 if climate else 0)


def check_footprints(path: Path) -> Outcome:
    """Check buildings drawn on a map."""
    table = tables()["buildings"]
    try:
        found = read_footprints(path, table)
    except ShapesMissingError:
        return Outcome(findings=[Finding("web.evidence.no-shapes", "error", path.name)])
    raw = found.raw
    checked = check(table, raw.frame, raw.file, Context(numbers=raw.numbers, fuel_size=fuel_size))
    texts = raw.frame.with_columns(pl.exclude("line").cast(pl.String))
    return Outcome(
        texts,
        order([*raw.findings, *checked.findings]),
        len(texts),
        len(texts) - len(checked.rows),
    )


def _line_count(path: Path) -> int:
    """About how many rows a CSV file has; 0 for a workbook, which does not say."""
    if path.suffix.casefold() == ".xlsx":
        return 0
    count = 0
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            count += block.count(b"\n")
    return max(0, count - 1)


def kept(findings: list[Finding]) -> list[dict[str, Any]]:
    """Findings as they are kept with an upload: the first of them."""
    return [
        {
            "code": each.code,
            "severity": each.severity,
            "lines": list(each.lines),
            "line_count": each.line_count or len(each.lines),
            "column": each.column,
            "params": {name: _param(value) for name, value in each.params.items()},
        }
        for each in findings[:FINDINGS_KEPT]
    ]


def finding_of(content: Mapping[str, Any], file: str) -> Finding:
    """A finding that was kept."""
    return Finding(
        content["code"],
        content["severity"],
        file,
        tuple(content["lines"]),
        content["column"],
        content["params"],
        content["line_count"],
    )


def _param(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return [_param(each) for each in value]
    return str(value)
