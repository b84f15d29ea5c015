"""How far a total may be wrong: propagation of error, what contributes, and what nobody knows.

IPCC 2006 Guidelines, Volume 1, Chapter 3, approach 1 (Equations 3.1 and 3.2), with correlation:
what one source does to several rows is added with its sign, sources are added in quadrature.
Approach 2, sampling, is in ``doubt_sampling``. A doubt nobody stated is not zero: its share of
the total stands beside every range.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from vatra.plans.doubt_terms import (
    NODES,
    Floats,
    Sources,
    Whole,
    framed,
    grouped,
    pairs,
    sources,
    sums,
    totals,
)


def approach_1(
    rows: pl.DataFrame, terms: pl.DataFrame, by: Sequence[str] = ("year",)
) -> pl.DataFrame:
    """Total and 95 % interval of each group by propagation of error.

    Parameters
    ----------
    rows, terms : as ``doubt_terms.sources`` takes them; ``rows`` with the columns of ``by``
    by : columns that make a group; none for one total of all rows

    Returns
    -------
    One row per group, sorted: ``by``, ``total_mg``, ``low_mg``, ``high_mg`` [mg],
    ``half_width_share`` (half the interval to the total, null when the total is zero),
    ``unknown_share`` and ``incomplete_share`` (see ``unknown``). Ends that lie unevenly around a
    value are carried apart: ``low_mg`` and ``high_mg`` need not be as far from the total.
    """
    found = sources(rows, terms)
    groups, group = grouped(rows, by)
    count = len(groups) if by else 1
    down, up, half = _widths(found, group, count)
    total = totals(rows, group, count)
    values = [float(each) for each in total]
    return framed(groups, by, total).with_columns(
        pl.Series("low_mg", [round(t - d) for t, d in zip(values, down, strict=True)], pl.Int64),
        pl.Series("high_mg", [round(t + u) for t, u in zip(values, up, strict=True)], pl.Int64),
        pl.Series("half_width_share", _shares(half, total), pl.Float64),
        *unknown(found, group, count),
    )


def unknown(found: Sources, group: Whole, count: int) -> tuple[pl.Series, pl.Series]:
    """Shares of each group's total, taken without signs, whose doubt is not known.

    ``unknown_share`` of rows that hang on nothing with an interval, ``incomplete_share`` of rows
    that hang on anything without one.
    """
    sizes = np.abs(found.value_mg)
    whole = sums(group, sizes, count)
    shares = []
    for name, mask in (("unknown_share", found.unknown), ("incomplete_share", found.incomplete)):
        part = sums(group, np.where(mask, sizes, 0.0), count)
        ratio = [p / w if w else 0.0 for p, w in zip(part, whole, strict=True)]
        shares.append(pl.Series(name, ratio, pl.Float64))
    return shares[0], shares[1]


def contributions(
    rows: pl.DataFrame, terms: pl.DataFrame, by: Sequence[str] = ("year",)
) -> pl.DataFrame:
    """What makes each total doubtful, the largest first.

    The variance that a source causes on its own, all others at their mean, is integrated over its
    distribution, so that wide and uneven intervals count with their long tail.

    Returns
    -------
    One row per group and source: ``by``, ``rank``, ``kind`` (``activity`` or ``term``), ``source``,
    ``variance_share`` of what all sources cause one by one, ``low_move_mg`` and ``high_move_mg``
    what the total gains or loses when the source lies at an end of its interval [mg].
    """
    found = sources(rows, terms)
    groups, group = grouped(rows, by)
    of_group, of_source, pair = pairs(group[found.row], found.source, len(found.names))
    variance = _variances(found, pair, len(of_group))
    moves = {end: _moves(found, pair, len(of_group), end) for end in ("low", "high")}
    whole = sums(of_group, variance, max(len(groups), 1))
    share = [v / whole[g] if whole[g] else 0.0 for v, g in zip(variance, of_group, strict=True)]
    table = pl.DataFrame(
        {
            "_group": pl.Series(of_group, dtype=pl.Int64),
            "kind": pl.Series([found.kinds[each] for each in of_source], dtype=pl.String),
            "source": pl.Series([found.names[each] for each in of_source], dtype=pl.String),
            # Twelve digits are steady on every machine; the rest depends on its exponential.
            "variance_share": pl.Series([round(each, 12) for each in share], dtype=pl.Float64),
            "low_move_mg": pl.Series([round(each) for each in moves["low"]], dtype=pl.Int64),
            "high_move_mg": pl.Series([round(each) for each in moves["high"]], dtype=pl.Int64),
        }
    ).sort(["_group", "variance_share", "kind", "source"], descending=[False, True, False, False])
    ranked = table.with_columns(rank=pl.int_range(1, pl.len() + 1, dtype=pl.Int64).over("_group"))
    kept = ("rank", "kind", "source", "variance_share", "low_move_mg", "high_move_mg")
    if not by:
        return ranked.select(kept)
    named = groups.with_columns(pl.int_range(pl.len(), dtype=pl.Int64).alias("_group"))
    return ranked.join(named, on="_group", how="left", maintain_order="left").select(*by, *kept)


def trend_1(
    rows: pl.DataFrame,
    terms: pl.DataFrame,
    base_year: int,
    year: int,
    by: Sequence[str] = (),
) -> pl.DataFrame:
    """Change from the base year to another year and its 95 % interval.

    A source of both years (a factor) moves both totals, a source of one year (a metered amount)
    only that one; to first order a source that moves the base total C by c and the other total D
    by d moves the change D / C - 1 by ``(d - c D / C) / C``. For a source of both years this is
    the type A sensitivity of IPCC 2006, Volume 1, Chapter 3, Table 3.2, in the limit of a small
    step; for a source of the later year alone it is type B. The table itself, with its
    factor of the square root of 2 for sources of one year, is ``doubt_table.table_3_2``.

    Returns
    -------
    One row per group of ``by`` that has a base: ``by``, ``base_mg``, ``total_mg`` [mg],
    ``change_share``, ``low_share``, ``high_share``, ``half_width_share``, all of the base total.
    """
    both = rows.filter(pl.col("year").is_in([base_year, year]))
    kept = terms.join(both.select("row"), on="row", how="semi")
    found = sources(both, kept)
    groups, group = grouped(both, by)
    count = len(groups) if by else 1
    later = both.sort("row")["year"].to_numpy() == year
    total_mg = totals(both, np.where(later, group, count), count + 1)[:count]
    base_mg = totals(both, np.where(later, count, group), count + 1)[:count]
    ends = _trend_ends(found, group, later, base_mg, total_mg)
    numbers = {
        "base_mg": pl.Series(base_mg, dtype=pl.Int64),
        "total_mg": pl.Series(total_mg, dtype=pl.Int64),
        **{name: pl.Series(values, dtype=pl.Float64) for name, values in ends.items()},
    }
    table = pl.DataFrame(numbers)
    whole = pl.concat([groups, table], how="horizontal") if by else table
    return whole.filter(pl.col("base_mg") != 0)


def _trend_ends(
    found: Sources,
    group: Whole,
    later: np.ndarray[tuple[int], np.dtype[np.bool_]],
    base_mg: list[int],
    total_mg: list[int],
) -> dict[str, list[float]]:
    """Change, its ends and half-width of each group, as shares of the base."""
    of_group, _, pair = pairs(group[found.row], found.source, len(found.names))
    base = np.array([float(each) or np.nan for each in base_mg])
    ratio = np.array([float(each) for each in total_mg]) / base
    on_later = np.where(later[found.row], 1.0, 0.0)
    moves = []
    for end in (found.low, found.high):
        amounts = found.value_mg[found.row] * (end - 1.0)
        d = sums(pair, amounts * on_later, len(of_group))
        c = sums(pair, amounts * (1.0 - on_later), len(of_group))
        moves.append((d - c * ratio[of_group]) / base[of_group])
    down, up, half = _quadrature(moves[0], moves[1], of_group, len(base_mg))
    change = ratio - 1.0
    return {
        "change_share": change.tolist(),
        "low_share": (change - down).tolist(),
        "high_share": (change + up).tolist(),
        "half_width_share": half.tolist(),
    }


def _widths(found: Sources, group: Whole, count: int) -> tuple[Floats, Floats, Floats]:
    """How far each group's total may fall and rise, and half of both together [mg]."""
    of_group, _, pair = pairs(group[found.row], found.source, len(found.names))
    low = _moves(found, pair, len(of_group), "low")
    high = _moves(found, pair, len(of_group), "high")
    return _quadrature(low, high, of_group, count)


def _quadrature(
    low: Floats, high: Floats, of_group: Whole, count: int
) -> tuple[Floats, Floats, Floats]:
    """Moves of single sources put together: falls, rises and half-widths of each group."""
    falls = np.minimum(np.minimum(low, high), 0.0)
    rises = np.maximum(np.maximum(low, high), 0.0)
    halves = (high - low) / 2
    down, up, half = (sums(of_group, each**2, count) for each in (falls, rises, halves))
    return np.sqrt(down), np.sqrt(up), np.sqrt(half)


def _moves(found: Sources, pair: Whole, count: int, end: str) -> Floats:
    """What each source at an end of its interval adds to a group's total [mg]."""
    ends = found.low if end == "low" else found.high
    return sums(pair, found.value_mg[found.row] * (ends - 1.0), count)


def _variances(found: Sources, pair: Whole, count: int) -> Floats:
    """Variance of each group's total that each source causes on its own [mg2]."""
    own = found.means()
    row_mean = np.ones(len(found.value_mg))
    np.multiply.at(row_mean, found.row, own)
    others = np.divide(row_mean[found.row], own, out=np.zeros(len(own)), where=own != 0.0)
    size = found.value_mg[found.row] * others
    variance = np.zeros(count)
    for node, weight in zip(*NODES, strict=True):
        variance += weight * sums(pair, size * (found.multiples(float(node)) - own), count) ** 2
    return variance


def _shares(half: Floats, total: Sequence[int]) -> list[float | None]:
    return [h / abs(t) if t else None for h, t in zip(half.tolist(), total, strict=True)]
