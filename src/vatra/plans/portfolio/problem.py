"""The limits and aims of a plan as rows over the options and the exact figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from vatra.plans.engine import Floats
from vatra.plans.portfolio.exact import CENTS_PER_EUR_MILLION, Measures
from vatra.plans.portfolio.limits import Fund
from vatra.plans.portfolio.options import Ints, Options

# What rounding of floats may do to a limit, in units of its row.
TOLERANCE = 1e-9
STRUCTURE = "structure"


@dataclass(frozen=True)
class Row:
    """One limit: ``figures @ Q + linear @ y <= most``, in units of ``unit`` mg, cents or FTE.

    ``family`` what kind of limit (``target``, ``capex``, ...), ``key`` which one of them;
    ``payer_year`` of a row of capital that funds may lighten.
    """

    family: str
    key: tuple[Any, ...]
    most: float
    unit: float = 1.0
    figures: Floats | None = None
    linear: Floats | None = None
    payer_year: tuple[str, int] | None = None

    def values(self, picks: Ints, figures: Floats) -> Floats:
        """What picks [D, A] with their exact figures [D, Q] have of it [D]."""
        result = np.zeros(len(picks))
        if self.figures is not None:
            result = result + figures @ self.figures
        return result if self.linear is None else result + self.linear[picks].sum(axis=1)


@dataclass(frozen=True)
class Goal:
    """What is made as small as possible: ``figures @ Q + linear @ y + max(peaks @ y)``.

    Or, with ``excess_of`` (family -> weight), by how much limits are passed together. ``unit``
    turns it into mg or cents; ``sign`` -1 where the natural figure is better when larger, as a net
    worth is.
    """

    name: str
    unit: float
    figures: Floats | None = None
    linear: Floats | None = None
    peaks: Floats | None = None
    excess_of: Mapping[str, float] = field(default_factory=dict)
    sign: int = 1

    def values(self, picks: Ints, figures: Floats, excess: Floats) -> Floats:
        """Of picks [D, A], their exact figures [D, Q] and the excess of the family [D]."""
        if self.excess_of:
            return excess
        result = np.zeros(len(picks))
        if self.figures is not None:
            result = result + figures @ self.figures
        if self.linear is not None:
            result = result + self.linear[picks].sum(axis=1)
        if self.peaks is not None:
            by_year = np.stack([row[picks].sum(axis=1) for row in self.peaks])
            result = result + by_year.max(axis=0)
        return result


@dataclass(frozen=True)
class Problem:
    """Everything one search needs. ``funds`` lighten the rows that carry a payer and a year."""

    measures: Measures
    rows: tuple[Row, ...]
    goals: tuple[Goal, ...]
    funds: tuple[Fund, ...] = ()

    @property
    def options(self) -> Options:
        """What may be chosen."""
        return self.measures.options

    def families(self) -> list[str]:
        """Kinds of limits in the order of their rows, without what no relaxation may touch."""
        return list(dict.fromkeys(row.family for row in self.rows if row.family != STRUCTURE))

    def with_goals(self, goals: Sequence[Goal]) -> Problem:
        """The same limits with other aims."""
        return replace(self, goals=tuple(goals))

    def without(self, family: str) -> Problem:
        """The same without the limits of one family."""
        return replace(self, rows=tuple(row for row in self.rows if row.family != family))

    def passed(self, picks: Ints, figures: Floats) -> Floats:
        """By how much each row is passed [D, R], zero within tolerance and where a goal is elastic.

        Capital that funds may pay counts as passed here; see ``funding.lightened``.
        """
        if not self.rows:
            return np.zeros((len(picks), 0))
        values = np.stack([row.values(picks, figures) for row in self.rows], axis=1)
        most = np.array([row.most for row in self.rows])
        over = values - most
        return np.where(over > TOLERANCE * np.maximum(np.abs(most), 1.0), over, 0.0)


def figure(measures: Measures, *positions: int) -> Floats:
    """A row over the figures that sums some of them [Q]."""
    result = np.zeros(measures.count)
    result[list(positions)] = 1.0
    return result


def goal(name: str, measures: Measures, aim: int) -> Goal:
    """A goal by the name people give it; ``aim`` the position of the year that counts."""
    costs, span = measures.costs, measures.span
    if name == "emissions":
        return Goal(name, measures.base_mg, figure(measures, aim))
    if name == "cumulative":
        return Goal(name, measures.base_mg, figure(measures, *range(span)))
    capital = costs.capex_cents.sum(axis=1) / CENTS_PER_EUR_MILLION
    if name == "capex":
        return Goal(name, CENTS_PER_EUR_MILLION, linear=capital.sum(axis=1))
    if name == "peak":
        return Goal(name, CENTS_PER_EUR_MILLION, peaks=capital.T.copy())
    priced = measures.count > span
    if name == "npv":
        net = costs.net_cents @ costs.discount / CENTS_PER_EUR_MILLION
        energy = figure(measures, span) if priced else None
        return Goal(name, CENTS_PER_EUR_MILLION, energy, net, sign=-1)
    bills = figure(measures, *range(span + 1, 2 * span + 1)) if priced else None
    return Goal(name, CENTS_PER_EUR_MILLION, bills)
