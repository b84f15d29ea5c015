"""Doubt of the inventory and of where it is heading, as multiples of the cells of a pathway.

The 95 % intervals come from the rows of the inventory themselves by propagation of error (see
``plans.doubt``): how far the amounts of each carrier of a sector may be wrong together, and how far
the factor of each carrier. Where rows state no doubt, the default stands in for their share.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import NormalDist

import polars as pl

from vatra.plans.distributions import Distribution, LogNormal, Normal
from vatra.plans.doubt import approach_1
from vatra.plans.doubt_terms import DEVIATIONS_TO_END, WIDEST_NORMAL_SHARE
from vatra.plans.engine import Base, Cell
from vatra.plans.risk.defaults import defaults_of
from vatra.plans.risk.quantities import Kind, Quantity, scale

# Of the inventory's own streams, the one that is no emission: it moves with nothing.
ROUNDING = "print_rounding"
_GROUP = "group"
_DIGITS = 6
_Z_95 = NormalDist().inv_cdf(0.95)
_MOSTLY = 0.5


def inventory_scales(
    base: Base,
    rows: pl.DataFrame,
    terms: pl.DataFrame,
    grid_carriers: tuple[str, ...],
    stated_half_share: float | None = None,
) -> tuple[Quantity, ...]:
    """Scales of amounts, of factors, of the factor of the grid and of what the city will need.

    Parameters
    ----------
    base : of the pathway; its first year is the inventory's
    rows, terms : as ``plans.doubt`` takes them, with ``sector`` and ``carrier``
    grid_carriers : those whose factor follows a path that nobody knows
    stated_half_share : half the 95 % interval of all amounts, instead of what the rows say
    """
    of_year = _grouped(base, rows)
    kept = terms.join(of_year.select("row"), on="row", how="semi")
    # What a method of activity makes of its figures is all of its stream's doubt; energy has the
    # doubt of its amounts apart from that of its factors.
    energy, streams = (of_year.filter(each) for each in (pl.col("is_energy"), ~pl.col("is_energy")))
    of_streams = kept.join(streams.select("row"), on="row", how="semi")
    known = {**_halves(energy, terms.clear()), **_halves(streams, of_streams)}
    if stated_half_share is not None:
        known = {name: _Half(stated_half_share, 0.0) for name in _amounts(base)}
    amounts = [
        _scale("activity", name, cells, known.get(name)) for name, cells in _amounts(base).items()
    ]
    carriers = _by(base, lambda cell: cell.carrier)
    of_carriers = energy.with_columns(
        pl.col("carrier").alias(_GROUP), activity_doubt_ratio=pl.lit(0.0)
    )
    of_energy = kept.join(energy.select("row"), on="row", how="semi")
    factors = _halves(of_carriers, of_energy, of_terms=True)
    of_factors = [
        _scale("factor", name, cells, factors.get(name))
        for name, cells in carriers.items()
        if _emits(base, cells)
    ]
    grid = [
        scale("factor_path", name, cells)
        for name, cells in carriers.items()
        if name in grid_carriers and _emits(base, cells)
    ]
    sectors = _by(base, lambda cell: "" if cell.stream == ROUNDING else cell.sector)
    paths = [
        scale("activity_path", name, cells)
        for name, cells in sectors.items()
        if _emits(base, cells)
    ]
    return (*amounts, *of_factors, *grid, *paths)


def _amounts(base: Base) -> dict[str, tuple[int, ...]]:
    """Cells by sector and carrier or stream, those that hold anything in the base year."""
    found = _by(base, lambda cell: "" if cell.stream == ROUNDING else amount_group(cell))
    return {name: cells for name, cells in found.items() if _emits(base, cells)}


def amount_group(cell: Cell) -> str:
    """The name under which the amounts of a cell are doubted together."""
    return f"{cell.sector}/{cell.carrier or cell.stream}"


def _by(base: Base, name_of: Callable[[Cell], str]) -> dict[str, tuple[int, ...]]:
    """Positions of the cells of each name, sorted by name; those without one left out."""
    found: dict[str, list[int]] = {}
    for number, cell in enumerate(base.cells):
        name = name_of(cell)
        if name:
            found.setdefault(name, []).append(number)
    return {name: tuple(found[name]) for name in sorted(found)}


def _emits(base: Base, cells: tuple[int, ...]) -> bool:
    return bool((base.emission_mg[list(cells)] != 0).any())


def _grouped(base: Base, rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of the base year with the group of cells whose amounts they are."""
    carriers = {(cell.sector, cell.carrier) for cell in base.cells if cell.carrier}
    energy = pl.DataFrame(
        [{"sector": sector, "carrier": carrier} for sector, carrier in sorted(carriers)],
        schema={"sector": pl.String, "carrier": pl.String},
    ).with_columns(is_energy=pl.lit(True))
    table = pl.col("activity_id").str.split(":").list.first()
    return (
        rows.filter((pl.col("year") == base.years[0]) & (pl.col("carrier") != ROUNDING))
        .with_columns(pl.col("sector", "carrier").cast(pl.String))
        .join(energy, on=["sector", "carrier"], how="left")
        .with_columns(pl.col("is_energy").fill_null(False))
        .with_columns(
            pl.format(
                "{}/{}",
                "sector",
                pl.when(pl.col("is_energy")).then("carrier").otherwise(table),
            ).alias(_GROUP)
        )
    )


@dataclass(frozen=True)
class _Half:
    """Half the 95 % interval as a share of the total; share of the total that states none."""

    share: float
    unknown_share: float


def _halves(rows: pl.DataFrame, terms: pl.DataFrame, of_terms: bool = False) -> Mapping[str, _Half]:
    """By group: what its rows state. With ``of_terms`` a row is known when any of its terms is."""
    if rows.is_empty():
        return {}
    found = approach_1(rows, terms, (_GROUP,))
    unknown = dict(found.select(_GROUP, "unknown_share").iter_rows())
    if of_terms:
        published = terms.filter((pl.col("low_ratio") != 1.0) | (pl.col("high_ratio") != 1.0))
        bare = rows.join(published.select("row").unique(), on="row", how="anti")
        sizes, missing = _sizes(rows), _sizes(bare)
        unknown = {name: missing.get(name, 0) / size for name, size in sizes.items() if size}
    return {
        name: _Half(half, unknown.get(name, 1.0))
        for name, half in found.select(_GROUP, "half_width_share").iter_rows()
        if half is not None
    }


def _sizes(rows: pl.DataFrame) -> dict[str, int]:
    return dict(rows.group_by(_GROUP).agg(pl.col("co2e_mg").abs().sum()).iter_rows())


def _scale(kind: Kind, name: str, cells: tuple[int, ...], half: _Half | None) -> Quantity:
    """What the rows state, the default in the place of what they do not."""
    if half is None or half.unknown_share >= 1.0:
        return scale(kind, name, cells)
    (default,) = defaults_of(kind)
    missing = half.unknown_share * half_share(default.distribution)
    found = scale(kind, name, cells, spread(math.hypot(half.share, missing)), "inventory")
    if half.unknown_share < _MOSTLY:
        return found
    return Quantity(
        kind, name, found.distribution, is_multiple=True, is_default=True,
        source=default.source, cells=cells,
    )  # fmt: skip


def half_share(distribution: Distribution) -> float:
    """Half the 95 % interval of a normal around 1."""
    if not isinstance(distribution, Normal):
        raise TypeError(f"{distribution.text} is no normal; its interval cannot be added to others")
    return distribution.deviation * DEVIATIONS_TO_END


def spread(half: float) -> Distribution:
    """A multiple whose 95 % interval is ``half`` to either side, by the rules of ``doubt_terms``:
    normal up to 30 %, lognormal around a middle of 1 beyond."""
    if half <= WIDEST_NORMAL_SHARE:
        return Normal(1.0, _digits(half / DEVIATIONS_TO_END))
    wide = math.log1p(half) / DEVIATIONS_TO_END * _Z_95
    return LogNormal(_digits(math.exp(-wide)), _digits(math.exp(wide)))


def _digits(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")
