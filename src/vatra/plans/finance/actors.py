"""The plan in the purse of each actor, and of society as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from vatra.plans.finance.cents import Cents, Floats, to_cents
from vatra.plans.finance.worth import Worth, worth
from vatra.units import CENTS_PER_EUR

# Streams that come in, and streams that go out; ``owed`` is what is still owed after the last year.
BENEFITS = ("bills", "ets2", "revenue", "avoided", "tax")
COSTS = ("capital", "opex", "fees", "tax_lost", "given")
# After financing: the same benefits, but own money and debt service in place of the capital.
FINANCED_COSTS = ("own", "gap", "service", "owed", "opex", "fees", "tax_lost", "given")


@dataclass(frozen=True)
class Flows:
    """Streams of one actor by year [cents, T], all positive in their own direction.

    ``bills`` less energy bought (negative where more), tax included; ``ets2`` allowances not paid
    for; ``revenue``; ``avoided`` capital that would have been spent anyway; ``residual`` value
    after the last year; ``tax`` and ``tax_lost`` value added tax that the state gains on capital
    and loses on energy; ``capital``; ``opex``; ``fees`` paid to others' actions (fares, charges);
    ``given`` grants from the state; ``own`` money,
    ``gap`` that nobody pays, debt ``service`` and what is ``owed`` in the end.
    """

    streams: Mapping[str, Cents]

    def of(self, name: str) -> Cents:
        """One stream [T]."""
        return self.streams[name]

    def total(self, names: tuple[str, ...]) -> Cents:
        """Several streams together [T]."""
        return np.asarray(np.sum([self.streams[name] for name in names], axis=0))

    @property
    def cash(self) -> Cents:
        """What the plan leaves in a year to pay debt from: savings, revenue, less running cost."""
        return self.total(("bills", "ets2", "revenue")) - self.total(("opex", "fees"))


@dataclass(frozen=True)
class Actor:
    """Flows of an actor and what they are worth.

    ``investment`` before financing, as the EU Guide's return on investment FNPV(C); ``financed``
    after it, as its return on own capital FNPV(K).
    """

    name: str
    flows: Flows
    investment: Worth
    financed: Worth


def actor(name: str, flows: Flows, rate: float, present: int) -> Actor:
    """Both worths of an actor's flows."""
    benefits = flows.total(BENEFITS).astype(np.float64)
    costs = flows.total(COSTS).astype(np.float64)
    paid = flows.total(FINANCED_COSTS).astype(np.float64)
    left = flows.of("residual").astype(np.float64)
    return Actor(
        name,
        flows,
        worth(benefits, costs, rate, present, left),
        worth(benefits, paid, rate, present, left),
    )


@dataclass(frozen=True)
class Society:
    """The plan for everybody together, without taxes and without what one pays the other.

    ``flows`` [cents, T]: ``energy`` not used at prices without tax, ``revenue`` that nobody in the
    city pays, ``avoided``, ``residual``, ``capital``, ``opex``; ``carbon_mg`` [T] not emitted,
    ``carbon_cents`` what that is worth at the shadow price. ``without_carbon`` and ``with_carbon``
    stand beside each other; co-benefits are in neither.
    """

    flows: Mapping[str, Cents]
    carbon_mg: Cents
    carbon_cents: Cents
    without_carbon: Worth
    with_carbon: Worth


def society(
    flows: Mapping[str, Cents], carbon_mg: Cents, price: Floats, rate: float, present: int
) -> Society:
    """Worth of the plan to society at a social discount rate.

    Parameters
    ----------
    flows : as ``Society.flows``
    carbon_mg : [T] CO2e that the plan does not emit, sinks included
    price : [T] shadow price [EUR/t] in the money that flows are shown in
    """
    carbon = to_cents(carbon_mg / 1e9 * price)
    gains = ("energy", "revenue", "avoided")
    benefits = np.sum([flows[name] for name in gains], axis=0).astype(np.float64)
    costs = (flows["capital"] + flows["opex"]).astype(np.float64)
    left = flows["residual"].astype(np.float64)
    return Society(
        flows,
        carbon_mg,
        carbon,
        worth(benefits, costs, rate, present, left),
        worth(benefits + carbon, costs, rate, present, left),
    )


def in_euro(cents: float) -> float:
    """Cents as euros."""
    return cents / CENTS_PER_EUR
