"""A stock's energy beside the inventory's: what each says of a use and carrier, and how far apart.

Nothing is scaled here. The factor between the two is worked out and shown; it is used only where
people ask for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vatra.plans.engine import Cell
from vatra.runs.handover_energy import RESIDENTIAL, Bought
from vatra.runs.inventory import Inventory
from vatra.runs.pack import Pack
from vatra.runs.scenario_cells import Known, in_uses, known_cells
from vatra.runs.stock import Stock
from vatra.tables import Finding

FILE = "buildings.csv"
# Network losses stand in scope 3 and are bought by nobody.
_BOUGHT_SCOPES = ("1", "2", "")
# Homes that a carrier serves, where the pack counts them; else all homes.
_STOCK_OF_CARRIER = {"natural_gas": "gas_dwellings_count", "district_heat": "dh_dwellings_count"}
_ALL_HOMES = "dwellings_count"
_HEATING = "heating"
_NEAR = 1e-9
# Beyond this the two cannot be of the same homes, whatever the weather of the year was.
_FAR = (0.5, 2.0)


@dataclass(frozen=True)
class Compared:
    """One use and carrier.

    Attributes
    ----------
    stock_wh : bottom-up, a typical year of the stock as it stands
    inventory_wh : top-down, the inventory's base year; None: it has no such cell
    homes_count, all_homes_count : flats of the stock that the carrier heats (electricity: all),
        and those of the city, None where the pack does not count them
    """

    use: str
    carrier: str
    stock_wh: float
    inventory_wh: float | None
    homes_count: int = 0
    all_homes_count: float | None = None

    @property
    def share(self) -> float | None:
        """How much of the inventory's energy the stock explains."""
        return self.stock_wh / self.inventory_wh if self.inventory_wh else None

    @property
    def homes_share(self) -> float | None:
        """How many of the city's homes the stock has."""
        if not self.all_homes_count or not self.homes_count:
            return None
        return min(self.homes_count / self.all_homes_count, 1.0)

    @property
    def factor(self) -> float | None:
        """What brings a home of the stock to a home of the inventory.

        Where homes are not counted it is known only for a stock that says more than the whole
        inventory: then it is what brings it down to that.
        """
        share, homes = self.share, self.homes_share
        if share is None or share <= 0:
            return None
        if homes:
            return homes / share
        return 1.0 / share if share > 1 else None


def compare(
    pack: Pack, counted: Inventory, stock: Stock, bought: Sequence[Bought]
) -> list[Compared]:
    """Every use and carrier of the stock, and carriers that only the inventory has for them."""
    sums: dict[tuple[str, str], float] = {}
    homes: dict[tuple[str, str], int] = {}
    flats = {each.code: each.flats_count for each in stock.buildings}
    for each in bought:
        for carrier, wh in each.before.items():
            if wh > 0:
                key = (each.use, carrier)
                sums[key] = sums.get(key, 0.0) + wh
                served = carrier not in _STOCK_OF_CARRIER or _heats(each, carrier)
                homes[key] = homes.get(key, 0) + served * flats[each.building]
    cells = base_cells(pack, counted)
    named = use_names(cells, {use for use, _ in sums})
    known = _held(cells, pack.city.base_year)
    for use in {use for use, _ in sums}:
        for name, carrier in known:
            if name == named[use]:
                sums.setdefault((use, carrier), 0.0)
    rows = pack.rows["stocks"].iter_rows(named=True)
    stated = {str(row["stock"]): row["amount_parameter"] for row in rows}
    return [
        Compared(
            use,
            carrier,
            wh,
            known.get((named[use], carrier)),
            homes.get((use, carrier), 0),
            _all_homes(stated, carrier) if use == RESIDENTIAL else None,
        )
        for (use, carrier), wh in sorted(sums.items())
    ]


def _heats(bought: Bought, carrier: str) -> bool:
    """Whether a carrier heats the building: gas for cooking alone makes no home on gas."""
    return (bought.services or {}).get((_HEATING, carrier), 0.0) > 0


def _all_homes(stated: Mapping[str, Any], carrier: str) -> float | None:
    found = stated.get(_STOCK_OF_CARRIER.get(carrier, _ALL_HOMES))
    return None if found is None else float(found)


def base_cells(pack: Pack, counted: Inventory) -> list[Known]:
    """Cells of energy of the inventory, divided into the pack's uses."""
    cells = in_uses(known_cells(pack, counted), pack.rows["uses"])
    return [each for each in cells if not each.cell.stream]


def use_names(cells: Iterable[Known], uses: Iterable[str]) -> dict[str, str]:
    """The inventory's word for each use: its own, else the sector where nothing is divided."""
    there = {each.cell.use for each in cells}
    return {use: use if use in there or "buildings" not in there else "buildings" for use in uses}


def _held(cells: Iterable[Known], year: int) -> dict[tuple[str, str], float]:
    found: dict[tuple[str, str], float] = {}
    for each in cells:
        if counts(each.cell):
            key = (each.cell.use, each.cell.carrier)
            found[key] = found.get(key, 0.0) + each.amount.get(year, 0.0)
    return found


def counts(cell: Cell) -> bool:
    """Whether a cell is energy that somebody in a building buys."""
    return cell.sector == "buildings" and cell.scope in _BOUGHT_SCOPES


def findings_of(compared: Iterable[Compared]) -> list[Finding]:
    """Where the stock says more than the whole inventory, or what cannot be of the same homes."""
    found = []
    for each in compared:
        params = {
            "use": f"@tables.use-{each.use}",
            "carrier": f"@tables.carrier-{each.carrier}",
            "stock": f"{each.stock_wh / 1e9:.6g}",
            "inventory": f"{(each.inventory_wh or 0.0) / 1e9:.6g}",
        }
        if each.stock_wh > (each.inventory_wh or 0.0) * (1 + _NEAR):
            code = "over" if each.inventory_wh else "absent"
            found.append(Finding(f"runs.handover-{code}", "warning", FILE, params=params))
        elif each.homes_share and each.factor and not _FAR[0] <= each.factor <= _FAR[1]:
            params |= {"factor": f"{each.factor:.3g}", "homes": f"{each.homes_share * 100:.3g}"}
            found.append(Finding("runs.handover-apart", "warning", FILE, params=params))
    return found
