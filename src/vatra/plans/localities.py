"""Many localities at once: energy rows of a whole country to totals in one pass.

The same arithmetic as ``compute``, each row rounded to the milligram before it is added, but
summed by locality and without the way back to the single row. A factor of a region holds for
the locality of that code.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from vatra.factors import Factor, FactorBook, Missing
from vatra.methods import energy_methods
from vatra.plans.compute import method_for, year_spans
from vatra.plans.numbering import Numbering, values_of
from vatra.tables import Finding
from vatra.tables.vocabulary import BIOGENIC, END_USE_OF_SECTOR, FACTOR_GASES, MIXTURE

PLACE = ("locality", "year", "sector", "scope")
CELL = (*PLACE, "gas")
_USE = ("region", "year", "sector", "carrier")
_GAS = pl.Enum(sorted(FACTOR_GASES))

_NUMBERS = ("place", "emission_mg", "co2e_mg")
_Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Localities:
    """Sums of every place, the factors used by id, and what was missing.

    Attributes
    ----------
    places : ``PLACE``, energy_wh [Wh], rows_count, sorted
    cells : ``CELL``, emission_mg [mg of the gas], co2e_mg [mg], sorted; the memo item biogenic
        CO2 is among them

    Texts are codes (Enum), quick to group by.
    """

    places: pl.DataFrame
    cells: pl.DataFrame
    factors: Mapping[str, Factor]
    findings: tuple[Finding, ...]

    def totals(self, *by: str) -> pl.DataFrame:
        """CO2e [mg] by any of ``CELL``, sorted; biogenic CO2 is in no total."""
        counted = self.cells.lazy().filter(pl.col("gas") != BIOGENIC)
        sums = pl.col("co2e_mg").sum()
        if not by:
            return counted.select(sums).collect()
        summed = counted.group_by(by).agg(sums)
        return summed.sort(by, nulls_last=True).collect()


def localities(
    rows: pl.DataFrame, book: FactorBook, gases: Sequence[str], file: str = "energy.csv"
) -> Localities:
    """Emissions of every locality, year, sector, scope and gas.

    Parameters
    ----------
    rows : locality (may be null), year, sector, carrier, scope, energy_wh [Wh], line
    book : factors in force; those of a region hold for rows of the locality of that code
    gases : which of the seven gases to count; mixtures and biogenic CO2 as ``compute`` does
    file : name of the file of the rows, for findings

    Returns
    -------
    Localities
        Whole milligrams, the same on every machine. Rows whose carrier and year have no factor
        have energy and no emissions, and are reported.
    """
    if "locality" not in rows.columns:
        rows = rows.with_columns(locality=pl.lit(None, dtype=pl.String))
    columns = {name: values_of(rows[name]) for name in (*PLACE, "carrier")}
    columns["region"] = columns["locality"].among(sorted({each.region for each in book.factors}))
    uses = Numbering.of(columns, _USE)
    places = Numbering.of(columns, PLACE)
    chosen = _choose(uses, book, gases)
    energy = rows["energy_wh"].to_numpy()
    parts = _parts(chosen, uses.number, places.number, energy)
    factors = chosen.factor_t_per_mwh
    cells = [_cells(places, parts, factors[gas], gas, book.gwp[gas]) for gas in sorted(factors)]
    return Localities(
        _places(places, energy),
        _in_order(cells, places),
        chosen.factors,
        tuple(_findings(rows, chosen.missing, file)),
    )


@dataclass(frozen=True)
class _Chosen:
    """The factor of each use by gas (NaN where none), the method of each use, and what is missing.

    ``method_of`` is the position of the use's method in ``methods``.
    """

    factor_t_per_mwh: Mapping[str, NDArray[np.float64]]
    method_of: _Whole
    methods: tuple[str, ...]
    factors: Mapping[str, Factor]
    missing: tuple[Missing, ...]


def _choose(uses: Numbering, book: FactorBook, gases: Sequence[str]) -> _Chosen:
    """Look up every use once."""
    wanted = {*gases, MIXTURE, BIOGENIC} & set(book.gwp)
    values: dict[str, NDArray[np.float64]] = {}
    method_of = np.zeros(uses.size, np.int64)
    methods: dict[str, int] = {}
    factors: dict[str, Factor] = {}
    missing: list[Missing] = []
    table = uses.table()
    for number, (region, year, sector, carrier) in zip(uses.seen, table.iter_rows(), strict=True):
        found = book.choose(carrier, year, END_USE_OF_SECTOR[sector], region or "")
        if isinstance(found, Missing):
            missing.append(found)
            continue
        method = method_for(sector, carrier).name
        method_of[number] = methods.setdefault(method, len(methods))
        for gas in wanted & found.keys():
            factors[found[gas].factor_id] = found[gas]
            of_gas = values.setdefault(gas, np.full(uses.size, np.nan))
            of_gas[number] = found[gas].value_t_per_mwh
    return _Chosen(values, method_of, tuple(methods), dict(sorted(factors.items())), tuple(missing))


@dataclass(frozen=True)
class _Part:
    """The rows of one method: their energy, use and place."""

    method: str
    energy_wh: _Whole
    use: _Whole
    place: _Whole


def _parts(chosen: _Chosen, use: _Whole, place: _Whole, energy_wh: _Whole) -> list[_Part]:
    """The rows apart by method."""
    if len(chosen.methods) == 1:
        return [_Part(chosen.methods[0], energy_wh, use, place)]
    method_of = chosen.method_of[use]
    found = []
    for position, name in enumerate(chosen.methods):
        mine = np.flatnonzero(method_of == position)
        found.append(_Part(name, energy_wh[mine], use[mine], place[mine]))
    return found


def _cells(
    places: Numbering, parts: Sequence[_Part], factor: NDArray[np.float64], gas: str, gwp: float
) -> pl.DataFrame:
    """Sums of one gas by place, every row rounded first."""
    emission_mg, co2e_mg = (np.zeros(places.size, np.int64) for _ in range(2))
    occurs = np.zeros(places.size, bool)
    for part in parts:
        factors = factor[part.use]
        has = ~np.isnan(factors)
        if not has.any():
            continue
        mine = slice(None) if has.all() else np.flatnonzero(has)
        mass = energy_methods()[part.method].emission_mg(
            pl.col("energy_wh"), pl.col("factor_t_per_mwh")
        )
        frame = pl.DataFrame(
            {"energy_wh": part.energy_wh[mine], "factor_t_per_mwh": factors[mine]}
        ).select(emission_mg=mass)
        at = part.place[mine]
        np.add.at(emission_mg, at, frame["emission_mg"].to_numpy())
        # A potential of one leaves whole milligrams as they are.
        if gwp != 1.0:
            co2e = (pl.col("emission_mg") * gwp).round(mode="half_to_even").cast(pl.Int64)
            np.add.at(co2e_mg, at, frame.select(co2e).to_series().to_numpy())
        occurs[at] = True
    found = np.flatnonzero(occurs)
    sums = emission_mg if gwp == 1.0 else co2e_mg
    return pl.DataFrame(
        {"place": found, "emission_mg": emission_mg[found], "co2e_mg": sums[found]}
    ).with_columns(gas=pl.lit(gas, _GAS))


def _places(places: Numbering, energy_wh: _Whole) -> pl.DataFrame:
    """Energy and rows of every place."""
    energy = np.zeros(places.size, np.int64)
    np.add.at(energy, places.number, energy_wh)
    return places.table().with_columns(
        pl.Series("energy_wh", energy[places.seen]),
        pl.Series("rows_count", places.counts[places.seen]),
    )


def _in_order(cells: Sequence[pl.DataFrame], places: Numbering) -> pl.DataFrame:
    """Cells of all gases by place and gas, named."""
    none = pl.DataFrame(schema={**dict.fromkeys(_NUMBERS, pl.Int64), "gas": _GAS})
    joined = pl.concat([none, *cells], rechunk=True)
    # Gases come in order and each by place: a stable sort merges them.
    order = np.argsort(joined["place"].to_numpy(), kind="stable")
    names = places.table(joined["place"].to_numpy()[order])
    rest = joined.drop("place")[order]
    return pl.concat([names, rest], how="horizontal").select(*CELL, "emission_mg", "co2e_mg")


def _findings(rows: pl.DataFrame, missing: Iterable[Missing], file: str) -> list[Finding]:
    """One finding for each carrier and year without a factor."""
    found = []
    for (carrier, year), absent in {(each.carrier, each.year): each for each in missing}.items():
        of_use = (pl.col("carrier") == carrier) & (pl.col("year") == year)
        lines = rows.filter(of_use)["line"].sort()
        spans = "; ".join(f"{name}: {year_spans(years)}" for name, years in absent.years.items())
        found.append(
            Finding(
                "plans.factor-missing" if spans else "plans.carrier-unknown",
                "error",
                file,
                tuple(lines.head(100).to_list()),
                "carrier",
                {"carrier": carrier, "year": str(year)} | ({"known": spans} if spans else {}),
                line_count=len(lines),
            )
        )
    return found
