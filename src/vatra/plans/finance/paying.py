"""From what actions cost to who pays which euro of it: whole cents, and the money of each year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from vatra.plans.finance.allocate import Allocation, allocate
from vatra.plans.finance.cents import Cents, Floats, split, to_cents
from vatra.plans.finance.costs import Costs
from vatra.plans.finance.prices import Rates
from vatra.plans.finance.sources import Fixed, Purses, Source, Use
from vatra.words import LANGUAGES, say

OWN_PREFIX = "own:"


@dataclass(frozen=True)
class Capital:
    """Capital in whole cents, as shown (real or nominal) and as it is found (nominal).

    Attributes
    ----------
    new, again : [A, T] real cents of the price year
    need : [U, T] as shown
    nominal : [U, T] in the money of each year
    """

    new: Cents
    again: Cents
    need: Cents
    nominal: Cents


@dataclass(frozen=True)
class Paid:
    """What every source pays, as shown; ``need = amount.sum(0) + gap`` to the cent.

    ``amount`` [S, U, T], ``gap`` [U, T]; ``allocation`` the same in the money of each year.
    """

    amount: Cents
    gap: Cents
    allocation: Allocation


def capital_of(costs: Costs, weights: Floats, years: Sequence[int], rates: Rates) -> Capital:
    """Costs as whole cents by use, the total of each action rounded once.

    Parameters
    ----------
    costs : [A, T] in euros
    weights : [U, A] share of each payer in each action
    """
    count = len(years)
    new = np.zeros(costs.new.shape, np.int64)
    again = np.zeros(costs.new.shape, np.int64)
    for i in range(len(costs.new)):
        both = np.concatenate([costs.new[i], costs.again[i]])
        if both.sum() > 0:
            parts = split(int(to_cents(both.sum())), both)
            new[i], again[i] = parts[:count], parts[count:]
    real = np.zeros((len(weights), count), np.int64)
    for i, by_year in enumerate(new + again):
        mine = np.flatnonzero(weights[:, i])
        for t in np.flatnonzero(by_year):
            real[mine, t] = split(int(by_year[t]), weights[mine, i])
    nominal = np.rint(real * rates.index(years)).astype(np.int64)
    return Capital(new, again, nominal if rates.nominal else real, nominal)


def with_own_money(
    sources: Sequence[Source], uses: Sequence[Use], budgets: Mapping[str, Mapping[int, int]]
) -> tuple[Source, ...]:
    """Sources, and one for each payer whose budget no row of own money stands for."""
    found = list(sources)
    for payer in sorted(budgets):
        served = any(each.is_own and (not each.payers or payer in each.payers) for each in sources)
        if not served and any(use.payer == payer for use in uses):
            names = {lang: say("plans.finance.own-money", lang) for lang in LANGUAGES}
            found.append(
                Source(
                    f"{OWN_PREFIX}{payer}",
                    names["en"],
                    names["ro"],
                    "own_budget",
                    payers=(payer,),
                    source="budgets.csv",
                )
            )
    return tuple(found)


def with_known_ceilings(sources: Sequence[Source], fixed: Sequence[Fixed]) -> tuple[Source, ...]:
    """Sources that nobody has given a size to pay only what is already fixed from them.

    Missing is neither zero nor without end: own money is counted on as its payer needs it, the
    rest only as far as somebody has signed for it.
    """
    promised: dict[str, int] = {}
    for each in fixed:
        promised[each.funding] = promised.get(each.funding, 0) + each.amount_cents
    return tuple(
        replace(each, ceiling_cents=promised.get(each.code, 0))
        if each.ceiling_cents is None and not each.is_own
        else each
        for each in sources
    )


def pay(
    capital: Capital,
    uses: Sequence[Use],
    sources: Sequence[Source],
    fixed: Sequence[Fixed],
    budgets: Mapping[str, Mapping[int, int]],
    years: Sequence[int],
    rates: Rates,
) -> Paid:
    """Find the money, in the money of each year, since that is what ceilings are written in."""
    found = allocate(years, uses, capital.nominal, sources, fixed, Purses(budgets))
    if rates.nominal:
        return Paid(found.amount, found.gap, found)
    amount, gap = np.zeros_like(found.amount), np.zeros_like(found.gap)
    for u, t in np.argwhere(capital.need):
        parts = [*found.amount[:, u, t], found.gap[u, t]]
        # Where a year's money rounds to nothing, what is left of it is missing.
        weights = parts if any(parts) else [*[0] * len(found.sources), 1]
        shares = split(int(capital.need[u, t]), np.asarray(weights, np.float64))
        amount[:, u, t], gap[u, t] = shares[:-1], shares[-1]
    return Paid(amount, gap, found)
