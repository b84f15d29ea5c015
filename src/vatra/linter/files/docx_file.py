"""Word documents taken apart into blocks: headings, paragraphs, tables with merged cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx

from vatra.linter.files.blocks import Block, Blocks, RawTable, Text, squared
from vatra.linter.files.inline import raised, tidy
from vatra.linter.files.sniffing import NotReadable
from vatra.linter.shape import fault

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# What was deleted, is shown elsewhere, or is no text: tracked deletions, notes, old drawings.
_LEFT_OUT = {
    f"{_W}del", f"{_W}moveFrom", f"{_W}footnoteReference", f"{_W}endnoteReference",
    f"{_W}instrText", f"{_W}delText", f"{_W}rPr", f"{_W}pPr", _FALLBACK,
}  # fmt: skip
_WRAPPERS = {f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}moveTo", f"{_W}customXml",
             f"{_W}smartTag"}  # fmt: skip
_HEADING_STYLE = re.compile(r"(?:heading|titlu|überschrift|titre|rubrik)\s*(\d)", re.IGNORECASE)
_CAPTION_STYLE = re.compile(r"caption|legend", re.IGNORECASE)
DEEPEST = 8
MOST_COLUMNS = 500

Element = Any


def read(path: Path, name: str) -> Blocks:
    """The blocks of a DOCX file, tables and paragraphs counted as they follow."""
    try:
        document = docx.Document(str(path))
        reader = _Reader(_levels(document))
        reader.take(document.element.body, 0)
    except Exception:
        # A damaged file may break the parsers anywhere, with any kind of error.
        raise NotReadable(fault("files.broken", name)) from None
    return Blocks(reader.blocks)


def _levels(document: Any) -> dict[str, tuple[int, bool]]:
    """Style id -> depth of the heading it makes (0 for none), and whether it makes captions."""
    found: dict[str, tuple[int, bool]] = {}
    for style in document.styles.element.iter(f"{_W}style"):
        title = style.find(f"{_W}name")
        name = title.get(f"{_W}val", "") if title is not None else ""
        named = _HEADING_STYLE.match(name)
        outline = style.find(f"{_W}pPr/{_W}outlineLvl")
        level = int(named[1]) if named else _outline(outline)
        level = 1 if name.lower() in ("title", "titlu") else level
        found[style.get(f"{_W}styleId", "")] = (level, bool(_CAPTION_STYLE.search(name)))
    return found


def _outline(element: Element) -> int:
    value = element.get(f"{_W}val", "") if element is not None else ""
    return int(value) + 1 if value.isdigit() and int(value) < 9 else 0


class _Reader:
    def __init__(self, levels: dict[str, tuple[int, bool]]) -> None:
        self.levels = levels
        self.blocks: list[Block] = []
        self.paragraphs = 0
        self.tables = 0

    def take(self, parent: Element, depth: int) -> None:
        """The paragraphs and tables below an element, in their order."""
        for child in parent.iterchildren():
            if child.tag == f"{_W}p":
                self._paragraph(child, depth)
            elif child.tag == f"{_W}tbl":
                self._table(child, depth)
            elif child.tag in _WRAPPERS and depth < DEEPEST:
                self.take(child, depth + 1)

    def _paragraph(self, element: Element, depth: int) -> None:
        self.paragraphs += 1
        text = " ".join(tidy(_text(element)).split())
        if text:
            level, caption = self._level(element)
            place = f"paragraph {self.paragraphs}"
            self.blocks.append(Text(text, place, level, bold=caption or _bold(element)))
        for box in _boxes(element):
            if depth < DEEPEST:
                self.take(box, depth + 1)

    def _level(self, element: Element) -> tuple[int, bool]:
        style = element.find(f"{_W}pPr/{_W}pStyle")
        level, caption = self.levels.get(
            style.get(f"{_W}val", "") if style is not None else "", (0, False)
        )
        own = _outline(element.find(f"{_W}pPr/{_W}outlineLvl"))
        return own or level, caption

    def _table(self, element: Element, depth: int) -> None:
        self.tables += 1
        table = _raw(element, f"table {self.tables}")
        if table is not None:
            self.blocks.append(table)
        if depth < DEEPEST:
            for inner in _inner_tables(element):
                self._table(inner, depth + 1)


def _boxes(element: Element) -> Iterator[Element]:
    """Text boxes anchored in a paragraph, without the copies kept for old programs."""
    for box in element.iter(f"{_W}txbxContent"):
        if not any(parent.tag == _FALLBACK for parent in box.iterancestors()):
            yield box


def _bold(element: Element) -> bool:
    runs = [run for run in element.iter(f"{_W}r") if tidy(_text(run))]
    return bool(runs) and all(_is_on(run.find(f"{_W}rPr/{_W}b")) for run in runs)


def _is_on(mark: Element) -> bool:
    return mark is not None and mark.get(f"{_W}val", "1") not in ("0", "false", "off")


def _text(element: Element) -> str:
    """The text of an element as it prints, tracked insertions with it, deletions without."""
    parts: list[str] = []
    _gather(element, parts)
    return "".join(parts)


def _gather(element: Element, parts: list[str]) -> None:
    for child in element.iterchildren():
        tag = child.tag
        if tag in _LEFT_OUT or tag in (f"{_W}tbl", f"{_W}txbxContent"):
            continue
        if tag in (f"{_W}t", f"{_M}t"):
            parts.append(_run_text(child))
        elif tag == f"{_W}tab":
            parts.append(" ")
        elif tag in (f"{_W}br", f"{_W}cr"):
            parts.append("\n")
        elif tag == f"{_W}noBreakHyphen":
            parts.append("-")
        else:
            _gather(child, parts)


def _run_text(element: Element) -> str:
    """The text of a run; a raised digit stays apart from the number before it."""
    text = str(element.text or "")
    mark = element.getparent().find(f"{_W}rPr/{_W}vertAlign")
    is_raised = mark is not None and mark.get(f"{_W}val") == "superscript"
    return raised(text) if is_raised and text.strip() else text


def _children(parent: Element, tag: str, depth: int = 0) -> Iterator[Element]:
    """Children of a tag, those inside content controls and tracked insertions among them."""
    for child in parent.iterchildren():
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS and depth < DEEPEST:
            yield from _children(child, tag, depth + 1)


def _inner_tables(element: Element) -> Iterator[Element]:
    for row in _children(element, f"{_W}tr"):
        for cell in _children(row, f"{_W}tc"):
            yield from _children(cell, f"{_W}tbl")


def _raw(element: Element, place: str) -> RawTable | None:
    rows: list[list[str]] = []
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    # Column -> the row in which the cell that is merged downwards here began.
    open_cells: dict[int, int] = {}
    head_count = 0
    for at, row in enumerate(
        each for each in _children(element, f"{_W}tr") if each.find(f"{_W}trPr/{_W}del") is None
    ):
        cells: list[str] = [""] * _number(row.find(f"{_W}trPr/{_W}gridBefore"), 0)
        for cell in _children(row, f"{_W}tc"):
            column = len(cells)
            if column > MOST_COLUMNS:
                break
            width = _number(cell.find(f"{_W}tcPr/{_W}gridSpan"), 1)
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            goes_on = merge is not None and merge.get(f"{_W}val") != "restart"
            if goes_on and column in open_cells:
                top = open_cells[column]
                spans[top, column] = (at - top + 1, width)
                cells += [""] * width
                continue
            open_cells[column] = at
            if width > 1:
                spans[at, column] = (1, width)
            cells += [_cell_text(cell), *[""] * (width - 1)]
        rows.append(cells)
        if _is_on(row.find(f"{_W}trPr/{_W}tblHeader")) and head_count == at:
            head_count += 1
    if not rows:
        return None
    places = [f"{place}, row {at}" for at in range(1, len(rows) + 1)]
    return squared(rows, places, place, spans=spans, head_count=head_count)


def _number(element: Element, default: int) -> int:
    value = element.get(f"{_W}val", "") if element is not None else ""
    return min(int(value), MOST_COLUMNS) if value.isdigit() else default


def _cell_text(cell: Element) -> str:
    paragraphs = [_text(each) for each in _children(cell, f"{_W}p")]
    return tidy("\n".join(paragraphs))
