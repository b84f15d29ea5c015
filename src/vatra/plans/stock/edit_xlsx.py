"""Cells of a workbook changed one by one: every other part of the file stays byte for byte.

The sheet's own text is edited, not written anew, so that formats, comments, formulas of other
cells, drawings and other sheets are kept.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

# By row of the sheet and position of the column; the first row is 1, the first column 0.
Place = tuple[int, int]
Value = str | int | float | None
_LETTERS = 26
_ATTRIBUTE = re.compile(r'\s(?!r=|t=)[\w:]+="[^"]*"')


class FormulaError(ValueError):
    """Cells that hold formulas, whose results nobody can set; ``places`` names them."""

    def __init__(self, places: list[Place]) -> None:
        self.places = places
        super().__init__(", ".join(cell_name(*place) for place in places))


def cell_name(row: int, position: int) -> str:
    """``B5`` of row 5 and position 1."""
    letters, at = "", position + 1
    while at:
        at, rest = divmod(at - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def with_cells(data: bytes, part: str, changes: Mapping[Place, Value]) -> bytes:
    """A workbook with some cells of one sheet changed.

    Parameters
    ----------
    part : name of the sheet's file inside the workbook (``xl/worksheets/sheet1.xml``)

    Raises ``FormulaError`` naming all cells that hold formulas, ``KeyError`` for rows that the
    sheet does not have.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w") as made:
        for info in archive.infolist():
            held = archive.read(info)
            if info.filename == part:
                held = _sheet(held.decode("utf-8"), changes).encode("utf-8")
            made.writestr(info, held)
        made.comment = archive.comment
    return out.getvalue()


def _sheet(text: str, changes: Mapping[Place, Value]) -> str:
    by_row: dict[int, dict[int, Value]] = {}
    for (row, position), value in changes.items():
        by_row.setdefault(row, {})[position] = value
    formulas: list[Place] = []
    for row, cells in sorted(by_row.items()):
        pattern = re.compile(
            rf'<((?:\w+:)?)row\b[^>]*?\br="{row}"[^>]*?(?:/>|>(.*?)</\1row>)', re.S
        )
        found = pattern.search(text)
        if found is None:
            raise KeyError(row)
        body, start = found.group(2) or "", found.start(2)
        for position, value in sorted(cells.items()):
            changed = _row(body, found.group(1), row, position, value)
            if changed is None:
                formulas.append((row, position))
            else:
                body = changed
        if found.group(2) is not None:
            text = text[:start] + body + text[found.end(2) :]
    if formulas:
        raise FormulaError(formulas)
    return _dimension(text, changes)


def _row(body: str, prefix: str, row: int, position: int, value: Value) -> str | None:
    """The cells of a row with one of them changed; None where it holds a formula."""
    name = cell_name(row, position)
    pattern = re.compile(
        rf'<{prefix}c\b(?P<attributes>[^>]*?\br="{name}"[^>]*?)(?:/>|>(?P<inner>.*?)</{prefix}c>)',
        re.S,
    )
    found = pattern.search(body)
    if found is None:
        at = _where(body, prefix, row, position)
        return body[:at] + _cell(prefix, name, "", value) + body[at:]
    if re.search(rf"<{prefix}f\b", found.group("inner") or ""):
        return None
    kept = "".join(_ATTRIBUTE.findall(found.group("attributes")))
    return body[: found.start()] + _cell(prefix, name, kept, value) + body[found.end() :]


def _where(body: str, prefix: str, row: int, position: int) -> int:
    """Where a cell that is not there yet belongs: behind all cells to the left of it."""
    at = 0
    for found in re.finditer(
        rf'<{prefix}c\b[^>]*?\br="([A-Z]+){row}"[^>]*?(?:/>|>.*?</{prefix}c>)', body, re.S
    ):
        if _position(found.group(1)) < position:
            at = found.end()
    return at


def _position(letters: str) -> int:
    found = 0
    for letter in letters:
        found = found * _LETTERS + ord(letter) - ord("A") + 1
    return found - 1


def _cell(prefix: str, name: str, kept: str, value: Value) -> str:
    opening = f'<{prefix}c r="{name}"{kept}'
    if value is None:
        return f"{opening}/>"
    if isinstance(value, str):
        text = (
            f'<{prefix}is><{prefix}t xml:space="preserve">{escape(value)}</{prefix}t></{prefix}is>'
        )
        return f'{opening} t="inlineStr">{text}</{prefix}c>'
    return f"{opening}><{prefix}v>{value!r}</{prefix}v></{prefix}c>"


def _dimension(text: str, changes: Mapping[Place, Value]) -> str:
    """The area that the sheet says it fills, made wide enough for columns that were added."""
    found = re.search(r'<(?:\w+:)?dimension\b[^>]*?ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"', text)
    if found is None:
        return text
    last = max(position for _, position in changes)
    if last <= _position(found.group(3)):
        return text
    letters = cell_name(1, last)[:-1]
    return text[: found.start(3)] + letters + text[found.end(3) :]
