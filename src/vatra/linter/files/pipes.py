"""Pipe tables of Markdown, in the ways in which converters write and break them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vatra.linter.files import heads, loose, ragged
from vatra.linter.files.blocks import Block, RawTable, squared
from vatra.linter.files.inline import plain

_PIPE = re.compile(r"(?<!\\)(?:\\\\)*\|")
_RULE_CELL = re.compile(r"\s*:?-+:?\s*")
_LONGEST_ROW_LINES = 12


def is_rule(line: str) -> bool:
    """Whether a line is the rule below the headings of a pipe table: ``|---|:--:|``."""
    if "-" not in line or not set(line) <= set("|:- \t+"):
        return False
    cells = split(line)
    return "|" in line and all(not cell.strip() or _RULE_CELL.fullmatch(cell) for cell in cells)


def split(line: str) -> list[str]:
    """The cells of a line, pipes that are escaped kept inside."""
    bare = line.strip()
    cells, start = [], 0
    for found in _PIPE.finditer(bare):
        cells.append(bare[start : found.end() - 1])
        start = found.end()
    cells.append(bare[start:])
    if bare.startswith("|"):
        cells = cells[1:]
    if len(cells) > 1 and not cells[-1].strip() and start:
        cells = cells[:-1]
    return cells


def starts(lines: Sequence[str], at: int) -> bool:
    """Whether a pipe table begins at a line."""
    line = lines[at]
    if "|" not in line:
        return False
    bare = line.strip()
    if bare.startswith("|"):
        return len(bare) > 1 and (bare.endswith("|") or len(split(bare)) > 1 or is_rule(bare))
    following = lines[at + 1] if at + 1 < len(lines) else ""
    if is_rule(following):
        return len(split(line)) > 1
    cells = len(split(line))
    return cells > 2 and "|" in following and len(split(following)) == cells


def read(lines: Sequence[str], at: int, above: Sequence[str] = ()) -> tuple[list[Block], int, int]:
    """The tables from a line on, the line after them, and how many lines ``above`` belong to them.

    A second rule inside the lines says that the row above it is a heading: a new table, or the
    next page of the same one, which is for the join to decide.
    """
    outer = lines[at].lstrip().startswith("|")
    rows: list[tuple[list[str], int]] = []
    rules: list[int] = []
    while at < len(lines):
        if is_rule(lines[at]):
            rules.append(len(rows))
            at += 1
            continue
        taken = _row_lines(lines, at, outer)
        if not taken:
            found = _loose_rows(lines, at, rows[-1][0]) if rows else []
            if not found:
                break
            rows += found
            at += len(found)
            continue
        text = "<br>".join(line.strip() for line in lines[at : at + taken])
        rows.append(([plain(cell) for cell in split(text)], at + 1))
        at += taken
    first = _loose_above(above, rows)
    rules = [rule + len(first) for rule in rules]
    rows[:0] = first
    starts_at = [0, *(rule - 1 for rule in _heads(rules, len(rows)))]
    ends_at = [*starts_at[1:], len(rows)]
    tables = [
        part
        for start, end in zip(starts_at, ends_at, strict=True)
        if rows[start:end]
        for part in ragged.parts(_table(rows[start:end], min(1, rules[0] if rules else 0)))
    ]
    return tables, at, len(first)


def _loose_rows(lines: Sequence[str], at: int, like: Sequence[str]) -> list[tuple[list[str], int]]:
    """Plain lines between two rows of figures that are rows of the same table themselves."""
    end = at
    while end < len(lines) and end - at <= loose.MOST_LINES and _is_plain(lines[end]):
        end += 1
    if end == at or end >= len(lines) or end - at > loose.MOST_LINES:
        return []
    below = [plain(cell) for cell in split(lines[end])] if "|" in lines[end] else []
    if len(below) != len(like) or not loose.data_columns(below):
        return []
    likes = [row for row in (like, below) if loose.data_columns(row)]
    found = []
    for place in range(at, end):
        text = plain(lines[place])
        rows = (row for each in likes if (row := loose.row_of(text, each)) is not None)
        row = next(rows, None) or loose.section_of(text, below)
        if row is None:
            return []
        found.append((row, place + 1))
    return found


def _is_plain(line: str) -> bool:
    bare = line.strip()
    return bool(bare) and "|" not in bare and not bare.startswith(("#", "<", "```", "**", "!["))


def _loose_above(
    above: Sequence[str], rows: Sequence[tuple[list[str], int]]
) -> list[tuple[list[str], int]]:
    """Plain lines right above the first row that are rows of figures of the same columns."""
    if not rows or not loose.data_columns(rows[0][0]):
        return []
    found: list[tuple[list[str], int]] = []
    for text in reversed(above):
        row = loose.row_of(plain(text), rows[0][0])
        if row is None:
            break
        found.insert(0, (row, rows[0][1] - len(found) - 1))
    return found


def _heads(rules: Sequence[int], row_count: int) -> list[int]:
    """The rules below further headings; a rule under every row heads nothing."""
    further = sorted({rule for rule in rules[1:] if rule > 1})
    return further if 2 * len(further) <= row_count else []


def _table(rows: Sequence[tuple[list[str], int]], head_count: int) -> RawTable:
    places = [f"line {line}" for _, line in rows]
    cells = ragged.shifted(heads.without_invented([cells for cells, _ in rows]))
    return squared(cells, places, places[0], head_count=head_count)


def _row_lines(lines: Sequence[str], at: int, outer: bool) -> int:
    """How many lines the row at a line takes; 0 where no row begins."""
    bare = lines[at].strip()
    if not _PIPE.search(bare) or bare.startswith("<table"):
        return 0
    if not outer:
        return 1
    if not bare.startswith("|"):
        return 0
    if bare.endswith("|") and len(bare) > 1:
        return 1
    for more in range(1, _LONGEST_ROW_LINES):
        following = lines[at + more].strip() if at + more < len(lines) else ""
        if not following or following.startswith(("|", "#", "<table")):
            return 1
        if following.endswith("|"):
            return more + 1
    return 1
