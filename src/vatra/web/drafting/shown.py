"""How the pages of a contract's text see it: the outline with its states, a section, a preview."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from vatra.contract.charts.table import RenderedTable
from vatra.contract.narrative import OUTLINE, PARTS, Section, Written, narrative_file
from vatra.contract.narrative_markdown import Grid, Items, Paragraph, Piece, Span, pieces
from vatra.contract.render.tables import tables as contract_tables
from vatra.runs.narrative import narrative_of, paths_of, resolved
from vatra.runs.narrative_claims import Typed, typed
from vatra.runs.narrative_figures import Figure, Figures, UnknownFigure
from vatra.tables import Finding, fold
from vatra.web.drafting.compared import Sides
from vatra.web.drafting.ground import Ground
from vatra.words import Language, say

MOST_FOUND = 40
# Signs of no alphabet, taken out of what people type: they hold the place of a live figure.
OPEN, CLOSE = "\ue000", "\ue001"
_LIVE = re.compile(f"{OPEN}(.*?){CLOSE}")


@dataclass(frozen=True)
class Line:
    """A section in the outline: what is written in each language and what is wrong with it."""

    section: Section
    title: str
    words_count: dict[Language, int]
    findings: Sequence[Finding]
    typed: Sequence[Typed]

    @property
    def state(self) -> str:
        """Of all languages: empty, one, both."""
        written = [lang for lang, count in self.words_count.items() if count]
        if not written:
            return "empty"
        return "both" if len(written) == len(self.words_count) else "one"

    @property
    def wrong_count(self) -> int:
        """Findings and figures that fell behind."""
        return len(self.findings) + sum(bool(each.was) for each in self.typed)


def outline(ground: Ground, lang: Language) -> list[tuple[str, str, list[Line]]]:
    """Parts of the contract with their sections."""
    lines = {each.key: line(ground, each, lang) for each in OUTLINE}
    return [
        (
            part,
            say(f"contract.narrative-part-{part}", lang),
            [lines[each.key] for each in OUTLINE if each.part == part],
        )
        for part in PARTS
    ]


def line(ground: Ground, section: Section, lang: Language) -> Line:
    """One section in the outline."""
    texts = {each: ground.narrative.text(each, section.key) for each in ground.languages}
    found = [each for each in ground.text_findings if each.column == section.key]
    behind = [each for code in ground.languages for each in typed_of(ground, code, section.key)]
    counts = {each: len(text.split()) for each, text in texts.items()}
    return Line(section, section.title(lang), counts, found, behind)


def typed_of(ground: Ground, lang: Language, key: str) -> list[Typed]:
    """Figures typed into a section that could be live."""
    written = ground.narrative.sections.get(lang, {}).get(key)
    if written is None or ground.figures is None:
        return []
    return typed(written, ground.figures, lang, ground.former)


def stray(ground: Ground) -> list[Finding]:
    """Findings of the text that belong to no section: headings nobody knows."""
    keys = {each.key for each in OUTLINE}
    return [each for each in ground.text_findings if each.column not in keys]


@dataclass(frozen=True)
class Beside:
    """A table of the contract as it is printed."""

    title: str
    headings: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[tuple[str, bool], ...], ...]


def beside(ground: Ground, section: Section, lang: Language) -> list[Beside]:
    """The contract's tables that stand beside a section."""
    document = ground.document
    if document is None or not section.tables:
        return []
    chosen = [each for each in contract_tables(document, lang) if each.id in section.tables]
    return [_shown(each, lang) for each in chosen]


def _shown(each: RenderedTable, lang: Language) -> Beside:
    numeric = [column.kind == "number" for column in each.columns]
    rows = tuple(tuple(zip(row, numeric, strict=True)) for row in each.texts(lang))
    return Beside(each.title, tuple(zip(each.headings, numeric, strict=True)), rows)


@dataclass(frozen=True)
class Bit:
    """Words of one look in the preview; ``live`` where a figure stands."""

    text: str
    span: Span
    live: bool = False


@dataclass(frozen=True)
class Shown:
    """A text as it will be printed, and the figures in it: path, words, title, of what it is."""

    pieces: tuple[tuple[str, Any], ...]
    figures: tuple[tuple[str, str, str, str], ...]
    unknown: tuple[str, ...]


def preview(
    text: str, figures: Figures | None, lang: Language, sides: Sides | None = None
) -> Shown:
    """A section as it will be printed, its live figures marked and, with ``sides``, told apart
    from those that are published."""
    if figures is None:
        return Shown(tuple(_piece(each) for each in pieces(text)[0]), (), paths_of(text))
    each = resolved(Written("", text, 1), figures, lang)
    marked = _marked(text, figures, lang)
    found = tuple(_piece(piece) for piece in pieces(marked)[0])
    listed = tuple(
        (f.path, f.words(lang), f.title[lang], note_of(f, sides, lang)) for f in each.figures
    )
    return Shown(found, listed, tuple(path for path, _, _ in each.missing))


def note_of(figure: Figure, sides: Sides | None, lang: Language) -> str:
    """Of what a figure is, in words; empty where the page says it once for all."""
    return sides.note(figure.path, figure.words(lang), lang) if sides else ""


def _marked(text: str, figures: Figures, lang: Language) -> str:
    for path in paths_of(text):
        try:
            words = figures.figure(path).words(lang)
        except UnknownFigure:
            continue
        live = re.compile(r"\{\{[ \t]*" + re.escape(path) + r"[ \t]*\}\}")
        text = live.sub(lambda _, words=words: f"{OPEN}{words}{CLOSE}", text)  # type: ignore[misc]
    return text


def _piece(piece: Piece) -> tuple[str, Any]:
    match piece:
        case Paragraph(spans, heading):
            return ("heading" if heading else "paragraph", _bits(spans))
        case Items(items):
            return "items", [(depth, mark, _bits(spans)) for depth, mark, spans in items]
        case Grid(rows):
            return "grid", [[_bits(cell) for cell in row] for row in rows]


def _bits(spans: Iterable[Span]) -> list[Bit]:
    found = []
    for span in spans:
        for at, words in enumerate(_LIVE.split(span.text)):
            if words:
                found.append(Bit(words, span, at % 2 == 1))
    return found


def search_figures(figures: Figures, asked: str, lang: Language) -> list[Figure]:
    """Figures whose path or title has every word asked for, in the order of the list."""
    words = fold(asked).split("_") if fold(asked) else []
    found = []
    for each in figures.listed.values():
        text = f"{fold(each.path)}_{fold(each.title[lang])}"
        if all(word in text for word in words):
            found.append(each)
    return found[:MOST_FOUND]


def with_text(ground: Ground, texts: dict[Language, dict[str, str]]) -> Ground:
    """The same ground under texts that are not saved yet."""
    files = {
        lang: "\n".join(f"## {key}\n\n{text}\n" for key, text in sections.items())
        for lang, sections in texts.items()
    }
    return replace(ground, narrative=narrative_of(files))


def place_words(finding: Finding) -> str:
    """The language a finding is about, by its file."""
    for lang in ("ro", "en"):
        if finding.file == narrative_file(lang):
            return lang
    return ""
