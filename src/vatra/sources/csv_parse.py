"""The parser's pass over a CSV file: every value a text, texts of few kinds stored once.

In a large file, columns whose values repeat (years, sectors, units, sources) are parsed as an
enumeration of the texts expected there. It holds the same texts in a fraction of the memory; when
a text turns up that was not expected, the file is parsed again as plain texts.
"""

from __future__ import annotations

import io
import mmap
from collections.abc import Callable, Sequence
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


def parse_file(
    path: Path, data: mmap.mmap, opening: Opening, names: Sequence[str | None], table: Table
) -> pl.DataFrame:
    """All columns of a file that are read, named by position; unknown headings are left out.

    ``names`` column name of the table per column of the file. Raises ``PolarsError`` where the
    text is not CSV of that many columns.
    """

    def read(coded: Schema) -> pl.DataFrame:
        return pl.read_csv(
            path,
            separator=opening.delimiter,
            skip_lines=opening.line - 1,
            infer_schema=False,
            new_columns=[str(at) for at in range(len(names))],
            schema_overrides=coded,
            glob=False,
        )

    big = len(data) - opening.body >= CODED_FROM_BYTES
    sample = bytes(data[opening.body : opening.body + _SAMPLE_BYTES]) if big else b""
    return _parsed(read, sample, opening, names, table)


def parse_piece(
    data: bytes, opening: Opening, names: Sequence[str | None], table: Table
) -> pl.DataFrame:
    """The same for whole records cut out of a file."""

    def read(coded: Schema) -> pl.DataFrame:
        return pl.read_csv(
            io.BytesIO(data),
            has_header=False,
            separator=opening.delimiter,
            infer_schema=False,
            new_columns=[str(at) for at in range(len(names))],
            schema_overrides=coded,
        )

    big = len(data) >= CODED_FROM_BYTES
    return _parsed(read, data[:_SAMPLE_BYTES] if big else b"", opening, names, table)


def _parsed(
    read: Callable[[Schema], pl.DataFrame],
    sample: bytes,
    opening: Opening,
    names: Sequence[str | None],
    table: Table,
) -> pl.DataFrame:
    # A column without a heading is read to see whether it holds anything.
    wanted = [
        str(at)
        for at, name in enumerate(names)
        if name is not None or not opening.headings[at].strip()
    ]
    coded = _coded(sample[: sample.rfind(b"\n") + 1], opening, names, table)
    if coded:
        try:
            return read(coded).select(wanted)
        except pl.exceptions.PolarsError:
            pass
    return read({}).select(wanted)


def _coded(sample: bytes, opening: Opening, names: Sequence[str | None], table: Table) -> Schema:
    """The columns to enumerate, from the first rows of a large file."""
    if not sample:
        return {}
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
