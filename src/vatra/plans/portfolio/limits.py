"""What a plan may not pass: targets, money, staff, funds, pace, equity; and what is settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from vatra.plans.engine import Choice

LEVELS = (0.25, 0.5, 0.75, 1.0)
OBJECTIVES = ("emissions", "cumulative", "npv", "capex", "peak", "bill")
Of = Literal["capex", "cut"]


@dataclass(frozen=True)
class Fund:
    """A source that pays a part of the capital of some actions in some years.

    ``eligible`` codes of actions, empty for all; ``payers`` whose capital it may replace, empty for
    all; ``most_share`` of the capital of an action and year; ``ceiling_cents`` over its window.
    """

    code: str
    ceiling_cents: int
    first_year: int
    last_year: int
    eligible: frozenset[str] = frozenset()
    payers: frozenset[str] = frozenset()
    most_share: float = 1.0

    def pays(self, code: str, payer: str, year: int) -> bool:
        """Whether it may pay for an action of a payer in a year."""
        return (
            self.first_year <= year <= self.last_year
            and (not self.eligible or code in self.eligible)
            and (not self.payers or payer in self.payers)
        )


@dataclass(frozen=True)
class GroupShare:
    """A group of actions gets at least, or at most, a share of all capital or of the cut.

    The cut counted here is that of each action taken first, in the year the plan aims at: a share
    that does not depend on the order of the others.
    """

    codes: frozenset[str]
    least_share: float = 0.0
    most_share: float = 1.0
    of: Of = "capex"


@dataclass(frozen=True)
class Limits:
    """All limits of a plan; what is empty or None does not bind.

    Attributes
    ----------
    targets : year -> emission left at most [mg CO2e]
    cumulative_mg : emission of all years of the pathway together at most [mg CO2e]
    capex_cents_by_year : (payer, year) -> capital at most; the payer "" stands for all together
    capex_total_cents : capital of all years and payers at most, what funds pay included
    staff_fte_by_year : (payer, year) -> staff at most, of a payer or, with "", of all together
    funds : sources that lighten the yearly capital of payers, not the total
    first_year : nothing starts before; the year after the base year when None
    levels : the parts of the most of each action that may be done
    fixed : actions that are settled, whatever ``first_year`` and ``levels`` say; level 0 for none
    minimum_pace : (code, year) -> share of the action in place at least
    conflicts : of each of these groups at most one action is done
    equity : shares of groups
    bill_cents_by_year : year -> energy bill of all households at most
    aim_year : the year whose emission is minimised; the last target's, or the last of the pathway
    """

    targets: Mapping[int, int] = field(default_factory=dict)
    cumulative_mg: int | None = None
    capex_cents_by_year: Mapping[tuple[str, int], int] = field(default_factory=dict)
    capex_total_cents: int | None = None
    staff_fte_by_year: Mapping[tuple[str, int], float] = field(default_factory=dict)
    funds: tuple[Fund, ...] = ()
    first_year: int | None = None
    levels: tuple[float, ...] = LEVELS
    fixed: Mapping[str, Choice] = field(default_factory=dict)
    minimum_pace: Mapping[tuple[str, int], float] = field(default_factory=dict)
    conflicts: tuple[frozenset[str], ...] = ()
    equity: tuple[GroupShare, ...] = ()
    bill_cents_by_year: Mapping[int, int] = field(default_factory=dict)
    aim_year: int | None = None
