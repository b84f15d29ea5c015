"""Money of a plan, year by year: what the plan asks for beside what was committed and spent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from vatra.plans.engine import Action, adoption_curve
from vatra.runs.scenario import Scenario
from vatra.units import CENTS_PER_EUR

_DECIMALS = 9


@dataclass(frozen=True)
class ActionMoney:
    """Money of one action by year [cents].

    ``planned`` is empty where the plan states no capital; a year that is absent from ``committed``
    or ``spent`` is not known: nobody reported it.
    """

    code: str
    names: Mapping[str, str]
    planned: Mapping[int, int]
    committed: Mapping[int, int]
    spent: Mapping[int, int]

    @property
    def is_planned(self) -> bool:
        """Whether the plan states its capital."""
        return bool(self.planned)

    def planned_until(self, year: int) -> int | None:
        """What the plan asks for up to the end of a year; None where it states no capital."""
        if not self.planned:
            return None
        return sum(each for at, each in self.planned.items() if at <= year)


@dataclass(frozen=True)
class Spending:
    """Money of all actions in the order of the plan; ``last_year`` the last one reported."""

    years: tuple[int, ...]
    actions: tuple[ActionMoney, ...]
    last_year: int | None

    def planned(self) -> dict[int, int]:
        """Planned by year, actions without stated capital left out."""
        return {year: sum(each.planned.get(year, 0) for each in self.actions)
                for year in self.years}  # fmt: skip

    def spent(self) -> dict[int, int]:
        """Spent by year, of years that somebody reported."""
        return _together(each.spent for each in self.actions)

    def committed(self) -> dict[int, int]:
        """Committed by year, of years that somebody reported."""
        return _together(each.committed for each in self.actions)

    def planned_until(self, year: int) -> int:
        """What the whole plan asks for up to the end of a year."""
        return sum(each for at, each in self.planned().items() if at <= year)

    @property
    def unplanned(self) -> tuple[str, ...]:
        """Codes of actions without stated capital."""
        return tuple(each.code for each in self.actions if not each.is_planned)


def spending(planned: Scenario) -> Spending:
    """The money of a scenario as planned, and what its ``progress.csv`` reports.

    The capital of an action falls due as it is put in place; its whole cents add up to the capital
    that the annual report states.
    """
    committed = _reported(planned.pack.rows["progress"], "committed_cents")
    spent = _reported(planned.pack.rows["progress"], "spent_cents")
    listed = tuple(
        ActionMoney(
            each.code,
            {"en": each.name("en"), "ro": each.name("ro")},
            _planned(each, planned.years),
            committed.get(each.code, {}),
            spent.get(each.code, {}),
        )
        for each in planned.model.actions
    )
    known = [year for each in listed for year in (*each.spent, *each.committed)]
    return Spending(tuple(planned.years), listed, max(known, default=None))


def _planned(action: Action, years: tuple[int, ...]) -> dict[int, int]:
    """Capital by year in whole euros as cents; what rounding leaves falls to the last year."""
    if action.economics is None:
        return {}
    total = action.economics.capex_total_eur
    due, before = {}, 0
    for year, share in zip(years, adoption_curve(action, years), strict=True):
        # Rounded first where machines may differ in their last bits.
        reached = round(Fraction(round(float(share) * total, _DECIMALS - 6)))
        due[year] = max(reached - before, 0) * CENTS_PER_EUR
        before = max(reached, before)
    return {year: cents for year, cents in due.items() if cents}


def _reported(rows: pl.DataFrame, column: str) -> dict[str, dict[int, int]]:
    found: dict[str, dict[int, int]] = {}
    told = rows.filter(pl.col("action").is_not_null() & pl.col(column).is_not_null())
    for action, year, cents in told.select("action", "year", column).iter_rows():
        found.setdefault(str(action), {})[year] = int(cents)
    return found


def _together(parts: Iterable[Mapping[int, int]]) -> dict[int, int]:
    found: dict[int, int] = {}
    for part in parts:
        for year, cents in part.items():
            found[year] = found.get(year, 0) + cents
    return dict(sorted(found.items()))
