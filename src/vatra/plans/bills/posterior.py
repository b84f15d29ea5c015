"""What meters make of draws: importance weights, and proposals that follow where few draws fit.

Draws from the prior are weighed by the likelihood of the meters. Where that leaves too few that
count, a normal distribution is fitted to weights that are raised to a power below 1 (tempered),
and new draws come from it and, one in ten, from the prior: the deterministic mixture of Owen and
Zhou, "Safe and effective importance sampling", JASA 95 (2000) 135-143,
doi:10.1080/01621459.2000.10473909. How many draws count is ESS = 1 / sum w^2 (Kong, Liu and Wong,
JASA 89 (1994) 278-288, doi:10.1080/01621459.1994.10476469).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from vatra.plans.bills.normal import Normal
from vatra.plans.bills.reading import Floats, Ints

# So many draws have to count, in all and of a hundred, before a new proposal is tried.
LEAST_EFFECTIVE = 400.0
ENOUGH_SHARE = 0.1
MOST_ROUNDS = 5
_FROM_PRIOR_SHARE = 0.1
_WIDER = 1.2
_SLICES = 50
# Logarithms of what meters would read under draws: scores (k, n) -> (m, n).
Predict = Callable[[Floats], Floats]


@dataclass(frozen=True, eq=False)
class Posterior:
    """Weighted draws.

    Attributes
    ----------
    scores : (k, n)
    weights : (n,), adding up to 1
    effective : how many of the draws count
    rounds : of proposals, 1 if draws of the prior were enough
    """

    scores: Floats
    weights: Floats
    effective: float
    rounds: int

    @property
    def is_thin(self) -> bool:
        """Whether too few draws count to tell P10 and P90."""
        return self.effective < LEAST_EFFECTIVE / 2

    def quantiles(self, values: Floats, at: tuple[float, ...] = (0.1, 0.5, 0.9)) -> Floats:
        """Weighted quantiles of values (..., n), shape (..., len(at))."""
        return weighted_quantiles(values, self.weights, at)

    def drawn(self, count: int) -> Ints:
        """Places of ``count`` draws of equal weight: every 1/count of the summed weights."""
        summed = np.cumsum(self.weights)
        return np.asarray(
            np.searchsorted(summed, (np.arange(count) + 0.5) / count * summed[-1]), np.int64
        )


def calibrate(
    prior: Normal,
    predict: Predict,
    observed: Floats,
    covariance: Floats,
    base: Floats,
) -> Posterior:
    """Draws of the scores given what meters read.

    Parameters
    ----------
    prior : of the scores, before this block's own meters
    predict : logarithms of what the meters would read
    observed, covariance : logarithms of what they read (m,), and of their errors (m, m); none:
        the posterior is the prior
    base : independent standard scores (k, n) that every round is made from
    """
    at = prior.at(base)
    if not len(observed):
        even = np.full(at.shape[1], 1.0 / at.shape[1])
        return Posterior(at, even, float(at.shape[1]), 1)
    error = Normal(observed, covariance)
    wanted = max(min(LEAST_EFFECTIVE, at.shape[1] / 2), ENOUGH_SHARE * at.shape[1])
    likely = error.log_density(predict(at))
    over = np.zeros(at.shape[1])
    weights, rounds = _even(likely), 1
    best = Posterior(at, weights, _effective(weights), rounds)
    while best.effective < wanted and rounds < MOST_ROUNDS:
        proposal = Normal.fitted(at, _tempered(likely, over, wanted), _WIDER)
        at = _mixture(prior, proposal, base)
        over = prior.log_density(at) - _log_mixture(prior, proposal, at)
        likely = error.log_density(predict(at))
        weights, rounds = _even(likely + over), rounds + 1
        if _effective(weights) > best.effective:
            best = Posterior(at, weights, _effective(weights), rounds)
    return best


def weighted_quantiles(values: Floats, weights: Floats, at: tuple[float, ...]) -> Floats:
    """Quantiles of values (..., n) under weights (n,): the least value that enough weight is at
    or below, in the middle of its step."""
    order = np.argsort(values, axis=-1, kind="stable")
    ordered = np.take_along_axis(values, order, axis=-1)
    held = weights[order]
    summed = np.cumsum(held, axis=-1) - held / 2
    flat = [
        np.interp(np.asarray(at) * held_row.sum(), row, value)
        for row, value, held_row in zip(
            summed.reshape(-1, summed.shape[-1]),
            ordered.reshape(-1, ordered.shape[-1]),
            held.reshape(-1, held.shape[-1]),
            strict=True,
        )
    ]
    return np.asarray(flat).reshape(*values.shape[:-1], len(at))


def _mixture(prior: Normal, proposal: Normal, base: Floats) -> Floats:
    """Every tenth draw from the prior, the others from the proposal."""
    first = np.arange(base.shape[1]) % round(1 / _FROM_PRIOR_SHARE) == 0
    return np.where(first, prior.at(base), proposal.at(base))


def _log_mixture(prior: Normal, proposal: Normal, at: Floats) -> Floats:
    return np.logaddexp(
        np.log(_FROM_PRIOR_SHARE) + prior.log_density(at),
        np.log1p(-_FROM_PRIOR_SHARE) + proposal.log_density(at),
    )


def _tempered(likely: Floats, over: Floats, wanted: float) -> Floats:
    """Weights with the likelihood raised to the highest power up to 1 that lets enough draws
    count, found by halving."""
    low, high = 0.0, 1.0
    for _ in range(_SLICES):
        middle = (low + high) / 2
        if _effective(_even(middle * likely + over)) >= wanted:
            low = middle
        else:
            high = middle
    return _even(low * likely + over)


def _even(log_weights: Floats) -> Floats:
    weights = np.exp(log_weights - log_weights.max())
    return np.asarray(weights / weights.sum())


def _effective(weights: Floats) -> float:
    return float(1 / (weights**2).sum())
