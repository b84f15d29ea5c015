"""Packages that no other package beats in everything."""

from __future__ import annotations

import numpy as np

from vatra.plans.retrofit.reading import Flags, Floats, RetrofitError

# Rows compared with each other at once: enough for numpy to be busy, few enough for the cache.
_CHUNK = 256


def pareto_front(objectives: Floats) -> Flags:
    """Which rows are not dominated, when less is better in every column.

    Parameters
    ----------
    objectives : [n, k], finite

    Returns
    -------
    [n], true for a row that no other row equals or undercuts in all columns and undercuts in one.
    Rows that are the same in every column stand or fall together.

    Raises ``RetrofitError`` for values that are not finite: what is not known cannot be compared.
    """
    values = np.ascontiguousarray(objectives, np.float64)
    if not bool(np.isfinite(values).all()):
        raise RetrofitError("pareto-unknown", count=int((~np.isfinite(values)).any(axis=1).sum()))
    # In this order a row can be dominated only by rows before it, or by its equals never.
    order = np.lexsort(values.T[::-1])
    kept = np.zeros(len(values), np.bool_)
    front = np.empty((0, values.shape[1]))
    for start in range(0, len(order), _CHUNK):
        rows = order[start : start + _CHUNK]
        rows = rows[~_dominated(values[rows], front)]
        rows = rows[~_dominated(values[rows], values[rows])]
        kept[rows] = True
        front = np.concatenate([front, values[rows]])
    return kept


def _dominated(rows: Floats, by: Floats) -> Flags:
    """Whether each row [n, k] is dominated by one of ``by`` [m, k]."""
    no_worse = np.ones((len(rows), len(by)), np.bool_)
    better = np.zeros((len(rows), len(by)), np.bool_)
    for column in range(rows.shape[1]):
        mine, theirs = rows[:, column, None], by[None, :, column]
        no_worse &= theirs <= mine
        better |= theirs < mine
    return np.asarray((no_worse & better).any(axis=1))
