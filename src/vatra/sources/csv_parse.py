"""The parser's pass over a CSV file: every value a text, texts of few kinds stored once.

In a large file, columns whose values repeat (years, sectors, units, sources) are parsed as an
enumeration of the texts expected there. It holds the same texts in a fraction of the memory; when
a text turns up that was not expected, the file is parsed again as plain texts.
"""

from __future__ import annotations

import io
import mmap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from vatra.tables import Column, Table, label
from vatra.tables.check import is_coded
from vatra.units import FUEL_UNITS
from vatra.words import LANGUAGES, has

CODED_FROM_BYTES = 1_000_000
_SAMPLE_BYTES = 1 << 18
_YEARS = tuple(str(year) for year in range(1990, 2061))
# A column is worth enumerating when its texts come back this often in the sample.
_REPEATS = 8

Schema = dict[str, pl.DataType]


@dataclass(frozen=True)
class Opening:
    """The beginning of a CSV file.

    ``delimiter``; ``headings`` as written; ``body`` offset in bytes of the first row below them;
    ``line`` of the headings, ``body_line`` line the body begins on.
    """

    delimiter: str
    headings: tuple[str, ...]
    body: int
    line: int
    body_line: int


def parse(
    path: Path, data: mmap.mmap, opening: Opening, names: Sequence[str | None], table: Table
) -> pl.DataFrame:
    """All columns that are read, named by their position; columns of unknown headings are left out.

    ``names`` column name of the table per column of the file. Raises ``PolarsError`` where the
    text is not CSV of that many columns.
    """
    # A column without a heading is read to see whether it holds anything.
    positions = [
        at for at, name in enumerate(names) if name is not None or not opening.headings[at].strip()
    ]
    coded = _coded(data, opening, names, table)
    if coded:
        try:
            return _parse(path, opening, positions, coded)
        except pl.exceptions.PolarsError:
            pass
    return _parse(path, opening, positions, {})


def _parse(path: Path, opening: Opening, positions: list[int], coded: Schema) -> pl.DataFrame:
    width = len(opening.headings)
    parsed = pl.read_csv(
        path,
        separator=opening.delimiter,
        skip_lines=opening.line - 1,
        infer_schema=False,
        new_columns=[str(at) for at in range(width)],
        schema_overrides=coded,
        glob=False,
    )
    return parsed.select(str(at) for at in positions)


def _coded(data: mmap.mmap, opening: Opening, names: Sequence[str | None], table: Table) -> Schema:
    """The columns to enumerate, from the first rows of a large file."""
    if len(data) - opening.body < CODED_FROM_BYTES:
        return {}
    sample = bytes(data[opening.body : opening.body + _SAMPLE_BYTES])
    sample = sample[: sample.rfind(b"\n") + 1]
    try:
        rows = pl.read_csv(
            io.BytesIO(sample),
            has_header=False,
            separator=opening.delimiter,
            infer_schema=False,
        )
    except pl.exceptions.PolarsError:
        return {}
    if rows.width != len(names):
        return {}
    chosen: Schema = {}
    for at, name in enumerate(names):
        if name is not None:
            dtype = _dtype(table.by_name[name], rows.to_series(at), table)
            if dtype is not None:
                chosen[str(at)] = dtype
    return chosen


def _dtype(column: Column, sample: pl.Series, table: Table) -> pl.DataType | None:
    """How to store a column, None for plain texts."""
    texts = sample.drop_nulls().unique(maintain_order=True).to_list()
    if any(text != text.strip() or not text for text in texts):
        return None
    if is_coded(column, table):
        return pl.Enum(list(dict.fromkeys([*texts, *_expected(column, table)])))
    if column.kind == "text" and not column.key and len(texts) * _REPEATS <= len(sample):
        return pl.Categorical()
    return None


def _expected(column: Column, table: Table) -> tuple[str, ...]:
    """Texts that may follow in a column of codes: codes, their labels, units, years."""
    if column.kind == "year":
        return _YEARS
    if column.kind == "text":
        units = [each.quantity for each in table.columns if each.unit_column == column.name]
        return (*(unit for each in units if each for unit in each.accepted), *FUEL_UNITS)
    codes = column.codes()
    labels = [
        label(column.vocabulary, code, lang)
        for code in codes
        for lang in LANGUAGES
        if has(f"tables.{column.vocabulary}-{code}")
    ]
    return (*codes, *labels)
