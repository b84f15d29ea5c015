"""A file as read: text rows with their line numbers, and where they came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from vatra.tables import Finding, Table, has_errors
from vatra.tables.numbers import Style


@dataclass(frozen=True)
class Dialect:
    """How a file was written, for showing.

    ``delimiter`` of a CSV file, ``encoding`` of its bytes, ``sheet`` of a workbook.
    """

    delimiter: str = ""
    encoding: str = ""
    sheet: str = ""


@dataclass(frozen=True)
class Raw:
    """Text rows of one file.

    ``frame`` one String column per column of the table that the file has, blanks as null, and
    ``line`` (UInt32), the physical line of the row, the first line of the file being 1;
    ``evidence_id`` SHA-256 of the bytes, hexadecimal, empty when the file could not be opened;
    ``byte_count`` size of the file; ``numbers`` column -> style its numbers are known to be
    written in, to be handed to ``vatra.tables.Context``; columns that are absent are inferred.
    """

    frame: pl.DataFrame
    file: str
    evidence_id: str = ""
    byte_count: int = 0
    findings: list[Finding] = field(default_factory=list)
    dialect: Dialect = field(default_factory=Dialect)
    numbers: Mapping[str, Style] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether the rows may be checked; without it they are none or not to be trusted."""
        return not has_errors(self.findings)


def no_rows(columns: list[str] | None = None) -> pl.DataFrame:
    """The frame of a file of which nothing could be read."""
    schema: dict[str, pl.DataType] = {name: pl.String() for name in columns or []}
    return pl.DataFrame(schema=schema | {"line": pl.UInt32()})


def declared_styles(table: Table, numbers: Style | None) -> dict[str, Style]:
    """The style a city declared, for every number column of a table."""
    if numbers is None:
        return {}
    return {column.name: numbers for column in table.columns if column.kind == "number"}
