"""What results hang on: one entry for each row and each figure, factor or parameter behind it.

A *source* of doubt is one number that nobody knows exactly: an activity figure, an emission
factor, a parameter of a method. Rows that share it move together. An *entry* says how far a source
moves a row: the row's result at the ends of the source's 95 % interval, as multiples of the result.

How a source is spread, decided entry by entry; the value is always the middle, the published ends
always stand at 2.5 % and 97.5 %:

- both ends as far from the value, at most 30 %: normal, cut at zero;
- ends that differ, or wider: lognormal on either side of the value, each side with its own end;
- an end at zero (or a figure doubted by 100 % and more): lognormal, the low side as wide as the
  high one by ratio;
- an end below zero, which only a method may give (a sink that may be a source): normal on either
  side, not cut;
- both ends on one side of the value, which a table should not print: lognormal through the ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import polars as pl
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

# Standard deviations from the middle of a normal distribution to the end of its 95 % interval.
DEVIATIONS_TO_END = NormalDist().inv_cdf(0.975)
WIDEST_NORMAL_SHARE = 0.30
_BIT = 1e-9
_LARGEST_LOGARITHM = 700.0
# Ends count as equally far when they differ by less than this share of the half-width.
EVEN_SHARE = 0.01

NORMAL, LOGNORMAL, SIGNED = 0, 1, 2
ACTIVITY, TERM = "activity", "term"


@dataclass(frozen=True)
class Sources:
    """Rows and entries as arrays.

    Attributes
    ----------
    names, kinds : of each source, sorted by kind and name; ``kinds`` ``activity`` or ``term``
    value_mg : result of each row [mg], in the order of ``row``
    row, source : of each entry, the positions of its row and of its source
    low, high : of each entry, the row's result at the ends of the interval, as multiples
    spread, location, low_scale, high_scale : of each entry, the distribution of the multiple:
        ``NORMAL`` and ``SIGNED`` are ``location + scale z``, ``LOGNORMAL`` its exponential, with
        ``low_scale`` for z below zero and ``high_scale`` above
    unknown, incomplete : of each row, whether nothing it hangs on has an interval, and whether
        anything has none
    """

    names: tuple[str, ...]
    kinds: tuple[str, ...]
    value_mg: Floats
    row: Whole
    source: Whole
    low: Floats
    high: Floats
    spread: Whole
    location: Floats
    low_scale: Floats
    high_scale: Floats
    unknown: NDArray[np.bool_]
    incomplete: NDArray[np.bool_]

    def multiples(self, deviations: float) -> Floats:
        """Multiple of each entry when its source lies ``deviations`` from its middle."""
        line = self.location + deviations * (self.low_scale if deviations < 0 else self.high_scale)
        cut = np.where(self.spread == NORMAL, np.maximum(line, 0.0), line)
        heavy = np.exp(np.minimum(line, _LARGEST_LOGARITHM))
        return np.where(self.spread == LOGNORMAL, heavy, cut)

    def means(self) -> Floats:
        """Mean multiple of each entry."""
        found = np.zeros(len(self.row))
        for node, weight in zip(*NODES, strict=True):
            found += weight * self.multiples(float(node))
        return found


def _nodes(count: int, reach: float) -> tuple[Floats, Floats]:
    """Points and weights to integrate over a normal distribution, each half by itself.

    Spreads have a bend in the middle, which the rule of Gauss and Legendre on each side misses.
    """
    points, weights = np.polynomial.legendre.leggauss(count)
    upper = (points + 1) * reach / 2
    density = weights * np.exp(-(upper**2) / 2)
    nodes = np.concatenate([-upper[::-1], upper])
    whole = np.concatenate([density[::-1], density])
    return nodes, whole / whole.sum()


NODES = _nodes(32, 9.0)


def sources(rows: pl.DataFrame, terms: pl.DataFrame) -> Sources:
    """Everything that results hang on.

    Parameters
    ----------
    rows : ``row`` (unique), ``co2e_mg``, ``activity_id``, ``activity_doubt_ratio`` (half-width of
        the 95 % interval as a share, null when unknown); a row without ``activity_id`` has a
        figure of its own
    terms : ``row, term_id, low_ratio, high_ratio``; both ratios 1 where no interval is published.
        A term that stands twice in a row acts twice.

    Raises ``ValueError`` naming the rows when a row stands twice, a term has no row, or a ratio is
    no number.
    """
    ordered = rows.sort("row")
    _refuse(ordered, terms)
    entries = pl.concat([_of_activity(ordered), _of_terms(terms)])
    places = ordered.select(pl.col("row").cast(pl.Int64), pl.row_index("position").cast(pl.Int64))
    entries = entries.join(places, on="row", how="inner").sort("position", "kind", "name")
    moving = entries.filter((pl.col("low") != 1.0) | (pl.col("high") != 1.0))
    names = moving.select("kind", "name").unique().sort("kind", "name")
    numbered = moving.join(
        names.with_row_index("source"), on=["kind", "name"], how="left", maintain_order="left"
    )
    low, high = (numbered[name].to_numpy().astype(np.float64) for name in ("low", "high"))
    signed = numbered["kind"].to_numpy() == TERM
    low = np.where(signed, low, np.maximum(low, 0.0))
    spread, location, low_scale, high_scale = _spread(low, high, signed)
    unknown, incomplete = _gaps(ordered, entries)
    return Sources(
        names=tuple(names["name"].to_list()),
        kinds=tuple(names["kind"].to_list()),
        value_mg=ordered["co2e_mg"].to_numpy().astype(np.float64),
        row=numbered["position"].to_numpy().astype(np.int64),
        source=numbered["source"].to_numpy().astype(np.int64),
        low=low,
        high=high,
        spread=spread,
        location=location,
        low_scale=low_scale,
        high_scale=high_scale,
        unknown=unknown,
        incomplete=incomplete,
    )


def _refuse(rows: pl.DataFrame, terms: pl.DataFrame) -> None:
    doubled = rows.filter(pl.col("row").is_duplicated())["row"].unique().sort().head(10).to_list()
    if doubled:
        raise ValueError(f"rows {doubled} stand twice; number every row once")
    strays = terms.join(rows, on="row", how="anti")["row"].unique().sort().head(10).to_list()
    if strays:
        raise ValueError(f"terms name rows {strays} that do not exist")
    whole = pl.col("low_ratio").is_finite() & pl.col("high_ratio").is_finite()
    wrong = terms.filter(~whole.fill_null(False))["term_id"].unique().sort().head(10).to_list()
    if wrong:
        raise ValueError(f"terms {wrong} have an end that is no number; leave both ends at 1")
    negative = rows.filter(pl.col("activity_doubt_ratio") < 0)["row"].head(10).to_list()
    if negative:
        raise ValueError(f"rows {negative} have a negative doubt; give the half-width")


def _of_activity(rows: pl.DataFrame) -> pl.DataFrame:
    """Entries of the activity figures; ends null where the doubt is unknown."""
    own = pl.format("row {}", pl.col("row"))
    return rows.select(
        "row",
        pl.lit(ACTIVITY).alias("kind"),
        pl.coalesce(pl.col("activity_id").cast(pl.String), own).alias("name"),
        (1.0 - pl.col("activity_doubt_ratio").cast(pl.Float64)).alias("low"),
        (1.0 + pl.col("activity_doubt_ratio").cast(pl.Float64)).alias("high"),
    ).with_columns(pl.col("row").cast(pl.Int64))


def _of_terms(terms: pl.DataFrame) -> pl.DataFrame:
    """Entries of factors and parameters; ends null where no interval is published."""
    published = (pl.col("low") != 1.0) | (pl.col("high") != 1.0)
    merged = (
        terms.group_by(
            pl.col("row").cast(pl.Int64), pl.col("term_id").alias("name"), maintain_order=True
        )
        .agg(
            pl.col("low_ratio").product().alias("low"), pl.col("high_ratio").product().alias("high")
        )
        .with_columns(pl.when(published).then(pl.col("low", "high")))
    )
    return merged.select("row", pl.lit(TERM).alias("kind"), "name", "low", "high")


def _gaps(rows: pl.DataFrame, entries: pl.DataFrame) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Of each row: whether nothing has an interval, and whether anything lacks one."""
    by_row = (
        entries.group_by("row")
        .agg(
            pl.col("low").is_null().all().alias("unknown"),
            pl.col("low").is_null().any().alias("incomplete"),
        )
        .sort("row")
    )
    return by_row["unknown"].to_numpy(), by_row["incomplete"].to_numpy()


def _spread(
    low: Floats, high: Floats, signed: NDArray[np.bool_]
) -> tuple[Whole, Floats, Floats, Floats]:
    """Kind, location and both scales of each entry, by the rule at the head of this file."""
    half = np.abs(high - low) / 2
    even = np.abs(high + low - 2.0) <= EVEN_SHARE * half
    below = np.minimum(low, high) < 0.0
    spread = np.where(even & (half <= WIDEST_NORMAL_SHARE + _BIT), NORMAL, LOGNORMAL)
    spread = np.where(below & signed, SIGNED, spread).astype(np.int64)
    heavy = spread == LOGNORMAL
    log_low, log_high = _log_ends(low, high)
    beside = heavy & ((low - 1.0) * (high - 1.0) > 0.0)
    location = np.where(heavy, 0.0, 1.0)
    location = np.where(beside, (log_low + log_high) / 2, location)
    low_end, high_end = np.where(heavy, log_low, low), np.where(heavy, log_high, high)
    low_scale = (location - low_end) / DEVIATIONS_TO_END
    high_scale = (high_end - location) / DEVIATIONS_TO_END
    # Even ends are one straight line; what they differ by is rounding in print.
    middle = np.where(spread == NORMAL, (low_scale + high_scale) / 2, 0.0)
    low_scale, high_scale = (
        np.where(spread == NORMAL, middle, each) for each in (low_scale, high_scale)
    )
    return spread, location, low_scale, high_scale


def _log_ends(low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Logarithms of both ends; an end not above zero mirrors the other around the value."""
    tiny = np.finfo(np.float64).tiny
    log_low, log_high = np.log(np.maximum(low, tiny)), np.log(np.maximum(high, tiny))
    return np.where(low > 0, log_low, -log_high), np.where(high > 0, log_high, -log_low)


def grouped(rows: pl.DataFrame, by: Sequence[str]) -> tuple[pl.DataFrame, Whole]:
    """The groups of rows, sorted, and the group of each row in the order of ``row``."""
    ordered = rows.sort("row")
    if not by:
        return pl.DataFrame({"_": [0]}).select([]), np.zeros(len(ordered), np.int64)
    groups = ordered.select(by).unique().sort(by)
    numbered = ordered.select(by).join(
        groups.with_row_index("_group"),
        on=list(by),
        how="left",
        nulls_equal=True,
        maintain_order="left",
    )
    return groups, numbered["_group"].to_numpy().astype(np.int64)


def totals(rows: pl.DataFrame, group: Whole, count: int) -> list[int]:
    """Exact total of each group [mg]; ``group`` of each row in the order of ``row``."""
    found = [0] * count
    amounts = rows.sort("row")["co2e_mg"].to_list()
    for position, amount in zip(group.tolist(), amounts, strict=True):
        found[position] += amount
    return found


def framed(groups: pl.DataFrame, by: Sequence[str], total: Sequence[int]) -> pl.DataFrame:
    """Groups and their totals side by side."""
    column = pl.DataFrame({"total_mg": pl.Series(total, dtype=pl.Int64)})
    return pl.concat([groups, column], how="horizontal") if by else column


def pairs(group: Whole, source: Whole, source_count: int) -> tuple[Whole, Whole, Whole]:
    """Group and source of each pair that occurs, sorted, and the pair of each entry."""
    codes, inverse = np.unique(group * max(source_count, 1) + source, return_inverse=True)
    return codes // max(source_count, 1), codes % max(source_count, 1), inverse.astype(np.int64)


def sums(position: Whole, amounts: Floats, count: int) -> Floats:
    """Sums of amounts by position, added in the order given: the same on every machine."""
    return np.bincount(position, weights=amounts, minlength=count).astype(np.float64)
