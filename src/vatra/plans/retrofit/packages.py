"""Packages of works: the full factorial of the options of every axis, as arrays.

Axes and options are data (``data/options.csv``): walls, terrace and basement (the envelope),
windows, ventilation, heat, panels, battery.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from vatra.plans.retrofit.reading import Flags, Floats, RetrofitError, Said, rows, said

KEPT = "kept"
# More than this is a mistake in the options, not a choice that anyone weighs.
MOST_PACKAGES = 1_000_000
ENVELOPE_AXES = ("wall", "roof", "basement", "windows")


@dataclass(frozen=True)
class Option:
    """One way to do something.

    ``items`` the rows of ``costs.csv`` that it needs (none: nothing is done), ``amount`` how much
    of them where they are not measured on the block (kWp, kWh), ``carrier`` of a source of heat.
    """

    axis: str
    id: str
    name: Said
    items: tuple[str, ...]
    amount: float
    carrier: str


@dataclass(frozen=True)
class Packages:
    """``n`` packages: ``chosen[i, a]`` is the place of package i's option in ``options[a]``."""

    axes: tuple[str, ...]
    options: tuple[tuple[Option, ...], ...]
    chosen: npt.NDArray[np.int64]

    @property
    def count(self) -> int:
        """How many packages there are."""
        return len(self.chosen)

    def package(self, place: int) -> Mapping[str, str]:
        """The option of each axis of one package."""
        row = self.chosen[place]
        return {axis: self.options[a][int(row[a])].id for a, axis in enumerate(self.axes)}

    def per_axis(self, axis: str, values: Sequence[float] | Floats) -> Floats:
        """A value of each option of an axis, spread over the packages [n]."""
        return np.asarray(values, np.float64)[self.chosen[:, self.axes.index(axis)]]

    def amounts(self, axis: str) -> Floats:
        """The amount of an axis in each package [n], zero where the axis is left out."""
        if axis not in self.axes:
            return np.zeros(self.count)
        found = self.options[self.axes.index(axis)]
        return self.per_axis(axis, [each.amount for each in found])

    def touches(self, axes: Sequence[str]) -> Flags:
        """Whether each package does works on one of some axes [n]."""
        done = np.zeros(self.count, np.bool_)
        for axis in set(axes) & set(self.axes):
            found = self.options[self.axes.index(axis)]
            done |= self.per_axis(axis, [bool(each.items) for each in found]) > 0
        return done

    def heat_carriers(self) -> npt.NDArray[np.str_]:
        """What each package's new source of heat runs on, ``kept`` where it stays [n]."""
        if "heat" not in self.axes:
            return np.full(self.count, KEPT)
        place = self.axes.index("heat")
        names = np.asarray([each.carrier for each in self.options[place]])
        return np.asarray(names[self.chosen[:, place]])

    def units(self, items: Sequence[str]) -> Floats:
        """How much of each cost item each package needs, per unit of its basis [n, items]."""
        found = np.zeros((self.count, len(items)))
        for a, options in enumerate(self.options):
            table = [[each.amount * (item in each.items) for item in items] for each in options]
            found += np.asarray(table)[self.chosen[:, a]]
        return found


@cache
def default_options() -> Mapping[str, tuple[Option, ...]]:
    """Every option by axis, in the order of the file."""
    found: dict[str, list[Option]] = {}
    for row in rows("options"):
        items = tuple(filter(None, row["items"].split(";")))
        amount = float(row["amount"]) if row["amount"] else 1.0
        option = Option(
            row["axis"], row["option"], said(row, "name"), items, amount, row["carrier"]
        )
        found.setdefault(row["axis"], []).append(option)
    return {axis: tuple(options) for axis, options in found.items()}


def sized(option: Option, amount: float) -> Option:
    """The same option at another amount, which its id and its name tell: panels of 35 kWp.

    Raises ``ValueError`` for an option that is not measured in an amount of its own.
    """
    old, new = f"{option.amount:g}", f"{amount:g}"
    stem = option.id.removesuffix(f"_{old}")
    if stem == option.id or not option.items:
        raise ValueError(f"{option.id} has no amount that could be another")
    name = Said(option.name.en.replace(old, new), option.name.ro.replace(old, new))
    return Option(option.axis, f"{stem}_{new}", name, option.items, amount, option.carrier)


def with_panels_up_to(
    options: Mapping[str, Sequence[Option]], most_kwp: float
) -> dict[str, tuple[Option, ...]]:
    """The same options with no more panels than a roof holds: larger ones give way to one of
    the whole kilowatts that it does hold."""
    fitting = [each for each in options["pv"] if not each.items or each.amount <= most_kwp]
    larger = [each for each in options["pv"] if each.items and each.amount > most_kwp]
    whole_kwp = math.floor(most_kwp)
    if larger and whole_kwp > max((each.amount for each in fitting), default=0.0):
        fitting.append(sized(larger[0], whole_kwp))
    return {axis: tuple(each) for axis, each in options.items()} | {"pv": tuple(fitting)}


def factorial(options: Mapping[str, Sequence[Option]] | None = None) -> Packages:
    """Every combination of one option per axis, the last axis moving fastest.

    By default all of ``data/options.csv``. Raises ``RetrofitError`` above a million packages.
    """
    given = default_options() if options is None else options
    chosen = {axis: tuple(each) for axis, each in given.items()}
    sizes = [len(each) for each in chosen.values()]
    count = math.prod(sizes)
    if count > MOST_PACKAGES:
        raise RetrofitError("too-many-packages", count=count, most=MOST_PACKAGES)
    grid = np.indices(sizes).reshape(len(sizes), count).T
    return Packages(tuple(chosen), tuple(chosen.values()), np.ascontiguousarray(grid, np.int64))


def one_package(options: Mapping[str, str]) -> Packages:
    """A single package from the id of an option by axis; axes left out stay as they are.

    Raises ``RetrofitError`` naming axes or options that do not exist.
    """
    known = default_options()
    foreign = sorted(set(options) - set(known))
    if foreign:
        raise RetrofitError("axis-unknown", axes=foreign, known=list(known))
    picked = {}
    for axis, name in options.items():
        same = [each for each in known[axis] if each.id == name]
        if not same:
            ids = [each.id for each in known[axis]]
            raise RetrofitError("option-unknown", options=[name], axis=axis, known=ids)
        picked[axis] = same
    return factorial(picked)
