"""Which number to measure next: what knowing one number would be worth, and what it explains.

The value of perfect information on one number X is ``E[max_d E(B_d | X)] - max_d E(B_d)``: how much
better one decides between the options d, of benefit B_d, when X is known first. The conditional
means are regressions on draws that exist anyway: Strong, Oakley and Brennan, "Estimating
Multiparameter Partial Expected Value of Perfect Information from a Probabilistic Sensitivity
Analysis Sample", Medical Decision Making 34(3), 2014, doi:10.1177/0272989X13505910; here on
polynomials that are orthonormal under the distribution of X. Each replicate is judged by a
regression on the other replicates, so that noise is not taken for information: the value is what
such a decision really gained, on draws it had not seen.

The share of variance that a number explains, the first-order index of Sobol' (Sobol', "Sensitivity
Estimates for Nonlinear Mathematical Models", Mathematical Modelling and Computational Experiments
1(4), 1993), comes from the same regressions: Sudret, "Global Sensitivity Analysis Using Polynomial
Chaos Expansions", Reliability Engineering and System Safety 93(7), 2008,
doi:10.1016/j.ress.2007.04.002. For correlated numbers it holds what their companions explain too,
and the shares may sum to more than 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vatra.plans.distributions import Discrete, Floats
from vatra.plans.risk.drawing import Drawn
from vatra.plans.risk.figures import error_of
from vatra.plans.risk.quantities import Quantity

_DEGREE = 4


@dataclass(frozen=True)
class Information:
    """Of K quantities [K]: ``value`` of knowing each, in the unit of the benefit, never negative;
    its ``error`` (half the 95 % interval); ``whole``, the value of knowing everything."""

    value: Floats
    error: Floats
    whole: float


@dataclass(frozen=True)
class Explained:
    """Of K quantities [K]: ``share`` of a variance, 0 to 1, and its ``error`` (half the 95 %
    interval of sampling)."""

    share: Floats
    error: Floats


def explained(drawn: Drawn, result: Floats) -> Explained:
    """Share of the variance of a result [D] that each quantity alone explains."""
    count = len(drawn.quantities)
    whole = float(result.var())
    if whole == 0.0:
        return Explained(np.zeros(count), np.zeros(count))
    how = drawn.how
    centred = (result - result.mean())[:, None]
    shares = np.empty((how.replicates_count, count))
    for row in range(count):
        unexplained = (centred - _fitted(drawn, row, centred)) ** 2
        parted = unexplained.reshape(how.replicates_count, how.points_count)
        shares[:, row] = 1.0 - parted.mean(axis=1) / whole
    return Explained(np.clip(shares.mean(axis=0), 0.0, 1.0), error_of(shares))


def variance_shares(drawn: Drawn, result: Floats) -> Floats:
    """The shares of ``explained`` alone [K]."""
    return explained(drawn, result).share


def information(drawn: Drawn, benefit: Floats) -> Information:
    """What knowing each quantity is worth for choosing between options of ``benefit`` [D, options].

    The benefit is in any unit; for ``met`` and ``not met`` see ``verdicts``.
    """
    best = _achieved(benefit, _others_mean(drawn, benefit), drawn)
    values, errors = [], []
    for row in range(len(drawn.quantities)):
        gain = _achieved(benefit, _fitted(drawn, row, benefit), drawn) - best
        values.append(max(float(gain.mean()), 0.0))
        errors.append(float(error_of(gain)))
    whole = float((benefit.max(axis=1)).mean() - benefit.mean(axis=0).max())
    return Information(np.array(values), np.array(errors), whole)


def verdicts(met: Floats) -> Floats:
    """Benefits of saying beforehand "it will be met" and "it will not": 1 when that is right.

    The value of information is then by how much more often one is right.
    """
    return np.stack([met, 1.0 - met], axis=1)


@dataclass(frozen=True)
class Loss:
    """What missing a target costs, and what reserves cost that guard against it.

    ``missed_eur_per_t`` for each tonne above the target; ``reserve_eur_per_t`` for each tonne of
    further measures prepared beforehand, needed or not.
    """

    missed_eur_per_t: float
    reserve_eur_per_t: float

    def benefits(self, over_t: Floats) -> Floats:
        """Less the cost [EUR] of each of several reserves, for tonnes above the target [D]."""
        short = np.maximum(over_t, 0.0)
        reserves = np.concatenate([[0.0], np.percentile(short, [10, 25, 50, 75, 90, 95])])
        prepared = reserves[None, :]
        missed = np.maximum(short[:, None] - prepared, 0.0)
        return -(self.reserve_eur_per_t * prepared + self.missed_eur_per_t * missed)


def _achieved(benefit: Floats, expected: Floats, drawn: Drawn) -> Floats:
    """Mean benefit in each replicate of the option expected to be best in each draw."""
    chosen = np.argmax(expected, axis=1)[:, None]
    taken = np.take_along_axis(benefit, chosen, axis=1)[:, 0]
    how = drawn.how
    return taken.reshape(how.replicates_count, how.points_count).mean(axis=1)


def _others_mean(drawn: Drawn, result: Floats) -> Floats:
    """For every draw, the mean of all other replicates [D, Y]."""
    how = drawn.how
    own = result.reshape(how.replicates_count, how.points_count, -1).mean(axis=1)
    others = (own.sum(axis=0) - own) / (how.replicates_count - 1)
    return np.repeat(others, how.points_count, axis=0)


def _fitted(drawn: Drawn, row: int, result: Floats) -> Floats:
    """Conditional mean given one quantity, by a regression on all other replicates [D, Y]."""
    how = drawn.how
    basis = _basis(drawn.quantities[row], drawn.probability[row], drawn.values[row])
    parted = basis.reshape(len(basis), how.replicates_count, how.points_count)
    results = result.reshape(how.replicates_count, how.points_count, -1)
    own = np.einsum("brn,rny->rby", parted, results) / how.points_count
    others = (own.sum(axis=0) - own) / (how.replicates_count - 1)
    fitted = np.einsum("brn,rby->rny", parted, others)
    return fitted.reshape(len(result), -1)


def _basis(quantity: Quantity, probability: Floats, values: Floats) -> Floats:
    """Functions [B, D] of one quantity, orthonormal under its distribution."""
    if isinstance(quantity.distribution, Discrete):
        weights = np.array(quantity.distribution.weights)
        shares = weights / weights.sum()
        options = np.array(quantity.distribution.values)
        near = np.abs(values[None, :] - options[:, None]).argmin(axis=0)
        return np.stack([(near == n) / np.sqrt(share) for n, share in enumerate(shares)])
    x = 2.0 * probability - 1.0
    legendre = [np.ones_like(x), x]
    for n in range(1, _DEGREE):
        legendre.append(((2 * n + 1) * x * legendre[n] - n * legendre[n - 1]) / (n + 1))
    return np.stack([np.sqrt(2 * n + 1) * each for n, each in enumerate(legendre)])
