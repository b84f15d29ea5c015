"""Years of a series: which have rows, which are missing in between, and values in between if asked.

Nothing is filled in unasked. A value made by interpolation carries a mark in every row, lies
between two years that have one, and is never carried on beyond them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

import polars as pl

from vatra.plans.compute import year_spans
from vatra.tables import Finding, Severity

GROUPS_SHOWN = 10


@dataclass(frozen=True)
class Gap:
    """Years without rows between two years that have some, and the groups they are missing in."""

    years: tuple[int, ...]
    before: int
    after: int
    groups: tuple[tuple[str, ...], ...]


def years_with_rows(
    rows: pl.DataFrame, by: Sequence[str], until: int | None = None
) -> dict[tuple[str, ...], tuple[int, ...]]:
    """Years of each group, sorted; groups by their values, sorted.

    ``until`` the last year of the series: projections of a target year are no part of it.
    """
    kept = rows if until is None else rows.filter(pl.col("year") <= until)
    found: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for year, *group in kept.select("year", *by).unique().sort("year", *by).iter_rows():
        found[tuple(str(each or "") for each in group)].append(year)
    return {group: tuple(found[group]) for group in sorted(found)}


def gaps(rows: pl.DataFrame, by: Sequence[str], until: int | None = None) -> list[Gap]:
    """Years missing inside the series of any group, groups with the same gap together.

    Parameters
    ----------
    rows : year and the columns of ``by``
    by : what makes a series, such as the sub-sector
    until : as in ``years_with_rows``
    """
    found: dict[tuple[tuple[int, ...], int, int], list[tuple[str, ...]]] = defaultdict(list)
    for group, years in years_with_rows(rows, by, until).items():
        for before, after in pairwise(years):
            if after > before + 1:
                found[tuple(range(before + 1, after)), before, after].append(group)
    return [Gap(*key, tuple(found[key])) for key in sorted(found)]


def gap_findings(
    rows: pl.DataFrame,
    by: Sequence[str],
    file: str = "",
    until: int | None = None,
) -> list[Finding]:
    """Gaps as findings: a warning where others have the year, a note where nothing has it."""
    stated = set(years_with_rows(rows, (), until).get((), ()))
    findings = [
        _finding("plans.year-without-rows", "note", file, gap) for gap in gaps(rows, (), until)
    ]
    for gap in gaps(rows, by, until):
        some = tuple(year for year in gap.years if year in stated)
        if some:
            findings.append(_finding("plans.year-gap", "warning", file, replace(gap, years=some)))
    return findings


def _finding(code: str, severity: Severity, file: str, gap: Gap) -> Finding:
    names = [" ".join(each for each in group if each) for group in gap.groups]
    params: dict[str, Any] = {
        "years": year_spans(gap.years),
        "before": str(gap.before),
        "after": str(gap.after),
    }
    if any(names):
        more = len(names) - GROUPS_SHOWN
        shown = names[:GROUPS_SHOWN] + ([f"+{more}"] if more > 0 else [])
        params["groups"] = shown
    return Finding(code, severity, file, column="year", params=params)


def series(
    rows: pl.DataFrame,
    by: Sequence[str],
    values: Sequence[str] = ("co2e_mg",),
    interpolate: bool = False,
    until: int | None = None,
) -> pl.DataFrame:
    """Sums by year and group, with the years in between only when asked.

    Parameters
    ----------
    rows : year, the columns of ``by`` and ``values`` (whole numbers)
    interpolate : whether years missing between two years of a group get the value on the straight
        line between them
    until : as in ``years_with_rows``; later years stand but are not interpolated towards

    Returns
    -------
    ``by``, year, ``values``, ``interpolated``; sorted. Whole numbers, halves to even.
    """
    summed = (
        rows.group_by([*by, "year"])
        .agg(pl.col(list(values)).sum())
        .with_columns(interpolated=pl.lit(False))
        .select(*by, "year", *values, "interpolated")
        .sort([*by, "year"])
    )
    if not interpolate:
        return summed
    made = pl.DataFrame(_between(summed, by, values, until), schema=summed.schema, orient="row")
    return pl.concat([summed, made]).sort([*by, "year"])


def _between(
    summed: pl.DataFrame, by: Sequence[str], values: Sequence[str], until: int | None
) -> Iterable[tuple[Any, ...]]:
    width = len(by)
    rows = list(summed.iter_rows())
    for first, last in pairwise(rows):
        before, after = first[width], last[width]
        if first[:width] != last[:width] or (until is not None and after > until):
            continue
        for year in range(before + 1, after):
            share = Fraction(year - before, after - before)
            line = (
                round(first[at] + (last[at] - first[at]) * share)
                for at in range(width + 1, width + 1 + len(values))
            )
            yield (*first[:width], year, *line, True)
