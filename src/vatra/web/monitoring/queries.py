"""Reads of monitoring: the annual report of a city, made once for each registered run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vatra.runs.monitor import DRAWS, monitor, why
from vatra.runs.monitor_report import annual_report
from vatra.runs.monitor_tables import report_sentences, report_tables
from vatra.runs.netzero import balance, sampled_of
from vatra.tables import Finding, FindingsError
from vatra.web.base.tables import Table
from vatra.web.cities.folders import kept_with_folder
from vatra.web.cities.models import City
from vatra.web.cities.rendered import as_page_table
from vatra.web.pathways.folders import scenario_of
from vatra.words import Language

ROOM = "monitoring"
REPORTS_KEPT = 8
# Residual, sinks, budgets and net zero belong to the report; on the page they stand at its end.
_FIRST = ("target", "actions", "slips", "why")


@dataclass(frozen=True)
class Report:
    """The sealed annual report of a plan, or what stands in the way of one.

    ``document`` None for a city without actions; ``without_mg`` the path without actions by year.
    """

    document: Mapping[str, Any] | None
    without_mg: Mapping[str, int]
    findings: Sequence[Finding] = ()

    @property
    def is_reported(self) -> bool:
        """Whether anybody has reported anything."""
        return self.document is not None and self.document["year"] is not None

    @property
    def alert_count(self) -> int:
        """How many sentences after the first are alerts; without reports there is one pace."""
        alerts = self.document["target"]["alerts"] if self.document else ()
        return len(alerts) if self.is_reported else min(len(alerts), 1)

    def sentences(self, lang: Language) -> list[str]:
        """The answer, alerts, what was measured."""
        return report_sentences(self.document, lang) if self.document else []

    def tables(self, lang: Language) -> list[Table]:
        """Tables of the report, those about progress first."""
        found = report_tables(self.document, lang) if self.document else []
        found.sort(key=lambda each: _FIRST.index(each.id) if each.id in _FIRST else len(_FIRST))
        return [as_page_table(each, ROOM) for each in found]


def report_of(city: City) -> Report:
    """The report of a city."""
    return _report(Path(city.folder), city.run_id)


@kept_with_folder(REPORTS_KEPT)
def _report(folder: Path, run_id: str) -> Report:
    built = scenario_of(folder, run_id)
    scenario = built.scenario
    if scenario is None or not scenario.model.actions:
        return Report(None, {}, built.findings)
    try:
        found = monitor(scenario)
        now = found.expected["plan_pace"].scenario
        held = balance(now, sampled=sampled_of(now, DRAWS))
        changed = None if found.last_year is None else why(found.planned, now)
    except FindingsError as problem:
        return Report(None, {}, [each for each in problem.findings if each.severity == "error"])
    base = found.planned.model.base
    without = base.emission_mg.sum(axis=0)
    by_year = {
        str(year): round(float(each)) for year, each in zip(base.years, without, strict=True)
    }
    return Report(annual_report(found, held, changed), by_year)
