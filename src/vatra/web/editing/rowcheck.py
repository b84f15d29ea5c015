"""Is this row right? The check of its table, for one row or a few, and doubles of its key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from vatra.tables import Finding, check
from vatra.tables.findings import rows_words
from vatra.web.editing.cells import shown
from vatra.web.editing.ground import Ground, Row, frame_of, keys_of
from vatra.words import Language

# A line that no row has: a row that is not yet there.
NEW = 0


@dataclass(frozen=True)
class Fault:
    """What is wrong with a row: where (empty for the row as a whole) and why, in words."""

    column: str
    message: str
    is_error: bool
    code: str


def faults_of(ground: Ground, row: Row, line: int, lang: Language) -> list[Fault]:
    """All that is wrong with a row that stands, or is to stand, at a line."""
    found = [fault_of(ground, each, lang) for each in findings_of(ground, {line: row})]
    return list(dict.fromkeys(found))


def findings_of(
    ground: Ground, rows: Mapping[int, Row], besides: Sequence[int] = ()
) -> list[Finding]:
    """Findings of some rows of a table under their lines.

    Doubles are looked for among them and in the whole table; ``besides`` are lines of rows that
    will be gone.
    """
    lines = list(rows)
    checked = check(
        ground.table,
        frame_of(rows.values(), lines, [each.name for each in ground.table.columns]),
        ground.sheet.file,
        ground.context,
    )
    gone = {*lines, *besides}
    found = list(checked.findings)
    keys = list(keys_of(ground.table, rows.values()))
    others = ground.lines_of(set(keys), gone)
    for key, line in zip(keys, lines, strict=True):
        if (other := others.get(key)) is not None:
            params = {"key": " · ".join(filter(None, key)), "parts": key, "line": str(other)}
            columns = ", ".join(ground.table.keys)
            code = "web.editing.double"
            found.append(Finding(code, "error", ground.sheet.file, (line,), columns, params))
    return found


def fault_of(ground: Ground, each: Finding, lang: Language) -> Fault:
    """A finding beside its cell."""
    message = say_without_rows(_in_words(ground, each, lang), lang)
    names = [
        column.name
        for column in ground.table.columns
        if each.column in (column.name, column.typed_name)
    ]
    return Fault(names[0] if names else "", message, each.severity == "error", each.code)


def _in_words(ground: Ground, each: Finding, lang: Language) -> Finding:
    """The finding with what people see on the page instead of names of columns and codes."""
    by_name, params = ground.table.by_name, dict(each.params)
    if "parts" in params:
        parts = zip(ground.table.keys, params["parts"], strict=True)
        words = (shown(by_name[name], part, None, lang) for name, part in parts)
        params["key"] = " · ".join(filter(None, words))
    column = by_name.get(str(params.get("column", "")))
    if column is not None:
        params["column"] = ground.table.heading(column, lang)
        if column.vocabulary and "choices" in params:
            params["choices"] = [shown(column, code, None, lang) for code in params["choices"]]
    return replace(each, params=params)


def say_without_rows(each: Finding, lang: Language) -> str:
    """The message without the rows it is about: it stands beside them. First letter large."""
    text = replace(each, lines=()).message(lang)
    return text[:1].upper() + text[1:]


def new_errors(
    before: Sequence[Fault], after: Sequence[Fault], touched: Sequence[str]
) -> list[Fault]:
    """Errors that a change brings, and those in the cells it touched.

    A row that had another fault before may still be mended cell by cell.
    """
    had = {(each.code, each.column) for each in before}
    return [
        each
        for each in after
        if each.is_error and (each.column in touched or (each.code, each.column) not in had)
    ]


def by_line(ground: Ground, lines: Sequence[int], lang: Language) -> dict[int, list[Fault]]:
    """Faults of some rows that stand in the table, by line."""
    found: dict[int, list[Fault]] = {line: [] for line in lines}
    if not any(each.lines for each in ground.findings):
        return found
    rows = {line: row for line in lines if (row := ground.row(line)) is not None}
    if not rows:
        return found
    for each in findings_of(ground, rows):
        for line in each.lines:
            if line in found:
                found[line].append(fault_of(ground, each, lang))
    return found


def rows_and_words(each: Finding, lang: Language) -> str:
    """Rows and message: ``Row 8: ...``."""
    return f"{rows_words(each.lines, lang, each.line_count)}: {say_without_rows(each, lang)}"
