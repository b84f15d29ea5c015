"""The Markdown that a contract understands: paragraphs, lists, tables, emphasis, links.

Nothing else: no HTML, pictures or code. What is not understood stays as the text it is, and is a
finding with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

SCHEMES = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_READER = MarkdownIt("commonmark", {"html": True}).enable("table")
# Every address is let through here, so that one we refuse can be named.
_READER.validateLink = lambda url: True  # type: ignore[method-assign]
_ENTRY = {"bullet_list_open": "bullet", "ordered_list_open": "ordered"}
_UNKNOWN_BLOCKS = {
    "html_block": "html",
    "fence": "code",
    "code_block": "code",
    "hr": "rule",
    "blockquote_open": "quote",
}


@dataclass(frozen=True)
class Span:
    """Words of one look; ``link`` the address they lead to."""

    text: str
    strong: bool = False
    emphasis: bool = False
    link: str = ""


@dataclass(frozen=True)
class Paragraph:
    """Running text; ``heading`` one that stands above others."""

    spans: tuple[Span, ...]
    heading: bool = False


@dataclass(frozen=True)
class Items:
    """A list: each item with its depth (0 outermost), a number where it has one, and its words."""

    items: tuple[tuple[int, str, tuple[Span, ...]], ...]


@dataclass(frozen=True)
class Grid:
    """A table: its first row heads the others."""

    rows: tuple[tuple[tuple[Span, ...], ...], ...]


Piece = Paragraph | Items | Grid


@dataclass(frozen=True)
class Odd:
    """What is not understood: its kind, the text and the line, the first is 0."""

    kind: str
    text: str
    line: int


def pieces(text: str) -> tuple[tuple[Piece, ...], tuple[Odd, ...]]:
    """The pieces of a Markdown text in their order, and everything in it that is not understood."""
    reader = _Reader(_READER.parse(text))
    return tuple(reader.read()), tuple(reader.odd)


def plain(text: str) -> str:
    """The words alone, a line for each paragraph, item and row."""
    return "\n".join(_lines(pieces(text)[0]))


def paragraphs(text: str) -> list[tuple[int, str]]:
    """Words of each paragraph, item and cell with the line they begin on, the first is 0."""
    found = []
    for token in _READER.parse(text):
        if token.type == "inline":
            words = "".join(span.text for span in _Reader([]).spans(token))
            found.append(((token.map or [0])[0], words))
    return found


def words_of(spans: Sequence[Span]) -> str:
    """The words of spans."""
    return "".join(each.text for each in spans)


def _lines(found: Sequence[Piece]) -> Iterator[str]:
    for piece in found:
        match piece:
            case Paragraph(spans):
                yield words_of(spans)
            case Items(items):
                yield from (f"{mark} {words_of(spans)}".strip() for _, mark, spans in items)
            case Grid(rows):
                yield from (" | ".join(words_of(cell) for cell in row) for row in rows)


class _Reader:
    """Walks the tokens once."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens, self.at = list(tokens), 0
        self.odd: list[Odd] = []

    def read(self) -> Iterator[Piece]:
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if token.type in _ENTRY:
                yield Items(tuple(self._items(token, 0)))
            elif token.type == "table_open":
                yield Grid(tuple(self._rows()))
            elif token.type == "inline":
                yield self._paragraph(token)
            elif token.type in _UNKNOWN_BLOCKS:
                yield from self._unknown(token)

    def _paragraph(self, token: Token) -> Paragraph:
        opened = self.tokens[self.at - 2]
        if opened.type == "heading_open" and opened.tag in ("h1", "h2"):
            self._say("heading", token.content, token)
        return Paragraph(tuple(self.spans(token)), opened.type == "heading_open")

    def _unknown(self, token: Token) -> Iterator[Piece]:
        self._say(_UNKNOWN_BLOCKS[token.type], token.content, token)
        if token.content.strip():
            yield Paragraph((Span(" ".join(token.content.split())),))

    def _items(self, opened: Token, depth: int) -> Iterator[tuple[int, str, tuple[Span, ...]]]:
        """Items of a list and of the lists inside it, in their order."""
        ordered = opened.type == "ordered_list_open"
        number, mark = int(opened.attrGet("start") or 1) if ordered else 0, ""
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if token.type in ("bullet_list_close", "ordered_list_close"):
                return
            if token.type in _ENTRY:
                yield from self._items(token, depth + 1)
            elif token.type == "list_item_open":
                mark = f"{number}." if ordered else "•"
                number += 1
            elif token.type == "inline":
                yield depth, mark, tuple(self.spans(token))
                mark = ""
            elif token.type in _UNKNOWN_BLOCKS:
                for piece in self._unknown(token):
                    yield depth, mark, piece.spans if isinstance(piece, Paragraph) else ()

    def _rows(self) -> Iterator[tuple[tuple[Span, ...], ...]]:
        row: list[tuple[Span, ...]] = []
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if token.type == "table_close":
                return
            if token.type == "inline":
                row.append(tuple(self.spans(token)))
            elif token.type == "tr_close":
                yield tuple(row)
                row = []

    def spans(self, token: Token) -> Iterator[Span]:
        strong = emphasis = 0
        link = ""
        for each in token.children or ():
            if each.type in ("strong_open", "strong_close"):
                strong += each.nesting
            elif each.type in ("em_open", "em_close"):
                emphasis += each.nesting
            elif each.type == "link_open":
                link = self._address(each, token)
            elif each.type == "link_close":
                link = ""
            elif words := self._words(each, token):
                yield Span(words, strong > 0, emphasis > 0, link)

    def _address(self, opened: Token, token: Token) -> str:
        address = str(opened.attrGet("href") or "")
        if SCHEMES.match(address):
            return address
        self._say("link", address, token)
        return ""

    def _words(self, each: Token, token: Token) -> str:
        if each.type in ("softbreak", "hardbreak"):
            return " "
        if each.type in ("html_inline", "image", "code_inline") and not each.content.startswith(
            "</"
        ):
            self._say(each.type.removesuffix("_inline"), each.content, token)
        return each.content

    def _say(self, kind: str, text: str, token: Token) -> None:
        self.odd.append(Odd(kind, " ".join(text.split())[:60], (token.map or [0])[0]))
