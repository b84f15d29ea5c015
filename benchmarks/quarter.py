"""One package for each of 3,000 blocks: the choice, beside the bare linear programme and a greedy.

The blocks are made up: size, need and prices drawn with a stored seed.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from vatra.plans.quarter import Aim, Menu, choose
from vatra.plans.quarter.demands import Problem, problem_of

BLOCKS, PACKAGES, SEED = 3_000, 50, 20261122
_CUT_SHARE, _FAIR_SHARE = 0.4, 0.9


def menu(blocks: int = BLOCKS, packages: int = PACKAGES) -> Menu:
    """Blocks of different size and need; dearer packages save more, with noise."""
    draw = np.random.default_rng(SEED)
    flats = draw.integers(8, 70, blocks)
    floor = flats * draw.uniform(45, 60, blocks)
    depth = np.sort(draw.uniform(0.05, 0.85, (blocks, packages)), axis=1)
    depth[:, 0] = 0.0
    noise = draw.uniform(0.8, 1.25, depth.shape)
    euros = floor[:, None] * (20 * (depth > 0) + 260 * depth**1.6) * noise
    cost = np.rint(euros * 100).astype(np.int64)
    heating = (floor * draw.uniform(110, 230, blocks))[:, None] * (1 - depth)
    state = cost // 2
    return Menu(
        tuple(f"b{each:05d}" for each in range(blocks)),
        tuple(f"p{each:02d}" for each in range(packages)),
        0,
        flats.astype(np.int64),
        floor,
        cost,
        cost - state,
        {"state": state},
        heating * 0.2,
        heating * 0.92,
        heating,
        heating * 0.08,
        heating / 2200,
        {"district_heat": heating},
        np.zeros(depth.shape, np.int64),
        np.ones(depth.shape, np.bool_),
        tuple("low" if each % 3 == 0 else "other" for each in range(blocks)),
    )


def aim(of: Menu) -> Aim:
    """A target of CO2 for the least money, within a state budget and with no group left behind."""
    most = int(of.cost_cents.max(axis=1).sum()) // 5
    return Aim(
        "cost", target_share={"co2": _CUT_SHARE}, payer_budget_cents={"state": most},
        group_share_least=_FAIR_SHARE,
    )  # fmt: skip


def chosen() -> float:
    """Choose with proof; the gap in millionths of the money."""
    made = menu()
    found = choose(made, aim(made))
    if not found.proved:
        raise RuntimeError("not proved")
    return found.gap_share * 1e6


def linear_programme() -> float:
    """HiGHS solves the same with parts of packages allowed; the bound in cents."""
    from highspy import Highs

    made = menu()
    problem = problem_of(made, aim(made))
    solver: Any = Highs
    highs: Any = solver()
    for name, value in (("output_flag", False), ("threads", 1)):
        highs.setOptionValue(name, value)
    count = problem.goal.size
    unit = float(problem.goal.mean())
    highs.addCols(
        count, problem.goal.ravel() / unit, np.zeros(count), np.ones(count), 0, [], [], []
    )
    _one_each(highs, problem)
    for row in problem.rows:
        size = float(np.abs(row.values).mean())
        index = np.arange(count, dtype=np.int32)
        highs.addRow(-highs.getInfinity(), row.most / size, count, index, row.values.ravel() / size)
    highs.run()
    return float(highs.getObjectiveValue()) * unit


def _one_each(highs: Any, problem: Problem) -> None:
    blocks, packages = problem.goal.shape
    count = blocks * packages
    ones = np.ones(blocks)
    starts = (np.arange(blocks) * packages).astype(np.int32)
    index = np.arange(count, dtype=np.int32)
    highs.addRows(blocks, ones, ones, count, starts, index, np.ones(count))


def greedy() -> float:
    """The cheapest tonne first, block by block; its gap in millionths of the money.

    It keeps the target alone, so that its choice is not even held to the other demands.
    """
    made = menu()
    best = choose(made, aim(made))
    pick = np.zeros(made.count, np.int64)
    at = np.arange(made.count)
    most = 0.6 * float(made.before("co2_kg").sum())
    while float(made.of("co2_kg", pick).sum()) > most:
        more = made.cost_cents - made.of("cost_cents", pick)[:, None]
        less = made.of("co2_kg", pick)[:, None] - made.co2_kg
        score = np.where(less > 0, less / np.maximum(more, 1), -np.inf)
        block = int(score.max(axis=1).argmax())
        pick[block] = int(score[block].argmax())
    spent = float(made.cost_cents[at, pick].sum())
    return max(spent - best.bound, 0.0) / spent * 1e6
