"""The families of distributions: mean, ends and quantiles in closed form.

Sources: closed forms as in Johnson, Kotz and Balakrishnan, *Continuous Univariate Distributions*,
2nd ed. (1994-1995), vol. 1 chapters 13 (normal) and 14 (lognormal), vol. 2 chapters 25 (beta) and
26 (uniform, triangular). PERT: Malcolm, Roseboom, Clark and Fazar, "Application of a Technique
for Research and Development Program Evaluation", Operations Research 7(5), 1959,
doi:10.1287/opre.7.5.646: mean (low + 4 mode + high) / 6, here with the beta of shape 4.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from vatra.plans.distributions.error import DistributionError
from vatra.plans.distributions.numbers import write_number

Floats = npt.NDArray[np.float64]

# How much the most likely value of a PERT weighs against either end.
PERT_WEIGHT = 4.0
# A lognormal whose ends lie further apart says nothing; its mean runs away from both of them.
LOGNORMAL_WIDEST_RATIO = 1e6
# Beyond these, the inverse of the incomplete beta function no longer converges everywhere.
SMALLEST_SHAPE, LARGEST_SHAPE = 1e-2, 1e6

_STANDARD = NormalDist()
_Z_95 = _STANDARD.inv_cdf(0.95)
# Where the ends of an unbounded distribution are drawn.
_TAIL = 0.001


class Distribution(ABC):
    """One number nobody knows exactly.

    ``text`` is its canonical spelling and parses back to itself; ``mean`` is exact; ``low`` and
    ``high`` are the ends of what is possible, P0.1 and P99.9 where there is no end.
    """

    family: str = ""

    @property
    @abstractmethod
    def text(self) -> str:
        """The canonical spelling."""

    @property
    @abstractmethod
    def mean(self) -> float:
        """The expected value."""

    @property
    @abstractmethod
    def low(self) -> float:
        """The least possible value, or P0.1."""

    @property
    @abstractmethod
    def high(self) -> float:
        """The greatest possible value, or P99.9."""

    @abstractmethod
    def quantile(self, p: Floats) -> Floats:
        """The values below which a share ``p`` in 0..1 of the probability lies, shape of ``p``.

        The normal and the lognormal have no ends: their quantiles of 0 and 1 are not finite.
        """

    @property
    def is_certain(self) -> bool:
        """Whether there is only one possible value."""
        return self.low == self.high

    def _spelled(self, *numbers: float) -> str:
        return f"{self.family}({'; '.join(write_number(each) for each in numbers)})"


@dataclass(frozen=True)
class Fixed(Distribution):
    """One value, known exactly."""

    value: float
    family = "fixed"

    @property
    def text(self) -> str:
        return write_number(self.value)

    @property
    def mean(self) -> float:
        return self.value

    @property
    def low(self) -> float:
        return self.value

    @property
    def high(self) -> float:
        return self.value

    def quantile(self, p: Floats) -> Floats:
        return np.full(np.shape(p), self.value)


@dataclass(frozen=True)
class _Bounded(Distribution):
    lowest: float
    highest: float

    def __post_init__(self) -> None:
        _in_order(self.family, low=self.lowest, high=self.highest)

    @property
    def low(self) -> float:
        return self.lowest

    @property
    def high(self) -> float:
        return self.highest

    @property
    def width(self) -> float:
        """Distance of the ends."""
        return self.highest - self.lowest

    def _within(self, values: Floats) -> Floats:
        return np.clip(values, self.lowest, self.highest)


@dataclass(frozen=True)
class Uniform(_Bounded):
    """Every value between two ends is as likely."""

    family = "uniform"

    @property
    def text(self) -> str:
        return self._spelled(self.lowest, self.highest)

    @property
    def mean(self) -> float:
        return (self.lowest + self.highest) / 2

    def quantile(self, p: Floats) -> Floats:
        return self._within(self.lowest + np.asarray(p) * self.width)


@dataclass(frozen=True)
class _Peaked(_Bounded):
    mode: float

    def __post_init__(self) -> None:
        _in_order(self.family, low=self.lowest, mode=self.mode, high=self.highest)

    @property
    def text(self) -> str:
        return self._spelled(self.lowest, self.mode, self.highest)


@dataclass(frozen=True)
class Triangular(_Peaked):
    """Density in two straight lines up to the most likely value and down from it."""

    family = "triangular"

    @property
    def mean(self) -> float:
        return (self.lowest + self.mode + self.highest) / 3

    def quantile(self, p: Floats) -> Floats:
        p = np.asarray(p, dtype=np.float64)
        rising = self.lowest + np.sqrt(p * self.width * (self.mode - self.lowest))
        falling = self.highest - np.sqrt((1 - p) * self.width * (self.highest - self.mode))
        is_rising = p * self.width <= self.mode - self.lowest
        return self._within(np.where(is_rising, rising, falling))


@dataclass(frozen=True)
class Pert(_Peaked):
    """A smooth hump around the most likely value: a beta whose mean is (low + 4 mode + high)/6."""

    family = "pert"

    @property
    def mean(self) -> float:
        return (self.lowest + PERT_WEIGHT * self.mode + self.highest) / (PERT_WEIGHT + 2)

    @property
    def shapes(self) -> tuple[float, float]:
        """Both shapes of the beta; (1, 1) where there is only one possible value."""
        if self.width == 0:
            return 1.0, 1.0
        rise = PERT_WEIGHT * (self.mode - self.lowest) / self.width
        return 1.0 + rise, 1.0 + PERT_WEIGHT - rise

    def quantile(self, p: Floats) -> Floats:
        return self._within(self.lowest + _beta_quantile(*self.shapes, p) * self.width)


@dataclass(frozen=True)
class Beta(_Bounded):
    """A beta between two ends."""

    a: float
    b: float
    family = "beta"

    def __post_init__(self) -> None:
        super().__post_init__()
        for shape in (self.a, self.b):
            if not SMALLEST_SHAPE <= shape <= LARGEST_SHAPE:
                raise DistributionError(
                    "beta-shape",
                    shape=write_number(shape),
                    smallest=write_number(SMALLEST_SHAPE),
                    largest=LARGEST_SHAPE,
                )

    @property
    def text(self) -> str:
        ends = () if (self.lowest, self.highest) == (0.0, 1.0) else (self.lowest, self.highest)
        return self._spelled(self.a, self.b, *ends)

    @property
    def mean(self) -> float:
        return self.lowest + self.width * self.a / (self.a + self.b)

    def quantile(self, p: Floats) -> Floats:
        return self._within(self.lowest + _beta_quantile(self.a, self.b, p) * self.width)


@dataclass(frozen=True)
class Normal(Distribution):
    """A normal of a mean and a standard deviation."""

    centre: float
    deviation: float
    family = "normal"

    def __post_init__(self) -> None:
        if self.deviation < 0:
            raise DistributionError("deviation", deviation=write_number(self.deviation))

    @property
    def text(self) -> str:
        return self._spelled(self.centre, self.deviation)

    @property
    def mean(self) -> float:
        return self.centre

    @property
    def low(self) -> float:
        return self.centre + _STANDARD.inv_cdf(_TAIL) * self.deviation

    @property
    def high(self) -> float:
        return self.centre - _STANDARD.inv_cdf(_TAIL) * self.deviation

    def quantile(self, p: Floats) -> Floats:
        return self.centre + _times(self.deviation, _normal_quantile(p))


@dataclass(frozen=True)
class LogNormal(Distribution):
    """A lognormal through its P5 and its P95, both above zero."""

    p5: float
    p95: float
    family = "lognormal"

    def __post_init__(self) -> None:
        if self.p5 <= 0:
            raise DistributionError("lognormal-positive", p5=write_number(self.p5))
        _in_order(self.family, low=self.p5, high=self.p95)
        if self.p95 / self.p5 > LOGNORMAL_WIDEST_RATIO:
            raise DistributionError(
                "lognormal-wide",
                p5=write_number(self.p5),
                p95=write_number(self.p95),
                widest=LOGNORMAL_WIDEST_RATIO,
            )

    @property
    def text(self) -> str:
        return self._spelled(self.p5, self.p95)

    @property
    def location(self) -> float:
        """Mean of the logarithm."""
        return (math.log(self.p5) + math.log(self.p95)) / 2

    @property
    def scale(self) -> float:
        """Standard deviation of the logarithm."""
        return math.log(self.p95 / self.p5) / (2 * _Z_95)

    @property
    def mean(self) -> float:
        return math.exp(self.location + self.scale**2 / 2) if self.scale else self.p5

    @property
    def low(self) -> float:
        return self._at(_STANDARD.inv_cdf(_TAIL))

    @property
    def high(self) -> float:
        return self._at(-_STANDARD.inv_cdf(_TAIL))

    def _at(self, score: float) -> float:
        return math.exp(self.location + self.scale * score) if self.scale else self.p5

    def quantile(self, p: Floats) -> Floats:
        if not self.scale:
            return np.full(np.shape(p), self.p5)
        return np.exp(self.location + self.scale * _normal_quantile(p))


@dataclass(frozen=True)
class Discrete(Distribution):
    """A few possible values, each with a weight; the weights need not sum to 1."""

    values: tuple[float, ...]
    weights: tuple[float, ...]
    family = "discrete"

    def __post_init__(self) -> None:
        for value, weight in zip(self.values, self.weights, strict=True):
            if weight <= 0:
                raise DistributionError(
                    "weight", value=write_number(value), weight=write_number(weight)
                )
        twice = sorted({each for each in self.values if self.values.count(each) > 1})
        if twice:
            raise DistributionError("discrete-twice", values=[write_number(each) for each in twice])
        pairs = sorted(zip(self.values, self.weights, strict=True))
        object.__setattr__(self, "values", tuple(value for value, _ in pairs))
        object.__setattr__(self, "weights", tuple(weight for _, weight in pairs))

    @property
    def text(self) -> str:
        pairs = zip(self.values, self.weights, strict=True)
        listed = "; ".join(
            f"{write_number(value)}: {write_number(weight)}" for value, weight in pairs
        )
        return f"{self.family}({listed})"

    @property
    def mean(self) -> float:
        pairs = zip(self.values, self.weights, strict=True)
        return math.fsum(v * w for v, w in pairs) / math.fsum(self.weights)

    @property
    def low(self) -> float:
        return self.values[0]

    @property
    def high(self) -> float:
        return self.values[-1]

    def quantile(self, p: Floats) -> Floats:
        reached = np.cumsum(self.weights) / math.fsum(self.weights)
        place = np.searchsorted(reached[:-1], np.asarray(p), side="left")
        return np.asarray(self.values, dtype=np.float64)[place]


def _in_order(family: str, **ends: float) -> None:
    values = list(ends.values())
    if values != sorted(values):
        raise DistributionError(
            "order" if len(values) == 2 else "order-mode",
            family=family,
            numbers="; ".join(write_number(each) for each in values),
        )


def _times(scale: float, scores: Floats) -> Floats:
    """Scores times a scale; nought, not nan, where the scale is nought."""
    return scores * scale if scale else np.zeros(np.shape(scores))


# scipy is large: it is loaded when the first quantile is asked for, not with the plan.
def _normal_quantile(p: Floats) -> Floats:
    from scipy.special import ndtri

    return np.asarray(ndtri(p), dtype=np.float64)


def _beta_quantile(a: float, b: float, p: Floats) -> Floats:
    from scipy.special import betaincinv

    return np.asarray(betaincinv(a, b, p), dtype=np.float64)
