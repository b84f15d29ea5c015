"""A climate by what a person writes: a place or a file, a year of it, and how it is shifted.

``SOURCE[@YEAR][+SHIFT]``: ``iasi``, ``iasi.epw``, ``series.csv@2016``, ``iasi+2050-high``,
``tmy.json+2.5``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from vatra.plans.blocks.climate.climate import Climate
from vatra.plans.blocks.climate.columns import finding
from vatra.plans.blocks.climate.epw import read_epw
from vatra.plans.blocks.climate.future import Scenario, in_future, scenario_of, scenarios
from vatra.plans.blocks.climate.pvgis import read_pvgis
from vatra.plans.blocks.climate.synthetic import places, synthetic_climate
from vatra.tables import Finding, has_errors

FILES = (".epw", ".csv", ".json")
_YEAR = re.compile(r"(.+)@(\d{4})$")


@dataclass(frozen=True)
class Asked:
    """What was asked for: a place or file, a year of a series, a shift as it was written."""

    source: str
    year: int | None = None
    shift: str = ""


def asked(text: str) -> Asked:
    """The parts of a text; a file whose own name holds such signs is taken as it is."""
    if Path(text).is_file():
        return Asked(text)
    source, plus, shift = text.partition("+")
    if not source or not plus:
        source, shift = text, ""
    match = _YEAR.match(source)
    if match and not Path(source).is_file():
        return Asked(match.group(1), int(match.group(2)), shift)
    return Asked(source, None, shift)


def read_weather(text: str) -> tuple[Climate | None, list[Finding]]:
    """The climate that a text asks for; all faults at once, None where one forbids it."""
    want = asked(text)
    climate, findings = _source(want)
    scenario: Scenario | None = None
    if want.shift:
        scenario = scenario_of(want.shift)
        if scenario is None:
            codes = list(scenarios())
            findings.append(
                finding("shift-unknown", want.source, (), value=want.shift, codes=codes)
            )
    if climate is None or has_errors(findings):
        return None, findings
    return (in_future(climate, scenario) if scenario else climate), findings


def _source(want: Asked) -> tuple[Climate | None, list[Finding]]:
    if want.source in places():
        if want.year is not None:
            return None, [finding("place-no-year", want.source, (), value=want.year)]
        return synthetic_climate(want.source), []
    kind = Path(want.source).suffix.casefold()
    if kind not in FILES:
        params: dict[str, object] = {"value": want.source, "places": list(places())}
        return None, [Finding("plans.blocks.climate.unknown", "error", params=params)]
    if kind != ".epw":
        return read_pvgis(Path(want.source), want.year)
    climate, findings = read_epw(Path(want.source))
    if want.year is not None:
        findings.append(finding("epw-no-year", Path(want.source).name, (), year=want.year))
    return climate, findings
