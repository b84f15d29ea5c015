"""What is wanted of a quarter: what counts, what must be reached, what may not be passed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from vatra.plans.quarter.errors import QuarterError
from vatra.plans.quarter.menu import Menu
from vatra.plans.retrofit import LETTERS

# What is made small: money in cents, or what is left of a figure after the works.
MONEY = {"cost": "cost_cents", "owners": "owners_cents"}
FIGURES = {
    "co2": "co2_kg",
    "primary": "primary_kwh",
    "heating": "heating_kwh",
    "bill": "bill_eur",
}
OBJECTIVES = (*MONEY, *FIGURES)
OWNERS = "owners"


@dataclass(frozen=True)
class Aim:
    """An objective and the demands it stands under; what is not given is not asked.

    Attributes
    ----------
    objective : ``cost`` or ``owners`` (least money) or ``co2``, ``primary``, ``heating``, ``bill``
        (most saved)
    budget_cents : of all payers together, without value added tax
    payer_budget_cents : of single payers (``eu``, ``state``, ``city``, ``owners``)
    target_share : what the quarter saves of ``co2``, ``primary``, ``heating`` or ``bill``
    class_least : the worst energy class that a block may have afterwards
    owners_share_most : of the cost of each block
    owners_flat_cents_most : what owners of a block bear per flat, on average
    block_share_least : of its heating, what every block saves at least
    group_share_least : no group saves less per flat than this share of the mean of all flats
    group_of : what that saving is of, ``bill`` (EUR), ``heating`` or ``co2``
    worst_money_share : of the money, what goes at least to blocks of ``worst_class`` or worse
    flats_per_year, area_per_year_m2, years : what contractors can do
    packages : the only ones open, beside keeping a block as it is; none named: all
    fixed : blocks whose package is settled
    """

    objective: str = "cost"
    budget_cents: int | None = None
    payer_budget_cents: Mapping[str, int] = field(default_factory=dict)
    target_share: Mapping[str, float] = field(default_factory=dict)
    class_least: str | None = None
    owners_share_most: float | None = None
    owners_flat_cents_most: int | None = None
    block_share_least: float | None = None
    group_share_least: float | None = None
    group_of: str = "bill"
    worst_money_share: float | None = None
    worst_class: str = "E"
    flats_per_year: float | None = None
    area_per_year_m2: float | None = None
    years: int = 1
    packages: tuple[str, ...] = ()
    fixed: Mapping[str, str] = field(default_factory=dict)

    def check(self, menu: Menu) -> None:
        """Raise ``QuarterError`` for words and amounts that mean nothing for a menu."""
        self._check_words(menu)
        shares = {
            "target_share": self.target_share.values(),
            **{
                name: [getattr(self, name)]
                for name in ("owners_share_most", "block_share_least", "worst_money_share")
            },
        }
        for name, values in shares.items():
            if any(each is not None and not 0 <= each <= 1 for each in values):
                raise QuarterError("aim-share", name=name)
        amounts = {
            "budget_cents": self.budget_cents,
            **self.payer_budget_cents,
            "owners_flat_cents_most": self.owners_flat_cents_most,
            "group_share_least": self.group_share_least,
            "flats_per_year": self.flats_per_year,
            "area_per_year_m2": self.area_per_year_m2,
            "years": self.years - 1,
        }
        for name, value in amounts.items():
            if value is not None and not (math.isfinite(value) and value >= 0):
                raise QuarterError("aim-amount", name=name)

    def _check_words(self, menu: Menu) -> None:
        letters = [each for each in (self.class_least, self.worst_class) if each is not None]
        for names, known in (
            ([self.objective], OBJECTIVES),
            ([*self.target_share, self.group_of], tuple(FIGURES)),
            (letters, LETTERS),
            (list(self.payer_budget_cents), (*sorted(menu.grant_cents), OWNERS)),
            ([*self.packages, *self.fixed.values()], menu.packages),
            (list(self.fixed), menu.blocks),
        ):
            foreign = sorted(set(names) - set(known))
            if foreign:
                raise QuarterError("aim-word", names=foreign[:10], known=list(known)[:20])
