"""Written contracts: Markdown, HTML, DOCX, XLSX and text PDF -> a document of tables.

Every file is taken apart into blocks, texts and cells in the order of reading; what the blocks
mean together (headings, captions, parts of one table) is settled once for all kinds of files.
"""

from __future__ import annotations

from pathlib import Path

from vatra.linter.document import Document
from vatra.linter.files import markdown
from vatra.linter.files.assemble import assemble
from vatra.linter.files.blocks import Blocks
from vatra.linter.files.sniffing import LIMITS, NotReadable, kind_of

__all__ = [
    "LIMITS",
    "OFFICE_SUFFIXES",
    "TEXT_SUFFIXES",
    "NotReadable",
    "kind_of",
    "of_text",
    "read",
]

TEXT_SUFFIXES = (".md", ".markdown", ".html", ".htm")
OFFICE_SUFFIXES = (".docx", ".xlsx", ".pdf", ".docm", ".xlsm")


def read(path: Path, kind: str, name: str) -> Document:
    """A DOCX, XLSX or PDF file as a document, of no table where it holds none.

    Raises ``NotReadable`` with the finding that says why a file cannot be read.
    """
    return _document(_blocks(path, kind, name), name)


def of_text(text: str, name: str) -> Document:
    """A text of Markdown or HTML as a document, of no table where it holds none."""
    return _document(markdown.read(text), name)


def looks_like_markdown(text: str) -> bool:
    """Whether a text without a file's name holds a table of Markdown or HTML."""
    return markdown.looks_like(text)


def _document(blocks: Blocks, name: str) -> Document:
    return assemble(blocks.blocks, name, blocks.notes)


def _blocks(path: Path, kind: str, name: str) -> Blocks:
    # Each reader brings a large library; only the one that is needed is loaded.
    if kind == "pdf":
        from vatra.linter.files import pdf_file

        return pdf_file.read(path, name)
    if kind == "docx":
        from vatra.linter.files import docx_file

        return docx_file.read(path, name)
    from vatra.linter.files import xlsx_file

    return xlsx_file.read(path, name)
