"""Packages that people know by name, and the best ones by a rule; rows of ``data/named.csv``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from vatra.plans.retrofit.packages import Option, Packages, default_options
from vatra.plans.retrofit.reading import RetrofitError, Said, rows, said

KEPT_NAME = "kept"


@dataclass(frozen=True)
class Named:
    """A package by its name: the id of an option by axis."""

    name: str
    said: Said
    options: Mapping[str, str]


@cache
def named() -> Mapping[str, Named]:
    """Every named package, in the order of the file; the first changes nothing."""
    axis_of = {each.id: axis for axis, found in default_options().items() for each in found}
    return {
        row["name"]: Named(
            row["name"],
            said(row, "name"),
            {axis_of[option]: option for option in row["options"].split(";")},
        )
        for row in rows("named")
    }


def named_packages() -> Packages:
    """The named packages alone, in their order."""
    options = default_options()
    axes = tuple(options)
    chosen = [
        [[o.id for o in options[axis]].index(each.options[axis]) for axis in axes]
        for each in named().values()
    ]
    return Packages(axes, tuple(options[axis] for axis in axes), np.array(chosen, np.int64))


def place_of(packages: Packages, options: Mapping[str, str]) -> int | None:
    """Where a package stands among others: every axis as in ``options``, axes that those do not
    name as they are; None where it is not among them.

    More panels than any of the packages has are as many as there are: what the roof holds."""
    same: npt.NDArray[np.bool_] = np.ones(packages.count, np.bool_)
    for place, (axis, found) in enumerate(zip(packages.axes, packages.options, strict=True)):
        kept = next((n for n, each in enumerate(found) if not each.items), -1)
        ids = [each.id for each in found]
        asked = _at_most(found, options[axis]) if axis in options else None
        if asked is not None and asked not in ids:
            return None
        same &= packages.chosen[:, place] == (kept if asked is None else ids.index(asked))
    where = np.flatnonzero(same)
    return int(where[0]) if len(where) else None


def _at_most(found: Sequence[Option], asked: str) -> str:
    """The option asked for, or the largest that there is where the one asked for is larger."""
    usual = {each.id: each for each in default_options().get(found[0].axis, ())}
    wanted, largest = usual.get(asked), max(found, key=lambda each: each.amount)
    sizes = {each.amount for each in usual.values() if each.items}
    if wanted is None or len(sizes) < 2 or wanted.amount <= largest.amount:
        return asked
    return largest.id


def options_of(text: str) -> Mapping[str, str]:
    """A package as people type it: a name, or options joined by ``+`` (``wall_eps10+window_u11``).

    Raises ``RetrofitError`` naming what is not known.
    """
    if text in named():
        return named()[text].options
    axis_of = {each.id: axis for axis, found in default_options().items() for each in found}
    parts = [each.strip() for each in text.split("+") if each.strip()]
    foreign = [each for each in parts if each not in axis_of]
    if foreign or not parts:
        known = [*named(), *(each for each in axis_of if not each.endswith(("_kept", "_none")))]
        raise RetrofitError("package-unknown", packages=foreign or [text], known=known)
    twice = sorted({axis_of[a] for a in parts if [axis_of[b] for b in parts].count(axis_of[a]) > 1})
    if twice:
        raise RetrofitError("package-twice", axes=twice)
    return {axis_of[each]: each for each in parts}
