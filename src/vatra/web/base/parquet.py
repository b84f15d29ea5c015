"""Tables as Parquet: what is whole stays whole, text stays text, what is missing is null."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from vatra.web.base.tables import Table, plain

if TYPE_CHECKING:
    import polars as pl

MEDIA_TYPE = "application/vnd.apache.parquet"
Piece = tuple[Sequence[str], Iterable[Sequence[Any]]]


def parquet_of(tables: Iterable[Table], synthetic: bool) -> bytes:
    """One table, or the pieces of one, with the columns and values of its CSV."""
    return parquet(_pieces(tables, synthetic))


def parquet(pieces: Iterable[Piece]) -> bytes:
    """Names of columns and rows, piece by piece, as one file.

    A column is of 64-bit integers where all its values are whole, of floats where some are not, of
    texts where one is a text; what is missing, or an empty text, is null.
    """
    import polars as pl

    frames = [_frame(names, list(rows)) for names, rows in pieces]
    names = frames[0].columns
    kinds = pl.Schema({name: _common([each.schema[name] for each in frames]) for name in names})
    whole = pl.concat([each.cast(kinds) for each in frames])
    out = io.BytesIO()
    whole.write_parquet(out)
    return out.getvalue()


def _pieces(tables: Iterable[Table], synthetic: bool) -> Iterator[Piece]:
    mark = ["synthetic_data"] if synthetic else []
    for table in tables:
        names = [column.name for column in table.columns] + mark
        rows = (
            [plain(cell.value, column) for column, cell in cells] + ["yes"] * synthetic
            for _, cells in table.pairs()
        )
        yield names, rows


def _frame(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> pl.DataFrame:
    import polars as pl

    columns = zip(*rows, strict=True) if rows else [()] * len(names)
    return pl.DataFrame(
        [_series(name, values) for name, values in zip(names, columns, strict=True)]
    )


def _series(name: str, values: Sequence[Any]) -> pl.Series:
    import polars as pl

    held = [None if each == "" else each for each in values]
    kinds = {type(each) for each in held if each is not None}
    if kinds <= {int, float}:
        kind = _common([{int: pl.Int64(), float: pl.Float64()}[each] for each in kinds])
        return pl.Series(name, held, dtype=kind, strict=False)
    return pl.Series(name, [each if each is None else str(each) for each in held], dtype=pl.String)


def _common(kinds: Sequence[pl.DataType]) -> pl.DataType:
    """The narrowest kind that holds all; of nothing but missing values: texts never seen."""
    import polars as pl

    for kind in (pl.String(), pl.Float64(), pl.Int64()):
        if kind in kinds:
            return kind
    return pl.Null()
