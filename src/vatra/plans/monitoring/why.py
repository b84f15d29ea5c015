"""Why the figure of a year changed between two versions of a plan: cause by cause, exactly.

Each cause has its Shapley value over everything that differs: with at most ``GROUPS_MAX``
differences all sets of them are computed (``attribute_change``); with more, antithetic
permutations on a stored seed, with the standard error of each cause. Either way the causes add up
to the change to the milligram. Sampling of permutations: J. Castro, D. Gómez and J. Tejada,
Computers and Operations Research 36 (2009) 1726-1730.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise
from statistics import stdev

import numpy as np

from vatra.plans.attribution import GROUPS_MAX, attribute_change
from vatra.plans.attribution.whole import whole
from vatra.plans.engine import Action, Base, Floats, Model, central, evaluate, with_required
from vatra.plans.monitoring.versions import MADE_ANEW, Change, Crossed, Versions

SEED = 20260101
PAIRS = 64
# Sets that pass through the engine together.
_BLOCK = 256


@dataclass(frozen=True)
class Cause:
    """What one change does to the figure [mg CO2e]; above zero raises it.

    ``alone_mg`` when nothing else changes: these do not add up; ``error_mg`` standard error of
    ``effect_mg`` where it was sampled, 0 where it is exact.
    """

    change: Change
    effect_mg: int
    alone_mg: int
    error_mg: int = 0


@dataclass(frozen=True)
class Why:
    """The figure of a year before and after [mg CO2e], and its causes, the base first."""

    year: int
    before_mg: int
    after_mg: int
    causes: tuple[Cause, ...]
    is_exact: bool = True

    @property
    def change_mg(self) -> int:
        """After minus before; the causes add up to it."""
        return self.after_mg - self.before_mg


def why(
    before: Model,
    after: Model,
    year: int,
    *,
    exact_to: int = GROUPS_MAX,
    pairs: int = PAIRS,
    seed: int = SEED,
) -> Why:
    """Divide the change of a year's net emissions among what differs between two models.

    Parameters
    ----------
    year : must be in both
    exact_to : up to how many changes all sets are computed
    pairs, seed : of the permutations, where there are more

    Raises ``ValueError`` for another base year, or a year that one of the two does not reach.
    """
    versions = Versions(before, after)
    before.base.at(year)
    after.base.at(year)
    figures = _Figures(versions, year)
    names = {each.name: each for each in versions.changes}
    if len(names) <= min(exact_to, GROUPS_MAX):
        figures.prepare([frozenset(each) for each in _subsets(tuple(names))])
        found = attribute_change(figures.of, tuple(names))
        causes = tuple(
            Cause(names[name], found.effects_mg[name], found.alone_mg[name]) for name in names
        )
        return Why(year, found.before_mg, found.after_mg, causes)
    return _sampled(figures, names, year, pairs, seed)


def _subsets(names: tuple[str, ...]) -> list[set[str]]:
    return [
        {name for place, name in enumerate(names) if number >> place & 1}
        for number in range(1 << len(names))
    ]


def _sampled(figures: _Figures, names: dict[str, Change], year: int, pairs: int, seed: int) -> Why:
    """Shapley values over permutations, each drawn once and once in reverse."""
    order = tuple(names)
    random = np.random.Generator(np.random.PCG64(seed))
    drawn = [[order[n] for n in random.permutation(len(order))] for _ in range(pairs)]
    walks = [_walk(each) for drawn_one in drawn for each in (drawn_one, drawn_one[::-1])]
    alone = [frozenset({name}) for name in order]
    figures.prepare([*alone, *(each for walk in walks for each in walk)])
    sums: dict[str, list[int]] = {name: [] for name in order}
    for there, back in zip(walks[::2], walks[1::2], strict=True):
        steps = dict.fromkeys(order, 0)
        for walk in (there, back):
            for smaller, larger in pairwise(walk):
                (name,) = larger - smaller
                steps[name] += figures.of(larger) - figures.of(smaller)
        for name, step in steps.items():
            sums[name].append(step)
    first, last = figures.of(frozenset()), figures.of(frozenset(order))
    shares = {name: Fraction(sum(steps), 2 * pairs) for name, steps in sums.items()}
    effects = whole(shares, last - first)
    causes = tuple(
        Cause(names[name], effects[name], figures.of(frozenset({name})) - first,
              round(stdev(sums[name]) / 2 / pairs**0.5))
        for name in order
    )  # fmt: skip
    return Why(year, first, last, causes, is_exact=False)


def _walk(order: Sequence[str]) -> list[frozenset[str]]:
    return [frozenset(order[:size]) for size in range(len(order) + 1)]


@dataclass
class _Figures:
    """Net emissions of a year for every set of changes that have happened [mg CO2e]."""

    versions: Versions
    year: int
    known: dict[frozenset[str], int] = field(default_factory=dict)

    def of(self, happened: frozenset[str]) -> int:
        """The figure of a set that was prepared."""
        return self.known[happened]

    def prepare(self, sets: Sequence[frozenset[str]]) -> None:
        """Evaluate sets side by side, those together that need the same actions.

        Nothing and everything are the models as they stand, so that no change is lost.
        """
        everything = frozenset(each.name for each in self.versions.changes)
        self.known[everything] = self._as_it_stands(self.versions.after)
        self.known[frozenset()] = self._as_it_stands(self.versions.before)
        made: dict[frozenset[str], list[frozenset[str]]] = {}
        for each in dict.fromkeys(sets):
            if each not in self.known:
                made.setdefault(each & self._anew, []).append(each)
        for anew, together in made.items():
            model = self._model(anew)
            for start in range(0, len(together), _BLOCK):
                self._evaluate(model, together[start : start + _BLOCK])

    @property
    def _anew(self) -> frozenset[str]:
        """Changes for which another model has to be made."""
        names = {each.name for each in self.versions.changes if each.kind in MADE_ANEW}
        return frozenset(names | {"drivers"} if self.versions.activity_differs else names)

    def _as_it_stands(self, model: Model) -> int:
        return round(float(evaluate(model).total_mg[model.base.at(self.year)]))

    def _model(self, anew: frozenset[str]) -> Model:
        """Actions of both versions on a base of ones; each as the set says it is made."""
        versions = self.versions
        ones = np.ones((len(versions.cells), len(versions.years)))
        activity = versions.activity("drivers" in anew)
        base = Base(versions.years, versions.cells, ones, ones, activity)
        return Model(base, tuple(self._action(code, anew) for code in versions.pairs))

    def _action(self, code: str, anew: frozenset[str]) -> Action:
        before, after = self.versions.pairs[code]
        is_new = before is None or f"strength:{code}" in anew or f"mechanism:{code}" in anew
        found = after if is_new or before is None else before
        assert found is not None
        return found

    def _evaluate(self, model: Model, sets: Sequence[frozenset[str]]) -> None:
        versions = self.versions
        inputs = replace(
            central(model),
            adoption=with_required(model.actions, self._adoption(sets)),
            amount_scale=_chosen(versions.amounts, sets, "inventory", "drivers"),
            factor_scale=_chosen(versions.factors, sets, "factors", "factor_path"),
        )
        if not model.actions:
            emission = inputs.amount_scale * inputs.factor_scale
            total = np.asarray(emission).sum(axis=0)
        else:
            total = evaluate(model, inputs).total_mg
        at = model.base.at(self.year)
        for number, each in enumerate(sets):
            self.known[each] = round(float(total[number, at]))

    def _adoption(self, sets: Sequence[frozenset[str]]) -> Floats:
        """[A, D, T]"""
        versions = self.versions
        shape = (len(versions.pairs), len(sets), len(versions.years))
        found = np.empty(shape)
        for i, code in enumerate(versions.pairs):
            old, new = (versions.adoption(code, of_after) for of_after in (False, True))
            names = {f"{kind}:{code}" for kind in ("choice", "added", "removed")}
            moved = np.array([bool(names & each) for each in sets])
            found[i] = np.where(moved[:, None], new, old)
        return found


def _chosen(
    paths: Crossed,
    sets: Sequence[frozenset[str]],
    level: str,
    growth: str,
) -> Floats:
    """The path of every set [C, D, T]."""
    return np.stack([paths[level in each][growth in each] for each in sets], axis=1)
