"""Columns of Parquet: whole numbers stay whole, texts stay texts, what is missing is null."""

from __future__ import annotations

import io

import polars as pl

from vatra.web.base.parquet import parquet, parquet_of
from vatra.web.base.tables import Cell, Column, Row, Table


def read(content: bytes) -> pl.DataFrame:
    return pl.read_parquet(io.BytesIO(content))


def test_each_column_has_the_narrowest_kind_that_holds_it() -> None:
    names = ("code", "count", "t", "mixed", "never")
    rows = [("007", 1, 2, 3, None), ("", 2**53 + 1, 2.5, "some", ""), ("x", None, 1, 0.5, None)]
    found = read(parquet([(names, rows)]))
    kinds = [pl.String, pl.Int64, pl.Float64, pl.String, pl.Null]
    assert list(found.schema.values()) == kinds
    # 2^53 + 1 is no float: it would have come back as another number.
    assert found["count"].to_list() == [1, 2**53 + 1, None]
    assert found["t"].to_list() == [2.0, 2.5, 1.0]
    assert found["code"].to_list() == ["007", None, "x"]
    assert found["mixed"].to_list() == ["3", "some", "0.5"]


def test_pieces_of_one_table_agree_on_their_kinds() -> None:
    pieces = [(("a", "b"), [(1, None)]), (("a", "b"), [(0.5, "x")]), (("a", "b"), [])]
    found = read(parquet(pieces))
    assert found.rows() == [(1.0, None), (0.5, "x")]
    assert list(found.schema.values()) == [pl.Float64, pl.String]


def test_a_table_is_written_in_the_units_of_its_columns() -> None:
    columns = (Column("sector", "Sector"), Column("t", "t", "mass"))
    rows = (Row((Cell("=cmd", ""), Cell(2_500_000_000))), Row((Cell("b"), Cell(None))))
    found = read(parquet_of([Table("x", "X", columns, rows)], synthetic=True))
    # 2.5e9 mg are 2.5 t. No spreadsheet opens it: nothing is written before an "=".
    assert found.rows() == [("=cmd", 2.5, "yes"), ("b", None, "yes")]


def test_a_table_without_rows_has_its_columns() -> None:
    assert read(parquet([(("a",), [])])).columns == ["a"]
