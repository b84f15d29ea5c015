"""The money of each action: what it costs, earns and saves by year, and what that is worth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vatra.plans.engine import Action, Floats
from vatra.plans.finance.cents import Cents, to_cents
from vatra.plans.finance.costs import payers_of
from vatra.plans.finance.transfers import transfer_payer
from vatra.plans.finance.worth import Worth, worth
from vatra.runs.finance import Finance


@dataclass(frozen=True)
class ActionMoney:
    """Streams of one action by year [cents as shown, T], all positive in their own direction.

    Attributes
    ----------
    payers : who bears it, shares together 1
    new, again : capital for the first time, and because a lifetime ended
    incremental : part of both that would not have been spent anyway
    opex, revenue : at what is in place
    bills : by payer, what it takes off energy bills, tax included; below 0 where it adds
    ets2 : by payer, allowances not paid for
    tax : value added tax inside capital and running cost that its payers do not get back
    residual : value after the last year of the incremental capital, in that year
    worth : of all purses together, taxes included as they are paid, without what one pays another
    """

    action: Action
    payers: dict[str, float]
    new: Cents
    again: Cents
    incremental: Cents
    opex: Cents
    revenue: Cents
    bills: dict[str, Cents]
    ets2: dict[str, Cents]
    tax: Cents
    residual: Cents
    worth: Worth


def action_money(found: Finance) -> tuple[ActionMoney, ...]:
    """Every action that is not merely offered, in the order of the plan."""
    return tuple(
        _money(found, i) for i, action in enumerate(found.model.actions) if action.level > 0
    )


def _money(found: Finance, i: int) -> ActionMoney:
    it, action = found.costs, found.model.actions[i]
    payers = payers_of(action, found.stated.shares) if action.economics else {}
    capital = found.capital.new[i] + found.capital.again[i]
    incremental = capital * it.incremental_share[i]
    left = np.zeros(len(found.years))
    left[-1] = it.residual[i] * it.incremental_share[i]
    taxed = sum(share * found.rates.vat_of(payer) for payer, share in payers.items())
    bills = {who: _shown(found, found.bills.of(who)[i]) for who in found.bills.payers}
    ets2 = {who: _shown(found, found.bills.ets2_of(who)[i]) for who in found.bills.payers}
    opex, revenue = _shown(found, it.opex[i]), _shown(found, it.revenue[i])
    spent = _shown(found, incremental / 100)
    residual = _shown(found, left)
    earned = revenue if transfer_payer(action) is None else 0 * revenue
    gains = np.sum([earned, *bills.values(), *ets2.values()], axis=0)
    return ActionMoney(
        action,
        payers,
        _shown(found, found.capital.new[i] / 100),
        _shown(found, found.capital.again[i] / 100),
        spent,
        opex,
        revenue,
        {who: each for who, each in bills.items() if each.any()},
        {who: each for who, each in ets2.items() if each.any()},
        _shown(found, (capital / 100 + it.opex[i]) * taxed),
        residual,
        worth(
            gains.astype(np.float64),
            (spent + opex).astype(np.float64),
            found.rates.discount_rate(),
            found.present,
            residual.astype(np.float64),
        ),
    )


def _shown(found: Finance, real_eur: Floats) -> Cents:
    return to_cents(real_eur * found.rates.shown(found.years))
