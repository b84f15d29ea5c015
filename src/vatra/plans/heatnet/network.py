"""A radial network: one source, pairs of pipes, substations; as objects and as arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from vatra.plans.blocks.climate.climate import Floats
from vatra.plans.heatnet.catalogue import value
from vatra.plans.heatnet.decay import decay_of

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Pipe:
    """A pair of pipes; ``near`` is its end towards the source.

    Attributes
    ----------
    u_w_mk : of each of the two per metre, against the ground
    most_m_s : speed above which it is told
    assumed : columns that nobody filled in
    """

    code: str
    near: str
    far: str
    length_m: float
    inner_m: float
    u_w_mk: float
    roughness_m: float
    most_m_s: float
    insulation: str = ""
    laid: int | None = None
    assumed: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True)
class Substation:
    """Where a building takes heat.

    Attributes
    ----------
    share : of the building's heat
    power_w : of the emitters at ``supply_c`` and ``return_c`` in rooms of ``inside_c``; None: the
        highest need of the building as it is
    exchanger_k : mean difference across the exchanger at design; None: network water runs in the
        emitters
    bypass_share, most_share : of the design flow, the least and the most that passes
    hot_water : whether hot water is made of the network's heat too
    """

    node: str
    building: str
    share: float = 1.0
    power_w: float | None = None
    supply_c: float = 90.0
    return_c: float = 70.0
    inside_c: float = 20.0
    exchanger_k: float | None = None
    bypass_share: float = 0.02
    most_share: float = 1.2
    hot_water: bool = False
    line: int = 0


@dataclass(frozen=True)
class Source:
    """Where heat enters: supply at design outdoors, and on mild days; the efficiency with which
    heat is made there, where it is known."""

    node: str
    supply_c: float = 90.0
    lowest_c: float = 60.0
    efficiency: float | None = None


@dataclass(frozen=True)
class HeatNet:
    """Pipes from the source outwards: each stands after the one it hangs on.

    ``places_deg`` longitude and latitude of nodes, where they are known.
    """

    source: Source
    pipes: tuple[Pipe, ...]
    substations: tuple[Substation, ...]
    synthetic: bool = False
    places_deg: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    @cached_property
    def parent(self) -> Ints:
        """Place of the pipe each pipe hangs on, -1 at the source, shape (pipes,)."""
        into = {pipe.far: place for place, pipe in enumerate(self.pipes)}
        return np.array([into.get(pipe.near, -1) for pipe in self.pipes], np.int64)

    @cached_property
    def at(self) -> Ints:
        """Place of the pipe each substation hangs on, -1 at the source, shape (substations,)."""
        into = {pipe.far: place for place, pipe in enumerate(self.pipes)}
        return np.array([into.get(each.node, -1) for each in self.substations], np.int64)

    @property
    def length_m(self) -> float:
        """Of trenches."""
        return sum(each.length_m for each in self.pipes)

    @property
    def buildings(self) -> tuple[str, ...]:
        """Codes of what is connected, sorted."""
        return tuple(sorted({each.building for each in self.substations}))

    def without(self, buildings: Sequence[str]) -> HeatNet:
        """The network after buildings left it; pipes that lead to nobody are shut off."""
        gone = set(buildings)
        kept = tuple(each for each in self.substations if each.building not in gone)
        return replace(self, substations=kept, pipes=_needed(self.pipes, kept))

    def shared(self, shares: Mapping[str, float]) -> HeatNet:
        """The network after parts of buildings left it: what is left of each, from 0 to 1, of its
        emitters too."""
        kept = []
        for each in self.substations:
            share = shares.get(each.building, 1.0)
            power = None if each.power_w is None else max(each.power_w * share, 1.0)
            kept.append(replace(each, share=each.share * share, power_w=power))
        return replace(self, substations=tuple(kept))

    def powered(self, peaks_w: Mapping[str, float]) -> HeatNet:
        """The network with emitters as large as the peak of each building, where nobody said."""
        kept = tuple(
            each
            if each.power_w is not None
            else replace(each, power_w=max(peaks_w[each.building] * each.share, 1.0))
            for each in self.substations
        )
        return replace(self, substations=kept)


def _needed(pipes: Sequence[Pipe], substations: Sequence[Substation]) -> tuple[Pipe, ...]:
    used, kept = {each.node for each in substations}, []
    for pipe in reversed(pipes):
        if pipe.far in used:
            used.add(pipe.near)
            kept.append(pipe)
    return tuple(reversed(kept))


@dataclass(frozen=True, eq=False)
class Stations:
    """Numbers of the substations as the engines take them, each of shape (substations,)."""

    power_w: Floats
    inside_c: Floats
    mean_k: Floats
    spread_k: Floats
    exchanger_k: Floats
    most_kg_s: Floats
    least_kg_s: Floats


def stations(net: HeatNet) -> Stations:
    """Design of the substations; ``powered`` must have gone before.

    Without an exchanger ``exchanger_k`` is 0. Raises ``ValueError`` where a power is not known.
    """
    listed = net.substations
    if any(each.power_w is None for each in listed):
        raise ValueError("the power of the emitters is not known: use HeatNet.powered()")
    power = np.array([each.power_w for each in listed], float)
    supply, back, inside = (
        np.array([getattr(each, name) for each in listed], float)
        for name in ("supply_c", "return_c", "inside_c")
    )
    exchanger = np.array([each.exchanger_k or 0.0 for each in listed], float)
    spread = _network_spread_k(net.source.supply_c, supply, back, exchanger)
    flow = power / (value("water_heat") * spread)
    return Stations(
        power,
        inside,
        (supply - back) / np.log((supply - inside) / (back - inside)),
        supply - back,
        exchanger,
        flow * np.array([each.most_share for each in listed], float),
        flow * np.array([each.bypass_share for each in listed], float),
    )


def _network_spread_k(source_c: float, supply: Floats, back: Floats, exchanger: Floats) -> Floats:
    """Spread of the network's water at design: the emitters' own, or what an exchanger leaves.

    From the difference at the hot end and the mean follows that at the cold end; a source that is
    no warmer than the building's supply leaves the building's own spread.
    """
    above = np.maximum(source_c - supply, 1e-3)
    behind = (exchanger > 0) & (source_c > supply)
    ratio = np.where(behind, exchanger / above, 1.0)
    cold = back + above * np.exp(-decay_of(ratio))
    return np.where(behind, np.maximum(source_c - cold, 1.0), supply - back)
