"""Whether the area of a class changes without a row that says why."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import isclose

from vatra.methods.base import Results
from vatra.methods.land.entry import Row
from vatra.tables.land_use import USES

# Areas are printed to the hectare or finer.
_ROUNDING = 1e-3
_MANAGED = ("management", "residues")


def is_steady(row: Row) -> bool:
    """Whether land stays what it was, managed as it was."""
    pairs = (("from_use", "to_use"), *((f"{each}_from", f"{each}_to") for each in _MANAGED))
    return all(row[before] == row[after] for before, after in pairs)


def unexplained(results: Results, rows: Sequence[Row], transition_years: float) -> None:
    """Warn where the area that stays in a class differs between two years without conversions.

    Land that changes its use or management leaves the area that stays, and joins that of its new
    class when its transition is over.
    """
    for use in USES:
        steady = [row for row in rows if is_steady(row) and row["to_use"] == use]
        changes = [row for row in rows if not is_steady(row)]
        for first, second in pairwise(sorted({row["year"] for row in steady})):
            before, after = (_area(steady, year) for year in (first, second))
            expected_ha = before + sum(
                row["area_ha"] * _sign(row, use, first, second, transition_years) for row in changes
            )
            if not isclose(expected_ha, after, rel_tol=_ROUNDING, abs_tol=_ROUNDING):
                results.finding(
                    "methods.land-area-unexplained",
                    [row["line"] for row in steady if row["year"] in (first, second)],
                    "area",
                    "warning",
                    land=f"@tables.land-{use}",
                    first=str(first),
                    second=str(second),
                    before_ha=before,
                    after_ha=after,
                    expected_ha=expected_ha,
                )


def _area(steady: Sequence[Row], year: int) -> float:
    return sum(row["area_ha"] for row in steady if row["year"] == year)


def _sign(row: Row, use: str, first: int, second: int, transition_years: float) -> int:
    left = row["from_use"] == use and first < row["year"] <= second
    joined = row["to_use"] == use and first < row["year"] + transition_years <= second
    return int(joined) - int(left)
