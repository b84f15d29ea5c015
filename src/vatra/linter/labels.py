"""What the rows and columns of a table are called, each by its own name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from vatra.linter import headings
from vatra.linter.document import LintTable, Value
from vatra.linter.numbers import is_absent_word, token


def full_rows(table: LintTable) -> list[Sequence[Value]]:
    """The rows of a table with its total row, each with its label."""
    rows: list[Sequence[Value]] = [tuple(row) for row in table.rows]
    if table.total is not None:
        total = tuple(table.total)
        if len(total) == len(table.columns) - 1:
            total = ("Total", *total)
        elif total and (total[0] is None or not str(total[0]).strip()):
            total = ("Total", *total[1:])
        rows.append(total)
    return rows


def labels(table: LintTable) -> list[str]:
    """The label of each row, made distinct by further texts of the row or by its section."""
    rows = full_rows(table)
    plain = [_label(row[0] if row else None, place) for place, row in enumerate(rows, 1)]
    if len(set(plain)) == len(plain):
        return plain
    texts = [
        [name, *(str(cell).strip() for cell in row[1:] if is_text(cell))]
        for name, row in zip(plain, rows, strict=True)
    ]
    width = max(len(each) for each in texts)
    for size in range(2, width + 1):
        longer = [" / ".join(each[:size]) for each in texts]
        if len(set(longer)) == len(longer):
            return longer
    return _by_section(plain, rows)


def _by_section(plain: list[str], rows: list[Sequence[Value]]) -> list[str]:
    section, found = "", []
    repeated = {name for name, count in Counter(plain).items() if count > 1}
    for name, row in zip(plain, rows, strict=True):
        empty = all(cell is None or not str(cell).strip() for cell in row[1:])
        if empty or (headings.read(name).exact_sector and name not in repeated):
            section = name
            found.append(name)
        else:
            found.append(f"{section} / {name}" if section and name in repeated else name)
    return found


def _label(value: Value, place: int) -> str:
    text = "" if value is None else str(value).strip()
    return re.sub(r"\s+", " ", text) or f"#{place}"


def only_number(label: str) -> bool:
    return not re.search(r"[^\W\d_]{2}", label)


def is_text(value: Value) -> bool:
    if not isinstance(value, str) or not value.strip():
        return False
    each = token(value)
    return not each.body and not each.odd and not is_absent_word(value)


def column_names(columns: Sequence[object]) -> list[str]:
    """Headings as texts; a lone ``%`` is named after the column to its left."""
    names: list[str] = []
    for place, heading in enumerate(columns):
        text = re.sub(r"\s+", " ", str(heading).strip()) if heading is not None else ""
        says = headings.read(text)
        if (says.bare_percent and place > 1 and text in [*map(str, columns[:place])]) or (
            says.bare_percent and place > 1 and list(map(str, columns)).count(text) > 1
        ):
            text = f"{names[-1]} {text}"
        names.append(text)
    return names


def holds_texts(folded: str, kind: str, cells: Sequence[Value]) -> bool:
    """Whether a column with a folded heading holds texts (sectors, units, notes), not numbers."""
    factor, measure = headings.phrases("factor"), headings.phrases("measure")
    if any(folded in factor[code] for code in ("unit", "year", "carrier", "text", "scope")):
        return True
    if folded in (*measure["sector"], *measure["field"]):
        return True
    texts = sum(is_text(cell) for cell in cells)
    read = [token(cell) for cell in cells]
    numbers = sum(bool(each.body) or each.odd for each in read)
    if kind == "measures" and not numbers and not texts:
        return False
    return texts > 0 and numbers <= texts // 4
