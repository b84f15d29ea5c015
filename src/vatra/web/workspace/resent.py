"""A form that is sent twice writes once: rows that were added since it was opened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from vatra.web.workspace.changes import CellChange
from vatra.web.workspace.models import Version
from vatra.web.workspace.sheet import Sheet, one_line, table_of

Cells = tuple[tuple[str, str], ...]


def not_yet_made(
    changes: Sequence[CellChange], base: Version, head: Version, now: Sheet
) -> list[CellChange]:
    """The changes without new rows that somebody added since ``base`` and that still stand.

    A double click, the back button and a form that a browser sends again after a restart would
    otherwise count the same row twice. Who wants two equal rows opens the form twice.
    """
    if base.pk == head.pk or not any(each.op == "add" for each in changes):
        return list(changes)
    standing = {_cells(row) for row in now.rows}
    made = Counter(each for each in _added(base, head, now.table.name) if each in standing)
    wanted: list[CellChange] = []
    for each in changes:
        key = _cells(each.row) if each.op == "add" else ()
        if key and made[key]:
            made[key] -= 1
        else:
            wanted.append(each)
    return wanted


def _added(base: Version, head: Version, table: str) -> list[Cells]:
    later = Version.objects.filter(
        city=head.city_id, number__gt=base.number, number__lte=head.number
    ).values_list("changes", flat=True)
    entries = (entry for changes in later for entry in changes if entry["op"] == "add")
    return [_cells(each.get("row", {})) for each in entries if _is_of(each["file"], table)]


def _is_of(file: str, table: str) -> bool:
    found = table_of(file)
    return found is not None and found.name == table


def _cells(row: Mapping[str, str]) -> Cells:
    """What stands in a row: filled cells, in the order of their names."""
    return tuple(sorted((name, one_line(text)) for name, text in row.items() if text.strip()))
