"""What a contract document is made of: headings, texts, pictures, tables, lines to sign on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from vatra.contract.charts import Chart
from vatra.contract.charts.table import RenderedTable
from vatra.contract.narrative_markdown import Piece
from vatra.contract.render.answer import Answer


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 opens a chapter, ``page`` says that it begins on a new page."""

    text: str
    level: int = 1
    page: bool = False


@dataclass(frozen=True)
class Text:
    """A paragraph; ``code`` is a line to be typed, ``look`` how it stands out."""

    text: str
    look: Literal["plain", "soft", "code"] = "plain"


@dataclass(frozen=True)
class Answered:
    """The answer with its verdicts."""

    answer: Answer


@dataclass(frozen=True)
class Pictures:
    """One chart, or two beside each other."""

    charts: tuple[Chart, ...]


@dataclass(frozen=True)
class Tabled:
    """A table."""

    table: RenderedTable


@dataclass(frozen=True)
class Signatures:
    """Blank lines to sign on, under these headings."""

    headings: tuple[str, ...]
    line_count: int


@dataclass(frozen=True)
class Prose:
    """A piece of what people wrote: a paragraph, a list or a table."""

    piece: Piece


Block = Heading | Text | Answered | Pictures | Tabled | Signatures | Prose


def pictures(drawn: Mapping[str, Chart], names: Sequence[str]) -> Iterator[Block]:
    """Charts of these names beside each other, those that the contract has."""
    found = tuple(drawn[name] for name in names if name in drawn)
    if found:
        yield Pictures(found)


def tabled(written: Mapping[str, RenderedTable], *ids: str) -> Iterator[Block]:
    """Tables of these ids under each other, those that the contract has."""
    return (Tabled(written[id]) for id in ids if id in written)
