"""Rows of ``progress.csv`` -> what is known of each action, and the years that were measured."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import polars as pl

from vatra.tables import Finding, Severity

MEASURED = "measured"
DONE, CANCELLED, PLANNED = "done", "cancelled", "planned"
_PERCENT = 100


@dataclass(frozen=True)
class Report:
    """What is known of an action at the end of a year.

    ``adoption_share`` of what the plan puts in place in all, 0 to 1; None where nobody said.
    ``spent_cents`` in the year.
    """

    year: int
    status: str
    adoption_share: float | None = None
    spent_cents: int | None = None
    source: str = ""
    line: int = 0

    @property
    def known_share(self) -> float | None:
        """The adoption, where it is stated or follows: what is done is done whole."""
        if self.adoption_share is None and self.status == DONE:
            return 1.0
        return self.adoption_share


@dataclass(frozen=True)
class Progress:
    """All reports by action, each by year; ``measured`` line by year with a measured inventory."""

    reports: Mapping[str, tuple[Report, ...]] = field(default_factory=dict)
    measured: Mapping[int, int] = field(default_factory=dict)
    misplaced: tuple[int, ...] = ()

    @property
    def last_year(self) -> int | None:
        """The last year of which anything is known, None when nothing is."""
        years = [*self.measured, *(each.year for rows in self.reports.values() for each in rows)]
        return max(years, default=None)

    def known(self, action: str) -> tuple[Report, ...]:
        """Reports of an action that say how far it is."""
        return tuple(each for each in self.reports.get(action, ()) if each.known_share is not None)

    def status(self, action: str) -> str:
        """Latest status of an action, ``planned`` where nothing is reported."""
        rows = self.reports.get(action, ())
        return rows[-1].status if rows else PLANNED

    def spent_cents(self, action: str) -> int | None:
        """Spent on an action in all, None where nobody said [cents]."""
        spent = [
            each.spent_cents
            for each in self.reports.get(action, ())
            if each.spent_cents is not None
        ]
        return sum(spent) if spent else None


def read_progress(rows: pl.DataFrame) -> Progress:
    """The rows of the table ``progress``.

    A row without an action and with the status ``measured`` says that the inventory of its year is
    a measured one; every other row is about an action.
    """
    reports: dict[str, list[Report]] = {}
    measured: dict[int, int] = {}
    misplaced = []
    for row in rows.sort("year", "line").iter_rows(named=True):
        if (row["action"] is None) != (row["status"] == MEASURED):
            misplaced.append(row["line"])
        elif row["action"] is None:
            measured[row["year"]] = row["line"]
        else:
            share = row["adoption_percent"]
            reports.setdefault(row["action"], []).append(
                Report(
                    row["year"],
                    row["status"],
                    None if share is None else share / _PERCENT,
                    row["spent_cents"],
                    row["source"],
                    row["line"],
                )
            )
    found = {action: tuple(reports[action]) for action in sorted(reports)}
    return Progress(found, measured, tuple(misplaced))


def progress_findings(
    progress: Progress, actions: Collection[str], inventory_years: Collection[int], file: str
) -> list[Finding]:
    """Everything that is wrong with the reports, at once.

    Parameters
    ----------
    actions : codes of the plan
    inventory_years : years with rows, the base year included
    """
    found = [_finding("misplaced", file, (line,), "status") for line in sorted(progress.misplaced)]
    for action, reports in progress.reports.items():
        if action not in actions:
            lines = tuple(each.line for each in reports)
            params = {"action": action, "actions": list(actions)}
            found.append(_finding("action-unknown", file, lines, "action", params))
        else:
            found += _of_action(action, reports, file)
    for year, line in sorted(progress.measured.items()):
        if year not in inventory_years:
            params = {"year": str(year), "years": [str(each) for each in inventory_years]}
            found.append(_finding("not-measured", file, (line,), "year", params))
    return found


def _of_action(action: str, reports: Sequence[Report], file: str) -> Iterator[Finding]:
    for each in reports:
        if (each.adoption_share or 0) > 1:
            share = each.adoption_share
            yield _finding(
                "adoption-above", file, (each.line,), "adoption_percent", {"share": share}
            )
    yield from _contradictions(action, reports, file)
    if all(each.known_share is None for each in reports):
        lines = tuple(each.line for each in reports)
        yield _finding("no-figure", file, lines, "adoption_percent", {"action": action}, "warning")


def _contradictions(action: str, reports: Sequence[Report], file: str) -> Iterator[Finding]:
    for before, after in pairwise(reports):
        lines = (before.line, after.line)
        if before.status == CANCELLED and after.status != CANCELLED:
            yield _finding("revived", file, lines, "status", {"action": action}, "warning")
        fell = (before.known_share or 0) > (1.0 if after.known_share is None else after.known_share)
        if fell:
            params = {"action": action, "before": before.known_share, "after": after.known_share}
            yield _finding("adoption-falls", file, lines, "adoption_percent", params, "warning")


def _finding(
    name: str,
    file: str,
    lines: tuple[int, ...],
    column: str,
    params: Mapping[str, object] | None = None,
    severity: Severity = "error",
) -> Finding:
    return Finding(f"plans.monitoring.{name}", severity, file, lines, column, params or {})
