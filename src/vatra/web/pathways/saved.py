"""Best plans that ``vatra optimise --save`` wrote beside a city's contract."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from vatra.plans.engine import Choice
from vatra.runs.choices import read_choices
from vatra.runs.scenario import Scenario
from vatra.tables import FindingsError

# ``best.csv``, and others beside it by a name of their own: ``best-6bn.csv``.
PATTERN = "best*.csv"
PLANS_SHOWN = 12


@dataclass(frozen=True)
class SavedPlan:
    """Choices of a plan that was saved; ``name`` is what stands behind ``best-``, may be empty."""

    name: str
    choices: Mapping[str, Choice]


def saved_plans(folder: Path, scenario: Scenario) -> list[SavedPlan]:
    """Plans of an output folder, by name; a file that does not fit the plan is left out.

    It was written for another plan, and ``vatra plan --choices`` says why it does not fit.
    """
    found = []
    for path in sorted(folder.glob(PATTERN))[:PLANS_SHOWN]:
        try:
            choices = read_choices(path, scenario)
        except (FindingsError, OSError):
            continue
        found.append(SavedPlan(path.stem.removeprefix("best").lstrip("-_"), choices))
    return found
