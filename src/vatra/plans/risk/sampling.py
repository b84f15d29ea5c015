"""Many draws through the engine: block by block, on a few threads, the same figures on any."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from vatra.plans.distributions import Floats
from vatra.plans.engine import Model, evaluate
from vatra.plans.risk.correlation import Correlated
from vatra.plans.risk.drawing import Drawn, draw
from vatra.plans.risk.inputs import Assembly
from vatra.plans.risk.points import Design
from vatra.plans.risk.quantities import Quantity

# Draws that pass through the engine together: numbers of a cell and year stay in the cache.
# It depends on the model alone, so that no machine and no number of threads changes a sum.
_BLOCK_NUMBERS = 16_384
_FEWEST_IN_BLOCK = 32
MOST_THREADS = 2


@dataclass(frozen=True)
class Sampled:
    """What the draws gave; D draws, T years.

    Attributes
    ----------
    total_mg : [D, T] cells less what sinks take up
    base_mg : [D] all emissions of the base year, as drawn
    drawn : the draws themselves
    binding : whether a cap bit in any draw
    """

    years: tuple[int, ...]
    total_mg: Floats
    base_mg: Floats
    drawn: Drawn
    binding: bool

    @property
    def how(self) -> Design:
        """Replicates, points and seed."""
        return self.drawn.how

    def at(self, year: int) -> int:
        """Position of a year."""
        return self.years.index(year)


def sample(
    model: Model,
    found: Sequence[Quantity],
    how: Design,
    horizon_year: int,
    correlations: Sequence[Correlated] = (),
    threads: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Sampled:
    """Draw all quantities and evaluate the model for each draw.

    Parameters
    ----------
    found : as ``quantities`` gives them
    how : as ``design`` gives it
    horizon_year : when scales along a path are fully grown, usually the target year
    threads : how many share the work; the figures do not depend on it
    progress : called with draws done and draws in all; may raise to stop
    """
    drawn = draw(found, how, correlations)
    assembly = Assembly(model, tuple(found), horizon_year)
    total, base, binding = evaluated(assembly, drawn.values, threads, progress)
    return Sampled(model.base.years, total, base, drawn, binding)


def evaluated(
    assembly: Assembly,
    values: Floats,
    threads: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Floats, Floats, bool]:
    """Totals [D, T], totals of the base year [D] and whether a cap bit, for values [K, D]."""
    draws = values.shape[1]
    years = len(assembly.model.base.years)
    size = max(_BLOCK_NUMBERS // years, _FEWEST_IN_BLOCK)
    total, base = np.empty((draws, years)), np.empty(draws)

    def one(start: int) -> tuple[int, bool]:
        block = slice(start, min(start + size, draws))
        part = np.ascontiguousarray(values[:, block])
        base[block] = assembly.base_mg(part)
        if not assembly.model.actions:
            total[block] = assembly.baseline_mg(part)
            return block.stop, False
        outcome = evaluate(assembly.model, assembly.inputs(part))
        total[block] = outcome.total_mg
        return block.stop, outcome.binding

    binding = False
    workers = threads or min(os.cpu_count() or 1, MOST_THREADS)
    with ThreadPoolExecutor(workers) as pool:
        for done, bound in pool.map(one, range(0, draws, size)):
            binding |= bound
            if progress is not None:
                progress(done, draws)
    return total, base, binding
