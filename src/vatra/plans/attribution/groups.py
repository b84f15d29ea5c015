"""Why a figure changed: its change divided among groups of changes, exactly, in milligrams.

The effect of a group is its Shapley value: the mean of the step it makes over all orders in which
the groups could have changed (L. S. Shapley, A value for n-person games, Contributions to the
Theory of Games II (1953) 307-317). With ``n`` groups that is, for each set ``S`` without group
``i``, the step ``f(S and i) - f(S)`` weighted by ``|S|! (n - |S| - 1)! / n!``. All sets are
computed, in whole numbers: nothing is sampled and nothing is rounded before the end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import factorial
from operator import index

from vatra.plans.attribution.whole import whole

GROUPS_MAX = 12


@dataclass(frozen=True)
class AttributedChange:
    """A figure before and after, and what each group of changes did to it [mg CO2e].

    ``effects_mg`` adds up to ``change_mg`` exactly; positive raises the figure. ``alone_mg`` is
    what each group does when nothing else changes: these do not add up.
    """

    before_mg: int
    after_mg: int
    effects_mg: Mapping[str, int]
    alone_mg: Mapping[str, int]

    @property
    def change_mg(self) -> int:
        """After minus before."""
        return self.after_mg - self.before_mg


def attribute_change(
    total_mg: Callable[[frozenset[str]], int], groups: Sequence[str]
) -> AttributedChange:
    """Divide a change among groups of changes that act on each other.

    Parameters
    ----------
    total_mg : the figure [mg CO2e, whole] when the groups in the set have their new values and all
        others their old ones; asked once for each of the ``2^n`` sets
    groups : names, at most ``GROUPS_MAX``; their order moves nothing

    Returns
    -------
    AttributedChange
        Effects in the order of ``groups``; halves of a milligram go to the first names by letter.

    Raises ``ValueError`` for a name given twice or too many groups, ``TypeError`` for a figure
    that is not a whole number.
    """
    names = tuple(groups)
    if len(set(names)) != len(names):
        raise ValueError(f"a group is named twice: {', '.join(names)}")
    if len(names) > GROUPS_MAX:
        raise ValueError(f"{len(names)} groups; all sets of at most {GROUPS_MAX} are computed")
    figures = {each: index(total_mg(each)) for each in _sets(names)}
    before, after = figures[frozenset()], figures[frozenset(names)]
    shares = {name: _value(name, names, figures) for name in names}
    alone = {name: figures[frozenset({name})] - before for name in names}
    return AttributedChange(before, after, whole(shares, after - before), alone)


def _sets(names: tuple[str, ...]) -> list[frozenset[str]]:
    return [frozenset(each) for size in range(len(names) + 1) for each in combinations(names, size)]


def _value(name: str, names: tuple[str, ...], figures: Mapping[frozenset[str], int]) -> Fraction:
    count = len(names)
    steps = 0
    for acting, figure in figures.items():
        if name not in acting:
            size = len(acting)
            weight = factorial(size) * factorial(count - size - 1)
            steps += weight * (figures[acting | {name}] - figure)
    return Fraction(steps, factorial(count))
