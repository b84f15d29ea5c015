"""5R1C of many zones: their numbers from the standard's own equations, their hours compiled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from vatra.plans.blocks.climate.climate import Floats
from vatra.plans.blocks.engines.drive import Surroundings
from vatra.plans.blocks.engines.groups import (
    Key,
    Shared,
    gains_pattern,
    pattern,
    rc5_own_sun,
    rc5_sun,
    regime_air_w_k,
    shared,
)
from vatra.plans.blocks.engines.loads import NEVER_COLD_C, NEVER_WARM_C
from vatra.plans.blocks.engines.rc5 import Network, Step, network
from vatra.plans.blocks.zone.zone import Zone

# More than any building has; a capacity without limit must stay a number.
ENDLESS_W = 1e12


@dataclass(frozen=True, eq=False)
class Totals:
    """Of ``n`` zones: heating and cooling by month [Wh], shape (n, 12); peaks [W], shape (n,)."""

    heating_wh: Floats
    cooling_wh: Floats
    peak_heating_w: Floats
    peak_cooling_w: Floats


def prepare(zones: Sequence[Zone], key: Key, around: Surroundings) -> tuple[Shared, Floats]:
    """The group's hours and its zones' numbers, shape (regimes, numbers, n)."""
    nets = [network(zone) for zone in zones]
    own = rc5_own_sun(zones[0], around, nets[0].sky_w) if key.own >= 0 else None
    known = shared(key, around, own)
    return known, coefficients(zones, nets, known)


def coefficients(zones: Sequence[Zone], nets: Sequence[Network], known: Shared) -> Floats:
    """What an hour does, told by what one unit of each thing does to it.

    The equations C.1 to C.11 are linear, so they are asked once for each unit; nothing is derived
    by hand.
    """
    air = np.array([regime_air_w_k(zone, known) for zone in zones])
    fixed = _fixed(zones, known)
    rows = [np.concatenate([_linear(zones, nets, air[:, number]), fixed]) for number in
            range(air.shape[1])]  # fmt: skip
    return np.stack(rows)


def _linear(zones: Sequence[Zone], nets: Sequence[Network], h_ve: Floats) -> Floats:
    """Twelve numbers of each zone in one regime, shape (12, n), in the order of the kernel."""

    def of(name: str) -> Floats:
        return np.array([getattr(net, name) for net in nets])

    convective = np.array([zone.gains_convective_share for zone in zones])
    gains = np.array([gains_pattern(z.gains_w_m2)[1] * z.floor_m2 for z in zones])
    step = Step(of("h_w_w_k"), of("h_em_w_k"), h_ve, of("h_is_w_k"), of("h_ms_w_k"),
                of("a_m_m2"), of("a_t_m2"), of("c_m_j_k"), convective)  # fmt: skip
    outside = of("h_em_w_k") * of("outside_share")
    op = np.where(of("h_op_w_k") > 0, of("h_op_w_k"), 1.0)
    steady = of("h_em_w_k") * of("beyond_w") / op
    none, one = np.zeros(len(zones)), np.ones(len(zones))

    def answer(
        tm: Floats, te: Floats, behind: Floats, gain: Floats, sun: Floats, plant: Floats
    ) -> tuple[Floats, Floats]:
        after, _, _, air = step.advance(tm, te, behind, step.heats(gain, sun), plant)
        return after, air

    by_mass = answer(one, none, none, none, none, none)
    by_outside = answer(none, one, outside, none, none, none)
    by_gains = answer(none, none, none, gains, none, none)
    by_sun = answer(none, none, none, none, one, none)
    by_rest = answer(none, none, steady, none, -of("sky_w"), none)
    by_plant = answer(none, none, none, none, none, one)
    air = [each[1] for each in (by_mass, by_outside, by_gains, by_sun, by_rest)]
    mass = [each[0] for each in (by_mass, by_outside, by_gains, by_sun, by_rest, by_plant)]
    return np.array([*air, 1 / by_plant[1], *mass])


def _fixed(zones: Sequence[Zone], known: Shared) -> Floats:
    """Eleven numbers of each zone that no regime changes: suns, setpoints, capacities."""
    columns = []
    for zone in zones:
        _, heat, heat_more = pattern(zone.heating.day_c, NEVER_COLD_C)
        _, cool, cool_more = pattern(zone.cooling.day_c, NEVER_WARM_C)
        capacities = [min(each.capacity_w, ENDLESS_W) for each in (zone.heating, zone.cooling)]
        columns.append([*rc5_sun(zone, known), heat, heat_more, cool, cool_more, *capacities])
    return np.array(columns).T


def blocks_of(numbers: Floats, lanes: int, kind: npt.DTypeLike) -> npt.NDArray[np.floating]:
    """Numbers (regimes, k, n) as one flat array for each block of lanes: (blocks, flat)."""
    regimes, count, n = numbers.shape
    many = -(-n // lanes)
    padded = np.zeros((regimes, count, many * lanes), kind)
    padded[:, :, :n] = numbers
    by_block = padded.reshape(regimes, count, many, lanes).transpose(2, 0, 1, 3)
    return np.ascontiguousarray(by_block.reshape(many, -1))


def run_totals(
    kernel: object, known: Shared, numbers: Floats, n: int, kind: npt.DTypeLike
) -> Totals:
    """Run a kernel's ``run`` over all blocks of a group."""
    lanes: int = kernel.LANES  # type: ignore[attr-defined]
    blocks = blocks_of(numbers, lanes, kind)
    x = np.ascontiguousarray(known.x, kind)
    heat, cool = np.zeros((2, len(blocks), 12, lanes), kind)
    peaks = np.zeros((2, len(blocks), lanes), kind)
    for place, block in enumerate(blocks):
        kernel.run(  # type: ignore[attr-defined]
            block, x, known.regime, known.month, min(lanes, n - place * lanes),
            heat[place], cool[place], peaks[0, place], peaks[1, place],
        )  # fmt: skip
    by_zone = [each.transpose(0, 2, 1).reshape(-1, 12)[:n].astype(float) for each in (heat, cool)]
    tops = [each.reshape(-1)[:n].astype(float) for each in peaks]
    return Totals(by_zone[0], by_zone[1], tops[0], tops[1])


def run_extremes(
    kernel: object, known: Shared, numbers: Floats, n: int, kind: npt.DTypeLike
) -> Floats:
    """Run a kernel's ``run_free`` over all blocks of a group."""
    lanes: int = kernel.LANES  # type: ignore[attr-defined]
    blocks = blocks_of(numbers, lanes, kind)
    x = np.ascontiguousarray(known.x, kind)
    found = np.zeros((2, len(blocks), lanes), kind)
    for place, block in enumerate(blocks):
        kernel.run_free(  # type: ignore[attr-defined]
            block, x, known.regime, known.month, min(lanes, n - place * lanes),
            found[0, place], found[1, place],
        )  # fmt: skip
    return np.asarray(found.reshape(2, -1)[:, :n].T, float)
