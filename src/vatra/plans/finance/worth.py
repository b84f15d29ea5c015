"""Whether money spent comes back: present value, rate of return, payback, benefit over cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from vatra.plans.finance.cents import Floats

Rates = Literal["one", "none", "several"]
# Rates of return are looked for between losing 99 % and gaining 1,000 % a year.
_LOWEST, _HIGHEST = -0.99, 10.0
_STEPS = 4_000
_BISECTIONS = 80
# Digits that are the same on every machine.
DIGITS = 9


@dataclass(frozen=True)
class Return:
    """Internal rates of return: ``one``, ``none``, or ``several`` (then none of them decides)."""

    kind: Rates
    rates: tuple[float, ...]

    @property
    def rate(self) -> float | None:
        """The rate where there is exactly one."""
        return self.rates[0] if self.kind == "one" else None


@dataclass(frozen=True)
class Worth:
    """What a stream of benefits and costs is worth at a discount rate.

    Attributes
    ----------
    npv : net present value, in the unit of the flows
    benefits, costs : present values, both positive
    bcr : benefits over costs, ``None`` without costs
    returns : internal rates of return
    payback_years, discounted_payback_years : years from the first flow until the sum stays
        above zero, ``None`` when it never does; what is left in the end is no payment back
    """

    npv: float
    benefits: float
    costs: float
    bcr: float | None
    returns: Return
    payback_years: float | None
    discounted_payback_years: float | None


def discount_factors(count: int, rate: float, present: int = 0) -> Floats:
    """``(1 + rate)^-(t - present)`` for ``count`` consecutive years.

    Raises ``ValueError`` for a rate of -100 % or less.
    """
    if not rate > -1:
        raise ValueError("a discount rate is above -100 %")
    when = np.arange(count, dtype=np.float64) - present
    return np.asarray((1.0 + rate) ** -when)


def npv(flows: Sequence[float] | Floats, rate: float, present: int = 0) -> float:
    """Net present value of flows by year, valued in the year at position ``present``."""
    values = np.asarray(flows, np.float64)
    return float(values @ discount_factors(len(values), rate, present))


def irr(flows: Sequence[float] | Floats) -> Return:
    """Every rate at which the flows are worth nothing.

    Flows that never change sign have none. With one change of sign the rate is the only one
    (Descartes); with more there may be several, and then the net present value decides, not a rate.
    """
    values = np.trim_zeros(np.asarray(flows, np.float64))
    signs = np.sign(values[values != 0])
    if not len(signs) or not bool((np.diff(signs) != 0).any()):
        return Return("none", ())
    found = _roots(values / np.abs(values).max())
    kind: Rates = "none" if not found else "one" if len(found) == 1 else "several"
    return Return(kind, found)


def _roots(values: Floats) -> tuple[float, ...]:
    # Steps of equal size in log(1 + rate), so that rates near zero and large ones are both seen.
    grid = np.expm1(np.linspace(np.log1p(_LOWEST), np.log1p(_HIGHEST), _STEPS))
    worth = np.zeros(_STEPS)
    for value in values[::-1]:
        worth = worth / (1.0 + grid) + value
    found = [float(rate) for rate, value in zip(grid, worth, strict=True) if value == 0]
    for left in np.flatnonzero(worth[:-1] * worth[1:] < 0):
        found.append(_bisect(values, float(grid[left]), float(grid[left + 1])))
    return tuple(sorted({round(rate, DIGITS) for rate in found}))


def _horner(values: Floats, rate: float) -> float:
    total = 0.0
    for value in values[::-1]:
        total = total / (1.0 + rate) + float(value)
    return total


def _bisect(values: Floats, low: float, high: float) -> float:
    positive = _horner(values, low) > 0
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        if (_horner(values, middle) > 0) is positive:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def payback(flows: Sequence[float] | Floats) -> float | None:
    """Years from the first flow until the running sum is back at zero and stays there.

    Within the year the flow is taken as even. A later replacement that takes the sum below zero
    again puts the payback off; ``None`` when the sum ends below zero or there is no flow.
    """
    values = np.asarray(flows, np.float64)
    if not bool((values != 0).any()):
        return None
    first = int(np.flatnonzero(values)[0])
    total = np.cumsum(values[first:])
    # A sum that ends within rounding of zero has come back.
    below = np.flatnonzero(total < -1e-9 * np.abs(values).sum())
    if not len(below):
        return 0.0
    last = int(below[-1])
    if last + 1 == len(total):
        return None
    return round(last + float(-total[last] / values[first + last + 1]), DIGITS)


def worth(
    benefits: Floats,
    costs: Floats,
    rate: float,
    present: int = 0,
    residual: Floats | None = None,
) -> Worth:
    """All figures at once.

    Parameters
    ----------
    benefits, costs : [T] by year, costs positive
    rate : discount rate a year
    present : position of the year that values are brought to
    residual : [T] value that is left after the last year, in that year: a benefit, but no payment
        back
    """
    flows = benefits - costs
    benefits = benefits if residual is None else benefits + residual
    factors = discount_factors(len(benefits), rate, present)
    gains, losses = float(benefits @ factors), float(costs @ factors)
    net = benefits - costs
    return Worth(
        npv=gains - losses,
        benefits=gains,
        costs=losses,
        bcr=round(gains / losses, DIGITS) if losses > 0 else None,
        returns=irr(net),
        payback_years=payback(flows),
        discounted_payback_years=payback(flows * factors),
    )
