"""5R1C of several rooms: three nodes each, joined where elements, panes and air lead.

EN ISO 13790:2008, Annex C, for each room. An element between two rooms joins their masses: of its
resistance is taken what lies between each mass and its room, as 12.2.2 takes it towards outdoors.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vatra.plans.blocks.climate.climate import Floats
from vatra.plans.blocks.engines.coupled import ONE, TE, Coupled, Hour, Network
from vatra.plans.blocks.engines.drive import Surroundings
from vatra.plans.blocks.engines.ground import resolved, swings
from vatra.plans.blocks.engines.loads import Loads, loads
from vatra.plans.blocks.engines.rc5 import AIR_J_M3K, H_MS_W_M2K, SECONDS_PER_H, network
from vatra.plans.blocks.engines.rc5 import Network as Net
from vatra.plans.blocks.engines.rooms_light import passing_share
from vatra.plans.blocks.zone.rooms import Rooms, rooms_of
from vatra.plans.blocks.zone.zone import Zone

# C.12: what people feel is the air by this share, else surfaces.
AIR_FELT_SHARE = 0.3
AIR, SURFACE, MASS = 0, 1, 2
_NODES = 3
# Of each room after the two common inputs: sun and sky, gains.
SUN, GAINS = 0, 1


def rc5_rooms(zone: Zone, around: Surroundings) -> Coupled:
    """A zone and its rooms in 5R1C; ``ValueError`` where elements conduct more than a mass takes
    up."""
    rooms = rooms_of(resolved(zone, around.climate))
    nets = [network(_without_partitions(each)) for each in rooms.rooms]
    years = tuple(loads(each, around) for each in rooms.rooms)
    factors = [_factor(room, net) for room, net in zip(rooms.rooms, nets, strict=True)]
    grounds = swings(rooms.rooms, around.climate)
    build = _Builder.of(len(nets), len(grounds))
    for number, (room, net) in enumerate(zip(rooms.rooms, nets, strict=True)):
        _room(build, number, room, net, factors[number])
    _between(build, rooms, factors)
    for place, ground in enumerate(grounds):
        node = _NODES * ground.room + MASS
        w_k = ground.w_k * factors[ground.room]
        column = build.b.shape[1] - 1 - len(grounds) + place
        build.b[node, column] += w_k
        build.lost_by[column] += w_k
    return Coupled(
        build.network(),
        years,
        tuple(each.name for each in rooms.rooms),
        _inputs(around, years, [each.swing_k for each in grounds]),
        crank_nicolson,
    )


def _without_partitions(room: Zone) -> Zone:
    from dataclasses import replace

    own = tuple(each for each in room.elements if each.boundary != "space")
    return replace(room, elements=own)


def _factor(room: Zone, net: Net) -> float:
    """By how much the resistance up to the room raises the conductance behind the mass."""
    between = sum(e.area_m2 * e.u_w_m2k for e in room.elements if e.boundary == "space")
    share = (net.h_op_w_k + between) / net.h_ms_w_k
    if share >= 1:
        raise ValueError(f"{room.name}: {share * net.h_ms_w_k:.0f} W/K through opaque elements")
    return 1 / (1 - share)


@dataclass(eq=False)
class _Builder:
    c: Floats
    k: Floats
    b: Floats
    lost: Floats
    lost_by: Floats

    @staticmethod
    def of(rooms: int, grounds: int) -> _Builder:
        count, wide = _NODES * rooms, 2 + 2 * rooms + grounds + 1
        return _Builder(
            np.zeros(count),
            np.zeros((count, count)),
            np.zeros((count, wide)),
            np.zeros(count),
            np.zeros(wide),
        )

    def between(self, one: int, other: int, w_k: float) -> None:
        self.k[[one, other], [one, other]] += w_k
        self.k[one, other] -= w_k
        self.k[other, one] -= w_k

    def behind(self, node: int, w_k: float, column: int, factor: float = 1.0) -> None:
        self.k[node, node] += w_k
        self.lost[node] += w_k
        self.b[node, column] += w_k * factor
        self.lost_by[column] += w_k * factor

    def network(self) -> Network:
        felt = np.zeros(len(self.c))
        felt[AIR], felt[SURFACE] = AIR_FELT_SHARE, 1 - AIR_FELT_SHARE
        self.b[AIR, -1] = 1.0
        air = tuple(range(AIR, len(self.c), _NODES))
        return Network(self.c, self.k, self.b, self.lost, self.lost_by, felt, air)


def _room(build: _Builder, number: int, room: Zone, net: Net, factor: float) -> None:
    air, surface, mass = (_NODES * number + each for each in (AIR, SURFACE, MASS))
    build.c[mass] = net.c_m_j_k / SECONDS_PER_H
    build.between(air, surface, net.h_is_w_k)
    build.between(surface, mass, net.h_ms_w_k)
    build.behind(surface, net.h_w_w_k, TE)
    build.behind(mass, net.h_op_w_k * net.outside_share * factor, TE)
    steady = net.h_op_w_k * (1 - net.outside_share) * factor
    if steady:
        steady_c = net.beyond_w / (net.h_op_w_k * (1 - net.outside_share))
        build.behind(mass, steady, ONE, steady_c)
    sun = 2 + 2 * number + SUN
    to_mass = net.a_m_m2 / net.a_t_m2
    to_surface = 1 - to_mass - net.h_w_w_k / (H_MS_W_M2K * net.a_t_m2)
    build.b[mass, sun], build.b[surface, sun] = to_mass, to_surface
    gains = sun - SUN + GAINS
    radiant = 1 - room.gains_convective_share
    build.b[air, gains] = room.gains_convective_share
    build.b[mass, gains], build.b[surface, gains] = radiant * to_mass, radiant * to_surface


def _between(build: _Builder, rooms: Rooms, factors: list[float]) -> None:
    for each in rooms.partitions:
        ends = (_NODES * each.owner + MASS, _NODES * each.other + MASS)
        # Each mass takes its own share of the way; what is left of the resistance is between.
        left = 1 / factors[each.owner] + 1 / factors[each.other] - 1
        if left <= 0:
            raise ValueError(f"{each.element.name}: more than the masses of both rooms take up")
        build.between(*ends, each.element.area_m2 * each.element.u_w_m2k / left)
    for number, m3_h in enumerate(rooms.air_m3_h):
        density = rooms.rooms[0].air.density_share
        w_k = AIR_J_M3K * density * m3_h / SECONDS_PER_H
        build.between(AIR, _NODES * number + AIR, w_k) if number else None
    for pane in rooms.panes:
        window = pane.window
        ends = (_NODES * pane.owner + SURFACE, _NODES * pane.other + SURFACE)
        build.between(*ends, window.area_m2 * window.u_w_m2k)
        other = rooms.rooms[pane.other]
        share = passing_share(window, other.surfaces_share * other.floor_m2)
        into, away = (2 + 2 * each + SUN for each in (pane.owner, pane.other))
        passed = share * build.b[:, into]
        build.b[:, away] = (1 - share) * build.b[:, away] + passed


def _inputs(around: Surroundings, years: tuple[Loads, ...], grounds: list[Floats]) -> Floats:
    te = around.climate.dry_bulb_c
    rooms = [each for year in years for each in (year.glass_w + year.wall_w, year.gains_w)]
    return np.stack([te, np.ones(len(te)), *rooms, *grounds], axis=1)


def crank_nicolson(network: Network) -> Hour:
    """C.4: temperatures change in proportion to the mean of begin and end of the hour."""
    heavy = network.c > 0
    doubled = 2 * network.c
    mean = np.linalg.inv(network.k + np.diag(doubled))
    of_heavy = mean[:, heavy] * doubled[heavy]
    of_inputs = mean @ network.b
    reading = network.reading
    return Hour(
        2 * of_heavy[heavy] - np.eye(int(heavy.sum())),
        2 * of_inputs[heavy],
        reading @ of_heavy,
        reading @ of_inputs,
    )
