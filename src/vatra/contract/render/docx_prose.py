"""What people wrote, in a DOCX: paragraphs, lists, tables, links that can be followed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from docx.document import Document as Word
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph as Line
from docx.text.run import Run

from vatra.contract.narrative_markdown import Grid, Items, Paragraph, Piece, Span

SIZE_PT = 10.5
STEP_CM = 0.7
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def prose(word: Word, piece: Piece) -> None:
    """Add a piece to the end of the document."""
    match piece:
        case Paragraph(spans, heading):
            line = word.add_paragraph()
            line.paragraph_format.keep_with_next = heading or None
            _spans(line, spans, bold=heading)
        case Items(items):
            for depth, mark, spans in items:
                _item(word.add_paragraph(), depth, mark, spans)
        case Grid(rows):
            _grid(word, rows)


def _item(line: Line, depth: int, mark: str, spans: Iterable[Span]) -> None:
    """The mark hangs left of its words; lists inside lists stand further in."""
    line.paragraph_format.left_indent = Cm(STEP_CM * (depth + 1))
    line.paragraph_format.first_line_indent = Cm(-STEP_CM)
    line.paragraph_format.tab_stops.add_tab_stop(Cm(STEP_CM * (depth + 1)))
    line.paragraph_format.space_after = Pt(2)
    line.add_run(f"{mark}\t").font.size = Pt(SIZE_PT)
    _spans(line, spans)


def _grid(word: Word, rows: tuple[tuple[tuple[Span, ...], ...], ...]) -> None:
    grid = word.add_table(rows=len(rows), cols=max(len(row) for row in rows), style="Table Grid")
    for y, row in enumerate(rows):
        for x, spans in enumerate(row):
            line = grid.rows[y].cells[x].paragraphs[0]
            line.paragraph_format.space_after = Pt(0)
            _spans(line, spans, bold=y == 0)
    properties = grid.rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))
    word.add_paragraph()


def _spans(line: Line, spans: Iterable[Span], bold: bool = False) -> None:
    for span in spans:
        run = line.add_run(_UNWRITABLE.sub("\u25a1", span.text))
        run.font.size, run.font.bold = Pt(SIZE_PT), bold or span.strong or None
        run.font.italic = span.emphasis or None
        if span.link:
            _follow(line, run, span.link)


def _follow(line: Line, run: Run, address: str) -> None:
    """Put the run into a link."""
    run.font.underline = True
    known = line.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), known)
    line._p.append(link)
    link.append(run._r)
