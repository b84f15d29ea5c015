"""A whole pathway as sums of products, with a proof of where no cap can bind.

Caps (own generation beyond what is used on site, stated tonnes or energy beyond what there is,
shares of one stock that sum to more than it) are no products. A cap that no set of actions can
reach changes nothing, and the pathway is its sum of products. Where a bound cannot rule that out,
the cells concerned are kept apart as a ``Part`` (``vatra.plans.attribution.parts``), and what its
caps change is divided apart (``vatra.plans.attribution.capped``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from vatra.plans.attribution.amounts import Writer
from vatra.plans.attribution.parts import Book, Part
from vatra.plans.attribution.products import Bools, Floats, Products
from vatra.plans.engine import Inputs, Model, central
from vatra.plans.engine.compiled import compiled


@dataclass(frozen=True)
class Chains:
    """Emissions of a pathway [mg CO2e] as sums of products.

    Attributes
    ----------
    model, inputs : what it was written from
    at : positions of the T years it stands for
    needs : of each action, all those without which it does nothing
    exact : sums over cells and sinks that hold whichever actions take part
    parts : cells on which a cap may bind
    """

    model: Model
    inputs: Inputs
    at: tuple[int, ...]
    needs: tuple[tuple[int, ...], ...]
    exact: tuple[Products, ...]
    parts: tuple[Part, ...]

    @property
    def sums(self) -> tuple[Products, ...]:
        """All sums, as if no cap bound."""
        return (*self.exact, *(each for part in self.parts for each in part.sums))

    def total_mg(self, acting: Bools | None = None) -> Floats:
        """Emissions less sinks, as if no cap bound, for sets of actions.

        Parameters
        ----------
        acting : [M, A]; all actions when not given

        Returns
        -------
        [M, T], or [T] for all actions
        """
        sets = np.ones((1, len(self.needs)), dtype=bool) if acting is None else acting
        found = np.zeros((len(sets), len(self.at)))
        for each in self.sums:
            found += each.value(sets)
        return found[0] if acting is None else found


def chains(
    model: Model, inputs: Inputs | None = None, years: Sequence[int] | None = None
) -> Chains:
    """Write a pathway as sums of products.

    Parameters
    ----------
    model : base and actions
    inputs : one run, no draws; the means when not given
    years : those to write, all when not given

    Raises ``ValueError`` for draws or a year outside the pathway.
    """
    inputs = central(model) if inputs is None else inputs
    if model.actions and inputs.adoption.ndim != 2:
        raise ValueError("chains are written for one run, not for draws")
    at = tuple(model.base.at(year) for year in years or model.base.years)
    needs = _needs(model)
    writer = Writer(model, inputs, compiled(model), at, needs)
    exact, parts = Book(writer).closed()
    return Chains(model, inputs, at, needs, exact, parts)


def _needs(model: Model) -> tuple[tuple[int, ...], ...]:
    """Of each action all those without which it does nothing, directly or through others."""

    def beyond(codes: Iterable[str], seen: set[int]) -> set[int]:
        for code in codes:
            position = model.codes.get(code)
            if position is not None and position not in seen:
                seen.add(position)
                beyond(model.actions[position].requires, seen)
        return seen

    found = (beyond(each.requires, set()) - {i} for i, each in enumerate(model.actions))
    return tuple(tuple(sorted(each)) for each in found)
