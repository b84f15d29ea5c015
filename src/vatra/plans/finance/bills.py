"""Energy bills that change with the plan, by who pays them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from vatra.plans.engine import Floats, Model
from vatra.plans.finance.energy import cells_of_energy, printed_carriers, printed_wh, saved_wh
from vatra.plans.finance.prices import BillPayer, Prices, Rates, bill_payer
from vatra.units import MG_PER_T, WH_PER_MWH


@dataclass(frozen=True)
class Bills:
    """What actions take off energy bills; A actions, T years [EUR of the price year].

    Attributes
    ----------
    net : (payer, carrier) -> [A, T] without taxes
    vat : the same keys: tax that the payer would not have got back
    ets2 : the same keys: what allowances would have added, its tax included
    saved_wh : the same keys: energy
    unpriced : carriers without a price, sorted
    """

    net: Mapping[tuple[str, str], Floats]
    vat: Mapping[tuple[str, str], Floats]
    ets2: Mapping[tuple[str, str], Floats]
    saved_wh: Mapping[tuple[str, str], Floats]
    unpriced: tuple[str, ...]

    @property
    def payers(self) -> tuple[str, ...]:
        """Everybody whose bills change, sorted."""
        return tuple(sorted({payer for payer, _ in self.net}))

    def of(self, payer: str) -> Floats:
        """What one payer saves, tax included, without ETS2 [A, T]."""
        return _summed([self.net[key] + self.vat[key] for key in self.net if key[0] == payer])

    def ets2_of(self, payer: str) -> Floats:
        """What one payer saves of the cost of allowances [A, T]."""
        return _summed([each for key, each in self.ets2.items() if key[0] == payer])

    def tax_of(self, payer: str) -> Floats:
        """What the state loses of the value added tax of one payer [A, T]."""
        return _summed([each for key, each in self.vat.items() if key[0] == payer])


def _summed(parts: list[Floats]) -> Floats:
    return np.asarray(np.sum(parts, axis=0))


def bills(model: Model, prices: Prices, rates: Rates) -> Bills:
    """Bills of every use under a plan against the pathway without it.

    A carrier without any price is named in ``unpriced``, not counted at zero by silence.
    """
    ledger = _Ledger(model, prices, rates)
    saved = saved_wh(model)
    base = model.base
    for n in cells_of_energy(base):
        if saved[:, n].any():
            cell = base.cells[n]
            payer = bill_payer(cell.use, cell.sector)
            ledger.add(payer, cell.use, cell.carrier, saved[:, n], base.factor[n])
    carriers = printed_carriers(model)
    for i, each in enumerate(printed_wh(model, carriers)):
        sector = model.actions[i].sector
        for position, carrier in enumerate(carriers):
            if each[position].any():
                alone = np.zeros((len(model.actions), len(base.years)))
                alone[i] = each[position]
                factor = ledger.factor(sector, carrier)
                ledger.add(bill_payer(sector, sector), sector, carrier, alone, factor)
    return ledger.bills()


class _Ledger:
    def __init__(self, model: Model, prices: Prices, rates: Rates) -> None:
        self.model, self.prices, self.rates = model, prices, rates
        self.found: dict[str, dict[tuple[str, str], Floats]] = {
            name: {} for name in ("net", "vat", "ets2", "saved_wh")
        }
        self.unpriced: set[str] = set()
        self.ets2_price = prices.ets2()

    def factor(self, sector: str, carrier: str) -> Floats:
        """Factor of a carrier in a sector, or anywhere; 0 where no cell has it [T]."""
        cells = self.model.base.cells
        fitting = [n for n, cell in enumerate(cells) if cell.carrier == carrier]
        fitting.sort(key=lambda n: cells[n].sector != sector)
        years = len(self.model.base.years)
        return self.model.base.factor[fitting[0]] if fitting else np.zeros(years)

    def add(self, payer: BillPayer, use: str, carrier: str, saved: Floats, factor: Floats) -> None:
        """Enter energy [A, T] of a use that an action no longer buys."""
        price = self.prices.energy(use, carrier, payer.price_class)
        key = (payer.payer, carrier)
        self._enter("saved_wh", key, saved)
        if price is None:
            self.unpriced.add(carrier)
            price = np.zeros(len(self.model.base.years))
        net = saved / WH_PER_MWH * price
        share = self.rates.vat_of(payer.payer)
        grossed = share / (1.0 - share)
        self._enter("net", key, net)
        self._enter("vat", key, net * grossed)
        allowed = factor if payer.under_ets2 and _under_ets2(carrier) else 0.0 * factor
        cost = saved * allowed / MG_PER_T * self.ets2_price
        self._enter("ets2", key, cost * (1.0 + grossed))

    def _enter(self, name: str, key: tuple[str, str], values: Floats) -> None:
        entries = self.found[name]
        entries[key] = entries[key] + values if key in entries else values.copy()

    def bills(self) -> Bills:
        kept = {name: dict(sorted(each.items())) for name, each in self.found.items()}
        return Bills(
            kept["net"], kept["vat"], kept["ets2"], kept["saved_wh"], tuple(sorted(self.unpriced))
        )


def _under_ets2(carrier: str) -> bool:
    """Fuels sold to buildings and roads; electricity and heat of networks are under ETS1."""
    return carrier in ("natural_gas", "diesel", "gasoline", "lpg", "fuel_oil", "coal", "lignite")
