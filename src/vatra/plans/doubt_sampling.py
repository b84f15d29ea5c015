"""How far a total may be wrong, by sampling: IPCC 2006, Volume 1, Chapter 3, approach 2.

Every source is drawn once and moves all rows that hang on it. Draws come in chunks; chunk k takes
its normals from ``PCG64(seed)`` jumped k times, so that the same seed gives the same figures
however many threads share the work.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
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
    sums,
    totals,
)

DRAWS = 10_000
SEED = 20260101
PERCENTILES = {"p2_5_mg": 2.5, "p10_mg": 10.0, "p50_mg": 50.0, "p90_mg": 90.0, "p97_5_mg": 97.5}
# A chunk of draws for all multiples stays within memory for inventories of many rows, a block of
# rows within the cache of a core; both sizes depend on the rows alone, never on the machine.
_CHUNK_NUMBERS = 4_000_000
_BLOCK_NUMBERS = 32_768
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

    Attributes
    ----------
    lever_source, lever_spread, lever_location, lever_low_scale, lever_high_scale : distinct
        multiples, by spread; one that is always 1 comes last
    value_mg, levers : of each moving row, by atom: its value and the levers it hangs on, filled up
        with the one that is always 1
    atom : of each moving row; an atom is a set of rows that are in the same groups
    groups : of each atom, side by side
    fixed_mg : what rows without a known doubt add to each atom
    """

    source_count: int
    lever_source: Whole
    lever_spread: Whole
    lever_location: Floats
    lever_low_scale: Floats
    lever_high_scale: Floats
    value_mg: Floats
    levers: Whole
    atom: Whole
    groups: Whole
    fixed_mg: Floats

    @property
    def chunk_draws(self) -> int:
        """Draws in a chunk."""
        fitting = _CHUNK_NUMBERS // (len(self.lever_source) + self.source_count + 1)
        return min(max(fitting, _FEWEST_DRAWS_A_CHUNK), _MOST_DRAWS_A_CHUNK)


def _recipe(found: Sources, members: Whole) -> _Recipe:
    kinds = np.rec.fromarrays(
        (found.spread, found.source, found.location, found.low_scale, found.high_scale)
    )
    distinct, lever = np.unique(kinds, return_inverse=True)
    groups, atom = np.unique(members, axis=0, return_inverse=True)
    atom = atom.reshape(-1)
    rows, levers = _levers_of_rows(found.row, lever.astype(np.int64), len(distinct))
    order = np.argsort(atom[rows], kind="stable")
    moving = np.zeros(len(atom), bool)
    moving[rows] = True
    return _Recipe(
        source_count=len(found.names),
        lever_source=distinct["f1"],
        lever_spread=distinct["f0"],
        lever_location=distinct["f2"],
        lever_low_scale=distinct["f3"],
        lever_high_scale=distinct["f4"],
        value_mg=found.value_mg[rows[order]],
        levers=levers[order],
        atom=atom[rows[order]],
        groups=groups,
        fixed_mg=sums(atom, np.where(moving, 0.0, found.value_mg), len(groups)),
    )


def _levers_of_rows(row: Whole, lever: Whole, none: int) -> tuple[Whole, Whole]:
    """Rows that hang on any lever, and their levers side by side, filled up with ``none``."""
    rows, count = np.unique(row, return_counts=True)
    levers = np.full((len(rows), int(count.max()) if len(rows) else 0), none, np.int64)
    order = np.argsort(row, kind="stable")
    starts = np.cumsum(count) - count
    for position in range(levers.shape[1]):
        has = count > position
        levers[has, position] = lever[order[starts[has] + position]]
    return rows, levers


def drawn_totals(
    found: Sources,
    members: Whole,
    group_count: int,
    draws: int,
    seed: int = SEED,
    threads: int | None = None,
) -> Floats:
    """Every drawn total [mg], groups by draws; ``members`` the groups of each row, side by side."""
    recipe = _recipe(found, members)
    out = np.empty((group_count, draws))
    size = recipe.chunk_draws
    starts = range(0, draws, size)

    def one(number: int) -> None:
        start = starts[number]
        atoms = _chunk(recipe, seed, number, min(size, draws - start))
        out[:, start : start + size] = _in_groups(recipe.groups, atoms, group_count)

    workers = threads or min(os.cpu_count() or 1, len(starts))
    with ThreadPoolExecutor(workers) as pool:
        for _ in pool.map(one, range(len(starts))):
            pass
    return out


def _in_groups(groups: Whole, atoms: Floats, group_count: int) -> Floats:
    """Totals of all groups from those of the atoms."""
    out = np.zeros((group_count, atoms.shape[1]))
    for atom, mine in zip(atoms, groups.tolist(), strict=True):
        for group in mine:
            out[group] += atom
    return out


def _chunk(recipe: _Recipe, seed: int, number: int, count: int) -> Floats:
    """One chunk of draws from a stream of its own: totals of all atoms."""
    generator = np.random.Generator(np.random.PCG64(seed).jumped(number))
    normals = generator.standard_normal((recipe.source_count, count))
    multiples = _multiples(recipe, normals)
    out = np.repeat(recipe.fixed_mg[:, None], count, axis=1)
    # Written into again and again: new memory for each block would cost more than the arithmetic.
    results, others = (np.empty((_block_rows(count), count)) for _ in range(2))
    for block in _blocks(len(recipe.value_mg), count):
        levers, atom = recipe.levers[block], recipe.atom[block]
        result, other = results[: len(atom)], others[: len(atom)]
        multiples.take(levers[:, 0], axis=0, out=result, mode="clip")
        result *= recipe.value_mg[block, None]
        for position in range(1, levers.shape[1]):
            multiples.take(levers[:, position], axis=0, out=other, mode="clip")
            result *= other
        # Rows come by atom: the first of each atom begins a segment of the block.
        first = np.flatnonzero(np.concatenate([[True], atom[1:] != atom[:-1]]))
        out[atom[first]] += np.add.reduceat(result, first, axis=0)
    return out


def _multiples(recipe: _Recipe, normals: Floats) -> Floats:
    """Multiples of each lever for the draws of its source; ones in the last row."""
    width = normals.shape[1]
    made = np.ones((len(recipe.lever_source) + 1, width))
    belows = np.empty((_block_rows(width), width))
    extra = recipe.lever_low_scale - recipe.lever_high_scale
    for block in _blocks(len(recipe.lever_source), width):
        line = made[block]
        normals.take(recipe.lever_source[block], axis=0, out=line, mode="clip")
        # Levers come by spread, normal ones first: they alone are the same on both sides.
        spread = recipe.lever_spread[block]
        uneven = slice(int(np.searchsorted(spread, NORMAL + 1)), len(spread))
        below = belows[: len(spread) - uneven.start]
        np.minimum(line[uneven], 0.0, out=below)
        below *= extra[block][uneven, None]
        line *= recipe.lever_high_scale[block, None]
        line[uneven] += below
        line += recipe.lever_location[block, None]
        even = slice(0, uneven.start)
        heavy = slice(uneven.start, int(np.searchsorted(spread, LOGNORMAL + 1)))
        np.maximum(line[even], 0.0, out=line[even])
        np.exp(line[heavy], out=line[heavy])
    return made


def _blocks(count: int, width: int) -> Iterator[slice]:
    """Pieces of ``count`` rows that together with ``width`` columns fit the cache."""
    size = _block_rows(width)
    return (slice(start, min(start + size, count)) for start in range(0, count, size))


def _block_rows(width: int) -> int:
    return max(_BLOCK_NUMBERS // width, 1)


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
