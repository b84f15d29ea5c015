"""What is different between two states of a table, and the same changes on a third state.

A change names its row by the line it has in the state that the person saw (the base). Meanwhile
others may have written: their versions say which rows they removed or added, so each row of
the base is found again, and a cell that two people changed is a conflict, never a loss.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any, Literal

from vatra.web.workspace.sheet import Sheet, one_line

Op = Literal["change", "add", "remove"]


@dataclass(frozen=True)
class CellChange:
    """One change of a table.

    ``change``: the cell of ``column`` in the row at ``line`` goes from ``before`` to ``after``;
    ``remove``: the row at ``line`` goes; ``add``: ``row`` comes at the end.
    """

    op: Op
    line: int = 0
    column: str = ""
    before: str = ""
    after: str = ""
    row: Mapping[str, str] = field(default_factory=dict)
    origin: str = ""


@dataclass(frozen=True)
class Clash:
    """A cell, row or paragraph that somebody else changed too.

    ``base`` what both began from, ``theirs`` what stands now, ``mine`` what was wanted. ``column``
    is empty for a whole row or paragraph; ``line`` is that of the base.
    """

    file: str
    line: int
    column: str
    base: str
    theirs: str
    mine: str


class Conflict(Exception):
    """Others changed the same things; nothing was written."""

    def __init__(self, clashes: Sequence[Clash]) -> None:
        self.clashes = tuple(clashes)
        super().__init__(f"{len(self.clashes)} changed by others too")


def difference(before: Sheet, after: Sheet) -> list[CellChange]:
    """What leads from one state of a table to another, rows paired by their keys.

    Lines are those of ``before``; rows that are only in ``after`` are added.
    """
    pairs = _pairs(before, after)
    taken = set(pairs.values())
    columns = [
        each.name
        for each in before.table.columns
        if each.name in before.places or each.name in after.places
    ]
    found: list[CellChange] = []
    for position, line in enumerate(before.lines):
        other = pairs.get(position)
        if other is None:
            old_row = {name: value for name, value in before.rows[position].items() if value}
            found.append(CellChange("remove", line, row=old_row))
            continue
        old, new = before.rows[position], after.rows[other]
        found += [
            CellChange("change", line, name, old.get(name, ""), new.get(name, ""))
            for name in columns
            if one_line(old.get(name, "")) != one_line(new.get(name, ""))
        ]
    for position, row in enumerate(after.rows):
        if position not in taken:
            new_row = {name: value for name, value in row.items() if value}
            found.append(
                CellChange(
                    "add", after.lines[position], row=new_row, origin=after.origins[position]
                )
            )
    return found


def _pairs(before: Sheet, after: Sheet) -> dict[int, int]:
    """Position of a row before -> its position after: alike rows, then same keys, in order."""
    found: dict[int, int] = {}
    waiting: dict[Any, list[int]] = defaultdict(list)
    for position in range(len(after.rows)):
        waiting[_whole(after, position)].append(position)
    for position in range(len(before.rows)):
        same = waiting.get(_whole(before, position))
        if same:
            found[position] = same.pop(0)
    if not before.table.keys:
        return found | _by_place(before, after, found)
    taken, by_key = set(found.values()), defaultdict(list)
    for position in range(len(after.rows)):
        if position not in taken:
            by_key[after.key_of(position)].append(position)
    for position in range(len(before.rows)):
        if position not in found and by_key.get(before.key_of(position)):
            found[position] = by_key[before.key_of(position)].pop(0)
    return found | _by_place(before, after, found)


def _by_place(before: Sheet, after: Sheet, found: Mapping[int, int]) -> dict[int, int]:
    """Rows that stand between the same neighbours: their keys were changed, or they have none."""
    taken = set(found.values())
    old = [n for n in range(len(before.rows)) if n not in found]
    new = [n for n in range(len(after.rows)) if n not in taken]
    if not old or not new or len(old) * len(new) > 4_000_000:
        return {}
    mine = [found.get(n - 1, -1 if n == 0 else None) for n in old]
    theirs = [n - 1 if n - 1 in taken or n == 0 else None for n in new]
    pairs: dict[int, int] = {}
    for a, b, size in SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks():
        for step in range(size):
            if mine[a + step] is not None and _alike(before, old[a + step], after, new[b + step]):
                pairs[old[a + step]] = new[b + step]
    return pairs


def _alike(before: Sheet, one: int, after: Sheet, other: int) -> bool:
    """Whether two rows share at least half of what they say: else one left and another came."""
    old = {k: one_line(v) for k, v in before.rows[one].items() if v}
    new = {k: one_line(v) for k, v in after.rows[other].items() if v}
    same = sum(new.get(name) == value for name, value in old.items())
    return same * 2 >= max(len(old), len(new), 1)


def _whole(found: Sheet, position: int) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((k, one_line(v)) for k, v in found.rows[position].items() if v.strip()))


def paired_lines(before: Sheet, after: Sheet) -> dict[int, int]:
    """Line before -> line after, where a file was exchanged as a whole."""
    return {before.lines[a]: after.lines[b] for a, b in _pairs(before, after).items()}


def where_now(
    base: Sheet, steps: Iterable[Sequence[Mapping[str, Any]] | Mapping[int, int]]
) -> dict[int, int]:
    """Line in the base -> line now, for rows that are still there.

    ``steps`` what later versions did to this file, in order: their changes, or ``paired_lines``
    where the file was exchanged as a whole.
    """
    lines = {line: line for line in base.lines}
    for step in steps:
        if isinstance(step, Mapping):
            lines = {line: step[now] for line, now in lines.items() if now in step}
            continue
        for each in step:
            lines = _moved(lines, each)
    return lines


def _moved(lines: dict[int, int], change: Mapping[str, Any]) -> dict[int, int]:
    is_kept, gone = change["op"] != "remove", int(change.get("height", 0))
    if is_kept and not gone:
        return lines
    at = int(change["now"])
    return {
        line: now - gone if now > at else now for line, now in lines.items() if is_kept or now != at
    }


def applied(
    base: Sheet, now: Sheet, lines: Mapping[int, int], wanted: Sequence[CellChange]
) -> tuple[Sheet, list[dict[str, Any]]]:
    """The present state with the wanted changes, and what was really done, by present lines.

    Raises ``Conflict`` with every cell that others changed to something else. A change that
    somebody made already is not made again.
    """
    clashes: list[Clash] = []
    cells: dict[int, dict[str, str]] = defaultdict(dict)
    removed: list[int] = []
    done: list[dict[str, Any]] = []
    at_line = now.by_line
    for each in wanted:
        if each.op == "add":
            continue
        position = at_line.get(lines.get(each.line, -1))
        clash = _clash(base, now, each, position)
        if clash is not None:
            clashes.append(clash)
        elif position is not None and each.op == "remove":
            removed.append(position)
            done.append(_removal(now, position, each))
        elif position is not None and _cell(now, position, each.column) != one_line(each.after):
            cells[position][each.column] = each.after
            done.append(_record(each, now, position))
    if clashes:
        raise Conflict(clashes)
    added = [(each.row, each.origin) for each in wanted if each.op == "add"]
    result = now.with_rows(cells, removed, added)
    # From the last to the first, so that each line is the one at its own moment.
    done.sort(key=lambda each: (each["op"] == "remove", -each["now"]))
    first = len(result.rows) - len(added)
    for n, (row, origin) in enumerate(added):
        entry = {"op": "add", "now": result.lines[first + n], "row": dict(row)}
        done.append(entry | {"file": now.file, "origin": origin})
    return result, done


def _clash(base: Sheet, now: Sheet, each: CellChange, position: int | None) -> Clash | None:
    was = base.by_line.get(each.line)
    before = _cell(base, was, each.column) if was is not None else one_line(each.before)
    if position is None:
        if each.op == "remove":
            return None
        return Clash(now.file, each.line, each.column, before, "", one_line(each.after))
    if each.op == "remove":
        if was is not None and _whole(base, was) != _whole(now, position):
            theirs = " · ".join(value for value in now.rows[position].values() if value)
            mine = " · ".join(value for value in base.rows[was].values() if value)
            return Clash(now.file, each.line, "", mine, theirs, "")
        return None
    theirs = _cell(now, position, each.column)
    if theirs in (one_line(each.before), one_line(each.after)):
        return None
    return Clash(now.file, each.line, each.column, before, theirs, one_line(each.after))


def _cell(found: Sheet, position: int, column: str) -> str:
    return one_line(found.rows[position].get(column, ""))


def _record(each: CellChange, now: Sheet, position: int) -> dict[str, Any]:
    before = now.rows[position].get(each.column, "")
    entry = {"op": "change", "line": each.line, "now": now.lines[position], "file": now.file}
    entry |= {"column": each.column, "before": one_line(before), "after": one_line(each.after)}
    # A text of several lines becomes one: the rows below move up.
    return entry | ({"height": before.count("\n")} if "\n" in before else {})


def _removal(now: Sheet, position: int, each: CellChange) -> dict[str, Any]:
    line = now.lines[position]
    spans = now.text.spans[line]
    height = 1 + now.text.text[spans[0][0] : spans[-1][1]].count("\n")
    row = {name: value for name, value in now.rows[position].items() if value}
    entry = {"op": "remove", "line": each.line, "now": line, "height": height, "row": row}
    return entry | {"file": now.file, "origin": now.origins[position]}
