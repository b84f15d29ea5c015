"""Two versions of a model made comparable: the same cells and years, and what differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

import numpy as np

from vatra.plans.engine import Action, Base, Cell, Floats, Model, adoption_curve

Kind = Literal[
    "inventory", "drivers", "factors", "factor_path", "choice", "strength", "mechanism",
    "added", "removed",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)
# Paths by whose base year and whose growth: 0 before, 1 after.
Crossed = tuple[tuple[Floats, Floats], tuple[Floats, Floats]]
_SAME = 1e-12
# Changes of an action that another model has to be made for; the others are numbers.
MADE_ANEW: tuple[Kind, ...] = ("strength", "mechanism")


@dataclass(frozen=True)
class Change:
    """One thing that differs between two versions; ``code`` of an action, else blank.

    ``inventory`` amounts of the base year; ``drivers`` how they go on without the plan;
    ``factors`` of the base year; ``factor_path`` how those go on; ``choice`` when and how much of
    an action; ``strength`` its numbers; ``mechanism`` what it acts on; ``added``, ``removed``.
    """

    kind: Kind
    code: str = ""

    @property
    def name(self) -> str:
        """Kind and code, as one word that sorts."""
        return f"{self.kind}:{self.code}" if self.code else self.kind


@dataclass(frozen=True)
class Versions:
    """A model before and after, on the years that both have.

    Raises ``ValueError`` where the base year differs: what was measured then is another question.
    """

    before: Model
    after: Model

    def __post_init__(self) -> None:
        first, second = self.before.base.years[0], self.after.base.years[0]
        if first != second:
            raise ValueError(f"the base years {first} and {second} differ")

    @cached_property
    def years(self) -> tuple[int, ...]:
        """Years of both."""
        return tuple(y for y in self.before.base.years if y <= self.after.base.years[-1])

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Cells of either; one that forgets at another rate is another cell."""
        both = {_key(each): each for each in (*self.before.base.cells, *self.after.base.cells)}
        return tuple(both[key] for key in sorted(both))

    @cached_property
    def amounts(self) -> Crossed:
        """Amounts [C, T] by whose inventory and whose drivers: ``amounts[inventory][drivers]``.

        What begins after the base year is all drivers; a cell of one version only is all inventory.
        """
        paths = [self._path(side.base, side.base.amount) for side in (self.before, self.after)]
        return _crossed(*paths)

    @cached_property
    def factors(self) -> Crossed:
        """Factors [C, T] by whose base year and whose path, like ``amounts``."""
        paths = [self._path(side.base, side.base.factor) for side in (self.before, self.after)]
        there = [self._there(side.base) for side in (self.before, self.after)]
        # A cell that one version lacks has the factor of the other.
        filled = [np.where(there[0], paths[0], paths[1]), np.where(there[1], paths[1], paths[0])]
        return _crossed(*filled)

    def _path(self, base: Base, values: Floats) -> Floats:
        found = np.zeros((len(self.cells), len(self.years)))
        at = {_key(cell): n for n, cell in enumerate(self.cells)}
        for cell, row in zip(base.cells, values, strict=True):
            found[at[_key(cell)]] = row[: len(self.years)]
        return found

    def _there(self, base: Base) -> Floats:
        known = {_key(cell) for cell in base.cells}
        return np.array([[_key(cell) in known] for cell in self.cells], dtype=np.bool_)

    def activity(self, of_after: bool) -> dict[str, Floats]:
        """Activity by use [T] of one version, of the other where it states none."""
        sides = (self.before.base, self.after.base)
        mine, other = sides[::-1] if of_after else sides
        known = {**other.activity, **mine.activity}
        return {use: path[: len(self.years)] for use, path in known.items()}

    @property
    def activity_differs(self) -> bool:
        """Whether activity differs."""
        first, second = self.activity(False), self.activity(True)
        return any(not np.array_equal(first[use], second[use]) for use in first)

    @cached_property
    def pairs(self) -> Mapping[str, tuple[Action | None, Action | None]]:
        """Every action of either version, in the order of the one after, then of the one before."""
        before = {each.code: each for each in self.before.actions}
        after = {each.code: each for each in self.after.actions}
        codes = [*after, *(each for each in before if each not in after)]
        return {code: (before.get(code), after.get(code)) for code in codes}

    def adoption(self, code: str, of_after: bool) -> Floats:
        """Adoption of an action in one version [T]; nothing where it has none."""
        action = self.pairs[code][of_after]
        if action is None:
            return np.zeros(len(self.years))
        return adoption_curve(action, self.years)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Everything that differs, the base first, then actions in their order."""
        (a00, a01), (a10, _) = self.amounts
        (f00, f01), (f10, _) = self.factors
        found = []
        if _differ(a00, a10):
            found.append(Change("inventory"))
        if _differ(a00, a01) or self.activity_differs:
            found.append(Change("drivers"))
        if _differ(f00, f10):
            found.append(Change("factors"))
        if _differ(f00, f01):
            found.append(Change("factor_path"))
        for code in self.pairs:
            found += self._of_action(code)
        return tuple(found)

    def _of_action(self, code: str) -> list[Change]:
        before, after = self.pairs[code]
        if before is None or after is None:
            return [Change("added" if before is None else "removed", code)]
        found = []
        if not np.array_equal(self.adoption(code, False), self.adoption(code, True)):
            found.append(Change("choice", code))
        if _mechanism(before) != _mechanism(after):
            found.append(Change("mechanism", code))
        elif _numbers(before) != _numbers(after):
            found.append(Change("strength", code))
        return found


def _key(cell: Cell) -> tuple[str, str, str, str, str, float]:
    return (*cell.key, cell.decay_per_year)


def _differ(first: Floats, second: Floats) -> bool:
    """Whether paths differ by more than rounding of floats."""
    return not np.allclose(first, second, rtol=_SAME, atol=0.0)


def _crossed(before: Floats, after: Floats) -> Crossed:
    """Both paths, and each one's base year with the other's growth."""
    return (before, _mixed(before, after)), (_mixed(after, before), after)


def _mixed(level: Floats, growth: Floats) -> Floats:
    """The base year of one, going on as the other does [C, T].

    Where either begins at nothing there is no growth to speak of: the other path as it is where
    both begin at nothing, or where it alone has any; else the level's own.
    """
    first, begun = level[:, :1], growth[:, :1]
    ratio = np.divide(growth, begun, out=np.ones_like(growth), where=begun != 0)
    grown = np.where(begun != 0, first * ratio, level)
    nothing = (first == 0) & (begun == 0)
    empty = ~level.any(axis=1, keepdims=True) | ~growth.any(axis=1, keepdims=True)
    return np.where(nothing & ~empty, growth, np.where(empty, level, grown))


def _mechanism(action: Action) -> object:
    """What an action acts on, without its numbers."""
    effects = tuple(
        (e.operator, e.use, e.carrier, e.to_use, e.to_carrier, e.group, e.combine)
        for e in action.effects
    )
    return effects, frozenset(action.requires)


def _numbers(action: Action) -> object:
    """The numbers of an action that its evaluation reads."""
    effects = tuple(
        (e.strength.mean, e.ratio.mean, e.conversion.mean, e.amount.mean * e.scale, e.curve,
         e.potential_share)
        for e in action.effects
    )  # fmt: skip
    return effects, action.reach_share
