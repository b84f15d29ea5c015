"""A warmer year: by months, from a scenario of the table or from twelve values."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

from vatra.plans.blocks.climate.climate import MONTH_DAYS, Climate

_SEASON_OF_MONTH = (
    ("winter",) * 2 + ("spring",) * 3 + ("summer",) * 3 + ("autumn",) * 3 + ("winter",)
)
MOST_SHIFT_K = 15.0


@dataclass(frozen=True)
class Scenario:
    """How much warmer each month is [K], by a stated source with its doubt."""

    code: str
    name: str
    period: str
    month_k: tuple[float, ...]
    source: str = ""
    doubt: str = ""


@cache
def scenarios() -> dict[str, Scenario]:
    """Scenarios by code."""
    file = resources.files("vatra.plans.blocks.climate").joinpath("scenarios.csv")
    return {
        row["code"]: Scenario(
            row["code"],
            row["name"],
            row["period"],
            tuple(float(row[f"{season}_k"]) for season in _SEASON_OF_MONTH),
            row["source"],
            row["doubt"],
        )
        for row in csv.DictReader(file.read_text("utf-8").splitlines())
    }


def scenario_of(text: str) -> Scenario | None:
    """A scenario by its code, by one number of kelvin or by twelve with commas; None where the
    text is none of these or shifts by more than 15 K."""
    if text in scenarios():
        return scenarios()[text]
    try:
        values = tuple(float(each) for each in text.split(","))
    except ValueError:
        return None
    if len(values) not in (1, len(MONTH_DAYS)):
        return None
    if not all(abs(each) <= MOST_SHIFT_K for each in values):
        return None
    month_k = values * len(MONTH_DAYS) if len(values) == 1 else values
    low, high = min(month_k), max(month_k)
    name = f"{low:+g} K" if low == high else f"{low:+g} … {high:+g} K"
    return Scenario(text, name, "", month_k)


def in_future(climate: Climate, scenario: Scenario) -> Climate:
    """The climate under a scenario: its name says so wherever it is printed."""
    return climate.shifted(scenario.month_k, scenario.name, scenario.source)
