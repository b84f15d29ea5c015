"""The uncertainty table that national inventories print: IPCC 2006, Volume 1, Chapter 3, Table 3.2.

Category by category, columns A to M. It takes a factor to be the same in both years and an
activity to be of its own in each, unless told otherwise, and knows no source shared by several
categories: ``doubt.approach_1`` and ``doubt.trend_1`` do. It stands here because others ask for
this very table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

_STEP = 0.01


@dataclass(frozen=True)
class Category:
    """Columns A to F: a category, its emissions in both years [mg CO2e], its doubts.

    ``activity_percent``, ``factor_percent`` half the 95 % interval in per cent;
    ``activity_correlated``, ``factor_correlated`` whether the same doubt holds in both years.
    """

    name: str
    gas: str
    base_mg: int
    target_mg: int
    activity_percent: float
    factor_percent: float
    activity_correlated: bool = False
    factor_correlated: bool = True


@dataclass(frozen=True)
class Row:
    """Columns G to M of one category, in per cent (H and M in per cent squared)."""

    category: Category
    combined_percent: float
    variance_share: float
    type_a_percent: float
    type_b_percent: float
    trend_by_factor_percent: float
    trend_by_activity_percent: float

    @property
    def trend_variance(self) -> float:
        """Column M: contribution to the variance of the trend."""
        return self.trend_by_factor_percent**2 + self.trend_by_activity_percent**2


@dataclass(frozen=True)
class Table:
    """The rows and the two figures at the foot of the table.

    ``total_percent`` half the 95 % interval of the target year's total, in per cent of it;
    ``trend_percent`` that of the change, in percentage points of the base year.
    """

    rows: tuple[Row, ...]

    @property
    def total_percent(self) -> float:
        """Square root of the sum of column H."""
        return sqrt(sum(each.variance_share for each in self.rows))

    @property
    def trend_percent(self) -> float:
        """Square root of the sum of column M."""
        return sqrt(sum(each.trend_variance for each in self.rows))


def table_3_2(categories: Sequence[Category]) -> Table:
    """Fill the table.

    Raises ``ValueError`` when the total of either year is zero.
    """
    base = float(sum(each.base_mg for each in categories))
    target = float(sum(each.target_mg for each in categories))
    if not base or not target:
        raise ValueError("the table divides by the totals of both years; one of them is zero")
    return Table(tuple(_row(each, base, target) for each in categories))


def _row(category: Category, base: float, target: float) -> Row:
    combined = sqrt(category.activity_percent**2 + category.factor_percent**2)
    type_a = _type_a(category, base, target)
    type_b = abs(category.target_mg / base)
    return Row(
        category=category,
        combined_percent=combined,
        variance_share=(combined * category.target_mg / target) ** 2,
        type_a_percent=type_a,
        type_b_percent=type_b,
        trend_by_factor_percent=_moved(
            category.factor_percent, category.factor_correlated, type_a, type_b
        ),
        trend_by_activity_percent=_moved(
            category.activity_percent, category.activity_correlated, type_a, type_b
        ),
    )


def _type_a(category: Category, base: float, target: float) -> float:
    """Percentage points the trend moves when the category is 1 % larger in both years."""
    larger_base = base + _STEP * category.base_mg
    larger_target = target + _STEP * category.target_mg
    return abs((larger_target / larger_base - target / base) * 100)


def _moved(percent: float, correlated: bool, type_a: float, type_b: float) -> float:
    """Columns K and L: what a doubt does to the trend, in percentage points."""
    return type_a * percent if correlated else type_b * percent * sqrt(2)
