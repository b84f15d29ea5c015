"""Whether tables have the shape the linter reads: every fault at once, each with its next step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from vatra.linter.document import KINDS, Document, LintTable
from vatra.linter.labels import column_names, full_rows, labels
from vatra.linter.numbers import STYLES, token
from vatra.tables import Finding

STAGES = ("", "base", "before_measures", "after_measures")


def fault(code: str, name: str, **params: object) -> Finding:
    """A fault of the input as a finding of the check."""
    return Finding(f"linter.{code}", "error", name, params=params)


def check(document: Document) -> list[Finding]:
    """Everything that keeps a document from being linted."""
    name = document.name
    if not document.tables:
        return [fault("no-table", name)]
    found: list[Finding] = []
    ids = Counter(table.id for table in document.tables)
    found += [fault("duplicate-id", name, table=each) for each, count in ids.items() if count > 1]
    if document.numbers not in ("", *STYLES):
        found.append(fault("numbers-unknown", name, value=document.numbers, styles=list(STYLES)))
    for table in document.tables:
        # A table found in a written document is as its writer left it.
        found += [] if table.place else _check_table(table, name)
    return found


def _check_table(table: LintTable, name: str) -> list[Finding]:
    found: list[Finding] = []
    if table.kind not in KINDS:
        code = "kind-unknown" if table.kind else "kind-missing"
        found.append(fault(code, name, table=table.id, value=table.kind, kinds=list(KINDS)))
    if table.numbers not in ("", *STYLES):
        found.append(fault("numbers-unknown", name, value=table.numbers, styles=list(STYLES)))
    if table.stage not in STAGES:
        stages = list(STAGES[1:])
        found.append(fault("stage-unknown", name, table=table.id, value=table.stage, stages=stages))
    if len(table.columns) < 2:
        return [*found, fault("columns-missing", name, table=table.id)]
    found += _check_columns(table, name)
    if not table.rows:
        return [*found, fault("rows-missing", name, table=table.id)]
    lengths = _check_lengths(table, name)
    if lengths:
        return [*found, *lengths]
    return found + _check_labels(table, name) + _check_numbers(table, name)


def _check_columns(table: LintTable, name: str) -> list[Finding]:
    names = column_names(table.columns)
    repeated = [each for each, count in Counter(names).items() if count > 1]
    return [fault("duplicate-column", name, table=table.id, columns=repeated)] if repeated else []


def _check_lengths(table: LintTable, name: str) -> list[Finding]:
    found = []
    for place, row in enumerate(full_rows(table), 1):
        if len(row) != len(table.columns):
            found.append(
                fault(
                    "row-length",
                    name,
                    table=table.id,
                    row=_row_name(row, place),
                    cells=len(row),
                    columns=len(table.columns),
                )
            )
    return found


def _row_name(row: Sequence[object], place: int) -> str:
    label = str(row[0]).strip() if row and row[0] is not None else ""
    return label or f"#{place}"


def _check_labels(table: LintTable, name: str) -> list[Finding]:
    repeated = [each for each, count in Counter(labels(table)).items() if count > 1]
    return [fault("duplicate-row", name, table=table.id, rows=repeated)] if repeated else []


def _check_numbers(table: LintTable, name: str) -> list[Finding]:
    tokens = (token(cell) for row in full_rows(table) for cell in row[1:])
    if any(each.body or each.odd for each in tokens):
        return []
    return [fault("no-numbers", name, table=table.id)]
