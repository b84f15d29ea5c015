"""Many changed states of a zone as arrays: after works, under doubt, in another use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, Literal

import numpy as np

from vatra.plans.blocks.climate.climate import Floats
from vatra.plans.blocks.sun.plane import Plane

Kind = Literal["wall", "roof", "floor"]
KINDS: tuple[Kind, ...] = ("wall", "roof", "floor")
WINDOW = "window"
SCALED = (*KINDS, WINDOW)
# The share of every bridge that is not named.
OTHER = ""
# Below this a surface looks up, above the other it looks down (ISO 6946: 60 degrees of a wall).
_ROOF_BELOW_DEG, _FLOOR_ABOVE_DEG = 60.0, 120.0


@dataclass(frozen=True, eq=False)
class Changes:
    """``count`` changed states of a zone, every array of shape (count,).

    Attributes
    ----------
    resistance_m2k_w : insulation added outside of what there is, by kind of opaque element;
        walls within the zone stay
    u_scale : multiplies U before anything is added, by kind or ``window``
    window_u_w_m2k : U of new windows, NaN: as they are; a window that is as good stays
    window_g_share : g of new windows, NaN: as it is; where a U is stated too, of the windows that
        it replaces
    bridge_share : multiplies psi, by the bridge's name, "" for every other
    air_change_per_h : at the building's own use, NaN: as it is; ``air_scale`` multiplies either
    heat_recovery_share : NaN: as it is
    inside_k : added to the heating setpoint [K]
    gains_scale : multiplies internal gains

    A kind or bridge that a mapping leaves out stays as it is. Raises ``ValueError`` naming every
    array that has another shape or a value that no building has.
    """

    count: int
    resistance_m2k_w: Mapping[Kind, Floats]
    u_scale: Mapping[str, Floats]
    window_u_w_m2k: Floats
    window_g_share: Floats
    bridge_share: Mapping[str, Floats]
    air_change_per_h: Floats
    air_scale: Floats
    heat_recovery_share: Floats
    inside_k: Floats
    gains_scale: Floats

    def __post_init__(self) -> None:
        wrong = [
            name
            for name, values in self.arrays().items()
            if np.shape(values) != (self.count,) or not _rule(name).sound(np.asarray(values))
        ]
        foreign = [each for each in (*self.resistance_m2k_w, *self.u_scale) if each not in SCALED]
        if wrong or foreign:
            raise ValueError(f"changes of {self.count} states: {', '.join([*wrong, *foreign])}")

    @staticmethod
    def kept(count: int = 1) -> Changes:
        """States in which everything stays as it is."""
        none, one, unsaid = np.zeros(count), np.ones(count), np.full(count, np.nan)
        return Changes(
            count=count,
            resistance_m2k_w=dict.fromkeys(KINDS, none),
            u_scale=dict.fromkeys(SCALED, one),
            window_u_w_m2k=unsaid,
            window_g_share=unsaid,
            bridge_share={OTHER: one},
            air_change_per_h=unsaid,
            air_scale=one,
            heat_recovery_share=unsaid,
            inside_k=none,
            gains_scale=one,
        )

    def arrays(self) -> dict[str, Floats]:
        """Every array by its name; those of a mapping as ``u_scale wall``."""
        found: dict[str, Floats] = {}
        for each in fields(self)[1:]:
            held = getattr(self, each.name)
            if isinstance(held, Mapping):
                found |= {f"{each.name} {key}": held[key] for key in sorted(held)}
            else:
                found[each.name] = held
        return found

    def take(self, places: Any) -> Changes:
        """The states at some places: an index or a slice of an array."""
        picked: dict[str, Any] = {}
        for each in fields(self)[1:]:
            held = getattr(self, each.name)
            picked[each.name] = (
                {key: np.asarray(values)[places] for key, values in held.items()}
                if isinstance(held, Mapping)
                else np.asarray(held)[places]
            )
        return Changes(count=len(picked["air_scale"]), **picked)

    def crossed(self, other: Changes) -> Changes:
        """Every state of self with every state of other, other fastest: scales multiply,
        resistances and kelvins add, of stated values the other's come first."""
        mine = self.take(np.repeat(np.arange(self.count), other.count))
        theirs = other.take(np.tile(np.arange(other.count), self.count))
        bridges = sorted({OTHER, *mine.bridge_share, *theirs.bridge_share})
        return Changes(
            count=mine.count,
            resistance_m2k_w={
                kind: mine.added_m2k_w(kind) + theirs.added_m2k_w(kind) for kind in KINDS
            },
            u_scale={kind: mine.scale(kind) * theirs.scale(kind) for kind in SCALED},
            window_u_w_m2k=_first(theirs.window_u_w_m2k, mine.window_u_w_m2k),
            window_g_share=_first(theirs.window_g_share, mine.window_g_share),
            bridge_share={each: mine.bridge(each) * theirs.bridge(each) for each in bridges},
            air_change_per_h=_first(theirs.air_change_per_h, mine.air_change_per_h),
            air_scale=mine.air_scale * theirs.air_scale,
            heat_recovery_share=_first(theirs.heat_recovery_share, mine.heat_recovery_share),
            inside_k=mine.inside_k + theirs.inside_k,
            gains_scale=mine.gains_scale * theirs.gains_scale,
        )

    def added_m2k_w(self, kind: Kind) -> Floats:
        """Resistance added to elements of a kind, zero where none is stated."""
        return self.resistance_m2k_w.get(kind, np.zeros(self.count))

    def scale(self, kind: str) -> Floats:
        """What U of a kind is multiplied by, one where nothing is stated."""
        return self.u_scale.get(kind, np.ones(self.count))

    def bridge(self, name: str) -> Floats:
        """What psi of a bridge is multiplied by."""
        one = np.ones(self.count)
        return self.bridge_share.get(name, self.bridge_share.get(OTHER, one))

    @cached_property
    def is_kept(self) -> bool:
        """Whether it is one state in which nothing changes."""
        return self.count == 1 and all(
            np.array_equal(values, [_rule(name).kept], equal_nan=True)
            for name, values in self.arrays().items()
        )

    def distinct(self) -> tuple[Changes, Any]:
        """States that differ, and the place of each state among them (count,)."""
        table = np.column_stack(list(self.arrays().values()))
        # No array holds such a number; a NaN would differ from itself.
        table = np.where(np.isnan(table), -1e9, table)
        _, first, places = np.unique(table, axis=0, return_index=True, return_inverse=True)
        return self.take(first), places.reshape(-1)


def kind_of(plane: Plane) -> Kind:
    """What an opaque element on a plane is: a wall, a roof above, a floor below."""
    if plane.tilt_deg < _ROOF_BELOW_DEG:
        return "roof"
    return "floor" if plane.tilt_deg > _FLOOR_ABOVE_DEG else "wall"


def _first(stated: Floats, otherwise: Floats) -> Floats:
    return np.where(np.isnan(stated), otherwise, stated)


@dataclass(frozen=True)
class _Rule:
    """What an array may hold, and what leaves things as they are."""

    kept: float
    least: float = 0.0
    most: float = np.inf
    positive: bool = False

    def sound(self, values: Floats) -> bool:
        said = values[~np.isnan(values)]
        above = said > 0 if self.positive else said >= self.least
        unsaid = np.isnan(self.kept) or len(said) == values.size
        return bool(unsaid and above.all() and (said <= self.most).all())


_RULES = {
    "resistance_m2k_w": _Rule(0.0),
    "u_scale": _Rule(1.0, positive=True),
    "window_u_w_m2k": _Rule(np.nan, positive=True),
    "window_g_share": _Rule(np.nan, most=1.0),
    "bridge_share": _Rule(1.0, least=-np.inf),
    "air_change_per_h": _Rule(np.nan),
    "air_scale": _Rule(1.0),
    "heat_recovery_share": _Rule(np.nan, most=1.0),
    "inside_k": _Rule(0.0, least=-np.inf),
    "gains_scale": _Rule(1.0),
}


def _rule(name: str) -> _Rule:
    return _RULES[name.partition(" ")[0]]
