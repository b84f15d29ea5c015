"""Numbers that lie high or low together: a Gaussian copula over groups of quantities.

A copula keeps every distribution as it is stated and ties only the ranks: Nelsen, *An Introduction
to Copulas*, 2nd ed. (2006), doi:10.1007/0-387-28678-0, sections 2.3 and 3.1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vatra.plans.distributions import Floats
from vatra.plans.risk.defaults import CORRELATION, defaults_of
from vatra.plans.risk.error import RiskError
from vatra.plans.risk.quantities import Quantity

_SMALLEST_EIGENVALUE = 1e-9


@dataclass(frozen=True)
class Correlated:
    """Quantities of which any two have the correlation ``rho`` between their normal scores."""

    name: str
    keys: tuple[str, ...]
    rho: float
    is_default: bool = False
    source: str = ""


def default_correlations(found: Sequence[Quantity]) -> tuple[Correlated, ...]:
    """The groups of ``defaults.csv``: all delays, and all default shares of what was promised."""
    members = {
        "delay": [each.key for each in found if each.kind == "delay"],
        "delivered": [
            each.key
            for each in found
            if each.is_default and each.effects and each.kind in ("strength", "amount")
        ],
    }
    return tuple(
        Correlated(each.parameter, tuple(members[each.parameter]), each.distribution.mean, True,
                   each.source)
        for each in defaults_of(CORRELATION)
        if len(members[each.parameter]) > 1
    )  # fmt: skip


def correlate(scores: Floats, found: Sequence[Quantity], groups: Sequence[Correlated]) -> Floats:
    """Give independent normal scores [K, D] the correlations of the groups; the rest stays.

    Raises ``RiskError`` for a correlation outside -1..1, a key that no quantity has, two
    quantities tied twice in different ways, and correlations that cannot hold at once.
    """
    members = _members(found, groups)
    if not members:
        return scores
    tied = _matrix(members, groups)
    _refuse_impossible(tied, groups)
    rows = [number for number, each in enumerate(found) if each.key in members]
    order = [members[found[row].key] for row in rows]
    factor = np.linalg.cholesky(tied[np.ix_(order, order)])
    moved = scores.copy()
    moved[rows] = factor @ scores[rows]
    return moved


def _members(found: Sequence[Quantity], groups: Sequence[Correlated]) -> dict[str, int]:
    """Position in the matrix of every key in a group."""
    known = {each.key for each in found}
    unknown = sorted({key for group in groups for key in group.keys if key not in known})
    if unknown:
        raise RiskError("correlation-unknown", keys=unknown)
    for group in groups:
        if not -1.0 < group.rho < 1.0:
            raise RiskError("correlation-range", name=group.name, rho=group.rho)
    keys = dict.fromkeys(key for group in groups for key in group.keys)
    return {key: position for position, key in enumerate(keys)}


def _matrix(members: dict[str, int], groups: Sequence[Correlated]) -> Floats:
    tied = np.eye(len(members))
    stated: dict[tuple[int, int], float] = {}
    for group in groups:
        rows = sorted({members[key] for key in group.keys})
        for i in rows:
            for j in rows:
                if i < j and stated.setdefault((i, j), group.rho) != group.rho:
                    names = list(members)
                    raise RiskError("correlation-twice", keys=[names[i], names[j]])
        block = np.ix_(rows, rows)
        tied[block] = np.where(np.eye(len(rows), dtype=bool), 1.0, group.rho)
    return tied


def _refuse_impossible(tied: Floats, groups: Sequence[Correlated]) -> None:
    if float(np.linalg.eigvalsh(tied)[0]) > _SMALLEST_EIGENVALUE:
        return
    for group in groups:
        # n numbers cannot all oppose each other by more than 1 / (n - 1).
        least = -1.0 / max(len(set(group.keys)) - 1, 1)
        if group.rho <= least:
            count = len(set(group.keys))
            raise RiskError(
                "correlation-negative", name=group.name, rho=group.rho, count=count, least=least
            )
    raise RiskError("correlation-impossible", names=[each.name for each in groups])
