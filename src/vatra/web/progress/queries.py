"""Reads of progress: what a city's plan promised, what came of it, and the reports about it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vatra.runs.monitor_frozen import progress_content
from vatra.runs.monitor_indicators import read_indicators
from vatra.runs.monitor_spending import spending
from vatra.tables import Finding
from vatra.web.base.whole import write_whole
from vatra.web.cities.folders import kept_with_folder
from vatra.web.cities.models import City
from vatra.web.monitoring.queries import report_of
from vatra.web.pathways.folders import scenario_of
from vatra.web.progress import reports
from vatra.web.progress.models import FrozenReport
from vatra.web.workspace.models import Version
from vatra.web.workspace.packs import (
    computed,
    finding_content,
    finding_of,
    is_computed,
    made_folder,
)

OUTLOOKS_KEPT = 16
# Beside what was computed of a version, so that one process computes it for all.
KEPT = "progress.json"
READ_BACK = 20
PROGRESS_FILES = ("progress.csv", "indicators.csv", "indicator_values.csv")


@dataclass(frozen=True)
class Outlook:
    """What can be said of a plan's progress, or what stands in the way of it.

    ``document`` as ``vatra.runs.monitor_frozen`` describes it, None without a plan; ``findings`` of
    indicators and of the plan.
    """

    document: Mapping[str, Any] | None
    findings: Sequence[Finding] = ()

    @property
    def is_reported(self) -> bool:
        """Whether anybody has reported anything."""
        return self.document is not None and self.document["year"] is not None

    @property
    def stage(self) -> Mapping[str, Any] | None:
        """The target year as it is expected now: as planned before the first report."""
        if self.document is None:
            return None
        target: Mapping[str, Any] = self.document["target"]
        expected: Mapping[str, Any] = (
            target["expected"]["plan_pace"] if self.is_reported else target["planned"]
        )
        return expected


@kept_with_folder(OUTLOOKS_KEPT)
def outlook_at(folder: Path, run_id: str) -> Outlook:
    """The progress of a computed output folder; ``run_id`` names which run of it is kept."""
    report = report_of(City(folder=str(folder), run_id=run_id))
    built = scenario_of(folder, run_id)
    if report.document is None or built.scenario is None:
        return Outlook(None, tuple(report.findings))
    scenario = built.scenario
    found = read_indicators(scenario.pack.rows, [each.code for each in scenario.model.actions])
    content = progress_content(report.document, found, spending(scenario), report.without_mg)
    return Outlook(content, found.findings)


def outlook_of_version(version: Version) -> Outlook:
    """The progress as a version of the work tells it."""
    draft = computed(version)
    if draft.folder is None:
        return Outlook(None, [each for each in draft.findings if each.severity == "error"])
    return _drafted(draft.folder, draft.run_id)


@kept_with_folder(OUTLOOKS_KEPT)
def _drafted(folder: Path, run_id: str) -> Outlook:
    file = folder.parent / KEPT
    try:
        return _read(json.loads(file.read_bytes()))
    except (OSError, ValueError, KeyError, TypeError):
        found = outlook_at(folder, run_id)
    findings = [finding_content(each) for each in found.findings]
    said = json.dumps({"document": found.document, "findings": findings}, ensure_ascii=False,
                      default=str)  # fmt: skip
    write_whole(file, said.encode(), settled=True)
    return found


def _read(content: Mapping[str, Any]) -> Outlook:
    return Outlook(content["document"], tuple(finding_of(each) for each in content["findings"]))


def is_known(version: Version) -> bool:
    """Whether asking for the progress of a version keeps nobody waiting."""
    if (made_folder(version) / KEPT).is_file():
        return True
    return is_computed(version) and not computed(version).ok


def last_known(version: Version) -> Version | None:
    """The newest version up to this one whose progress is known; None where none of the last is."""
    near = Version.objects.filter(city=version.city_id, number__lte=version.number)
    return next((each for each in near.order_by("-number")[:READ_BACK] if is_known(each)), None)


def published_outlook(city: City) -> Outlook:
    """The progress as the city's published folder tells it."""
    if not city.folder:
        return Outlook(None)
    return outlook_at(Path(city.folder), city.run_id)


def reports_of(city: City) -> list[FrozenReport]:
    """The frozen reports of a city, the newest first."""
    return list(FrozenReport.objects.filter(city=city).order_by("-year", "-edition"))


@dataclass(frozen=True)
class Shown:
    """What the public is shown: the outlook, and the frozen report it comes from, if from one."""

    outlook: Outlook
    report: FrozenReport | None


def public_outlook(city: City) -> Shown:
    """The published folder, or the last frozen report where that tells more of what was done.

    The plan is signed and stays as it is; what was done of it becomes public when a report is
    frozen.
    """
    live = published_outlook(city)
    newest = FrozenReport.objects.filter(city=city).order_by("-year", "-edition").first()
    if newest is None:
        return Shown(live, None)
    document = reports.read_report(city, newest.year, newest.edition)
    if document is None or not _tells_more(document, live.document):
        return Shown(live, None)
    return Shown(Outlook(document, live.findings), newest)


def _tells_more(frozen: Mapping[str, Any], live: Mapping[str, Any] | None) -> bool:
    if live is None:
        return True
    mine, theirs = frozen["year"] or 0, live["year"] or 0
    if mine != theirs:
        return bool(mine > theirs)
    return any(_sha(frozen, each) != _sha(live, each) for each in PROGRESS_FILES)


def _sha(document: Mapping[str, Any], file: str) -> str:
    return str(document["versions"]["files"].get(file, ""))
