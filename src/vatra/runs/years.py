"""The years of a pack: those that are missing where others stand, and its series over all years.

A city that reports every fourth year has no gap between 2021 and 2025. What is missing is a year
that other categories have, or one that breaks the step at which the pack's own years follow.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import polars as pl

from vatra.plans.compute import totals_only, year_spans
from vatra.plans.timeline import GROUPS_SHOWN, Gap, gap_findings, gaps, series, years_with_rows
from vatra.tables import Finding

CATEGORY = ("category",)
_FINE = ("sector", "category", "gas")
GROUPINGS: dict[str, tuple[str, ...]] = {
    "total": (),
    "sector": ("sector",),
    "category": CATEGORY,
    "gas": ("gas",),
}


def missing_years(counted: pl.DataFrame, target_year: int, file: str = "") -> list[Finding]:
    """A warning for each year that is missing inside the series of a pack.

    Parameters
    ----------
    counted : year and category of what counts in totals, one line per cell
    target_year : its figures are a projection and no part of the series
    file : where rows would be added
    """
    until = target_year - 1
    found = [_skipped(counted, gap, file, until) for gap in _unsteady(counted, until)]
    by_category = gap_findings(counted, CATEGORY, file, until)
    return found + [each for each in by_category if each.severity == "warning"]


def _unsteady(counted: pl.DataFrame, until: int) -> list[Gap]:
    """Years that nothing has, where the pack's years follow each other more closely elsewhere."""
    years = years_with_rows(counted, (), until).get((), ())
    step = min((after - before for before, after in pairwise(years)), default=1)
    return [each for each in gaps(counted, (), until) if each.after - each.before > step]


def _skipped(counted: pl.DataFrame, gap: Gap, file: str, until: int) -> Finding:
    """The warning for one such gap, with the categories that stand on both sides of it."""
    both = [
        category
        for (category,), years in years_with_rows(counted, CATEGORY, until).items()
        if years[0] <= gap.before and years[-1] >= gap.after and category
    ]
    more = len(both) - GROUPS_SHOWN
    return Finding(
        "runs.year-missing",
        "warning",
        file,
        column="year",
        params={
            "years": year_spans(gap.years),
            "before": str(gap.before),
            "after": str(gap.after),
            "groups": both[:GROUPS_SHOWN] + ([f"+{more}"] if more > 0 else []),
        },
    )


def yearly(
    cells: pl.DataFrame, by: str, target_year: int, interpolate: bool = False
) -> pl.DataFrame:
    """Sums of every year by one of ``GROUPINGS``, years in between only when asked and marked.

    Parameters
    ----------
    cells : cells of an inventory; biogenic CO2 is left out
    by : name of a grouping; ``KeyError`` for another
    target_year : its figures are a projection that nothing is interpolated towards

    Returns
    -------
    The columns of the grouping, year, co2e_mg [mg], interpolated; sorted. The rounding in print
    has a blank category. Values in between are made for each sector, category and gas, so that
    every grouping has the same totals; a sum is marked when any part of it was made.
    """
    names: Sequence[str] = GROUPINGS[by]
    fine = series(totals_only(cells), _FINE, interpolate=interpolate, until=target_year - 1)
    return (
        fine.group_by(*names, "year")
        .agg(pl.col("co2e_mg").sum(), pl.col("interpolated").any())
        .sort(*names, "year")
    )


def years_shown(years: Sequence[int], target_year: int) -> tuple[int, ...]:
    """Every year from the first to the last of the series, then the projections with figures."""
    past = [year for year in years if year < target_year]
    between = range(min(past), max(past) + 1) if past else ()
    return (*between, *(year for year in sorted(years) if year >= target_year))
