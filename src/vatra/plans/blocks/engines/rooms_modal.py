"""The node network of ISO 52016-1 of several rooms, which share the nodes of what is between.

All modes of it move: it is solved as it stands, an hour at a time, without any being left out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from vatra.plans.blocks.climate.climate import MONTH_OF_HOUR, Floats
from vatra.plans.blocks.engines import modal_network as one_room
from vatra.plans.blocks.engines.coupled import ONE, Coupled, Hour, Network
from vatra.plans.blocks.engines.drive import Surroundings
from vatra.plans.blocks.engines.ground import month_swing_k, resolved
from vatra.plans.blocks.engines.loads import Loads, loads
from vatra.plans.blocks.engines.modal_elements import Chain, chains
from vatra.plans.blocks.engines.modal_network import Nodes, absorbed_w, nodes
from vatra.plans.blocks.engines.rc5 import AIR_J_M3K, SECONDS_PER_H
from vatra.plans.blocks.engines.rooms_light import passing_share
from vatra.plans.blocks.zone.rooms import Rooms, rooms_of
from vatra.plans.blocks.zone.zone import Zone

_LEAST_RATE = 1e-9


@dataclass(frozen=True, eq=False)
class _Room:
    """A room's own network, its constructions with their first node, and where both begin in the
    network of all: ``row`` of its air, ``column`` of its sun through glass."""

    zone: Zone
    made: tuple[Chain, ...]
    own: Nodes
    row: int
    column: int

    def first(self, across: str) -> int:
        """First node of the construction that is named ``across``, in the network of all."""
        node = self.row + 1
        for chain in self.made:
            if chain.across == across:
                return node
            node += len(chain.c_j_m2k)
        raise KeyError(across)

    @property
    def input_count(self) -> int:
        """Inputs of its own: sun through glass, on each outer construction, gains."""
        return self.own.input_count - 3


def modal_rooms(zone: Zone, around: Surroundings) -> Coupled:
    """A zone and its rooms as one network."""
    rooms = rooms_of(resolved(zone, around.climate))
    parts = _parts(rooms)
    years = tuple(loads(each, around) for each in rooms.rooms)
    network = _stacked(parts)
    network = _panes_and_air(network, rooms, parts)
    network, moved = _merged(network, rooms, parts)
    network, swings = _on_ground(network, parts, moved, around)
    return Coupled(
        network,
        years,
        tuple(each.name for each in rooms.rooms),
        np.concatenate([_inputs(parts, years, around), swings], axis=1),
        exact,
    )


def radiant_weights(network: Nodes) -> Floats:
    """How the surfaces of a room count in what radiates into it; they add up to one."""
    weights = np.zeros(len(network.c))
    total = sum(each.radiant_m2 for each in network.inner)
    for each in network.inner:
        weights[each.node] += each.radiant_m2 / total
    return weights


def _parts(rooms: Rooms) -> list[_Room]:
    backs = {each.back for each in rooms.partitions}
    parts: list[_Room] = []
    row, column = 0, 2
    for zone in rooms.rooms:
        made = tuple(
            replace(each, c_j_m2k=(0.0,), r_m2k_w=()) if each.across in backs else each
            for each in chains(zone)
        )
        part = _Room(zone, made, nodes(zone, 0.0, made), row, column)
        parts.append(part)
        row, column = row + len(part.own.c), column + part.input_count
    return parts


def _stacked(parts: list[_Room]) -> Network:
    """Rooms side by side, nothing between them yet; the last input heats the zone's air."""
    count = sum(len(each.own.c) for each in parts)
    wide = 2 + sum(each.input_count for each in parts) + 1
    c, k, lost = np.zeros(count), np.zeros((count, count)), np.zeros(count)
    b, lost_by = np.zeros((count, wide)), np.zeros(wide)
    for part in parts:
        rows = slice(part.row, part.row + len(part.own.c))
        columns = slice(part.column, part.column + part.input_count)
        c[rows], k[rows, rows], lost[rows] = part.own.c, part.own.k, part.own.lost
        b[rows, : ONE + 1] = part.own.b[:, : ONE + 1]
        b[rows, columns] = part.own.b[:, one_room.GLASS : -1]
        lost_by[: ONE + 1] += part.own.lost_by[: ONE + 1]
    b[0, -1] = 1.0
    felt = np.zeros(count)
    felt[: len(parts[0].own.c)] = radiant_weights(parts[0].own) / 2
    felt[0] += 0.5
    return Network(c, k, b, lost, lost_by, felt, tuple(each.row for each in parts))


def _panes_and_air(network: Network, rooms: Rooms, parts: list[_Room]) -> Network:
    """Panes between rooms and air that passes join their air; light goes on through panes."""
    k, b = network.k.copy(), network.b.copy()

    def between(one: int, other: int, w_k: float) -> None:
        k[[one, other], [one, other]] += w_k
        k[one, other] -= w_k
        k[other, one] -= w_k

    density = rooms.rooms[0].air.density_share
    for part, m3_h in zip(parts[1:], rooms.air_m3_h[1:], strict=True):
        between(0, part.row, AIR_J_M3K * density * m3_h / SECONDS_PER_H)
    for pane in rooms.panes:
        owner, other = parts[pane.owner], parts[pane.other]
        between(owner.row, other.row, pane.window.area_m2 * pane.window.u_w_m2k)
        surfaces_m2 = sum(each.area_m2 for each in other.own.inner) + pane.window.area_m2
        share = passing_share(pane.window, surfaces_m2)
        passed = share * network.b[:, owner.column]
        b[:, other.column] = (1 - share) * b[:, other.column] + passed
    return replace(network, k=k, b=b)


def _merged(network: Network, rooms: Rooms, parts: list[_Room]) -> tuple[Network, np.ndarray]:
    """The last node of each element between rooms is its face in the other room: one node stands
    for both. Also where each node went."""
    moved = np.arange(len(network.c))
    for each in rooms.partitions:
        owner, other = parts[each.owner], parts[each.other]
        front = owner.first(each.element.name)
        length = next(
            len(chain.c_j_m2k) for chain in owner.made if chain.across == each.element.name
        )
        moved[other.first(each.back)] = front + length - 1
    kept = np.unique(moved)
    moved = np.searchsorted(kept, moved)
    onto = np.zeros((len(moved), len(kept)))
    onto[np.arange(len(moved)), moved] = 1.0
    joined = Network(
        onto.T @ network.c,
        onto.T @ network.k @ onto,
        onto.T @ network.b,
        onto.T @ network.lost,
        network.lost_by,
        onto.T @ network.felt,
        tuple(int(moved[each]) for each in network.air),
    )
    return joined, moved


def _on_ground(
    network: Network, parts: list[_Room], moved: np.ndarray, around: Surroundings
) -> tuple[Network, Floats]:
    """An input for each construction on ground that follows the months, before the last one."""
    columns, swings, taken = [], [], []
    for part in parts:
        node = part.row + 1
        for chain in part.made:
            last = node + len(chain.c_j_m2k) - 1
            node += len(chain.c_j_m2k)
            if chain.ground is None or chain.beyond_r_m2k_w is None:
                continue
            w_k = chain.area_m2 / chain.beyond_r_m2k_w
            column = np.zeros(len(network.c))
            column[moved[last]] = w_k
            columns.append(column)
            taken.append(w_k)
            # What is known is the swing against U of the whole way; elements built alike share it.
            swings.append(_swing_k(chain, around))
    if not columns:
        return network, np.zeros((len(around.climate.dry_bulb_c), 0))
    b = np.column_stack([network.b[:, :-1], *columns, network.b[:, -1]])
    lost_by = np.array([*network.lost_by[:-1], *taken, network.lost_by[-1]])
    return replace(network, b=b, lost_by=lost_by), np.stack(swings, axis=1)


def _swing_k(chain: Chain, around: Surroundings) -> Floats:
    parts = [each.area_m2 * month_swing_k(each, around.climate) for each in chain.parts]
    return np.asarray(sum(parts) / chain.area_m2)[MONTH_OF_HOUR]


def _inputs(parts: list[_Room], years: tuple[Loads, ...], around: Surroundings) -> Floats:
    te = around.climate.dry_bulb_c
    columns = [te, np.ones(len(te))]
    for part, year in zip(parts, years, strict=True):
        walls = [absorbed_w(chain, around) for chain in part.own.outer]
        columns += [year.glass_w, *walls, year.gains_w]
    return np.stack(columns, axis=1)


def exact(network: Network) -> Hour:
    """An hour of steady inputs, solved exactly in the modes of the network."""
    heavy = network.c > 0
    back, direct, k, b = _without_light(network, heavy)
    root = np.sqrt(network.c[heavy])
    rates, vectors = np.linalg.eigh(k / np.outer(root, root))
    # Rooms that nothing leads out of have a mode that never fades.
    rates = np.maximum(rates, _LEAST_RATE)
    to_modes, shapes = vectors.T * root, vectors / root[:, None]
    slow = -np.expm1(-rates) / rates
    drive = shapes.T @ b
    mean = shapes @ (slow[:, None] * to_modes)
    mean_by = shapes @ (((1 - slow) / rates)[:, None] * drive)
    reading = network.reading
    return Hour(
        shapes @ (np.exp(-rates)[:, None] * to_modes),
        shapes @ (slow[:, None] * drive),
        reading @ back @ mean,
        reading @ (back @ mean_by + direct),
    )


def _without_light(network: Network, heavy: np.ndarray) -> tuple[Floats, Floats, Floats, Floats]:
    """All temperatures from those with mass (``back``) and the inputs (``direct``); ``k`` and
    ``b`` of the nodes with mass."""
    light = ~heavy
    back = np.zeros((len(heavy), int(heavy.sum())))
    direct = np.zeros((len(heavy), network.b.shape[1]))
    back[heavy] = np.eye(int(heavy.sum()))
    k_light, across = network.k[np.ix_(light, light)], network.k[np.ix_(light, heavy)]
    back[light] = -np.linalg.solve(k_light, across)
    direct[light] = np.linalg.solve(k_light, network.b[light])
    k = network.k[np.ix_(heavy, heavy)] + across.T @ back[light]
    return back, direct, k, network.b[heavy] - across.T @ direct[light]
