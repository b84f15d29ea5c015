"""What every file is taken apart into, in the order of reading: texts and grids of cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from vatra.tables import Finding

# Where a merged cell starts -> how many rows and columns it covers.
Spans = Mapping[tuple[int, int], tuple[int, int]]
Cell = object


@dataclass(frozen=True)
class Text:
    """A heading (``level`` from 1), a paragraph or a list item (``level`` 0).

    ``bold`` when all of it is bold or marked as a caption; ``furniture`` when it belongs to the
    page and not to the contract: a page number, a running header.
    """

    text: str
    place: str = ""
    level: int = 0
    bold: bool = False
    furniture: bool = False


@dataclass(frozen=True)
class RawTable:
    """Cells as they stand in the file, every row as long as the longest.

    ``rows`` texts, or numbers where the file holds numbers, "" where nothing stands; a merged cell
    stands where it starts. ``spans`` names merged cells that the file itself declares, ``None``
    when it cannot declare any (a pipe table); ``head_count`` how many rows the file declares to
    be headings, 0 when it does not say; ``title`` a name the file gives the table.
    """

    rows: Sequence[Sequence[Cell]]
    places: Sequence[str]
    place: str = ""
    head_count: int = 0
    spans: Spans | None = None
    title: str = ""


Block = Text | RawTable


@dataclass
class Blocks:
    """The blocks of a file, and what was left unread in it."""

    blocks: list[Block] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)


def squared(
    rows: Iterable[Iterable[Cell]], places: Sequence[str], place: str = "", **more: object
) -> RawTable:
    """A raw table of rows of any length, filled up with blanks."""
    lists = [list(row) for row in rows]
    width = max((len(row) for row in lists), default=0)
    filled = [row + [""] * (width - len(row)) for row in lists]
    return replace(RawTable(filled, list(places), place), **more)  # type: ignore[arg-type]


def blank(cell: Cell) -> bool:
    """Whether nothing stands in a cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())
