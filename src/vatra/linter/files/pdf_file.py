"""PDF files with text taken apart into blocks: ruled tables, aligned tables, paragraphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect

from vatra.linter.files import aligned, pdf_rules
from vatra.linter.files.blocks import Block, Blocks, RawTable, Text, squared
from vatra.linter.files.furniture import is_page_mark, running_key, running_keys
from vatra.linter.files.inline import tidy
from vatra.linter.files.pdf_words import Word, cell_text, lines_of, segments_of, text_of, words_of
from vatra.linter.files.sniffing import NotReadable
from vatra.linter.shape import fault
from vatra.tables import Finding

# Header and footer lie within these shares of a page's height.
MARGIN_SHARE = 0.11
MARGIN_LINES = 2
FEWEST_SIGNS = 8
HEADING_SHARE = 1.12
DEEPEST_HEADING = 6
LINE_GAP = 0.7
EDGE_STEP = 2.5
MOST_UNREADABLE_SHARE = 0.3

# Left, top, right, bottom, in points from the top left of the page.
Box = tuple[float, float, float, float]


@dataclass
class _Page:
    """What stands on one page: lines of words outside tables, and tables, each with its height."""

    place: str
    height: float
    lines: list[list[Word]] = field(default_factory=list)
    tables: list[tuple[float, float, RawTable]] = field(default_factory=list)
    has_text: bool = True
    last_area: pdf_rules.Area | None = None


def read(path: Path, name: str) -> Blocks:
    """The blocks of a PDF file, page by page.

    Raises ``NotReadable`` for a locked, damaged or scanned file.
    """
    try:
        with pdfplumber.open(path) as pdf:
            pages: list[_Page] = []
            for at, page in enumerate(pdf.pages, 1):
                before = pages[-1].last_area if pages else None
                pages.append(_page(page, f"page {at}", before))
    except PDFPasswordIncorrect:
        raise NotReadable(fault("files.encrypted", name)) from None
    except Exception as error:
        # A damaged file may break the parser anywhere, with any kind of error.
        locked = any(isinstance(each, PDFPasswordIncorrect) for each in error.args)
        code = "files.encrypted" if locked else "files.broken"
        raise NotReadable(fault(code, name)) from None
    if not any(page.has_text for page in pages):
        raise NotReadable(fault("files.pictures" if pages else "files.broken", name))
    without = [at for at, page in enumerate(pages, 1) if not page.has_text]
    notes = []
    if without:
        params = {"pages": ", ".join(map(str, without))}
        notes.append(Finding("linter.files.pages-without-text", "note", params=params))
    return Blocks(_Reading(pages).blocks(), notes)


def _page(page: Any, place: str, before: pdf_rules.Area | None) -> _Page:
    words = words_of(page)
    signs = sum(len(word.text) for word in words)
    unreadable = sum(word.text.count("(cid:") for word in words) * 5
    found = _Page(place, float(page.height))
    pictures = bool(page.images)
    if signs < FEWEST_SIGNS or unreadable > MOST_UNREADABLE_SHARE * signs:
        # A page without pictures or letters is blank, not scanned.
        found.has_text = not pictures and not unreadable
        page.close()
        return found
    inside: set[int] = set()
    boxes, areas = _boxes(page, words, before)
    found.last_area = areas[-1] if areas else None
    for box, cells in boxes:
        raw, taken = _ruled(box, cells, words, place)
        if raw is not None and not taken & inside:
            inside |= taken
            found.tables.append((box[1], box[3], raw))
    page.close()
    found.lines = lines_of(word for at, word in enumerate(words) if at not in inside)
    return found


def _boxes(
    page: Any, words: Sequence[Word], before: pdf_rules.Area | None
) -> tuple[list[tuple[Box, list[Box]]], list[pdf_rules.Area]]:
    """Every table's box and those of its cells: fully ruled ones, then those ruled by row only."""
    tables = page.find_tables()
    found = [(_box(table.bbox), [_box(cell) for cell in table.cells]) for table in tables]
    whole = [box for box, cells in found if len({cell[0] for cell in cells}) > 1]
    rules = [
        pdf_rules.Rule(float(edge["x0"]), float(edge["x1"]), float(edge["top"]))
        for edge in page.edges
        if edge["orientation"] == "h"
        and not any(box[1] - 1 <= edge["top"] <= box[3] + 1 for box in whole)
    ]
    areas = pdf_rules.areas(rules, words, float(page.width), before)
    return [*found, *((area.box, area.cells()) for area in areas)], areas


def _box(values: Sequence[float]) -> Box:
    left, top, right, bottom = map(float, values)
    return left, top, right, bottom


def _ruled(
    box: Box, boxes: Sequence[Box], words: Sequence[Word], place: str
) -> tuple[RawTable | None, set[int]]:
    """A table in its box with the words in its cells; None for a frame around text."""
    lefts, tops = _edges(box[0] for box in boxes), _edges(box[1] for box in boxes)
    if len(lefts) < 2:
        return None, set()
    x0, top, x1, bottom = box
    near = [
        (at, word)
        for at, word in enumerate(words)
        if top - 1 <= word.middle <= bottom + 1 and x0 - 1 <= (word.left + word.right) / 2 <= x1 + 1
    ]
    rows = [["" for _ in lefts] for _ in tops]
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    taken: set[int] = set()
    for left, above, right, below in boxes:
        column, row = _index(lefts, left), _index(tops, above)
        held = [(at, word) for at, word in near if _within(word, left, above, right, below)]
        taken |= {at for at, _ in held}
        rows[row][column] = cell_text((word for _, word in held), right)
        size = (
            sum(above - EDGE_STEP < each < below - EDGE_STEP for each in tops),
            sum(left - EDGE_STEP < each < right - EDGE_STEP for each in lefts),
        )
        if size != (1, 1):
            spans[row, column] = size
    if all(sum(bool(cell) for cell in row) < 2 for row in rows):
        return None, set()
    return squared(rows, [place] * len(rows), place, spans=spans), taken


def _within(word: Word, left: float, top: float, right: float, bottom: float) -> bool:
    middle = (word.left + word.right) / 2
    return left <= middle < right and top <= word.middle < bottom


def _edges(values: Any) -> list[float]:
    """Positions of edges, those nearer than a rule's width taken as one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > EDGE_STEP:
            found.append(value)
    return found


def _index(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - value))


class _Reading:
    """All pages together: what runs from page to page, how large the letters of the text are."""

    def __init__(self, pages: Sequence[_Page]) -> None:
        self.pages = pages
        margins = [text_of(line) for page in pages for line in page.lines if _in_margin(page, line)]
        self.running = running_keys(margins, fewest=2 if len(pages) < 4 else 3)
        sizes = Counter[float]()
        for page in pages:
            for line in page.lines:
                for word in line:
                    sizes[round(word.size, 1)] += len(word.text)
        self.body_size = sizes.most_common(1)[0][0] if sizes else 10.0
        larger = sorted(
            {size for size in sizes if size > HEADING_SHARE * self.body_size}, reverse=True
        )
        self.levels = {size: min(at, DEEPEST_HEADING) for at, size in enumerate(larger, 1)}

    def blocks(self) -> list[Block]:
        found: list[Block] = []
        for page in self.pages:
            found += self._page(page)
        return found

    def _page(self, page: _Page) -> list[Block]:
        placed: list[tuple[float, Block]] = [
            (top, raw) for top, bottom, raw in page.tables if not self._is_furniture(page, raw, top)
        ]
        run: list[list[Word]] = []
        for line in page.lines:
            if _in_margin(page, line) and self._runs(text_of(line)):
                placed.append((line[0].top, Text(text_of(line), page.place, furniture=True)))
                continue
            if run and _table_between(page, run[-1], line):
                placed += self._run(run, page.place)
                run = []
            run.append(line)
        placed += self._run(run, page.place)
        return [block for _, block in sorted(placed, key=lambda each: each[0])]

    def _runs(self, text: str) -> bool:
        return is_page_mark(text) or running_key(text) in self.running

    def _is_furniture(self, page: _Page, raw: RawTable, top: float) -> bool:
        """A ruled box at the head or foot of a page with nothing but running text."""
        if MARGIN_SHARE * page.height < top < (1 - MARGIN_SHARE) * page.height:
            return False
        texts = [str(cell) for row in raw.rows for cell in row if cell]
        same = sum(
            [str(cell) for row in other.rows for cell in row if cell] == texts
            for each in self.pages
            for _, _, other in each.tables
        )
        return same > 1 and len(raw.rows) <= 2

    def _run(self, lines: Sequence[list[Word]], place: str) -> list[tuple[float, Block]]:
        """Lines without a ruled table among them: aligned tables and paragraphs."""
        found: list[tuple[float, Block]] = []
        at = 0
        while at < len(lines):
            table, end = _aligned(lines, at, place)
            if table is not None:
                found.append((lines[at][0].top, table))
                at = end
                continue
            end = self._paragraph_end(lines, at)
            found.append((lines[at][0].top, self._paragraph(lines[at:end], place)))
            at = end
        return found

    def _paragraph_end(self, lines: Sequence[list[Word]], at: int) -> int:
        end = at + 1
        while end < len(lines):
            above, below = lines[end - 1], lines[end]
            gap = min(word.top for word in below) - max(word.bottom for word in above)
            alike = abs(above[0].size - below[0].size) < 0.5 and above[0].bold == below[0].bold
            if gap > LINE_GAP * above[0].size or not alike or below[0].text in ("•", "-", "–", "▪"):
                break
            if len(segments_of(below, "").segments) > 2:
                break
            end += 1
        return end

    def _paragraph(self, lines: Sequence[list[Word]], place: str) -> Text:
        text = tidy("\n".join(text_of(line) for line in lines)).replace("-\n", "-")
        size = round(max(word.size for word in lines[0]), 1)
        level = self.levels.get(size, 0) if len(lines) < 4 else 0
        bold = all(word.bold for line in lines for word in line) and len(lines) < 4
        return Text(" ".join(text.split()), place, level, bold=bold)


def _in_margin(page: _Page, line: Sequence[Word]) -> bool:
    """Whether a line stands at the head or foot of its page, or is the first or last on it."""
    edge = MARGIN_SHARE * page.height
    outer = [*page.lines[:MARGIN_LINES], *page.lines[-MARGIN_LINES:]]
    return line[0].bottom < edge or line[0].top > page.height - edge or line in outer


def _table_between(page: _Page, above: Sequence[Word], below: Sequence[Word]) -> bool:
    return any(above[0].top <= top <= below[0].top for top, _, _ in page.tables)


def _aligned(lines: Sequence[list[Word]], at: int, place: str) -> tuple[RawTable | None, int]:
    """The table without rules that begins at a line, and the line after it."""
    segments = [segments_of(line, place) for line in lines[at:]]
    if len(segments[0].segments) < 2:
        return None, at
    end = 1
    while end < len(segments) and _may_follow(segments, end) and _near(lines, at + end):
        end += 1
    while end > 1 and len(segments[end - 1].segments) < 2:
        end -= 1
    table = aligned.table_of(segments[:end])
    return table, at + end if table is not None else at


def _may_follow(segments: Sequence[aligned.Line], at: int) -> bool:
    """Lines of one segment may break a table only one at a time: a section, a broken label."""
    return len(segments[at].segments) > 1 or len(segments[at - 1].segments) > 1


def _near(lines: Sequence[list[Word]], at: int) -> bool:
    gap = min(word.top for word in lines[at]) - max(word.bottom for word in lines[at - 1])
    return gap < 2.5 * lines[at][0].size
