"""A zone and what is solved with it, hour by hour: rooms beside it, ground that follows the months.

One network of nodes for all rooms, ``C dT/dt = B u - K T``. Nothing is taken from the hour before
but what is stored: temperatures of all rooms in an hour answer to each other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from vatra.plans.blocks.climate.climate import Floats
from vatra.plans.blocks.engines.hours import FIRST_C, Hours, in_turn, table
from vatra.plans.blocks.engines.loads import Loads, night_w_k

TE, ONE = 0, 1


@dataclass(frozen=True, eq=False)
class Network:
    """Rooms as one network; times in hours, so ``c`` [Wh/K], ``k`` [W/K].

    ``b`` (nodes, inputs): outdoors, one, then whatever acts, last the heat to the zone's air;
    ``lost`` (nodes) leads to what is behind, ``lost_by`` (inputs) are the losses that inputs take
    back; ``felt`` (nodes) weighs what people in the zone feel; ``air`` are the nodes of the
    rooms' air, the zone's first.
    """

    c: Floats
    k: Floats
    b: Floats
    lost: Floats
    lost_by: Floats
    felt: Floats
    air: tuple[int, ...]

    def aired(self, h_ve_w_k: Sequence[float]) -> Network:
        """The network with an air change of each room [W/K]."""
        k, b, lost, lost_by = (each.copy() for each in (self.k, self.b, self.lost, self.lost_by))
        for node, w_k in zip(self.air, h_ve_w_k, strict=True):
            k[node, node] += w_k
            b[node, TE] += w_k
            lost[node] += w_k
            lost_by[TE] += w_k
        return Network(self.c, k, b, lost, lost_by, self.felt, self.air)

    @property
    def reading(self) -> Floats:
        """What is read of the mean temperatures: air of each room, what is felt, what is lost."""
        air = np.eye(len(self.c))[list(self.air)]
        return np.vstack([air, self.felt, self.lost])


@dataclass(frozen=True, eq=False)
class Hour:
    """What an hour does to the temperatures of nodes with mass: ``keep`` and ``gain`` by input;
    ``read`` and ``read_by``: the reading of the network from both."""

    keep: Floats
    gain: Floats
    read: Floats
    read_by: Floats


Step = Callable[[Network], Hour]


@dataclass(frozen=True, eq=False)
class Coupled:
    """What is to be solved: the network without air change, each room's year and name (the
    zone's first), every input but the heat to the zone's air (8760, inputs - 1), and how an hour
    is stepped."""

    network: Network
    years: tuple[Loads, ...]
    names: tuple[str, ...]
    inputs: Floats
    step: Step


def coupled_hours(about: Coupled, *, free: bool = False) -> Hours:
    """The year of a zone with what is solved with it; ``free`` leaves heating and cooling off."""
    network, zone = about.network, about.years[0]
    heavy_c = network.c[network.c > 0]
    let_in = about.inputs @ (network.b.sum(axis=0) - network.lost_by)[:-1]
    known: dict[tuple[float, ...], tuple[Hour, Floats]] = {}
    heavy_t = np.full(len(heavy_c), FIRST_C)
    rooms = len(about.years)
    air_c = np.full(rooms, FIRST_C)
    records = []
    for hour, counts in in_turn():
        airs = _air_changes(about.years, hour, air_c)
        if airs not in known:
            aired = network.aired(airs)
            known[airs] = about.step(aired), aired.lost_by[:-1]
        step, lost_by = known[airs]
        u = about.inputs[hour]
        read = step.read @ heavy_t + step.read_by[:, :-1] @ u
        plant = 0.0 if free else wanted_w(zone, hour, float(read[0]), float(step.read_by[0, -1]))
        read = read + step.read_by[:, -1] * plant
        after = step.keep @ heavy_t + step.gain[:, :-1] @ u + step.gain[:, -1] * plant
        air_c = read[:rooms]
        if counts:
            balance = (let_in[hour], read[-1] - lost_by @ u, heavy_c @ (after - heavy_t))
            split = (max(plant, 0.0), max(-plant, 0.0))
            records.append((*split, air_c[0], *balance, read[-2], *air_c[1:]))
        heavy_t = after
    return table(records, about.names[1:])


def _air_changes(years: Sequence[Loads], hour: int, air_c: Floats) -> tuple[float, ...]:
    return tuple(
        float(year.h_ve_w_k[hour]) + night_w_k(year, hour, float(air_c[room]))
        for room, year in enumerate(years)
    )


def wanted_w(year: Loads, hour: int, free_c: float, k_air: float) -> float:
    """Heat (positive) or cold that brings the mean air of the hour to its setpoint, as far as
    there is capacity [W]; ``k_air`` is what one watt does to it [K]."""
    for set_c, least, most in (
        (year.heat_c[hour], 0.0, year.heat_w),
        (year.cool_c[hour], -year.cool_w, 0.0),
    ):
        given = min(max((set_c - free_c) / k_air, least), most)
        if given:
            return float(given)
    return 0.0
