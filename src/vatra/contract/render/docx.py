"""The contract as DOCX: real headings, real tables with header rows, pictures with their words.

Dates inside the file are fixed, so that the same contract gives the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from docx import Document
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from vatra.contract.charts import Chart
from vatra.contract.charts.chart import HALF_WIDTH, WIDTH
from vatra.contract.charts.palette import COLOURS
from vatra.contract.charts.table import RenderedTable
from vatra.contract.render.docx_prose import prose
from vatra.contract.render.images import png
from vatra.contract.render.outline import (
    Answered,
    Block,
    Heading,
    Outline,
    Pictures,
    Prose,
    Signatures,
    Tabled,
    Text,
    outline,
)
from vatra.contract.render.widths import Fit, HeadingGroup, fit, heading_groups
from vatra.words import Language, say

# On every Windows and Mac; elsewhere a font of the same widths stands in for it.
FONT = "Arial"
LOCALES = {"en": "en-GB", "ro": "ro-RO"}
# A fixed moment: the document carries its seal, not the time it was printed.
WRITTEN_AT = datetime(2000, 1, 1)
ZIP_TIME = (1980, 1, 1, 0, 0, 0)
TEXT_WIDTH_CM = 17.0
PT_PER_CM = 28.3465
SHORT_ROWS = 24
# What the format allows a title to hold.
LONGEST_PROPERTY = 255
_INK, _SOFT, _EMBER = (COLOURS["light"][role] for role in ("ink", "ink-soft", "ember"))
# Control characters that XML does not carry.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def docx(document: Mapping[str, Any], lang: Language) -> bytes:
    """The contract as DOCX bytes."""
    return docx_of(outline(document, lang))


def docx_of(whole: Outline) -> bytes:
    """Any document of this outline as DOCX bytes."""
    word = Document()
    _set_up(word, whole)
    _cover(word, whole)
    for block in whole.blocks:
        _block(word, block, whole.lang)
    return _fixed(word)


def written(text: str) -> str:
    """The text in one line, without characters that XML does not carry."""
    return _UNWRITABLE.sub("\u25a1", re.sub(r"[\r\n\t]+", " ", text))


def _set_up(word: Word, whole: Outline) -> None:
    section = word.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    section.different_first_page_header_footer = True
    _styles(word, whole.lang)
    properties = word.core_properties
    properties.title = written(whole.title)[:LONGEST_PROPERTY]
    properties.author = "Vatra"
    properties.comments = written(f"{whole.cover.synthetic} {whole.seal}".strip())[
        :LONGEST_PROPERTY
    ]
    properties.language = LOCALES[whole.lang]
    properties.created = properties.modified = WRITTEN_AT
    properties.last_modified_by = ""
    properties.revision = 1
    footer = section.footer.paragraphs[0]
    _run(footer, f"{whole.footer} · {say('contract.render.page-of', whole.lang)} ", 8, _SOFT)
    _page_number(footer)
    if whole.cover.synthetic:
        for header in (section.header, section.first_page_header):
            paragraph = header.paragraphs[0]
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            _run(paragraph, whole.cover.synthetic, 9, _EMBER, bold=True)


def _styles(word: Word, lang: Language) -> None:
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(10.5)
    normal.font.color.rgb = _rgb(_INK)
    normal.paragraph_format.space_after = Pt(6)
    _language(normal.element.get_or_add_rPr(), lang)
    defaults = word.styles.element.find(qn("w:docDefaults"))
    if defaults is not None:
        for properties in defaults.iter(qn("w:rPr")):
            _language(properties, lang)
    for name, size, before in (("Title", 30, 0), ("Heading 1", 18, 18), ("Heading 2", 13, 14)):
        style = word.styles[name]
        style.font.name, style.font.size, style.font.bold = FONT, Pt(size), True
        style.font.color.rgb = _rgb(_INK)
        for fonts in style.element.iter(qn("w:rFonts")):
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{theme}"), None)
        for border in list(style.element.iter(qn("w:pBdr"))):
            border.getparent().remove(border)
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(6)
        style.paragraph_format.keep_with_next = True
    caption = word.styles["Caption"]
    caption.font.name, caption.font.size, caption.font.bold = FONT, Pt(10), True
    caption.font.color.rgb = _rgb(_INK)
    caption.paragraph_format.keep_with_next = True
    caption.paragraph_format.space_before, caption.paragraph_format.space_after = Pt(10), Pt(3)


def _cover(word: Word, whole: Outline) -> None:
    word.add_paragraph().paragraph_format.space_after = Pt(90)
    word.add_paragraph(written(whole.cover.city), style="Title")
    _run(word.add_paragraph(), whole.cover.kind, 17, _INK)
    _run(word.add_paragraph(), whole.cover.years, 17, _SOFT)
    if whole.cover.synthetic:
        _run(word.add_paragraph(), whole.cover.synthetic, 12, _EMBER, bold=True)
    word.add_paragraph().paragraph_format.space_after = Pt(24)
    for name, value in whole.cover.facts:
        paragraph = word.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(2)
        _run(paragraph, f"{name}: ", 9, _SOFT)
        _run(paragraph, value, 9, _INK)


def _block(word: Word, block: Block, lang: Language) -> None:
    match block:
        case Heading(text, level, page):
            heading = word.add_heading(written(text), level)
            heading.paragraph_format.page_break_before = page
        case Text(text, look):
            size = 8.0 if look == "soft" else 10.5
            _run(word.add_paragraph(), text, size, _INK, bold=look == "code")
        case Answered(answer):
            _run(word.add_paragraph(), answer.sentence, 15, _INK, bold=True)
            for verdict in answer.verdicts:
                _run(word.add_paragraph(style="List Bullet"), verdict.words, 11, _INK)
        case Pictures(charts):
            _pictures(word, charts)
        case Tabled(table):
            _table(word, table, lang)
        case Signatures(headings, line_count):
            _signatures(word, headings, line_count)
        case Prose(piece):
            prose(word, piece)


def _pictures(word: Word, charts: tuple[Chart, ...]) -> None:
    """One picture below its title, or two beside each other."""
    if len(charts) == 1:
        caption = word.add_paragraph(style="Caption")
        _picture(caption, word.add_paragraph(), charts[0], WIDTH, TEXT_WIDTH_CM)
        return
    grid = word.add_table(rows=2, cols=len(charts))
    width = TEXT_WIDTH_CM / len(charts)
    for x, chart in enumerate(charts):
        caption = grid.rows[0].cells[x].paragraphs[0]
        caption.style = word.styles["Caption"]
        below = grid.rows[1].cells[x].paragraphs[0]
        _picture(caption, below, chart, HALF_WIDTH, width - 0.5)


def _picture(
    caption: Paragraph, below: Paragraph, chart: Chart, pixels: float, width_cm: float
) -> None:
    caption.add_run(written(chart.title))
    picture = below.add_run().add_picture(io.BytesIO(png(chart, pixels)), Cm(width_cm))
    named = picture._inline.docPr
    named.set("descr", written(chart.alt))
    named.set("title", written(chart.title))


def _table(word: Word, table: RenderedTable, lang: Language) -> None:
    word.add_paragraph(written(table.title), style="Caption")
    groups = heading_groups(table)
    heads = 2 if any(len(group.units) > 1 for group in groups) else 1
    fitted = fit(table, lang, TEXT_WIDTH_CM * PT_PER_CM - 2)
    grid = word.add_table(rows=heads + len(table.rows), cols=len(table.columns))
    _plain(grid, table.title)
    place = 0
    for group in groups:
        _heading_cells(grid, group, place, heads, fitted)
        place += len(group.units)
    _repeat(grid, heads)
    # Rows of a short table hold on to the next one, so that it stays on one page.
    together = len(table.rows) <= SHORT_ROWS
    for y, row in enumerate(table.texts(lang)):
        cells = grid.rows[y + heads].cells
        for x, text in enumerate(row):
            bold = y in table.totals or (y, x) in table.marks
            _cell(cells[x], text, fitted, table.columns[x].kind == "number", bold)
            hold = together and y + 1 < len(table.rows)
            cells[x].paragraphs[0].paragraph_format.keep_with_next = hold or None
    for column, width in zip(grid.columns, fitted.widths_pt, strict=True):
        column.width = Pt(width)
    if heads == 1:
        for row_of_cells in grid.rows:
            for cell, width in zip(row_of_cells.cells, fitted.widths_pt, strict=True):
                cell.width = Pt(width)
    _run(word.add_paragraph(), table.note, 8.5, _SOFT)


def _heading_cells(grid: Table, group: HeadingGroup, place: int, heads: int, fitted: Fit) -> None:
    """Title above unit; columns of one title have it once, across them."""
    last = place + len(group.units) - 1
    top = grid.rows[0].cells[place]
    if last > place:
        top = top.merge(grid.rows[0].cells[last])
    elif heads > 1 and not group.units[0]:
        top = top.merge(grid.rows[heads - 1].cells[place])
    _cell(top, group.title, fitted, group.number, True)
    top.paragraphs[0].paragraph_format.keep_with_next = True
    for offset, unit in enumerate(group.units):
        cell = grid.rows[heads - 1].cells[place + offset]
        if heads == 1 and unit:
            cell.paragraphs[0].add_run().add_break()
        if unit:
            _cell(cell, unit, fitted, True, False)
        cell.paragraphs[0].paragraph_format.keep_with_next = True


def _signatures(word: Word, headings: tuple[str, ...], line_count: int) -> None:
    grid = word.add_table(rows=1 + line_count, cols=len(headings))
    _plain(grid, " ".join(headings))
    for cell, heading in zip(grid.rows[0].cells, headings, strict=True):
        _run(cell.paragraphs[0], heading, 9, _INK, bold=True)
    _repeat(grid, 1)
    for row in grid.rows[1:]:
        row.height = Cm(1.25)


def _cell(cell: _Cell, text: str, fitted: Fit, right: bool, bold: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _run(paragraph, text, fitted.size_pt, _INK, bold)


def _run(paragraph: Paragraph, text: str, size: float, colour: str, bold: bool = False) -> None:
    run = paragraph.add_run(written(text))
    run.font.size, run.font.bold = Pt(size), bold or None
    if colour != _INK:
        run.font.color.rgb = _rgb(colour)


def _plain(grid: Table, title: str) -> None:
    """Thin rules between rows, none beside; the title told to those who do not see it."""
    grid.autofit = False
    properties = grid._tbl.tblPr
    borders = OxmlElement("w:tblBorders")
    for side, size, colour in (("top", 8, _INK), ("bottom", 6, _SOFT), ("insideH", 4, "#d9d8d3")):
        rule = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", str(size)), ("color", colour[1:])):
            rule.set(qn(f"w:{key}"), value)
        borders.append(rule)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "60")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), written(title))
    layout = properties.find(qn("w:tblLayout"))
    for element in (borders, layout, margins, properties.find(qn("w:tblLook")), caption):
        if element is not None:
            # The schema wants borders, layout, margins, look, caption in this order.
            properties.append(element)


def _repeat(grid: Table, heads: int) -> None:
    """The first rows are the heading and stand again on each page; no row is torn apart."""
    for position, row in enumerate(grid.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if position < heads:
            properties.append(OxmlElement("w:tblHeader"))


def _page_number(paragraph: Paragraph) -> None:
    run = paragraph.add_run()
    run.font.size = Pt(8)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)


def _language(properties: Any, lang: Language) -> None:
    element = properties.find(qn("w:lang"))
    if element is None:
        element = OxmlElement("w:lang")
        properties.append(element)
    element.set(qn("w:val"), LOCALES[lang])


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour[1:].upper())


def _fixed(word: Word) -> bytes:
    """The package with its parts in one order and at one time."""
    loose = io.BytesIO()
    word.save(loose)
    fixed = io.BytesIO()
    with zipfile.ZipFile(loose) as parts, zipfile.ZipFile(fixed, "w") as whole:
        for name in parts.namelist():
            info = zipfile.ZipInfo(name, ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            info.create_system = 3
            whole.writestr(info, parts.read(name))
    return fixed.getvalue()
