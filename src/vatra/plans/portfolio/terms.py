"""The pathway as sums of exponentials: what an optimiser can hold.

What is left of a cell is a product of what each action leaves of it, so with
``a = -ln(1 - x)`` for every option it is ``exp(-sum a y)``, a convex function of the choices y.
Emissions, energy bills and their sums over years are then ``coefficients @ exp(-a @ y) + linear @
y``. This is exact for activity avoided, efficiency, clean supply, capped and streams that remember.

Two readings of the rest. As a *floor* every figure is at most that of the exact engine, whatever is
chosen: what moves emits at its destination no more than the cleanest way there, own generation
and printed amounts are taken in full, nested and exclusive shares at their joint most. Around a
*plan* the destination is as clean as in that plan, and what the exact engine does beyond that
is added, so that the plan itself and every plan that differs in one action are exact.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from vatra.plans.engine import Floats, Outcome
from vatra.plans.portfolio.exact import Measures
from vatra.plans.portfolio.options import Ints
from vatra.plans.portfolio.reading import Reader, Summed


@dataclass(frozen=True)
class Terms:
    """``coefficients @ exp(-a @ y) + linear @ y + constant``; K terms, N options, Q figures."""

    a: Floats
    coefficients: Floats
    linear: Floats
    constant: Floats

    def values(self, picks: np.ndarray) -> Floats:
        """Figures [D, Q] of picks [D, A]."""
        left = np.exp(-self.a.T[picks].sum(axis=1))
        result: Floats = left @ self.coefficients.T + self.constant
        return result + self.linear.T[picks].sum(axis=1)

    def moved(self, linear: Floats, constant: Floats) -> Terms:
        """The same with more of what is linear [Q, N] and constant [Q]."""
        return Terms(self.a, self.coefficients, self.linear + linear, self.constant + constant)


def is_exact(measures: Measures) -> bool:
    """Whether the floor is the exact engine itself: no effect moves or is capped by what is there.

    Groups that exclude each other or lie within each other are floors only when they hold two.
    """
    groups: dict[str, int] = {}
    for action in measures.options.model.actions:
        for effect in action.effects:
            if effect.operator in _BEYOND:
                return False
            if effect.combine in ("nested", "exclusive") and effect.group:
                groups[effect.group] = groups.get(effect.group, 0) + 1
    return all(count < 2 for count in groups.values())


_BEYOND = (
    "shift_activity",
    "shift_carrier",
    "own_generation",
    "observed_tonnes",
    "observed_energy",
)


def terms_of(measures: Measures, around: Outcome | None = None) -> Terms:
    """The floor, or the reading around the outcome of a plan."""
    base = measures.options.model.base
    reader = Reader(measures, around)
    emission = base.factor / measures.base_mg
    found = reader.of_value(emission, emits=True)
    span, count = measures.span, measures.count
    parts = [(0, found)]
    if count > span:
        worth = reader.of_value(measures.price * measures.costs.discount, emits=False).summed()
        worth.constant -= measures.base_worth
        parts.append((span, worth))
        parts.append((span + 1, reader.of_value(measures.household_price, emits=False)))
    return _joined(parts, count, measures.options.count)


def moved_values(terms: Terms, pick: Ints, owner: Ints) -> Floats:
    """Figures [N, Q] of all plans that differ from one in one action."""
    u = terms.a[:, pick].sum(axis=1)[:, None] - terms.a[:, pick[owner]] + terms.a
    linear = terms.linear[:, pick].sum(axis=1)[:, None] - terms.linear[:, pick[owner]]
    result = terms.coefficients @ np.exp(-u) + linear + terms.linear
    return np.asarray(result.T + terms.constant)


def _joined(parts: Iterable[tuple[int, Summed]], count: int, options: int) -> Terms:
    """One list of terms for all figures; the same exponents only once."""
    known: dict[bytes, int] = {}
    rows: list[Floats] = []
    entries: list[tuple[int, int, float]] = []
    linear, constant = np.zeros((count, options)), np.zeros(count)
    for begin, found in parts:
        linear[begin : begin + found.span] += found.linear
        constant[begin : begin + found.span] += found.constant
        for row, (t, coefficient) in zip(found.rows, found.owners, strict=True):
            at = known.setdefault(row.tobytes(), len(rows))
            if at == len(rows):
                rows.append(row)
            entries.append((begin + t, at, coefficient))
    coefficients = np.zeros((count, len(rows)))
    for q, k, coefficient in entries:
        coefficients[q, k] += coefficient
    a = np.array(rows).reshape(len(rows), options)
    return Terms(a, coefficients, linear, constant)
