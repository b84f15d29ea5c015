"""Where the pathway holds the energy of blocks, and rows that give each part a use of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from vatra.plans.engine import Floats
from vatra.runs.handover_inventory import base_cells, counts, use_names
from vatra.runs.handover_parts import Part
from vatra.runs.scenario import Scenario
from vatra.runs.scenario_paths import activity_index
from vatra.tables import Finding

USES, DRIVERS = "uses.csv", "drivers.csv"
_NEAR = 1e-9
_PERCENT = 100.0
Row = dict[str, Any]
Where = tuple[str, str, str]


@dataclass(frozen=True)
class Place:
    """Energy of one sub-sector and carrier of which a use takes a part.

    ``whole_wh`` of all uses and ``part_wh`` of this one in the base year; ``path`` [T] how the
    pathway lets it go on without measures, 1 in the base year.
    """

    where: Where
    whole_wh: float
    part_wh: float
    path: Floats


@dataclass(frozen=True)
class Ground:
    """The places of every use and carrier; ``stated`` shares that ``uses.csv`` gives to a use."""

    places: Mapping[tuple[str, str], tuple[Place, ...]]
    stated: Mapping[tuple[str, Where], float]

    def wh(self, use: str, carrier: str) -> float:
        """All energy of a use and carrier in the base year."""
        return sum(each.part_wh for each in self.places.get((use, carrier), ()))

    def path(self, use: str, carrier: str) -> Floats:
        """How the energy of a use and carrier goes on, 1 in the base year."""
        places = self.places[use, carrier]
        return np.asarray(sum(each.path * each.part_wh for each in places) / self.wh(use, carrier))


def ground(scenario: Scenario, uses: Iterable[str]) -> Ground:
    """Where the pathway of a pack holds the energy of some uses."""
    pack, base = scenario.pack, scenario.model.base
    year = pack.city.base_year
    known = [each for each in base_cells(pack, scenario.inventory) if counts(each.cell)]
    names = use_names(known, uses)
    whole: dict[Where, float] = {}
    for each in known:
        where = (each.cell.sector, each.cell.sub_sector, each.cell.carrier)
        whole[where] = whole.get(where, 0.0) + each.amount.get(year, 0.0)
    places: dict[tuple[str, str], list[Place]] = {}
    stated: dict[tuple[str, Where], float] = {}
    for use, name in names.items():
        for where in sorted(whole):
            cells = [
                n
                for n, cell in enumerate(base.cells)
                if (cell.use, cell.sector, cell.sub_sector, cell.carrier) == (name, *where)
                and counts(cell)
            ]
            amount = base.amount[cells].sum(axis=0) if cells else np.zeros(len(base.years))
            if amount[0] > 0:
                place = Place(where, whole[where], float(amount[0]), amount / amount[0])
                places.setdefault((use, where[2]), []).append(place)
                if _is_stated(pack.rows["uses"].iter_rows(named=True), name, where):
                    stated[name, where] = float(amount[0]) / whole[where]
    return Ground({key: tuple(each) for key, each in places.items()}, stated)


def _is_stated(rows: Iterable[Mapping[str, Any]], use: str, where: Where) -> bool:
    sector, sub_sector, carrier = where
    return any(
        str(row["use"]) == use
        and row["sector"] == sector
        and row["sub_sector"] in (None, sub_sector)
        and row["carrier"] in (None, carrier)
        for row in rows
    )


def beyond(parts: Sequence[Part], on: Ground) -> list[Finding]:
    """Uses and carriers of which the parts would take more than there is."""
    wanted: dict[tuple[str, str], float] = {}
    for part in parts:
        for carrier, wh in part.before.items():
            key = (part.of_use, carrier)
            wanted[key] = wanted.get(key, 0.0) + wh
    found = []
    for (use, carrier), wh in sorted(wanted.items()):
        there = on.wh(use, carrier)
        if wh > there * (1 + _NEAR):
            params = {
                "use": f"@tables.use-{use}",
                "carrier": f"@tables.carrier-{carrier}",
                "stock": f"{wh / 1e9:.6g}",
                "inventory": f"{there / 1e9:.6g}",
            }
            code = "over" if there else "absent"
            found.append(Finding(f"runs.handover-{code}", "error", "buildings.csv", params=params))
    return found


def use_rows(parts: Sequence[Part], on: Ground, source: str) -> tuple[list[Row], list[Row]]:
    """Rows of ``uses.csv`` that give each part its energy, and rows whose use has less for it.

    The latter hold where a use is stated, so that what the parts take is not taken twice.
    """
    new: list[Row] = []
    taken: dict[tuple[str, Where], float] = {}
    for part in parts:
        for carrier, wh in sorted(part.before.items()):
            there = on.wh(part.of_use, carrier)
            for place in on.places[part.of_use, carrier]:
                share = wh * (place.part_wh / there) / place.whole_wh
                new.append(_use_row(part.use, place.where, share, source))
                for name, where in on.stated:
                    if where == place.where and name in (part.of_use, "buildings"):
                        key = (name, where)
                        taken[key] = taken.get(key, 0.0) + share
    less = [
        _use_row(name, where, max(on.stated[name, where] - share, 0.0), source)
        for (name, where), share in sorted(taken.items())
    ]
    return new, less


def _use_row(use: str, where: Where, share: float, source: str) -> Row:
    sector, sub_sector, carrier = where
    return {
        "use": use,
        "sector": sector,
        "sub_sector": sub_sector or None,
        "carrier": carrier,
        "share_percent": share * _PERCENT,
        "source": source,
    }


def driver_rows(scenario: Scenario, parts: Sequence[Part], on: Ground, source: str) -> list[Row]:
    """Rows of ``drivers.csv`` that let a part go on as the use it was taken out of.

    None where the inventory itself says how its energy goes on, and where nothing drives it.
    """
    rows: list[Row] = []
    years, drivers = scenario.years, scenario.drivers
    stated = scenario.inventory.cells["year"].max()
    later = isinstance(stated, int) and stated > years[0]
    for part in parts:
        own = activity_index(part.use, drivers, years)
        for carrier in sorted(part.before):
            wanted = on.path(part.of_use, carrier)
            generic = drivers.index("intensity", part.use, carrier, years)
            got = own if generic is None else own * generic
            if not later and not np.allclose(got, wanted, rtol=1e-12, atol=0.0):
                rows += _series(part.use, carrier, "intensity", years, wanted / own, "1", source)
        for carrier in part.carriers:
            of_use = drivers.path("factor", part.of_use, carrier, years)
            mine = drivers.path("factor", part.use, carrier, years)
            if of_use is not None and (mine is None or not np.array_equal(of_use, mine)):
                rows += _series(part.use, carrier, "factor", years, of_use, "t/MWh", source)
    return rows


def _series(
    use: str,
    carrier: str,
    driver: str,
    years: Sequence[int],
    values: Floats,
    unit: str,
    source: str,
) -> list[Row]:
    return [
        {"driver": driver, "use": use, "carrier": carrier, "year": year, "amount": float(value),
         "unit": unit, "source": source}
        for year, value in zip(years, values, strict=True)
    ]  # fmt: skip
