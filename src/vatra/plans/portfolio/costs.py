"""What each option costs, year by year, for those who pay and over the life of the plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from vatra.plans.engine import Action, Economics, Floats
from vatra.plans.finance.cohorts import Spending, spending
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
    staff_fte : [N, P, T]
    price_cents_per_wh : [C, T] of the energy of each cell, or None where prices are not known
    household_price_cents_per_wh : [C, T] the same with their taxes, zero where others pay
    discount_share : a year, of the net present value at the first year of the pathway
    """

    payers: tuple[str, ...]
    capex_cents: Ints
    net_cents: Floats
    staff_fte: Floats
    price_cents_per_wh: Floats | None = None
    household_price_cents_per_wh: Floats | None = None
    discount_share: float = DISCOUNT_SHARE

    @property
    def discount(self) -> Floats:
        """Worth today of an amount in each year [T]."""
        years = np.arange(self.net_cents.shape[1])
        return np.asarray((1.0 + self.discount_share) ** -years)


def costs_of(
    options: Options,
    payers: Mapping[str, Mapping[str, float]] | None = None,
    price_cents_per_wh: Floats | None = None,
    household_price_cents_per_wh: Floats | None = None,
    discount_share: float = DISCOUNT_SHARE,
) -> Costs:
    """Costs from what each action states of its economics; actions without cost nothing.

    ``payers`` code -> shares of each payer, where it is not the one payer of its economics. What is
    not used up at the end of the pathway counts as earned in its last year.
    """
    actions = options.model.actions
    shares = [_payers(each, payers or {}) for each in actions]
    names = tuple(sorted({name for each in shares for name in each}))
    count, span = options.adoption.shape
    capex = np.zeros((count, len(names), span), dtype=np.int64)
    net, staff = np.zeros((count, span)), np.zeros(capex.shape)
    for i, action in enumerate(actions):
        found = action.economics
        if found is None:
            continue
        mine, adoption = options.of(i), options.adoption[options.of(i)]
        spent, left = _capital(found, adoption)
        for p, part in _parts(spent, shares[i], names):
            capex[mine, p] = part
        yearly = found.units_count * (found.opex_eur.mean - found.revenue_eur.mean) * CENTS
        net[mine] = spent * found.incremental_share + yearly * adoption
        net[mine, -1] -= left * found.incremental_share
        for name, share in shares[i].items():
            staff[mine, names.index(name)] = share * found.staff_fte * adoption
    return Costs(
        names, capex, net, staff, price_cents_per_wh, household_price_cents_per_wh, discount_share
    )


def _payers(action: Action, stated: Mapping[str, Mapping[str, float]]) -> Mapping[str, float]:
    if action.economics is None:
        return {}
    return stated.get(action.code) or {action.economics.payer: 1.0}


def _capital(found: Economics, adoption: Floats) -> tuple[Ints, Floats]:
    """Capital by year [O, T] and what is left of it after the last [O], in cents.

    Of what is new, and of what comes to the end of its life; rounded as running totals, so that the
    years add up to the whole. A curve to half the level costs half: one of each shape is enough.
    """
    known: dict[bytes, Spending] = {}
    whole = found.capex_total_eur * CENTS
    spent, left = np.zeros(adoption.shape), np.zeros(len(adoption))
    for o, curve in enumerate(adoption):
        most = float(curve.max())
        if most <= 0:
            continue
        shape = np.round(curve / most, 12)
        if shape.tobytes() not in known:
            known[shape.tobytes()] = spending(shape, found.lifetime_years)
        each = known[shape.tobytes()]
        spent[o] = (each.new + each.again) * most * whole
        left[o] = each.residual * most * whole
    running = np.rint(np.cumsum(spent, axis=1))
    return np.diff(running, axis=1, prepend=0.0).astype(np.int64), left


def _parts(
    spent: Ints, shares: Mapping[str, float], names: tuple[str, ...]
) -> Iterator[tuple[int, Ints]]:
    """What each payer bears, to the cent and together exactly all."""
    before, share = np.zeros_like(spent), 0.0
    for name in sorted(shares):
        share += shares[name]
        until = np.rint(spent * min(share, 1.0)).astype(np.int64)
        yield names.index(name), until - before
        before = until
