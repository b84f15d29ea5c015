"""How far the figures of an inventory may be wrong, and which number makes them so.

Approach 2 of the IPCC (sampling) gives the ranges, with a stored seed: the same inventory has the
same ranges on every machine. A range is told only with the share nobody stated a doubt for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from vatra.plans.doubt import contributions
from vatra.plans.doubt_sampling import DRAWS, SEED, sample
from vatra.tables.gpc import categories
from vatra.web.base.tables import PPM

# Beyond half without a stated doubt a range would speak for the smaller part only.
MOST_UNKNOWN_PPM = PPM // 2
# A thousandth with a stated doubt, such as rounding in print, does not make a figure known.
_ALL_UNKNOWN_PPM = PPM - PPM // 1000
_GROUPINGS: Mapping[str, tuple[str, ...]] = {
    "total": ("year",),
    "sector": ("year", "sector"),
    "sub_sector": ("year", "sub_sector"),
    "category": ("year", "category"),
    "BASIC": ("year", "is_basic"),
    "BASIC+": ("year", "is_plus"),
}


@dataclass(frozen=True)
class Range:
    """A figure and the middle 95 % of its draws [mg CO2e]; shares in parts per million.

    ``unknown_ppm`` of it hangs on nothing with a stated doubt, ``partial_ppm`` on something
    without one beside something with one.
    """

    total_mg: int
    low_mg: int
    high_mg: int
    unknown_ppm: int
    partial_ppm: int

    @property
    def is_told(self) -> bool:
        """Whether the range says enough to be told as an answer."""
        return self.unknown_ppm <= MOST_UNKNOWN_PPM and self.high_mg > self.low_mg

    @property
    def is_unknown(self) -> bool:
        """Whether nothing of the figure worth naming has a stated doubt."""
        return self.unknown_ppm >= _ALL_UNKNOWN_PPM


@dataclass(frozen=True)
class Contribution:
    """One number that makes a total doubtful.

    ``kind`` is ``activity`` or ``term``; moves are what the total loses or gains when the number
    lies at an end of its interval [mg CO2e]; the share is of the variance.
    """

    rank: int
    kind: str
    source: str
    share_ppm: int
    low_move_mg: int
    high_move_mg: int


@dataclass(frozen=True)
class Ranges:
    """Ranges by grouping and key, and the contributions to each year's total."""

    by_key: Mapping[tuple[str, int, str], Range]
    by_year: Mapping[int, tuple[Contribution, ...]]
    draws_count: int = DRAWS
    seed: int = SEED

    @classmethod
    def of(
        cls,
        rows: pl.DataFrame,
        terms: pl.DataFrame,
        territorial: tuple[pl.DataFrame, pl.DataFrame] | None = None,
    ) -> Ranges:
        """From what ``runs.uncertainty.counted_rows`` gives.

        ``territorial`` rows and terms of all scope 1, what counts in no contract included.
        """
        if not len(rows):
            return cls({}, {})
        basic = [code for code, each in categories().items() if each.level == "BASIC"]
        rows = rows.with_columns(
            sub_sector=pl.col("category").str.extract(r"^([IV]+\.[0-9]+)").fill_null(""),
            is_basic=pl.col("category").is_in(basic),
            # What has no category is the rounding in print.
            is_plus=pl.col("category") != "",
        )
        tables = sample(rows, terms, list(_GROUPINGS.values()))
        by_key: dict[tuple[str, int, str], Range] = {}
        for (name, columns), table in zip(_GROUPINGS.items(), tables, strict=True):
            for row in table.iter_rows(named=True):
                key = str(row[columns[1]]) if len(columns) > 1 else ""
                by_key[name, row["year"], key] = _range(row)
        if territorial is not None and len(territorial[0]):
            (table,) = sample(*territorial, [("year",)])
            for row in table.iter_rows(named=True):
                by_key["TERRITORIAL", row["year"], ""] = _range(row)
        return cls(by_key, _contributions(rows, terms))

    def total(self, year: int) -> Range | None:
        """The year's total in the contract: BASIC+ and the rounding in print."""
        return self.by_key.get(("total", year, ""))

    def level(self, year: int, level: str) -> Range | None:
        """The year's total, BASIC or BASIC+."""
        return self.by_key.get((level, year, "True"))

    def territorial(self, year: int) -> Range | None:
        """All that arises inside the city, waste from elsewhere included."""
        return self.by_key.get(("TERRITORIAL", year, ""))

    def find(self, grouping: str, year: int, key: str) -> Range | None:
        """The range of a sector, a sub-sector or a category."""
        return self.by_key.get((grouping, year, key))

    def keys(self, grouping: str, year: int) -> list[str]:
        """Keys of a grouping that have figures in a year."""
        return [key for name, at, key in self.by_key if name == grouping and at == year]

    def contributions(self, year: int) -> Sequence[Contribution]:
        """What makes the year's total doubtful, the largest first."""
        return self.by_year.get(year, ())


def _range(row: Mapping[str, Any]) -> Range:
    unknown = round(row["unknown_share"] * PPM)
    return Range(
        row["total_mg"],
        round(row["p2_5_mg"]),
        round(row["p97_5_mg"]),
        unknown,
        max(0, round(row["incomplete_share"] * PPM) - unknown),
    )


def _contributions(rows: pl.DataFrame, terms: pl.DataFrame) -> dict[int, tuple[Contribution, ...]]:
    found: dict[int, list[Contribution]] = {}
    for row in contributions(rows, terms).iter_rows(named=True):
        found.setdefault(row["year"], []).append(
            Contribution(
                row["rank"],
                row["kind"],
                row["source"],
                round(row["variance_share"] * PPM),
                row["low_move_mg"],
                row["high_move_mg"],
            )
        )
    return {year: tuple(each) for year, each in found.items()}
