"""Rows by number: each combination of codes gets one, so that sums are taken by position."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

_Whole = NDArray[np.int64]
# Above this, numbers that do not occur would cost more than numbering those that do.
_MOST_EMPTY = 50_000_000


@dataclass(frozen=True)
class Values:
    """A column as numbers: ``values`` sorted, null the last of them, ``number`` one per row."""

    values: pl.Series
    number: _Whole

    def among(self, known: Sequence[str]) -> Values:
        """The same rows where values that are not ``known`` count as null."""
        kept = sorted(each for each in known if each)
        positions = {each: position for position, each in enumerate(kept)}
        number_of = [positions.get(each, len(kept)) for each in self.values]
        values = pl.Series(self.values.name, [*kept, None], dtype=pl.String)
        return Values(values, np.array(number_of, np.int64)[self.number])


@dataclass(frozen=True)
class Numbering:
    """One number for each combination of values, in the order of the columns.

    Attributes
    ----------
    columns : the columns by name, as numbers
    number : of each row, from 0 to ``size`` - 1; a smaller number is an earlier combination
    codes : what each number stands for when numbers were closed up, else None
    """

    columns: Mapping[str, Values]
    number: _Whole
    size: int
    codes: _Whole | None = None

    @classmethod
    def of(cls, columns: Mapping[str, Values], names: Sequence[str]) -> Numbering:
        """Number the combinations of some columns."""
        kept = {name: columns[name] for name in names}
        number = np.zeros(len(next(iter(kept.values())).number), np.int64)
        size = 1
        for column in kept.values():
            number = number * len(column.values) + column.number
            size *= len(column.values)
        if size <= _MOST_EMPTY:
            return cls(kept, number, size)
        codes, closed = np.unique(number, return_inverse=True)
        return cls(kept, closed.astype(np.int64), len(codes), codes)

    @property
    def counts(self) -> _Whole:
        """Rows of each number."""
        return np.bincount(self.number, minlength=self.size)

    @property
    def seen(self) -> _Whole:
        """Numbers that occur."""
        return np.flatnonzero(self.counts)

    def table(self, numbers: _Whole | None = None) -> pl.DataFrame:
        """What numbers stand for, those that occur unless others are asked for."""
        rest = self.seen if numbers is None else numbers
        if self.codes is not None:
            rest = self.codes[rest]
        found = {}
        for name in reversed(list(self.columns)):
            column = self.columns[name]
            found[name] = column.values.gather(pl.Series(rest % len(column.values)))
            rest = rest // len(column.values)
        return pl.DataFrame({name: found[name] for name in self.columns})


def values_of(column: pl.Series) -> Values:
    """A column of texts, codes or whole numbers as numbers; its texts become an Enum."""
    if column.dtype.is_integer():
        return _of_integers(column)
    if isinstance(column.dtype, pl.Enum):
        texts = pl.Series(column.dtype.categories, dtype=pl.String)
        number = column.to_physical()
        if not texts.is_sorted():
            number, texts = (texts.rank("ordinal") - 1).gather(number), texts.sort()
    else:
        texts = column.unique().drop_nulls().cast(pl.String).sort()
        number = texts.search_sorted(column.cast(pl.String)).set(column.is_null(), None)
    values = pl.Series(column.name, [*texts, None], dtype=pl.Enum(texts))
    return Values(values, number.fill_null(len(texts)).cast(pl.Int64).to_numpy())


def _of_integers(column: pl.Series) -> Values:
    """Whole numbers of a narrow range, such as years."""
    lowest, highest = column.min(), column.max()
    if not isinstance(lowest, int) or not isinstance(highest, int):
        return Values(pl.Series(column.name, [None], column.dtype), np.zeros(len(column), np.int64))
    number = (column.cast(pl.Int64) - lowest).fill_null(highest - lowest + 1)
    values = pl.Series(column.name, [*range(lowest, highest + 1), None], column.dtype)
    return Values(values, number.to_numpy())
