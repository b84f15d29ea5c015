"""The scenario of an output folder, built once for each run that is registered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from vatra.runs.publish import PACK
from vatra.runs.scenario import Scenario, open_scenario
from vatra.tables import Finding, FindingsError
from vatra.web.base.errors import NotReady
from vatra.web.cities.folders import kept_with_folder

SCENARIOS_KEPT = 8


@dataclass(frozen=True)
class Built:
    """The scenario of a run, or what stands in the way of one."""

    scenario: Scenario | None
    findings: Sequence[Finding] = ()


@kept_with_folder(SCENARIOS_KEPT)
def scenario_of(folder: Path, run_id: str) -> Built:
    """The scenario of a registered folder; ``run_id`` names which run of it is kept.

    Only what the plan needs is computed, and nothing sealed again. Raises ``NotReady`` when the
    pack is gone.
    """
    try:
        return Built(open_scenario(folder / PACK))
    except FindingsError as problem:
        return Built(None, [each for each in problem.findings if each.severity == "error"])
    except OSError as problem:
        raise NotReady("web.cities.pack-unreadable", folder=folder.name) from problem
