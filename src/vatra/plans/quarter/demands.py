"""The demands of an aim as arithmetic: rows over all blocks, and what each block may have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from vatra.plans.quarter.aim import FIGURES, MONEY, OWNERS, Aim
from vatra.plans.quarter.menu import Flags, Floats, Ints, Menu
from vatra.plans.retrofit import LETTERS

# What adding up floats may do to a row, as a share of the sizes added.
_ROUNDING = 1e-11


@dataclass(frozen=True, eq=False)
class Row:
    """One demand on all blocks together: the sum of ``values`` [n, p] under the packages <= most.

    ``family`` and ``key`` say which demand; whole numbers add up exactly, of others
    ``tolerance`` is what rounding may do.
    """

    family: str
    key: str
    values: Floats
    most: float
    tolerance: float = 0.0

    def total(self, package: Ints) -> float:
        """What one package per block [n] comes to."""
        return float(self.values[np.arange(len(package)), package].sum())

    def holds(self, package: Ints) -> bool:
        """Whether the demand is met."""
        return self.total(package) <= self.most + self.tolerance


@dataclass(frozen=True, eq=False)
class Problem:
    """What is made small (``goal`` [n, p]), rows, and masks [n, p] by the demand they come from."""

    goal: Floats
    rows: tuple[Row, ...]
    masks: Mapping[str, Flags]

    @property
    def open(self) -> Flags:
        """What each block may have [n, p]."""
        found = np.ones(self.goal.shape, np.bool_)
        for each in self.masks.values():
            found &= each
        return found

    def holds(self, package: Ints) -> bool:
        """Whether packages are allowed and meet every row."""
        allowed = self.open[np.arange(len(package)), package].all()
        return bool(allowed) and all(row.holds(package) for row in self.rows)

    def value(self, package: Ints) -> float:
        """The goal under one package per block."""
        return float(self.goal[np.arange(len(package)), package].sum())


def problem_of(menu: Menu, aim: Aim) -> Problem:
    """Goal, rows and masks of an aim; ``QuarterError`` for words and amounts without meaning."""
    aim.check(menu)
    goal = menu.columns[{**MONEY, **FIGURES}[aim.objective]].astype(np.float64)
    return Problem(goal, tuple(_rows(menu, aim)), _masks(menu, aim))


def _rows(menu: Menu, aim: Aim) -> Iterator[Row]:
    if aim.budget_cents is not None:
        yield _whole("budget", "", menu.cost_cents, aim.budget_cents)
    for payer, most in sorted(aim.payer_budget_cents.items()):
        paid = menu.owners_cents if payer == OWNERS else menu.grant_cents[payer]
        yield _whole("payer", payer, paid, most)
    for name, share in sorted(aim.target_share.items()):
        column = menu.columns[FIGURES[name]]
        before = float(menu.before(FIGURES[name]).sum())
        yield _measured("target", name, column, (1.0 - share) * before)
    yield from _fair(menu, aim)
    touched = (np.arange(len(menu.packages)) != menu.kept).astype(np.float64)
    if aim.flats_per_year is not None:
        flats = menu.flats_count[:, None] * touched
        yield _measured("capacity", "flats", flats, aim.flats_per_year * aim.years)
    if aim.area_per_year_m2 is not None:
        area = menu.floor_m2[:, None] * touched
        yield _measured("capacity", "area", area, aim.area_per_year_m2 * aim.years)


def _fair(menu: Menu, aim: Aim) -> Iterator[Row]:
    """Groups not left behind, and money that goes to the worst first; both as sums <= 0."""
    if aim.group_share_least is not None:
        column = menu.columns[FIGURES[aim.group_of]]
        saved = column[:, [menu.kept]] - column
        flats = float(menu.flats_count.sum())
        for group in sorted(set(menu.group)):
            inside = np.asarray([each == group for each in menu.group])
            own = float(menu.flats_count[inside].sum())
            if own:
                part = inside / own - aim.group_share_least / flats
                yield _measured("group", group, -saved * part[:, None], 0.0)
    if aim.worst_money_share is not None:
        worst = menu.before("energy_class") >= LETTERS.index(aim.worst_class)
        money = menu.cost_cents * (aim.worst_money_share - worst)[:, None]
        yield _measured("worst", aim.worst_class, money, 0.0)


def _masks(menu: Menu, aim: Aim) -> dict[str, Flags]:
    found: dict[str, Flags] = {"allowed": menu.allowed.astype(np.bool_)}
    if aim.packages:
        named = np.isin(menu.packages, aim.packages)
        named[menu.kept] = True
        found["packages"] = np.broadcast_to(named, menu.allowed.shape)
    if aim.fixed:
        found["fixed"] = _fixed(menu, aim)
    if aim.class_least is not None:
        found["class"] = menu.energy_class <= LETTERS.index(aim.class_least)
    if aim.owners_share_most is not None:
        most = aim.owners_share_most * menu.cost_cents
        found["owners_share"] = menu.owners_cents <= np.floor(most + 1e-6)
    if aim.owners_flat_cents_most is not None:
        found["owners_flat"] = (
            menu.owners_cents <= aim.owners_flat_cents_most * menu.flats_count[:, None]
        )
    if aim.block_share_least is not None:
        left = (1.0 - aim.block_share_least) * menu.heating_kwh[:, [menu.kept]]
        found["block"] = menu.heating_kwh <= left * (1 + 1e-12)
    return found


def _fixed(menu: Menu, aim: Aim) -> Flags:
    mask = np.ones(menu.allowed.shape, np.bool_)
    for block, package in aim.fixed.items():
        place = menu.blocks.index(block)
        mask[place] = False
        mask[place, menu.packages.index(package)] = True
    return mask


def _whole(family: str, key: str, values: Ints, most: int) -> Row:
    """A row of whole numbers: sums of them are exact."""
    return Row(family, key, values.astype(np.float64), float(most))


def _measured(family: str, key: str, values: Any, most: float) -> Row:
    sizes = float(np.abs(values).max(axis=1).sum()) + abs(most)
    return Row(family, key, np.asarray(values, np.float64), most, _ROUNDING * sizes)
