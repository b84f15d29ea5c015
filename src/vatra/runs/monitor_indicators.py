"""Indicators: what was measured beside what a straight line to the target asks for by then."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

import polars as pl

from vatra.tables import Finding, order
from vatra.words import Language

Verdict = Literal["on_track", "behind", "no_data"]
Direction = Literal["up", "down"]
FILE, VALUES_FILE = "indicators.csv", "indicator_values.csv"
QUARTERS_A_YEAR = 4
# What a stated value and the line may differ by in their last bits.
_ROUNDING = 1e-9
_SHARED = (
    "name_en", "name_ro", "unit", "unit_en", "unit_ro", "action", "sector", "baseline_year",
    "baseline_indicator",
)  # fmt: skip


@dataclass(frozen=True)
class Measured:
    """A value at the end of a year, or of a quarter of it."""

    year: int
    quarter: int | None
    value: float
    source: str
    note: str
    line: int

    @property
    def moment(self) -> float:
        """The end of the period in years: the end of 2026 is 2026, its first quarter 2025.25."""
        if self.quarter is None:
            return float(self.year)
        return self.year - 1 + self.quarter / QUARTERS_A_YEAR


@dataclass(frozen=True)
class Indicator:
    """What is measured, from where to where, and every value so far.

    ``milestones`` target by year, the last of them the target; ``baseline`` None where no value of
    the beginning is stated, and then nothing can be expected on the way. ``action`` or ``sector``
    say what it is about; both blank is the whole city. ``units`` by language, where it is a word;
    ``unit`` of a language that has none.
    """

    code: str
    names: Mapping[str, str]
    unit: str
    units: Mapping[str, str]
    action: str
    sector: str
    direction: Direction
    baseline: tuple[int, float] | None
    milestones: tuple[tuple[int, float], ...]
    source: str
    line: int
    values: tuple[Measured, ...] = ()

    def name(self, lang: Language) -> str:
        """The name in a language, else in the other one, else the code."""
        return (
            self.names.get(lang)
            or next((each for each in self.names.values() if each), "")
            or (self.code)
        )

    def unit_in(self, lang: Language) -> str:
        """The unit in a language, else as all languages have it, else in the other one."""
        return (
            self.units.get(lang)
            or self.unit
            or next((each for each in self.units.values() if each), "")
        )

    @property
    def target(self) -> tuple[int, float]:
        """The last milestone."""
        return self.milestones[-1]

    @property
    def last(self) -> Measured | None:
        """The newest value."""
        return self.values[-1] if self.values else None

    def expected(self, moment: float) -> float | None:
        """What straight lines from the baseline through the milestones ask for at a moment.

        None before the baseline, or without one; after the target its value.
        """
        if self.baseline is None or moment < self.baseline[0]:
            return None
        for (first, low), (last, high) in pairwise((self.baseline, *self.milestones)):
            if moment <= last:
                return low + (high - low) * (moment - first) / (last - first)
        return self.target[1]

    @property
    def verdict(self) -> Verdict:
        """Whether the newest value is where the line asks for it, or better.

        Without a baseline only a value that has come to the target says anything.
        """
        if self.last is None:
            return "no_data"
        asked = self.expected(self.last.moment)
        if asked is None:
            return "on_track" if self._holds(self.target[1]) else "no_data"
        return "on_track" if self._holds(asked) else "behind"

    def _holds(self, asked: float) -> bool:
        if self.last is None:
            return False
        distance = self.last.value - asked if self.direction == "up" else asked - self.last.value
        return distance >= -_ROUNDING * max(1.0, abs(asked))


@dataclass(frozen=True)
class Indicators:
    """All indicators of a pack in the order of their file, and what is wrong with them."""

    listed: tuple[Indicator, ...]
    findings: tuple[Finding, ...] = ()

    def count(self, verdict: Verdict) -> int:
        """How many have a verdict."""
        return sum(each.verdict == verdict for each in self.listed)

    def of(self, code: str) -> Indicator | None:
        """The indicator of a code."""
        return next((each for each in self.listed if each.code == code), None)


def read_indicators(
    rows: Mapping[str, pl.DataFrame], actions: Sequence[str] | None = None
) -> Indicators:
    """The tables ``indicators`` and ``indicator_values`` of a pack.

    Parameters
    ----------
    rows : typed rows by table name
    actions : codes of the plan, to find an action that is not there; None where none are known

    Rows that cannot be used are left out and said in ``findings``; it never raises.
    """
    findings: list[Finding] = []
    by_code: dict[str, list[dict[str, Any]]] = {}
    for row in rows["indicators"].sort("line").iter_rows(named=True):
        by_code.setdefault(str(row["code"]), []).append(row)
    values = _values(rows["indicator_values"], by_code, findings)
    listed = []
    for code, found in by_code.items():
        made = _indicator(code, found, tuple(values.get(code, ())), findings)
        if made is None:
            continue
        if made.action and actions is not None and made.action not in actions:
            params = {"action": made.action, "code": code}
            findings.append(_finding("action", "warning", (made.line,), "action", params))
        listed.append(made)
    return Indicators(tuple(listed), tuple(order(findings)))


def _values(
    rows: pl.DataFrame, known: Mapping[str, Any], findings: list[Finding]
) -> dict[str, list[Measured]]:
    found: dict[str, list[Measured]] = {}
    for row in rows.sort("line").iter_rows(named=True):
        code = str(row["indicator"])
        if code not in known:
            params = {"code": code, "codes": list(known)}
            findings.append(
                Finding("runs.indicator-unknown", "error", VALUES_FILE, (row["line"],), "indicator",
                        params)
            )  # fmt: skip
            continue
        quarter = row["quarter"]
        found.setdefault(code, []).append(
            Measured(
                row["year"],
                None if quarter is None else int(quarter),
                row["value_indicator"],
                row["source"] or "",
                row["note"] or "",
                row["line"],
            )
        )
    for each in found.values():
        # The year as a whole says more than its last quarter, and stands after it.
        each.sort(key=lambda one: (one.moment, one.quarter is None))
    return found


def _indicator(
    code: str,
    rows: Sequence[Mapping[str, Any]],
    values: tuple[Measured, ...],
    findings: list[Finding],
) -> Indicator | None:
    first = {name: _first(rows, name) for name in (*_SHARED, "direction", "source")}
    line = rows[0]["line"]
    milestones = tuple(sorted((row["target_year"], row["target_indicator"]) for row in rows))
    year, value = first["baseline_year"], first["baseline_indicator"]
    baseline = (int(year), float(value)) if year is not None and value is not None else None
    if (year is None) != (value is None):
        findings.append(_finding("baseline-half", "warning", (line,), "baseline_value",
                                 {"code": code}))  # fmt: skip
    if baseline is not None and baseline[0] >= milestones[0][0]:
        params = {"code": code, "baseline": str(baseline[0]), "target": str(milestones[0][0])}
        findings.append(_finding("years", "error", (line,), "target_year", params))
        return None
    direction = _direction(first["direction"], baseline, milestones[-1][1])
    if direction is None:
        findings.append(_finding("direction", "error", (line,), "direction", {"code": code}))
        return None
    if _goes_back(baseline, milestones, direction):
        params = {"code": code, "direction": f"@tables.indicator_direction-{direction}"}
        findings.append(_finding("goes-back", "warning", (line,), "target_value", params))
    return Indicator(
        code,
        {"en": first["name_en"] or "", "ro": first["name_ro"] or ""},
        first["unit"] or "",
        {"en": first["unit_en"] or "", "ro": first["unit_ro"] or ""},
        first["action"] or "",
        first["sector"] or "",
        direction,
        baseline,
        milestones,
        first["source"] or "",
        line,
        values,
    )


def _first(rows: Sequence[Mapping[str, Any]], name: str) -> Any:
    return next((row[name] for row in rows if row[name] is not None), None)


def _direction(
    stated: str | None, baseline: tuple[int, float] | None, target: float
) -> Direction | None:
    """As stated, else as the target lies from the baseline; None where neither says."""
    if stated is not None:
        return "up" if stated == "up" else "down"
    if baseline is None or math.isclose(baseline[1], target):
        return None
    return "up" if target > baseline[1] else "down"


def _goes_back(
    baseline: tuple[int, float] | None,
    milestones: Sequence[tuple[int, float]],
    direction: Direction,
) -> bool:
    points = [*([baseline] if baseline else []), *milestones]
    sign = 1 if direction == "up" else -1
    return any((after - before) * sign < 0 for (_, before), (_, after) in pairwise(points))


def _finding(
    name: str,
    severity: Literal["error", "warning"],
    lines: tuple[int, ...],
    column: str,
    params: Mapping[str, Any],
) -> Finding:
    return Finding(f"runs.indicator-{name}", severity, FILE, lines, column, params)
