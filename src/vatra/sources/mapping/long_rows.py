"""A grid under its headings as long rows: one per amount, each saying where it stood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from vatra.sources.mapping.cells import Grid
from vatra.sources.mapping.declaration import ColumnMapping
from vatra.sources.mapping.headings import Headings
from vatra.tables import Finding, fold

# What people write where there is nothing.
BLANKS = frozenset(("", "-", "–", "—", "n/a", "na", "n.a.", ":", "…", "..", "x"))


@dataclass(frozen=True, slots=True)
class LongRow:
    """One row of theirs, or one cell of a wide row.

    ``texts`` of the columns of ``places``: heading as the mapping names it -> position; ``value``
    of the unpivoted column and the ``heading`` it stood under, empty in a long file.
    """

    line: int
    texts: Sequence[str]
    places: Mapping[str, int]
    value: str = ""
    heading: str = ""

    def text(self, heading: str) -> str:
        """What stands under a heading; empty where the row is too short or has none such."""
        at = self.places.get(heading)
        return "" if at is None else _at(self.texts, at)


@dataclass(frozen=True)
class Places:
    """Where the headings a mapping asks for stand in the grid."""

    columns: Mapping[str, int]
    wide: Mapping[str, int]
    keep: Mapping[str, int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def places(mapping: ColumnMapping, headings: Headings, file: str) -> Places:
    """Find every heading of a mapping; those missing or standing twice are all said at once."""
    findings: list[Finding] = []
    named = dict.fromkeys(each.heading for each in mapping.columns.values() if each.heading)
    wide = mapping.unpivot.headings if mapping.unpivot else ()
    asked = dict.fromkeys((*named, *mapping.keep, *wide))
    found = {name: _place(name, headings, file, findings) for name in asked}
    given = {name: at for name, at in found.items() if at is not None}
    return Places(
        {name: given[name] for name in named if name in given},
        {name: given[name] for name in wide if name in given},
        {name: given[name] for name in mapping.keep if name in given},
        tuple(findings),
    )


def _place(name: str, headings: Headings, file: str, findings: list[Finding]) -> int | None:
    at = headings.find(name)
    if len(at) == 1:
        return at[0]
    code = "sources.mapping-heading-missing" if not at else "sources.mapping-heading-twice"
    params = {"heading": name, "headings": headings.listed()}
    findings.append(Finding(code, "error", file, headings.lines, name, params))
    return at[0] if at else None


def long_rows(
    grid: Grid, mapping: ColumnMapping, headings: Headings, found: Places
) -> Iterator[LongRow]:
    """Rows below the headings; a wide row gives one for each cell that is not blank."""
    filled = {each.heading for each in mapping.columns.values() if each.fill_down and each.heading}
    fills = sorted(filled & found.columns.keys())
    last: dict[str, str] = {}
    first = max(headings.lines, default=0)
    for line, cells in grid.rows:
        beyond = mapping.last_row is not None and line > mapping.last_row
        if line <= first or beyond or line in mapping.skip_rows:
            continue
        if any(fold(_at(cells, at)) not in mapping.keep[name] for name, at in found.keep.items()):
            continue
        texts = _filled(cells, {name: found.columns[name] for name in fills}, last)
        if not mapping.unpivot:
            yield LongRow(line, texts, found.columns)
            continue
        for heading, at in found.wide.items():
            value = _at(cells, at)
            if not is_blank(value):
                yield LongRow(line, texts, found.columns, value, heading)


def _filled(cells: Sequence[str], places: Mapping[str, int], last: dict[str, str]) -> Sequence[str]:
    """A row whose blanks under some headings repeat what stood there above."""
    if not places:
        return cells
    texts = [*cells, *[""] * (max(places.values()) + 1 - len(cells))]
    for name, at in places.items():
        last[name] = texts[at] = texts[at] or last.get(name, "")
    return texts


def is_blank(text: str) -> bool:
    """Whether a cell says that nothing is given, which is not zero."""
    return text.casefold() in BLANKS


def _at(cells: Sequence[str], at: int) -> str:
    return cells[at] if at < len(cells) else ""
