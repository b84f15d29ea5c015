"""Why emissions changed between two years: the logarithmic mean Divisia index, additive (LMDI-I).

A total ``V = sum_i x_1i x_2i ... x_ni`` changes from a base to a target; the effect of factor k is

    sum_i L(V_i target, V_i base) ln(x_ki target / x_ki base),   L(a, b) = (a - b) / ln(a / b)

(B. W. Ang, The LMDI approach to decomposition analysis: a practical guide, Energy Policy 33 (2005)
867-871, Equation 5). The effects add up to the change without a residual, and turning time round
turns their signs.

Where a part begins or ends at zero, the limits hold that the formula tends to: the factors that
are zero share the part's whole change evenly, the others have no effect (zeroes replaced by ever
smaller values, as in R. Wood and M. Lenzen, Energy Policy 34 (2006) 1326-1331).
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import isnan, log, prod
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
Factors = Sequence[float]


@dataclass(frozen=True)
class Effects:
    """Effects of each factor: ``by_part`` of every part in the order of ``names``."""

    names: tuple[str, ...]
    by_part: Mapping[Hashable, tuple[float, ...]]

    @property
    def totals(self) -> dict[str, float]:
        """Effect of each factor over all parts."""
        sums = (sum(each) for each in zip(*self.by_part.values(), strict=True))
        return dict.fromkeys(self.names, 0.0) | dict(zip(self.names, sums, strict=False))


def log_mean(a: float, b: float) -> float:
    """Logarithmic mean of two positive or two negative numbers."""
    return a if a == b else (a - b) / log(a / b)


def lmdi(
    base: Mapping[Key, Factors], target: Mapping[Key, Factors], names: Sequence[str]
) -> Effects:
    """Effects of each factor on the change from base to target.

    Parameters
    ----------
    base, target : factors of each part, in the order of ``names``. NaN stands for what cannot be
        said (the factor of energy that is not used): it counts as unchanged. A part that only one
        side has is zero on the other, for its first factor.
    names : of the factors

    Returns
    -------
    Effects
        Parts sorted by their text.

    Raises ``ValueError`` when a part has another number of factors, or one changes its sign.
    """
    found: dict[Hashable, tuple[float, ...]] = {}
    for key in sorted({*base, *target}, key=str):
        before, after = (_factors(side, other, key) for side, other in _sides(base, target))
        if not len(before) == len(after) == len(names):
            raise ValueError(f"{key}: {len(names)} factors are named, {len(before)} are given")
        found[key] = _part(key, *_filled(before, after))
    return Effects(tuple(names), found)


def _sides(
    base: Mapping[Key, Factors], target: Mapping[Key, Factors]
) -> tuple[tuple[Mapping[Key, Factors], Mapping[Key, Factors]], ...]:
    return ((base, target), (target, base))


def _factors(side: Mapping[Key, Factors], other: Mapping[Key, Factors], key: Key) -> Factors:
    """A side's factors, or those of the other side with nothing of the first."""
    return side[key] if key in side else (0.0, *other[key][1:])


def _filled(before: Factors, after: Factors) -> tuple[list[float], list[float]]:
    """What one side cannot say is taken from the other, what neither can is one."""
    pairs = []
    for b, a in zip(before, after, strict=True):
        known = [each for each in (b, a) if not isnan(each)] or [1.0]
        pairs.append((known[0] if isnan(b) else b, known[-1] if isnan(a) else a))
    return [b for b, _ in pairs], [a for _, a in pairs]


def _part(key: object, before: Factors, after: Factors) -> tuple[float, ...]:
    """Effects within one part."""
    first, last = prod(before), prod(after)
    if first and last:
        return _logarithmic(key, before, after, first, last)
    begins = [not b and bool(a) for b, a in zip(before, after, strict=True)]
    ends = [bool(b) and not a for b, a in zip(before, after, strict=True)]
    return tuple(
        (last * begun / sum(begins) if last else 0.0) - (first * ended / sum(ends) if first else 0)
        for begun, ended in zip(begins, ends, strict=True)
    )


def _logarithmic(
    key: object, before: Factors, after: Factors, first: float, last: float
) -> tuple[float, ...]:
    ratios = [a / b for b, a in zip(before, after, strict=True)]
    if min(ratios) <= 0:
        raise ValueError(f"{key}: a factor changes its sign, which has no logarithm")
    weight = log_mean(last, first)
    return tuple(weight * log(each) for each in ratios)
