"""Who pays a part: which sums funds can take over, so that yearly budgets hold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vatra.plans.engine import Floats
from vatra.plans.portfolio.exact import CENTS_PER_EUR_MILLION
from vatra.plans.portfolio.options import Ints
from vatra.plans.portfolio.problem import TOLERANCE, Problem


@dataclass(frozen=True)
class Grant:
    """What a fund may pay of one action for one payer in one year.

    ``capital`` [N] of each option of the action, EUR million; ``rows`` positions of the limits of
    capital that it lightens.
    """

    fund: int
    action: int
    payer: str
    at: int
    capital: Floats
    rows: tuple[int, ...]

    @property
    def spent(self) -> tuple[int, str, int]:
        """The capital it is a part of."""
        return (self.action, self.payer, self.at)


def grants(problem: Problem) -> list[Grant]:
    """Every sum that some fund may pay and some budget would feel."""
    limited = _limited(problem)
    if not problem.funds or not limited:
        return []
    options, costs = problem.options, problem.measures.costs
    years, found = options.model.base.years, []
    for f, fund in enumerate(problem.funds):
        for i, action in enumerate(options.model.actions):
            for p, payer in enumerate(costs.payers):
                for at, year in enumerate(years):
                    rows = tuple(limited.get((payer, year), [])) + tuple(
                        limited.get(("", year), [])
                    )
                    if not rows or not fund.pays(action.code, payer, year):
                        continue
                    capital = np.where(options.owner == i, costs.capex_cents[:, p, at], 0)
                    if capital.any():
                        each = capital / CENTS_PER_EUR_MILLION
                        found.append(Grant(f, i, payer, at, each, rows))
    return found


def _limited(problem: Problem) -> dict[tuple[str, int], list[int]]:
    found: dict[tuple[str, int], list[int]] = {}
    for position, row in enumerate(problem.rows):
        if row.payer_year is not None:
            found.setdefault(row.payer_year, []).append(position)
    return found


class Lightener:
    """Asks whether funds can pay what budgets of a plan lack, by a small linear programme."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.grants = grants(problem)
        self.lightens = np.zeros(len(problem.rows), dtype=bool)
        for grant in self.grants:
            self.lightens[list(grant.rows)] = True

    def excess(self, pick: Ints, passed: Floats) -> float:
        """Least sum by which limits of capital stay passed [EUR million], funds at their best."""
        return float(self.short(pick, passed).sum())

    def short(self, pick: Ints, passed: Floats) -> Floats:
        """By how much each limit of capital stays passed when funds pay what they can [R].

        ``passed`` [R] by how much each row is passed without funds; rows of other kinds are 0.
        """
        needed = [r for r, row in enumerate(self.problem.rows) if row.payer_year is not None]
        result = np.zeros(len(self.problem.rows))
        result[needed] = passed[needed]
        live = [g for g in self.grants if g.capital[pick].sum() > 0]
        if live and result.any():
            rest = self._rest(live, needed, pick, result[needed])
            whole = float(result.sum())
            result[needed] = np.where(rest > TOLERANCE * max(whole, 1.0) * 10, rest, 0.0)
        return result

    def _rest(self, live: list[Grant], needed: list[int], pick: Ints, short: Floats) -> Floats:
        """What is left of each shortfall, the least in all, by a linear programme."""
        from scipy.optimize import linprog

        matrix, most = self._rows(live, pick)
        cover = np.zeros((len(needed), len(live) + len(needed)))
        for g, grant in enumerate(live):
            for r in grant.rows:
                cover[needed.index(r), g] = -1.0
        cover[:, len(live) :] = -np.eye(len(needed))
        padded = np.hstack([matrix, np.zeros((len(matrix), len(needed)))])
        bounds = [(0.0, self._most(g, pick)) for g in live] + [(0.0, None)] * len(needed)
        cost = np.concatenate([np.zeros(len(live)), np.ones(len(needed))])
        found = linprog(
            cost, np.vstack([padded, cover]), np.concatenate([most, -short]), bounds=bounds,
            method="highs",
        )  # fmt: skip
        return np.asarray(found.x[len(live) :])

    def _most(self, grant: Grant, pick: Ints) -> float:
        fund = self.problem.funds[grant.fund]
        return fund.most_share * float(grant.capital[pick].sum())

    def _rows(self, live: list[Grant], pick: Ints) -> tuple[Floats, Floats]:
        """Ceilings of funds, and no more than the whole of any sum."""
        rows: list[Floats] = []
        most: list[float] = []
        for f, fund in enumerate(self.problem.funds):
            rows.append(np.array([float(g.fund == f) for g in live]))
            most.append(fund.ceiling_cents / CENTS_PER_EUR_MILLION)
        for spent in sorted({g.spent for g in live}):
            mine = [g for g in live if g.spent == spent]
            if len(mine) > 1:
                rows.append(np.array([float(g.spent == spent) for g in live]))
                most.append(float(mine[0].capital[pick].sum()))
        return np.array(rows).reshape(len(rows), len(live)), np.array(most)
