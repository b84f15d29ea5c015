"""A normal distribution of many numbers: drawn, weighed and fitted to weighted draws."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from vatra.plans.bills.reading import Floats


@dataclass(frozen=True, eq=False)
class Normal:
    """``mean`` (k,) and ``covariance`` (k, k), positive definite."""

    mean: Floats
    covariance: Floats

    @staticmethod
    def standard(count: int) -> Normal:
        """Independent, around 0 with variance 1."""
        return Normal(np.zeros(count), np.eye(count))

    @staticmethod
    def fitted(scores: Floats, weights: Floats, wider: float = 1.0) -> Normal:
        """To weighted draws (k, n), the weights adding up to 1; the covariance times ``wider``."""
        mean = scores @ weights
        apart = scores - mean[:, None]
        covariance = wider * (apart * weights) @ apart.T
        return Normal(mean, covariance + 1e-9 * np.eye(len(mean)))

    @cached_property
    def root(self) -> Floats:
        """Lower triangle whose square is the covariance (Cholesky)."""
        return np.asarray(np.linalg.cholesky(self.covariance))

    def at(self, scores: Floats) -> Floats:
        """Draws from independent standard scores (k, n)."""
        return np.asarray(self.mean[:, None] + self.root @ scores)

    def log_density(self, at: Floats) -> Floats:
        """Logarithm of the density at draws (k, n) up to the constant of all normals of k."""
        from scipy.linalg import solve_triangular

        apart = solve_triangular(self.root, at - self.mean[:, None], lower=True)
        return np.asarray(-0.5 * (apart**2).sum(axis=0) - np.log(np.diag(self.root)).sum())
