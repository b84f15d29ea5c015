"""A column of a face: exact in memory, printed as people expect it, and exact again when read.

In memory masses are whole milligrams and energy whole watt-hours; in a file they stand as tonnes
and megawatt-hours with as many decimals as they need, so that reading gives the same integers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Literal

import polars as pl

from vatra.tables import fold
from vatra.words import LANGUAGES, Language, has, say

Kind = Literal["text", "integer", "mass", "energy", "number", "label"]
Cell = str | int | float | Decimal | None
PolarsType = pl.DataType | type[pl.DataType]

# Decimals that hold every milligram of a tonne and every watt-hour of a megawatt-hour.
DECIMALS: Mapping[Kind, int] = MappingProxyType({"mass": 9, "energy": 6})
DTYPES: Mapping[Kind, PolarsType] = MappingProxyType(
    {
        "text": pl.String,
        "integer": pl.Int64,
        "mass": pl.Int64,
        "energy": pl.Int64,
        "number": pl.Float64,
    }
)
_EXACT = 28
_SIGNIFICANT = 6
# The largest number that a column of whole numbers holds.
_MOST = 2**63 - 1
# 2**53: below, a float that is whole is that whole number.
_LARGEST = 9_007_199_254_740_992


@dataclass(frozen=True)
class Field:
    """One column of a face.

    ``name`` in memory, the unit as suffix; ``kind`` how it is printed: a ``mass`` in mg as t, an
    ``energy`` in Wh as MWh, a ``label`` the words for the code in column ``of`` of a
    ``vocabulary``, printed for people and passed over when read. ``heading`` fixes the heading in
    every language, else it is a text of the face (``faces.gpc-category``) or what all faces share
    (``faces.common-category``). ``blank`` is what an empty cell means. ``rounded_decimals`` how
    many decimals stay in a rounded export.
    """

    name: str
    kind: Kind = "text"
    heading: str = ""
    blank: str | None = None
    of: str = ""
    vocabulary: str = ""
    rounded_decimals: int | None = None

    @property
    def dtype(self) -> PolarsType:
        """Type of the column in memory."""
        return DTYPES[self.kind]

    def heading_in(self, face: str, lang: Language) -> str:
        """Heading of the column in a file."""
        if self.heading:
            return self.heading
        own = f"faces.{face}-{self.name}"
        shared = f"faces.common-{self.name}"
        return say(own if has(own) else shared, lang) if has(own) or has(shared) else self.name

    def spellings(self, face: str) -> set[str]:
        """Folded headings under which the column is found again."""
        return {fold(self.name), *(fold(self.heading_in(face, lang)) for lang in LANGUAGES)}

    def printed(self, value: object, *, rounded: bool = False) -> Cell:
        """A value as it stands in a file: masses and energy as exact decimals.

        Rounded, they are whole tonnes and megawatt-hours; other numbers keep six digits.
        """
        if value is None or (self.kind == "text" and value == self.blank):
            return None
        if self.kind in DECIMALS and isinstance(value, int):
            exact = Decimal(value).scaleb(-DECIMALS[self.kind])
            return _rounded(exact, self.rounded_decimals or 0) if rounded else _short(exact)
        if rounded and isinstance(value, float):
            return self._short_number(value)
        if isinstance(value, float) and value.is_integer() and abs(value) < _LARGEST:
            return int(value)
        return value if isinstance(value, int | float) else str(value)

    def _short_number(self, value: float) -> Decimal:
        if self.rounded_decimals is not None:
            return _rounded(Decimal(repr(value)), self.rounded_decimals)
        return _short(Decimal(f"{value:.{_SIGNIFICANT}g}"))

    def parsed(self, cell: Cell) -> object:
        """The value of a cell; raises ``ValueError`` for what the column cannot hold."""
        if cell is None or cell == "":
            return self.blank
        if self.kind == "text":
            return str(cell)
        if self.kind == "integer" and isinstance(cell, int) and abs(cell) <= _MOST:
            return cell
        if self.kind == "number":
            return _finite(cell)
        scaled = _decimal(cell).scaleb(DECIMALS.get(self.kind, 0))
        if scaled != scaled.to_integral_value() or abs(scaled) > _MOST:
            raise ValueError(cell)
        return int(scaled)


def _short(exact: Decimal) -> Decimal:
    """Without zeros behind the last decimal that says something, and without an exponent."""
    text = format(exact, "f")
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def _rounded(exact: Decimal, decimals: int) -> Decimal:
    return round(exact, decimals) + 0


def _decimal(cell: Cell) -> Decimal:
    """A number as written: a float by the shortest text that means it."""
    try:
        found = Decimal(repr(cell) if isinstance(cell, float) else str(cell).strip())
    except InvalidOperation:
        raise ValueError(cell) from None
    if not found.is_finite() or abs(found.adjusted()) > _EXACT:
        raise ValueError(cell)
    return found


def _finite(cell: Cell) -> float:
    found = float(str(cell))
    if found != found or found in (float("inf"), float("-inf")):
        raise ValueError(cell)
    return found
