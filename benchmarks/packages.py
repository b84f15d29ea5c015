"""Packages of works of one block, and of a quarter, from zones to needs; beside what they cannot do
without.

The floor is the kernel alone with every number at hand; the roofline numpy doing as many
multiplications on arrays of as many lanes.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np

from benchmarks.blocks import MODAL_MULTIPLICATIONS, RC5_MULTIPLICATIONS, block, building_years
from vatra.plans.blocks import Engine, Zone, simulate
from vatra.plans.blocks.bulk import Changes, simulate_states
from vatra.plans.blocks.climate.synthetic import synthetic_climate

HOURS = 8760 + 744
_LANES = 4096


@cache
def changes(count: int) -> Changes:
    """States that differ in everything that works and doubts change."""
    random = np.random.default_rng(20261122)
    draw = random.uniform
    return replace(
        Changes.kept(count),
        resistance_m2k_w={kind: draw(0.0, 5.0, count) for kind in ("wall", "roof", "floor")},
        window_u_w_m2k=draw(0.8, 1.4, count),
        window_g_share=draw(0.4, 0.6, count),
        bridge_share={"": draw(0.2, 1.0, count)},
        air_scale=draw(0.7, 1.1, count),
        heat_recovery_share=random.choice([np.nan, 0.8], count),
        inside_k=random.normal(0.0, 0.7, count),
        gains_scale=draw(0.8, 1.2, count),
    )


@cache
def _blocks() -> tuple[Zone, ...]:
    return tuple(block(number) for number in range(3_000))


def packages(engine: Engine, count: int) -> float:
    """``count`` packages of one block; least need of a year [Wh]."""
    found = simulate_states([block(0)], synthetic_climate("iasi"), changes(count), engine)
    return float(found.heating_wh.sum(axis=2).min())


def quarter(engine: Engine, blocks: int, count: int) -> float:
    """``count`` packages of each of many blocks; least need of a year [Wh]."""
    many = [_blocks()[number] for number in range(blocks)]
    found = simulate_states(many, synthetic_climate("iasi"), changes(count), engine)
    return float(found.heating_wh.sum(axis=2).min())


def zones(engine: Engine, count: int) -> float:
    """Many plain zones through ``simulate``; least need of a year [Wh]."""
    many = list(_blocks()[:count])
    needs = simulate(many, synthetic_climate("iasi"), engine, free_float=False, single=True)
    return float(needs.heating_wh.sum(axis=1).min())


def floor(engine: Engine, count: int) -> float:
    """The hours of as many building-years on one core, every number at hand."""
    return building_years(engine, count)


def roofline(engine: Engine, count: int) -> float:
    """As many multiplications with an addition, by numpy over lanes in one core."""
    terms = RC5_MULTIPLICATIONS if engine == "rc5" else MODAL_MULTIPLICATIONS
    a, x, out = (np.full(_LANES, value, np.float32) for value in (1e-3, 1.0, 0.0))
    held = np.empty(_LANES, np.float32)
    for _ in range(-(-count * HOURS * terms // _LANES)):
        np.multiply(a, x, out=held)
        np.add(out, held, out=out)
    return float(out[0])


def warm_up() -> None:
    """Everything once, so that compiling and the sun are in no figure."""
    for engine in ("rc5", "modal", "seasonal"):
        packages(engine, 10)
    for engine in ("rc5", "modal"):
        building_years(engine, 600)
    changes(10_000)
    changes(50)
    _blocks()
