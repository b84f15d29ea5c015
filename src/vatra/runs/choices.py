"""Choices of a plan as a file: what starts when, and how much of it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from vatra.plans.engine import Choice
from vatra.runs.scenario import Scenario
from vatra.runs.scenario_relations import excluding
from vatra.sources import Limits, read
from vatra.tables import Context, Finding, FindingsError, Table, check, has_errors, order, tables
from vatra.tables.export import write_csv

COLUMNS = ("code", "start_year", "level_percent")


def _table() -> Table:
    """Three columns of ``actions.csv``, under the same headings."""
    actions = tables()["actions"]
    columns = tuple(each for each in actions.columns if each.name in COLUMNS)
    return replace(actions, file_name="choices.csv", columns=columns)


def read_choices(path: Path, built: Scenario, limits: Limits | None = None) -> dict[str, Choice]:
    """Choices by the code of the action they are about.

    Actions that the file does not name stay as the pack has them; a level of 0 leaves one out.
    Raises ``FindingsError`` with every fault at once: unknown codes, levels above 100, years
    outside the plan.
    """
    table = _table()
    raw = read(path, table, limits=limits)
    if not raw.ok:
        raise FindingsError(raw.findings)
    checked = check(table, raw.frame, raw.file, Context(numbers=raw.numbers))
    findings = [*raw.findings, *checked.findings]
    found: dict[str, Choice] = {}
    for line, code, year, percent in checked.rows.select("line", *COLUMNS).iter_rows():
        findings += _faults(built, raw.file, line, code, year, percent)
        found[code] = Choice(year, percent / 100)
    if not has_errors(findings):
        chosen = built.model.with_choices(found).actions
        findings += [replace(each, file=raw.file, lines=()) for each in excluding(chosen)]
    if has_errors(findings):
        raise FindingsError(order(findings))
    return found


def _faults(
    built: Scenario, file: str, line: int, code: str, year: int, percent: float
) -> list[Finding]:
    found = []
    if code not in built.model.codes:
        params = {"value": code, "known": list(built.model.codes)[:12]}
        found.append(Finding("runs.choice-unknown", "error", file, (line,), "code", params))
    if not 0 <= percent <= 100:
        level = {"value": f"{percent:g}"}
        found.append(Finding("runs.choice-level", "error", file, (line,), "level_percent", level))
    else:
        found += _above_most(built, file, line, code, percent)
    # The inventory of the base year already counts all that stood then.
    if not built.years[1] <= year <= built.years[-1]:
        years = {"value": str(year), "first": str(built.years[1]), "last": str(built.years[-1])}
        found.append(Finding("runs.choice-year", "error", file, (line,), "start_year", years))
    return found


def _above_most(built: Scenario, file: str, line: int, code: str, percent: float) -> list[Finding]:
    """A level that the pack says the action cannot have."""
    if code not in built.model.codes:
        return []
    most = built.model.actions[built.model.codes[code]].most_level * 100
    if percent <= most * (1 + 1e-9):
        return []
    params = {"level": f"{percent:g}", "most": f"{most:g}"}
    return [Finding("runs.level-above-most", "error", file, (line,), "level_percent", params)]


def write_choices(choices: Mapping[str, Choice]) -> str:
    """Choices as CSV that ``read_choices`` reads back, by code."""
    rows = [
        (code, str(each.start_year), f"{each.level * 100:.10g}")
        for code, each in sorted(choices.items())
    ]
    return write_csv(rows, COLUMNS)
