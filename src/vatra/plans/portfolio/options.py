"""What may be chosen of each action: a start and a level, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from vatra.plans.engine import Action, Choice, Floats, Model, adoption_curve
from vatra.plans.portfolio.limits import Limits

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Options:
    """All options of all actions in one row: those of an action stand together, nothing first.

    N options, A actions, T years. A *pick* [A] holds the position of one option for each action.

    Attributes
    ----------
    owner : [N] position of the action
    choices : N of them; level 0 means that the action is not done
    adoption : [N, T] share in place in each year, level included
    first : [A + 1] options of action i are ``first[i]`` to ``first[i + 1] - 1``
    """

    model: Model
    owner: Ints
    choices: tuple[Choice, ...]
    adoption: Floats
    first: Ints

    @property
    def count(self) -> int:
        """How many options there are."""
        return len(self.choices)

    def of(self, action: int) -> slice:
        """Where the options of an action stand."""
        return slice(int(self.first[action]), int(self.first[action + 1]))

    @cached_property
    def nothing(self) -> Ints:
        """The pick that does no more than what is settled [A]."""
        return self.first[:-1].copy()

    @cached_property
    def begins(self) -> Ints:
        """First year position in which something of an option is in place [N]; T for nothing."""
        there = self.adoption > 0
        return np.where(there.any(axis=1), there.argmax(axis=1), there.shape[1])

    def picked(self, pick: Ints) -> dict[str, Choice]:
        """The choices of a pick by code."""
        actions = self.model.actions
        return {each.code: self.choices[o] for each, o in zip(actions, pick, strict=True)}

    def pick_of(self, choices: Mapping[str, Choice]) -> Ints:
        """The pick nearest to choices: the same start, the nearest level; nothing for others."""
        pick = self.nothing.copy()
        for i, action in enumerate(self.model.actions):
            wanted = choices.get(action.code)
            mine = range(int(self.first[i]), int(self.first[i + 1]))
            if wanted is None or not wanted.level:
                continue
            pick[i] = min(mine, key=lambda o: (_far(self.choices[o], wanted), o))
        return pick


def _far(one: Choice, other: Choice) -> tuple[float, float]:
    if not one.level:
        return abs(other.level), 1e6
    return abs(one.level - other.level), abs(one.start_year - other.start_year)


def possible(model: Model, limits: Limits) -> Options:
    """All options under the limits that concern one action alone.

    Starts from ``first_year`` to the end of the pathway; options that put nothing in place within
    it, or the same as an earlier one, are left out.
    """
    years = model.base.years
    owner: list[int] = []
    choices: list[Choice] = []
    curves: list[Floats] = []
    first = [0]
    for i, action in enumerate(model.actions):
        seen: set[bytes] = set()
        for choice in _choices(action, model, limits):
            curve = adoption_curve(action.chosen(choice), years)
            if curve.tobytes() in seen:
                continue
            seen.add(curve.tobytes())
            owner.append(i)
            choices.append(choice)
            curves.append(curve)
        first.append(len(choices))
    adoption = np.array(curves, dtype=np.float64).reshape(len(choices), len(years))
    return Options(model, np.array(owner, dtype=np.int64), tuple(choices), adoption,
                   np.array(first, dtype=np.int64))  # fmt: skip


def _choices(action: Action, model: Model, limits: Limits) -> Iterator[Choice]:
    settled = limits.fixed.get(action.code)
    if settled is not None:
        yield settled
        return
    years = model.base.years
    start = years[1] if limits.first_year is None else limits.first_year
    yield Choice(start, 0.0)
    if not set(action.requires) <= set(model.codes):
        return
    for year in range(start, years[-1] + 1):
        for level in sorted(set(limits.levels)):
            if level > 0 and action.most_level > 0:
                yield Choice(year, level * action.most_level)
    # The plan as it stands has to be among the plans, whatever its levels are.
    if 0 < action.level <= action.most_level and action.adoption.start_year >= start:
        yield action.choice
