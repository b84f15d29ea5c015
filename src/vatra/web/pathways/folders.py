"""The scenario of an output folder, built once for each run that is registered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from vatra.runs.scenario import Scenario, scenario
from vatra.tables import Finding, FindingsError
from vatra.web.cities import folders

SCENARIOS_KEPT = 8


@dataclass(frozen=True)
class Built:
    """The scenario of a run, or what stands in the way of one."""

    scenario: Scenario | None
    findings: Sequence[Finding] = ()


@lru_cache(SCENARIOS_KEPT)
def scenario_of(folder: Path, run_id: str) -> Built:
    """The scenario of a registered folder; raises ``NotReady`` as ``folders.run_of`` does."""
    run = folders.run_of(folder, run_id)
    try:
        return Built(scenario(run.pack, run.inventory))
    except FindingsError as problem:
        return Built(None, [each for each in problem.findings if each.severity == "error"])
