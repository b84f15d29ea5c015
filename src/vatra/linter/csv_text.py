"""One table as CSV: leading ``# key: value`` lines, then headings, then rows."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from typing import Any

DELIMITERS = (";", "\t", ",", "|")
_META = re.compile(r'^[\s"\ufeff]*#\s*([A-Za-z_ ]+?)\s*[:=]\s*(.*?)[\s"]*$')
_COMMENT = re.compile(r'^[\s"\ufeff]*#')


def parse(text: str) -> dict[str, Any]:
    """The table of a CSV text as the mapping a YAML file would hold."""
    meta: dict[str, Any] = {}
    body: list[str] = []
    for line in text.lstrip("\ufeff").splitlines():
        if _COMMENT.match(line) and not body:
            found = _META.match(line.rstrip(";,\t| "))
            if found:
                _put(meta, found[1].strip().lower().replace(" ", "_"), found[2].strip())
        elif line.strip(" ;,\t|") or body:
            body.append(line)
    rows = _rows("\n".join(body))
    return meta | {"columns": rows[0] if rows else [], "rows": rows[1:]}


def _put(meta: dict[str, Any], key: str, value: str) -> None:
    """``# unit Cost: MEUR`` overrides the unit of one column; the rest are plain keys."""
    if key.startswith("unit_"):
        meta.setdefault("units", {})[key.removeprefix("unit_").replace("_", " ")] = value
    elif key == "units":
        pairs = (part.rpartition("=") for part in value.split(";"))
        meta["units"] = {name.strip(): size.strip() for name, mark, size in pairs if mark}
    else:
        meta[key] = value


def _rows(text: str) -> list[list[Any]]:
    if not text.strip():
        return []
    rows = list(csv.reader(io.StringIO(text), delimiter=_delimiter(text), skipinitialspace=True))
    kept = [row for row in rows if any(cell.strip() for cell in row)]
    width = max((_width(row) for row in kept), default=0)
    heads = _width(kept[0]) if kept else 0
    return [_trimmed(row, heads if heads >= 2 else width) for row in kept]


def _width(row: list[str]) -> int:
    """The cells of a row without the blank ones a spreadsheet leaves at its end."""
    return max((place for place, cell in enumerate(row, 1) if cell.strip()), default=0)


def _trimmed(row: list[str], heads: int) -> list[Any]:
    cells: list[Any] = [cell.strip() or None for cell in row]
    while len(cells) > heads and cells[-1] is None:
        cells.pop()
    return cells


def _delimiter(text: str) -> str:
    """The sign that splits most lines into the same number of cells, and into the most."""
    best, best_score = ",", (0, 0)
    for sign in DELIMITERS:
        widths = Counter(
            len(row) for row in csv.reader(io.StringIO(text), delimiter=sign) if any(row)
        )
        width, count = widths.most_common(1)[0] if widths else (1, 0)
        score = (count if width > 1 else 0, width)
        if score > best_score:
            best, best_score = sign, score
    return best
