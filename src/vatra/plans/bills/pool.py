"""What meters of some blocks say about the others of their type.

Each score of a block is ``sqrt(r) t + sqrt(1 - r) e``: ``t`` common to the blocks of a type, ``e``
its own, ``r`` the shared share of the parameter (``data/priors.csv``). What meters read is taken
as a straight line in the scores, so ``t`` given all meters of a type is normal in closed form
(Gelman and others, Bayesian Data Analysis, 3rd ed. 2013, chapter 14.8, regression with known
variances). A block with meters of its own takes from the others of its type only (its own are left
out), and is then weighed by its own without the straight line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vatra.plans.bills.normal import Normal
from vatra.plans.bills.reading import Floats


@dataclass(frozen=True, eq=False)
class Linear:
    """Meters of one block as a straight line: ``slopes`` (m, k), ``apart`` read less expected (m,),
    ``covariance`` of errors with what is not straight (m, m); all of logarithms."""

    slopes: Floats
    apart: Floats
    covariance: Floats


def linear(scores: Floats, predicted: Floats, observed: Floats, covariance: Floats) -> Linear:
    """By least squares over draws of the prior: ``scores`` (k, n), logarithms ``predicted``
    (m, n)."""
    terms = np.vstack([np.ones(scores.shape[1]), scores])
    # Scores are as good as independent, so the normal equations are well behaved.
    found = np.linalg.solve(terms @ terms.T, terms @ predicted.T)
    rest = predicted - found.T @ terms
    curved = np.atleast_2d(np.cov(rest))
    slopes, apart = np.asarray(found[1:].T), np.asarray(observed - found[0])
    return Linear(slopes, apart, np.asarray(covariance + curved))


@dataclass(frozen=True, eq=False)
class Pool:
    """What is known of ``t`` of a type: ``precision`` (k, k) beyond the prior's and ``pull`` (k,),
    and the parts of each block with meters."""

    shared: Floats
    parts: tuple[tuple[Floats, Floats], ...]

    def prior(self, without: int | None = None) -> Normal:
        """Scores of a block of the type before its own meters; ``without`` one of the parts."""
        precision, pull = np.eye(len(self.shared)), np.zeros(len(self.shared))
        for place, (more, towards) in enumerate(self.parts):
            if place != without:
                precision, pull = precision + more, pull + towards
        covariance = np.linalg.inv(precision)
        root = np.sqrt(self.shared)
        mean = root * (covariance @ pull)
        spread = root[:, None] * covariance * root + np.diag(1 - self.shared)
        return Normal(mean, (spread + spread.T) / 2)


def pool(shared: Floats, blocks: Sequence[Linear]) -> Pool:
    """Of the blocks of a type that have meters; ``shared`` share of each parameter (k,)."""
    root, own = np.sqrt(shared), 1 - shared
    parts = []
    for each in blocks:
        towards_t = each.slopes * root
        noise = (each.slopes * own) @ each.slopes.T + each.covariance
        weighed = np.linalg.solve(noise, towards_t)
        parts.append((towards_t.T @ weighed, weighed.T @ each.apart))
    return Pool(shared, tuple(parts))
