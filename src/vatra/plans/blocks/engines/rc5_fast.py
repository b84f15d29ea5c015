"""5R1C of many zones: their numbers from the standard's own equations, their hours compiled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from vatra.plans.blocks.climate.climate import Floats
from vatra.plans.blocks.engines.groups import Shared
from vatra.plans.blocks.engines.rc5 import Step, Values

# More than any building has; a capacity without limit must stay a number.
ENDLESS_W = 1e12
# How many numbers ``linear`` gives.
LINEAR = 12


# Compiled hours of blocks of lanes: the module ``rc5_kernel``, or another with the same names.
Kernel = Any


@dataclass(frozen=True, eq=False)
class Totals:
    """Of ``n`` zones: heating and cooling by month [Wh], shape (n, 12); peaks [W], shape (n,)."""

    heating_wh: Floats
    cooling_wh: Floats
    peak_heating_w: Floats
    peak_cooling_w: Floats


def linear(
    step: Step, outside: Values, steady_w: Values, sky_w: Values, gains_w: Values
) -> list[Values]:
    """Twelve numbers in the order of the kernel: what one unit of each thing does to the air and
    to the mass.

    The equations C.1 to C.11 are linear, so they are asked once for each unit; nothing is derived
    by hand. ``outside`` is the conductance from the mass to outdoors, ``steady_w`` what steady
    temperatures add to the mass, ``sky_w`` is lost to the sky, ``gains_w`` at their most.
    """

    def answer(
        tm: Values = 0.0,
        te: Values = 0.0,
        behind: Values = 0.0,
        gain: Values = 0.0,
        sun: Values = 0.0,
        plant: Values = 0.0,
    ) -> tuple[Values, Values]:
        after, _, _, air = step.advance(tm, te, behind, step.heats(gain, sun), plant)
        return after, air

    by_plant = answer(plant=1.0)
    acting = [
        answer(tm=1.0),
        answer(te=1.0, behind=outside),
        answer(gain=gains_w),
        answer(sun=1.0),
        answer(behind=steady_w, sun=-sky_w),
    ]
    air = [each[1] for each in acting]
    return [*air, 1 / by_plant[1], *(each[0] for each in acting), by_plant[0]]


def blocks_of(numbers: Floats, lanes: int, kind: npt.DTypeLike) -> npt.NDArray[np.floating]:
    """Numbers (regimes, k, n) as one flat array for each block of lanes: (blocks, flat)."""
    regimes, count, n = numbers.shape
    many = -(-n // lanes)
    padded = np.zeros((regimes, count, many * lanes), kind)
    padded[:, :, :n] = numbers
    by_block = padded.reshape(regimes, count, many, lanes).transpose(2, 0, 1, 3)
    return np.ascontiguousarray(by_block.reshape(many, -1))


def run_totals(
    kernel: Kernel, known: Shared, numbers: Floats, n: int, kind: npt.DTypeLike
) -> Totals:
    """Run a kernel's ``run`` over all blocks of a group."""
    lanes: int = kernel.LANES
    blocks = blocks_of(numbers, lanes, kind)
    x = np.ascontiguousarray(known.x, kind)
    heat, cool = np.zeros((2, len(blocks), 12, lanes), kind)
    peaks = np.zeros((2, len(blocks), lanes), kind)
    for place, block in enumerate(blocks):
        kernel.run(
            block, x, known.regime, known.month, min(lanes, n - place * lanes),
            heat[place], cool[place], peaks[0, place], peaks[1, place],
        )  # fmt: skip
    by_zone = [each.transpose(0, 2, 1).reshape(-1, 12)[:n].astype(float) for each in (heat, cool)]
    tops = [each.reshape(-1)[:n].astype(float) for each in peaks]
    return Totals(by_zone[0], by_zone[1], tops[0], tops[1])


def run_extremes(
    kernel: Kernel, known: Shared, numbers: Floats, n: int, kind: npt.DTypeLike
) -> Floats:
    """Run a kernel's ``run_free`` over all blocks of a group."""
    lanes: int = kernel.LANES
    blocks = blocks_of(numbers, lanes, kind)
    x = np.ascontiguousarray(known.x, kind)
    found = np.zeros((2, len(blocks), lanes), kind)
    for place, block in enumerate(blocks):
        kernel.run_free(
            block, x, known.regime, known.month, min(lanes, n - place * lanes),
            found[0, place], found[1, place],
        )  # fmt: skip
    return np.asarray(found.reshape(2, -1)[:, :n].T, float)
