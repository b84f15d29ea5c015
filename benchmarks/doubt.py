"""A hundred thousand draws of an inventory of two hundred rows, and drawing normals alone."""

from __future__ import annotations

import numpy as np
import polars as pl

from vatra.plans.doubt_sampling import approach_2

ROW_COUNT = 200
FACTOR_COUNT = 60
_CHUNK = 4096


def inventory(seed: int = 20260103) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows with a figure of their own each, and two shared factors for each row."""
    generator = np.random.default_rng(seed)
    numbers = np.arange(ROW_COUNT)
    rows = pl.DataFrame(
        {
            "row": numbers,
            "year": np.full(ROW_COUNT, 2021),
            "co2e_mg": generator.integers(10**12, 10**15, ROW_COUNT),
            "activity_id": [f"figure {number}" for number in numbers],
            "activity_doubt_ratio": generator.choice([0.05, 0.1, 0.2, 0.5], ROW_COUNT),
        }
    )
    first = generator.integers(0, FACTOR_COUNT, ROW_COUNT)
    second = (first + generator.integers(1, FACTOR_COUNT, ROW_COUNT)) % FACTOR_COUNT
    low = generator.uniform(0.4, 0.95, FACTOR_COUNT)
    high = generator.uniform(1.05, 2.5, FACTOR_COUNT)
    used = np.concatenate([first, second])
    terms = pl.DataFrame(
        {
            "row": np.tile(numbers, 2),
            "term_id": [f"factor {number}" for number in used],
            "low_ratio": low[used],
            "high_ratio": high[used],
        }
    )
    return rows, terms


def sample(draws: int) -> int:
    """Total by sampling; return its upper end [mg]."""
    rows, terms = inventory()
    return int(approach_2(rows, terms, draws=draws)["p97_5_mg"][0])


def floor(draws: int) -> float:
    """Draw as many normals on one core and do nothing with them: what cannot be left out."""
    generator = np.random.Generator(np.random.PCG64(1))
    last = 0.0
    for start in range(0, draws, _CHUNK):
        size = (ROW_COUNT + FACTOR_COUNT, min(_CHUNK, draws - start))
        last = float(generator.standard_normal(size)[0, 0])
    return last


def warm_up() -> None:
    """A few draws first, so that loading the program is in neither figure."""
    sample(100)
    floor(100)
