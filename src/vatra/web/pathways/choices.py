"""What an address of the laboratory asks for: levels, start years, and the grid of the target year.

``?level.B1=50&start.B1=2028&electricity=0.12``: per cent of what the action can reach, a year, and
t CO2e per MWh. Only what differs from the plan stands in an address that is handed on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.http import QueryDict

from vatra.plans.engine import Action, Choice
from vatra.runs.scenario import Scenario
from vatra.words import Language, say

LEVEL, START, ELECTRICITY = "level.", "start.", "electricity"
TEXT_LENGTH = 40
HIGHEST_T_PER_MWH = Decimal(2)
_PERCENT = re.compile(r"[0-9]{1,3}", re.ASCII)
_YEAR = re.compile(r"[0-9]{4}", re.ASCII)
_FACTOR = re.compile(r"[0-9]{1,2}(?:[.,][0-9]{1,20})?", re.ASCII)
_STEP = Decimal("0.00001")


@dataclass(frozen=True)
class Wished:
    """What differs from the plan.

    ``levels`` by code [%], ``starts`` by code [year], ``electricity`` [t/MWh] of the target year;
    ``faults`` what could not be taken, in words; ``is_short`` whether the address says nothing
    that the plan does not say already.
    """

    levels: Mapping[str, int]
    starts: Mapping[str, int]
    electricity: Decimal | None = None
    faults: tuple[str, ...] = ()
    is_short: bool = True

    @classmethod
    def of(cls, query: QueryDict, scenario: Scenario, lang: Language) -> Wished:
        """The choices of an address, all its faults at once."""
        reader = _Reader(scenario, lang)
        for name in query:
            reader.take(name, str(query[name]).strip())
        return cls(
            reader.levels, reader.starts, reader.electricity, tuple(reader.faults), reader.is_short
        )

    @property
    def is_plan(self) -> bool:
        """Whether nothing differs from the plan."""
        return not self.levels and not self.starts and self.electricity is None

    def level(self, action: Action) -> int:
        """Level of an action [%]."""
        return self.levels.get(action.code, percent_of(action.level))

    def start(self, action: Action) -> int:
        """Start year of an action."""
        return self.starts.get(action.code, action.adoption.start_year)

    def choices(self, scenario: Scenario) -> dict[str, Choice]:
        """Choices of the actions that differ from the plan."""
        return {
            each.code: Choice(
                self.start(each),
                self.levels[each.code] / 100 if each.code in self.levels else each.level,
            )
            for each in scenario.model.actions
            if each.code in self.levels or each.code in self.starts
        }

    def query(self, scenario: Scenario) -> str:
        """The shortest address of the same state, actions in the order of the plan."""
        parts = []
        for each in scenario.model.actions:
            if each.code in self.levels:
                parts.append((LEVEL + each.code, str(self.levels[each.code])))
            if each.code in self.starts:
                parts.append((START + each.code, str(self.starts[each.code])))
        if self.electricity is not None:
            parts.append((ELECTRICITY, f"{self.electricity.normalize():f}"))
        return urlencode(parts)


class _Reader:
    """Takes the parts of an address one by one."""

    def __init__(self, scenario: Scenario, lang: Language) -> None:
        self.scenario, self.lang = scenario, lang
        self.actions = {each.code: each for each in scenario.model.actions}
        self.levels: dict[str, int] = {}
        self.starts: dict[str, int] = {}
        self.electricity: Decimal | None = None
        self.faults: list[str] = []
        self.is_short = True

    def take(self, name: str, text: str) -> None:
        """One name and its value; names of others are left alone."""
        if name.startswith(LEVEL):
            self._level(name.removeprefix(LEVEL), text)
        elif name.startswith(START):
            self._start(name.removeprefix(START), text)
        elif name == ELECTRICITY:
            self._electricity(text)

    def _fault(self, key: str, text: str, **params: str) -> None:
        said = {"value": text[:TEXT_LENGTH], **params}
        self.faults.append(say(f"web.pathways.fault-{key}", self.lang, **said))

    def _action(self, code: str) -> Action | None:
        found = self.actions.get(code)
        if found is None:
            self._fault("action", code)
        return found

    def _level(self, code: str, text: str) -> None:
        action = self._action(code)
        if action is None:
            return
        if not _PERCENT.fullmatch(text) or int(text) > 100:
            self._fault("level", text, name=action.name(self.lang))
        elif int(text) == percent_of(action.level):
            self.is_short = False
        else:
            self.levels[code] = int(text)

    def _start(self, code: str, text: str) -> None:
        action = self._action(code)
        if action is None:
            return
        years = start_years(self.scenario, action)
        if not _YEAR.fullmatch(text) or int(text) not in years:
            ends = {"first": str(years[0]), "last": str(years[-1])}
            self._fault("start", text, name=action.name(self.lang), **ends)
        elif int(text) == action.adoption.start_year:
            self.is_short = False
        else:
            self.starts[code] = int(text)

    def _electricity(self, text: str) -> None:
        planned = planned_electricity(self.scenario)
        if planned is None or not _FACTOR.fullmatch(text):
            self._fault("electricity", text)
            return
        # A slider gives more digits than anybody means.
        amount = Decimal(text.replace(",", ".")).quantize(_STEP)
        if amount > HIGHEST_T_PER_MWH:
            self._fault("electricity", text)
        elif amount == planned:
            self.is_short = False
        else:
            self.electricity = amount


def percent_of(level: float) -> int:
    """A level as the slider shows it."""
    return round(level * 100)


def start_years(scenario: Scenario, action: Action) -> range:
    """Years in which an action may start: from the plan's first to its last."""
    first = min(scenario.pack.city.first_plan_year, action.adoption.start_year)
    return range(first, max(scenario.years[-1], action.adoption.start_year) + 1)


def electricity_cells(scenario: Scenario) -> list[int]:
    """Positions of the cells that buy from the grid."""
    return [n for n, cell in enumerate(scenario.model.base.cells) if cell.carrier == "electricity"]


def planned_electricity(scenario: Scenario) -> Decimal | None:
    """Factor of electricity in the target year [t/MWh]; None where none is bought."""
    cells = electricity_cells(scenario)
    if not cells:
        return None
    factors = scenario.model.base.factor[cells, scenario.target_at]
    # The sector with most of it speaks for all: a sector may have a factor of its own.
    largest = scenario.model.base.amount[cells, scenario.target_at].argmax()
    return Decimal(f"{float(factors[largest]) / 1000:.5f}").normalize()
