"""How far a total may be wrong, by sampling: IPCC 2006, Volume 1, Chapter 3, approach 2.

Every source is drawn once and moves all rows that hang on it. Draws come in chunks; chunk k takes
its normals from ``PCG64(seed)`` jumped k times, so that the same seed gives the same figures
however many threads share the work.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import polars as pl

from vatra.plans.doubt import unknown
from vatra.plans.doubt_terms import (
    LOGNORMAL,
    NORMAL,
    Floats,
    Sources,
    Whole,
    framed,
    grouped,
    sources,
    totals,
)

DRAWS = 10_000
SEED = 20260101
PERCENTILES = {"p2_5_mg": 2.5, "p10_mg": 10.0, "p50_mg": 50.0, "p90_mg": 90.0, "p97_5_mg": 97.5}
# A chunk of draws for all multiples stays within the cache of a core, and within memory for
# inventories of many rows; its size depends on the rows alone, never on the machine.
_CHUNK_NUMBERS = 4_000_000
_MOST_DRAWS_A_CHUNK = 4096
_FEWEST_DRAWS_A_CHUNK = 64
# Published figures keep nine digits: the last bits of an exponential differ between processors.
_DIGITS = 9


def approach_2(
    rows: pl.DataFrame,
    terms: pl.DataFrame,
    by: Sequence[str] = ("year",),
    draws: int = DRAWS,
    seed: int = SEED,
    threads: int | None = None,
) -> pl.DataFrame:
    """Distribution of each group's total by sampling.

    Parameters
    ----------
    rows, terms, by : as ``doubt.approach_1`` takes them
    draws : how often all sources are drawn together
    seed : of the generator; stored beside the result
    threads : how many share the work; the figures do not depend on it

    Returns
    -------
    One row per group, sorted: ``by``, ``total_mg``, ``p2_5_mg``, ``p10_mg``, ``p50_mg``,
    ``p90_mg``, ``p97_5_mg``, ``mean_mg`` [mg, nine digits], ``unknown_share``,
    ``incomplete_share`` (as ``doubt.unknown``), ``draws_count``, ``seed``.

    Raises ``ValueError`` for no draws.
    """
    return sample(rows, terms, (by,), draws, seed, threads)[0]


def sample(
    rows: pl.DataFrame,
    terms: pl.DataFrame,
    groupings: Sequence[Sequence[str]],
    draws: int = DRAWS,
    seed: int = SEED,
    threads: int | None = None,
) -> list[pl.DataFrame]:
    """Like ``approach_2`` for several groupings of the same draws: their totals move together."""
    if draws < 1:
        raise ValueError(f"{draws} draws give no distribution; ask for at least one")
    found = sources(rows, terms)
    framings = [grouped(rows, by) for by in groupings]
    counts = [len(groups) if by else 1 for by, (groups, _) in zip(groupings, framings, strict=True)]
    starts = np.cumsum([0, *counts[:-1]])
    members = np.stack([group + s for (_, group), s in zip(framings, starts, strict=True)], axis=1)
    drawn = drawn_totals(found, members, sum(counts), draws, seed, threads)
    tables = []
    for by, (groups, group), start, count in zip(groupings, framings, starts, counts, strict=True):
        part = drawn[start : start + count]
        table = framed(groups, by, totals(rows, group, count))
        tables.append(
            table.with_columns(
                *_percentiles(part),
                *unknown(found, group, count),
                pl.lit(draws, pl.Int64).alias("draws_count"),
                pl.lit(seed, pl.Int64).alias("seed"),
            )
        )
    return tables


@dataclass(frozen=True)
class _Recipe:
    """What one chunk does, free of tables.

    ``levers`` distinct multiples: source, kind of spread, location, scale; ``uses`` of each moving
    row: its value [mg], the positions of its levers, the groups it is in; ``fixed`` what rows
    without a known doubt add to each group [mg].
    """

    source_count: int
    levers: list[tuple[int, int, float, float]]
    uses: list[tuple[float, list[int], list[int]]]
    fixed: Floats

    @property
    def chunk_draws(self) -> int:
        """Draws in a chunk."""
        fitting = _CHUNK_NUMBERS // max(len(self.levers) + self.source_count, 1)
        return min(max(fitting, _FEWEST_DRAWS_A_CHUNK), _MOST_DRAWS_A_CHUNK)


def _recipe(found: Sources, members: Whole, group_count: int) -> _Recipe:
    numbers: dict[tuple[int, int, float, float], int] = {}
    of_row: dict[int, list[int]] = {}
    entries = zip(
        found.row.tolist(),
        found.source.tolist(),
        found.spread.tolist(),
        found.location.tolist(),
        found.scale.tolist(),
        strict=True,
    )
    for row, *lever in entries:
        key = (lever[0], lever[1], lever[2], lever[3])
        of_row.setdefault(row, []).append(numbers.setdefault(key, len(numbers)))
    uses = []
    fixed = np.zeros(group_count)
    for row, value in enumerate(found.value_mg.tolist()):
        groups = members[row].tolist()
        if row in of_row:
            uses.append((value, of_row[row], groups))
        else:
            fixed[groups] += value
    return _Recipe(len(found.names), list(numbers), uses, fixed)


def drawn_totals(
    found: Sources,
    members: Whole,
    group_count: int,
    draws: int,
    seed: int = SEED,
    threads: int | None = None,
) -> Floats:
    """Every drawn total [mg], groups by draws; ``members`` the groups of each row, side by side."""
    recipe = _recipe(found, members, group_count)
    out = np.empty((len(recipe.fixed), draws))
    size = recipe.chunk_draws
    starts = range(0, draws, size)

    def one(number: int) -> None:
        start = starts[number]
        out[:, start : start + size] = _chunk(recipe, seed, number, min(size, draws - start))

    workers = threads or min(os.cpu_count() or 1, len(starts))
    with ThreadPoolExecutor(workers) as pool:
        for _ in pool.map(one, range(len(starts))):
            pass
    return out


def _chunk(recipe: _Recipe, seed: int, number: int, count: int) -> Floats:
    """One chunk of draws from a stream of its own."""
    generator = np.random.Generator(np.random.PCG64(seed).jumped(number))
    normals = generator.standard_normal((recipe.source_count, count))
    multiples = _multiples(recipe.levers, normals)
    out = np.repeat(recipe.fixed[:, None], count, axis=1)
    result = np.empty(count)
    for value, levers, groups in recipe.uses:
        np.multiply(multiples[levers[0]], value, out=result)
        for lever in levers[1:]:
            np.multiply(result, multiples[lever], out=result)
        for group in groups:
            out[group] += result
    return out


def _multiples(
    levers: Iterable[tuple[int, int, float, float]], normals: Floats
) -> list[np.ndarray[tuple[int, ...], np.dtype[np.float64]]]:
    """Multiples of each lever for the draws of its source."""
    made = []
    for source, spread, location, scale in levers:
        line = normals[source] * scale
        line += location
        if spread == LOGNORMAL:
            np.exp(line, out=line)
        elif spread == NORMAL:
            np.maximum(line, 0.0, out=line)
        made.append(line)
    return made


def _percentiles(drawn: Floats) -> list[pl.Series]:
    """Percentiles and mean of each group, whole milligrams of nine digits."""
    found = np.percentile(drawn, list(PERCENTILES.values()), axis=1)
    named = dict(zip(PERCENTILES, found, strict=True)) | {"mean_mg": drawn.mean(axis=1)}
    return [
        pl.Series(name, [_steady_mg(each) for each in values.tolist()], pl.Int64)
        for name, values in named.items()
    ]


def _steady_mg(amount: float) -> int:
    return round(float(f"{amount:.{_DIGITS}g}"))
