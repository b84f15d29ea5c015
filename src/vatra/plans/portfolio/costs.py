"""What each option costs, year by year, for those who pay and over the life of the plan."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vatra.plans.engine import Economics, Floats
from vatra.plans.portfolio.options import Ints, Options

DISCOUNT_SHARE = 0.04
CENTS = 100


@dataclass(frozen=True)
class Costs:
    """Money and staff by option of ``possible(model, limits)``; N options, P payers, T years.

    Attributes
    ----------
    payers : names, sorted; P of them
    capex_cents : [N, P, T] capital spent, what is replaced at the end of its life included
    net_cents : [N, T] what it costs beyond what would be spent anyway, less what it earns; without
        energy saved, which depends on the other actions
    staff_fte : [N, T]
    price_cents_per_wh : [C, T] of the energy of each cell, or None where prices are not known
    household : [C] 1 where households pay the bill
    discount_share : a year, of the net present value at the first year of the pathway
    """

    payers: tuple[str, ...]
    capex_cents: Ints
    net_cents: Floats
    staff_fte: Floats
    price_cents_per_wh: Floats | None = None
    household: Floats | None = None
    discount_share: float = DISCOUNT_SHARE

    @property
    def discount(self) -> Floats:
        """Worth today of an amount in each year [T]."""
        years = np.arange(self.net_cents.shape[1])
        return np.asarray((1.0 + self.discount_share) ** -years)


def costs_of(
    options: Options,
    price_cents_per_wh: Floats | None = None,
    household: Floats | None = None,
    discount_share: float = DISCOUNT_SHARE,
) -> Costs:
    """Costs from what each action states of its economics; actions without cost nothing."""
    actions = options.model.actions
    payers = tuple(sorted({each.economics.payer for each in actions if each.economics}))
    count, span = options.adoption.shape
    capex = np.zeros((count, len(payers), span), dtype=np.int64)
    net, staff = np.zeros((count, span)), np.zeros((count, span))
    for i, action in enumerate(actions):
        found = action.economics
        if found is None:
            continue
        mine, adoption = options.of(i), options.adoption[options.of(i)]
        spent = _capital(found, adoption)
        capex[mine, payers.index(found.payer)] = spent
        yearly = found.units_count * (found.opex_eur.mean - found.revenue_eur.mean) * CENTS
        net[mine] = spent * found.incremental_share + yearly * adoption
        staff[mine] = found.staff_fte * adoption
    return Costs(payers, capex, net, staff, price_cents_per_wh, household, discount_share)


def _capital(found: Economics, adoption: Floats) -> Ints:
    """Capital by year [O, T] in cents: of what is new, and of what comes to the end of its life.

    Rounded as running totals, so that the years add up to the whole.
    """
    grown = np.maximum(np.diff(adoption, axis=1, prepend=0.0), 0.0)
    life = max(round(found.lifetime_years), 1)
    bought = grown.copy()
    for t in range(life, grown.shape[1]):
        bought[:, t] += np.minimum(bought[:, t - life], adoption[:, t])
    running = np.rint(np.cumsum(bought, axis=1) * found.capex_total_eur * CENTS)
    return np.diff(running, axis=1, prepend=0.0).astype(np.int64)
