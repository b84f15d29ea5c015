"""Streams of money of every actor, put together from costs, sources, bills and debt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vatra.plans.engine import Action
from vatra.plans.finance.actors import Actor, Flows, Society, actor, society
from vatra.plans.finance.bills import Bills
from vatra.plans.finance.cents import Cents, Floats, to_cents
from vatra.plans.finance.costs import Costs
from vatra.plans.finance.owing import Debt, in_real
from vatra.plans.finance.paying import Capital, Paid
from vatra.plans.finance.prices import Rates
from vatra.plans.finance.sources import Use
from vatra.plans.finance.transfers import fees, gains
from vatra.tables.budgets import PAYERS

STATE = "state"


@dataclass(frozen=True)
class Purse:
    """All that the streams of actors are made of; A actions, U uses, T years."""

    years: tuple[int, ...]
    actions: tuple[Action, ...]
    uses: tuple[Use, ...]
    weights: Floats
    costs: Costs
    capital: Capital
    paid: Paid
    debt: Debt
    bills: Bills
    rates: Rates

    @property
    def payers(self) -> tuple[str, ...]:
        """Actors that pay or save something: those with labels first, then others by name."""
        there = {use.payer for use in self.uses} | set(self.bills.payers) | {STATE}
        there |= {each for each in PAYERS if (fees(self.actions, each) @ self.costs.revenue).any()}
        return (*(each for each in PAYERS if each in there), *sorted(there - set(PAYERS)))

    @property
    def present(self) -> int:
        """Position of the first year in which anything is spent; values are brought to it."""
        spent = np.flatnonzero(self.capital.need.sum(axis=0))
        return int(spent[0]) if len(spent) else 0

    @property
    def shown(self) -> Floats:
        """What real amounts are multiplied by to be shown [T]."""
        return self.rates.shown(self.years)

    def share(self, payer: str) -> Floats:
        """The payer's share in each action [A]."""
        mine = [n for n, use in enumerate(self.uses) if use.payer == payer]
        return np.asarray(self.weights[mine].sum(axis=0))

    def as_shown(self, real_eur: Floats) -> Cents:
        """Real euros by year as shown cents [T]."""
        return to_cents(real_eur * self.shown)

    def serviced(self, cents: Cents) -> Cents:
        """Money of each year as shown [T]."""
        return cents if self.rates.nominal else in_real(cents, self.rates.index(self.years))


def actors(purse: Purse) -> tuple[Actor, ...]:
    """Every actor with its streams and what they are worth to it."""
    rate = purse.rates.discount_rate()
    return tuple(actor(payer, _flows(purse, payer), rate, purse.present) for payer in purse.payers)


def _flows(purse: Purse, payer: str) -> Flows:
    it, share, count = purse.costs, purse.share(payer), len(purse.years)
    mine = [n for n, use in enumerate(purse.uses) if use.payer == payer]
    own = [n for n, each in enumerate(purse.paid.allocation.sources) if each.is_own]
    nothing = np.zeros(count, np.int64)
    saves = payer in purse.bills.payers
    owed = nothing.copy()
    owed[-1] = purse.serviced(purse.debt.owed(payer, count))[-1]
    return Flows(
        {
            "capital": purse.capital.need[mine].sum(axis=0),
            "avoided": purse.as_shown(share @ it.avoided),
            "opex": purse.as_shown(share @ it.opex),
            "revenue": purse.as_shown(share @ it.revenue),
            "residual": _residual(purse, share),
            "fees": purse.as_shown(fees(purse.actions, payer) @ it.revenue),
            "bills": purse.as_shown(purse.bills.of(payer).sum(axis=0)) if saves else nothing,
            "ets2": purse.as_shown(purse.bills.ets2_of(payer).sum(axis=0)) if saves else nothing,
            "own": purse.paid.amount[own][:, mine].sum(axis=(0, 1)),
            "gap": purse.paid.gap[mine].sum(axis=0),
            "service": purse.serviced(purse.debt.service(payer, count)),
            "owed": owed,
            "tax": _tax(purse) if payer == STATE else nothing,
            "tax_lost": _tax_lost(purse) if payer == STATE else nothing,
            "given": _given(purse) if payer == STATE else nothing,
        }
    )


def _residual(purse: Purse, share: Floats) -> Cents:
    """Value after the last year of the capital that would not have been spent anyway [T]."""
    found = np.zeros(len(purse.years))
    found[-1] = share @ (purse.costs.residual * purse.costs.incremental_share)
    return purse.as_shown(found)


def _tax(purse: Purse) -> Cents:
    """Value added tax in what payers spend and cannot get back [T]."""
    found = np.zeros(len(purse.years))
    it = purse.costs
    for payer in purse.payers:
        spent = purse.share(payer) @ (it.capital - it.avoided + it.opex)
        found += spent * purse.rates.vat_of(payer)
    return purse.as_shown(found)


def _tax_lost(purse: Purse) -> Cents:
    parts = [purse.bills.tax_of(payer).sum(axis=0) for payer in purse.bills.payers]
    return purse.as_shown(np.sum(parts, axis=0) if parts else np.zeros(len(purse.years)))


def _given(purse: Purse) -> Cents:
    sources = purse.paid.allocation.sources
    national = [n for n, each in enumerate(sources) if each.instrument == "national_grant"]
    return np.asarray(purse.paid.amount[national].sum(axis=(0, 1)))


def for_society(purse: Purse, carbon_mg: Cents, shadow: Floats) -> Society:
    """The plan without taxes, for everybody together.

    Parameters
    ----------
    carbon_mg : [T] CO2e that the plan does not emit
    shadow : [T] shadow price [EUR/t of the price year]
    """
    it = purse.costs
    untaxed = np.sum(
        [purse.share(each) * (1.0 - purse.rates.vat_of(each)) for each in purse.payers], axis=0
    )
    residual = np.zeros(len(purse.years))
    residual[-1] = untaxed @ (it.residual * it.incremental_share)
    energy = [each.sum(axis=0) for each in purse.bills.net.values()]
    flows = {
        "capital": purse.as_shown(untaxed @ it.capital),
        "avoided": purse.as_shown(untaxed @ it.avoided),
        "opex": purse.as_shown(untaxed @ it.opex),
        "revenue": purse.as_shown(gains(purse.actions) @ it.revenue),
        "energy": purse.as_shown(np.sum(energy, axis=0) if energy else 0.0 * residual),
        "residual": purse.as_shown(residual),
    }
    rate = purse.rates.discount_rate(social=True)
    return society(flows, carbon_mg, shadow * purse.shown, rate, purse.present)


def staff_needed(costs: Costs, payers: Sequence[str], purse: Purse) -> dict[str, Floats]:
    """People that each payer needs in each year [T, full-time equivalents]."""
    return {each: np.asarray(purse.share(each) @ costs.staff) for each in payers}
