"""What packages do to a building's physics: insulation, windows, joints covered, air.

Figures stand in ``data/effects.csv`` with source, range and doubt.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from vatra.plans.blocks.bulk.changes import KINDS, OTHER, Changes
from vatra.plans.retrofit.packages import Packages
from vatra.plans.retrofit.reading import Floats, Origin, origin, rows

Places = npt.NDArray[np.int64]
RESISTANCE, BRIDGE = "resistance_m2k_w", "bridge_share"
# Stated once for the zone: of several options that state one, the later axis comes first.
STATED = ("window_u_w_m2k", "window_g_share", "air_change_per_h", "heat_recovery_share")


@dataclass(frozen=True)
class Effect:
    """One figure of an option: ``of`` a kind of element or a bridge, "" where there is one only."""

    quantity: str
    of: str
    value: float
    low: float
    high: float
    origin: Origin


@cache
def effects() -> Mapping[str, tuple[Effect, ...]]:
    """Every effect by option; options that leave the physics alone are not among them."""
    found: dict[str, list[Effect]] = {}
    for row in rows("effects"):
        value, low, high = (float(row[each]) for each in ("value", "low", "high"))
        effect = Effect(row["quantity"], row["of"], value, low, high, origin(row))
        found.setdefault(row["option"], []).append(effect)
    return {option: tuple(each) for option, each in found.items()}


def changes(packages: Packages) -> Changes:
    """The states that ``n`` packages bring a building into, one a package."""
    kept = Changes.kept(packages.count)
    added = {kind: _of(packages, RESISTANCE, kind, 0.0).sum(axis=0) for kind in KINDS}
    shares = {name: _share(packages, name) for name in _bridges()}
    stated: dict[str, Any] = {name: _last(_of(packages, name, "", np.nan)) for name in STATED}
    return replace(kept, resistance_m2k_w=added, bridge_share=shares, **stated)


def distinct_states(packages: Packages) -> tuple[Changes, Places]:
    """States that differ in their physics, the building as it stands last, and which of them each
    of ``n`` packages is [n]."""
    found, place = changes(packages).distinct()
    return _followed_by_kept(found), place


def _followed_by_kept(states: Changes) -> Changes:
    kept = Changes.kept(1)
    joined: dict[str, Any] = {"count": states.count + 1}
    for each in fields(Changes)[1:]:
        held, neutral = getattr(states, each.name), getattr(kept, each.name)
        if isinstance(held, Mapping):
            # A bridge that is named is kept like every other.
            names = {key: neutral.get(key, np.ones(1)) for key in held}
            joined[each.name] = {key: np.append(held[key], names[key]) for key in held}
        else:
            joined[each.name] = np.append(held, neutral)
    return Changes(**joined)


def _bridges() -> list[str]:
    names = {e.of for each in effects().values() for e in each if e.quantity == BRIDGE}
    return sorted({OTHER, *names})


def _share(packages: Packages, bridge: str) -> Floats:
    return np.asarray(_of(packages, BRIDGE, bridge, 1.0).prod(axis=0))


def _of(packages: Packages, quantity: str, of: str, none: float) -> Floats:
    """A figure of each axis' option in each package (axes, n); ``none`` where it says nothing."""
    table = [
        packages.per_axis(axis, [_value(option.id, quantity, of, none) for option in options])
        for axis, options in zip(packages.axes, packages.options, strict=True)
    ]
    return np.array(table).reshape(len(packages.axes), packages.count)


def _value(option: str, quantity: str, of: str, none: float) -> float:
    found = [e.value for e in effects().get(option, ()) if (e.quantity, e.of) == (quantity, of)]
    return found[0] if found else none


def _last(stated: Floats) -> Floats:
    found = np.full(stated.shape[1], np.nan)
    for row in stated:
        found = np.where(np.isnan(row), found, row)
    return found
