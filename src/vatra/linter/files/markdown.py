"""Markdown, as people write it and as converters leave it, taken apart into blocks."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from vatra.linter.files import aligned, captions, drawn, html_table, pipes
from vatra.linter.files.blocks import Block, Blocks, Text
from vatra.linter.files.furniture import (
    BELONGS,
    FEWEST_REPEATS,
    MOST_RUNNING_SIGNS,
    is_page_mark,
    running_key,
    running_keys,
)
from vatra.linter.files.inline import is_bold, plain

_FENCE = re.compile(r"\s*(?:```|~~~)")
_HEADING = re.compile(r"\s{0,3}(#{1,6})(?:\s+|(?=[^\s#]))(.*?)\s*#*\s*$")
_HTML_HEADING = re.compile(r"\s*<h([1-6])[^<>]*>(.*?)(?:</h\1>|$)", re.IGNORECASE)
_UNDERLINE = re.compile(r"\s{0,3}(=+|-{3,})\s*")
_ITEM = re.compile(r"\s*(?:[-*+•▪◦‣·–]|\d{1,3}[.)]|[a-z][.)])\s+(?=\S)")
_RULE = re.compile(r"\s{0,3}(?:[-_*]\s*){3,}")
_TABLE_TAG = re.compile(r"<(/?)table\b", re.IGNORECASE)
_HIDDEN = re.compile(r"<(style|script|head)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_COMMENT_LINE = re.compile(r"\s*<!--.*-->\s*")
_FRONT = re.compile(r"\A\ufeff?---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
_GAPS = re.compile(r"\S\s{2,}\S.*\S\s{2,}\S")


def looks_like(text: str) -> bool:
    """Whether a text without a file's name holds a table of Markdown or HTML."""
    if _TABLE_TAG.search(text):
        return True
    lines = [line.strip() for line in text.splitlines()]
    rows = [len(line) > 2 and line.startswith("|") and line.endswith("|") for line in lines]
    if any(first and second for first, second in itertools.pairwise(rows)):
        return True
    return any(
        (at and pipes.is_rule(line) and len(pipes.split(line)) > 1 and "|" in lines[at - 1])
        or (line.startswith("+-") and drawn.starts_grid(lines, at))
        for at, line in enumerate(lines)
    )


def read(text: str) -> Blocks:
    """The blocks of a Markdown text, each with the line where it begins."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    text = _HIDDEN.sub(lambda found: "\n" * found[0].count("\n"), text)
    front = _FRONT.match(text)
    if front and "|" not in front[1]:
        text = "\n" * front[0].count("\n") + text[front.end() :]
    reader = _Reader(text.expandtabs(4).split("\n"))
    reader.run()
    return Blocks(reader.blocks)


def _may_run(line: str) -> bool:
    """Whether a line may be a running header: words on a line of their own, no caption."""
    bare = line.strip()
    if not bare or len(bare) > MOST_RUNNING_SIGNS or bare[0] in "|#<+*-_!`[$":
        return False
    return not captions.is_caption(Text(bare)) and not BELONGS.match(bare) and "|" not in bare


class _Reader:
    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.blocks: list[Block] = []
        self.paragraph: list[str] = []
        self.paragraph_at = 0
        self.running = running_keys(
            (line for line in lines if _may_run(line)), fewest=FEWEST_REPEATS
        )

    def run(self) -> None:
        at = 0
        while at < len(self.lines):
            taken = self._table(at)
            if taken > at:
                at = taken
                continue
            self._line(at)
            at += 1
        self._flush()

    # tables

    def _table(self, at: int) -> int:
        """The line after the table that begins at a line; the line itself where none does."""
        line = self.lines[at]
        if not line.strip():
            return at
        if _TABLE_TAG.search(line):
            return self._html(at)
        if "|" in line and pipes.starts(self.lines, at):
            tables, end, taken = pipes.read(self.lines, at, self.paragraph)
            self.paragraph = self.paragraph[: len(self.paragraph) - taken]
            self._flush()
            self.blocks += tables
            return max(end, at + 1)
        if line.lstrip().startswith("+") and drawn.starts_grid(self.lines, at):
            table, end = drawn.read_grid(self.lines, at)
            return self._put(table, end, at)
        if not self.paragraph and (dashes := drawn.dashes_ahead(self.lines, at)) >= 0:
            table, end = drawn.read_dashes(self.lines, at, dashes)
            return self._put(table, end, at)
        if not self.paragraph and _GAPS.search(line):
            table, end = aligned.in_text(self.lines, at)
            return self._put(table, end, at)
        return at

    def _put(self, table: Block | None, end: int, at: int) -> int:
        if table is None:
            return at
        self._flush()
        self.blocks.append(table)
        return max(end, at + 1)

    def _html(self, at: int) -> int:
        self._flush()
        depth, end = 0, at
        while end < len(self.lines):
            for tag in _TABLE_TAG.finditer(self.lines[end]):
                depth += -1 if tag[1] else 1
            end += 1
            # A table that is never closed must not swallow the chapters after it.
            following = self.lines[end] if end < len(self.lines) else ""
            if depth <= 0 or following.startswith(("# ", "## ", "### ")):
                break
        html = "\n".join(self.lines[at:end])
        opening = _TABLE_TAG.search(html)
        before = html[: opening.start()] if opening else html
        closing = html.lower().rfind("</table")
        after = html[html.find(">", closing) + 1 :] if closing >= 0 else ""
        self._paragraph_of(before, at)
        self.blocks += html_table.read(html, at + 1)
        self._paragraph_of(after, end - 1)
        return end

    def _paragraph_of(self, html: str, at: int) -> None:
        text = " ".join(plain(html).split())
        if text:
            self.blocks.append(Text(text, f"line {at + 1}"))

    # running text

    def _line(self, at: int) -> None:
        line = self.lines[at]
        bare = line.strip()
        if not bare:
            self._flush()
        elif _FENCE.match(line) or _COMMENT_LINE.fullmatch(line) or _RULE.fullmatch(line):
            if not self._underlined(line):
                self._flush()
                self._furniture(bare, at)
        elif found := _HTML_HEADING.match(line):
            self._heading(found[2], int(found[1]), at)
        elif found := _HEADING.match(line):
            self._heading(found[2], len(found[1]), at)
        elif _UNDERLINE.fullmatch(line) and self._underlined(line):
            pass
        elif is_page_mark(bare) or (_may_run(line) and running_key(bare) in self.running):
            self._flush()
            self._furniture(bare, at)
        else:
            self._text(bare, at)

    def _text(self, bare: str, at: int) -> None:
        item = _ITEM.match(bare)
        if item or is_bold(bare):
            self._flush()
        if not self.paragraph:
            self.paragraph_at = at
        self.paragraph.append(bare[item.end() :] if item and not bare[0].isalnum() else bare)
        if is_bold(bare):
            self._flush()

    def _underlined(self, line: str) -> bool:
        """Turn the one line before ``===`` or ``---`` into a heading."""
        found = _UNDERLINE.fullmatch(line)
        if not found or len(self.paragraph) != 1 or len(self.paragraph[0]) > 120:
            return False
        text, self.paragraph = self.paragraph[0], []
        self._heading(text, 1 if found[1][0] == "=" else 2, self.paragraph_at)
        return True

    def _heading(self, source: str, level: int, at: int) -> None:
        self._flush()
        text = " ".join(plain(source).split())
        if text:
            furniture = is_page_mark(text)
            self.blocks.append(Text(text, f"line {at + 1}", level, furniture=furniture))

    def _furniture(self, bare: str, at: int) -> None:
        self.blocks.append(Text(bare, f"line {at + 1}", furniture=True))

    def _flush(self) -> None:
        if not self.paragraph:
            return
        source, self.paragraph = self.paragraph, []
        text = " ".join(plain("\n".join(source)).split())
        bold = len(source) == 1 and is_bold(source[0])
        if text:
            place = f"line {self.paragraph_at + 1}"
            self.blocks.append(Text(text, place, bold=bold, furniture=is_page_mark(text)))
