"""What each action contributes to the joint cut: first in, last in, and its Shapley value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vatra.plans.attribution.capped import PAIRS, SEED, differences
from vatra.plans.attribution.chains import Chains, chains
from vatra.plans.attribution.products import Floats, Products, added
from vatra.plans.engine import Inputs, Model


@dataclass(frozen=True)
class Contributions:
    """Cuts by action [mg CO2e a year], A actions, T years; positive lowers emissions.

    Attributes
    ----------
    codes, years : of the rows and columns
    shapley_mg : [A, T] mean step over all orders; adds up to ``joint_mg``
    first_in_mg : [A, T] the cut when no other action acts; does not add up
    last_in_mg : [A, T] the cut that is lost without this action; does not add up
    standard_error_mg : [A, T] of the Shapley value, zero where it is exact
    joint_mg : [T] what all actions cut together
    pairs_count : pairs of orders drawn where caps bind on more than a dozen actions, else 0
    """

    codes: tuple[str, ...]
    years: tuple[int, ...]
    shapley_mg: Floats
    first_in_mg: Floats
    last_in_mg: Floats
    standard_error_mg: Floats
    joint_mg: Floats
    pairs_count: int

    @property
    def exact(self) -> bool:
        """Whether nothing was sampled."""
        return self.pairs_count == 0


def shapley(
    model: Model,
    inputs: Inputs | None = None,
    years: Sequence[int] | None = None,
    pairs: int = PAIRS,
    seed: int = SEED,
) -> Contributions:
    """What each action contributes.

    The closed form holds wherever no cap can bind; what a cap changes is found by evaluating every
    set of the actions concerned, or by drawing orders when they are more than a dozen.

    Parameters
    ----------
    model, inputs : base and actions; numbers of one run, the means when not given
    years : those to divide, all when not given
    pairs, seed : of orders drawn; the same two give the same figures

    Raises ``ValueError`` for draws or a year outside the pathway.
    """
    return contributions(chains(model, inputs, years), pairs, seed)


def contributions(written: Chains, pairs: int = PAIRS, seed: int = SEED) -> Contributions:
    """The same for a pathway that is written as sums of products already."""
    model, base = written.model, written.model.base
    shape = (len(model.actions), len(written.at))
    value, first, last, variance = (np.zeros(shape) for _ in range(4))
    for each in _by_players(written.sums):
        players = list(each.players)
        mean, alone, final = each.values()
        value[players] -= mean
        first[players] -= alone
        last[players] -= final
    joint = _joint(written)
    drawn = 0
    for gap in differences(written, pairs, seed):
        players = list(gap.players)
        value[players] -= gap.shapley
        first[players] -= gap.first_in
        last[players] -= gap.last_in
        joint -= gap.joint
        variance[players] += gap.standard_error**2
        drawn = max(drawn, gap.pairs_count)
    return Contributions(
        codes=tuple(each.code for each in model.actions),
        years=tuple(base.years[t] for t in written.at),
        shapley_mg=value,
        first_in_mg=first,
        last_in_mg=last,
        standard_error_mg=np.sqrt(variance),
        joint_mg=joint,
        pairs_count=drawn,
    )


def _joint(written: Chains) -> Floats:
    """What all actions cut together as if no cap bound [T]."""
    ends = np.zeros((2, len(written.at)))
    for each in written.sums:
        ends += each.ends()
    return np.asarray(ends[0] - ends[1])


def _by_players(sums: Sequence[Products]) -> list[Products]:
    """Sums that the same actions move, put together; those that nobody moves left out."""
    found: dict[tuple[int, ...], list[Products]] = {}
    for each in sums:
        if each.players:
            found.setdefault(each.players, []).append(each)
    return [added(parts, parts[0].coefficient.shape[1]) for parts in found.values()]
