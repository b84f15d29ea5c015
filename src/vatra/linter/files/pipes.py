"""Pipe tables of Markdown, in the ways in which converters write and break them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vatra.linter.files.blocks import RawTable, squared
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


def read(lines: Sequence[str], at: int) -> tuple[list[RawTable], int]:
    """The tables from a line on and the line after them.

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
            break
        text = "<br>".join(line.strip() for line in lines[at : at + taken])
        rows.append(([plain(cell) for cell in split(text)], at + 1))
        at += taken
    starts_at = [0, *(rule - 1 for rule in _heads(rules, len(rows)))]
    ends_at = [*starts_at[1:], len(rows)]
    tables = [
        _table(rows[start:end], min(1, rules[0] if rules else 0))
        for start, end in zip(starts_at, ends_at, strict=True)
        if rows[start:end]
    ]
    return tables, at


def _heads(rules: Sequence[int], row_count: int) -> list[int]:
    """The rules below further headings; a rule under every row heads nothing."""
    further = sorted({rule for rule in rules[1:] if rule > 1})
    return further if 2 * len(further) <= row_count else []


def _table(rows: Sequence[tuple[list[str], int]], head_count: int) -> RawTable:
    places = [f"line {line}" for _, line in rows]
    return squared((cells for cells, _ in rows), places, places[0], head_count=head_count)


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
