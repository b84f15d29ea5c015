"""Slips put into the contracts of the corpus: one each, at a place that is known."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tests.linter.corpus import SECTORS, Town
from tests.linter.corpus_tables import CONTRACTS
from vatra.linter import Document, LintTable, Passage

ADDING = ("energy", "emissions", "years", "sinks", "gap", "invest", "owners")


@dataclass(frozen=True)
class Slip:
    """A contract with one slip: what kind, in which table, and which texts name its cell."""

    kind: str
    town: str
    table: str
    row: str
    column: str
    before: str
    after: str
    document: Document


def slips(towns: Sequence[Town]) -> Iterator[Slip]:
    """All slips of some towns, in the same order on every machine."""
    for town in towns:
        dice = random.Random(1000 + town.seed)
        document = CONTRACTS[town.name]
        for name in ADDING:
            for kind, change in CHANGES.items():
                yield from _cell_slip(town, document, name, kind, change, dice)
        for special in (_left_out, _cost, _added, _text, _disagree, _factor, _copied_row):
            yield from special(town, document, dice)


def table_of(document: Document, name: str) -> LintTable | None:
    return next((each for each in document.tables if each.id == name), None)


def changed(document: Document, table: LintTable) -> Document:
    tables = [table if each.id == table.id else each for each in document.tables]
    return replace(document, tables=tables)


def with_cells(table: LintTable, cells: dict[tuple[int, int], str]) -> LintTable:
    rows = [list(row) for row in table.rows]
    for (row, column), text in cells.items():
        rows[row][column] = text
    return replace(table, rows=rows)


def figures(table: LintTable) -> list[tuple[int, int]]:
    """Cells of three digits or more that a sum counts, totals included."""
    found = []
    for at, row in enumerate(table.rows):
        for place, cell in enumerate(row):
            text = str(cell)
            plain = re.fullmatch(r"[-−]?\d[\d.,\s]*", text) and not re.fullmatch(r"20\d\d", text)
            if place and plain and len(re.sub(r"\D", "", text).strip("0")) >= 3 and _adds(row):
                found.append((at, place))
    return found


def _adds(row: Sequence[object]) -> bool:
    return not re.search(r"of which|din care|sinks|absorb", str(row[0]))


# slips in one cell --------------------------------------------------------------------------------


def digit(text: str, dice: random.Random, table: LintTable, at: tuple[int, int]) -> str:
    """Another digit among the first three."""
    places = [place for place, sign in enumerate(text) if sign.isdigit()]
    place = dice.choice(places[: min(3, len(places) - 2) or 1])
    others = [each for each in "123456789" if each != text[place]]
    return text[:place] + dice.choice(others) + text[place + 1 :]


def transposition(text: str, dice: random.Random, table: LintTable, at: tuple[int, int]) -> str:
    """Two neighbouring digits of the first four exchanged."""
    places = [place for place, sign in enumerate(text) if sign.isdigit()][:4]
    pairs = [
        (left, right)
        for left, right in pairwise(places)
        if text[left] != text[right] and text[right] != "0"
    ]
    if not pairs:
        return text
    left, right = dice.choice(pairs)
    signs = list(text)
    signs[left], signs[right] = signs[right], signs[left]
    return "".join(signs)


def copied(text: str, dice: random.Random, table: LintTable, at: tuple[int, int]) -> str:
    """The number of another row of the column."""
    rows = [row for row, place in figures(table) if place == at[1] and row != at[0]]
    others = [str(table.rows[row][at[1]]) for row in rows]
    return dice.choice(others) if others else text


def step(text: str, dice: random.Random, table: LintTable, at: tuple[int, int]) -> str:
    """A thousandfold number: three zeros more in front of its decimals."""
    found = re.match(r"([-−]?[\d\s\u00a0.,]*?\d{3})(?=[.,]\d{1,2}$|$)", text)
    marks = re.findall(r"(?<=\d)([\s\u00a0.,])(?=\d{3}(?!\d))", text)
    if not found or not marks:
        return text
    return found[0] + marks[0] + "000" + text[found.end() :]


CHANGES: dict[str, Callable[[str, random.Random, LintTable, tuple[int, int]], str]] = {
    "digit": digit, "transposition": transposition, "copied cell": copied, "unit step": step,
}  # fmt: skip


def _cell_slip(
    town: Town, document: Document, name: str, kind: str,
    change: Callable[[str, random.Random, LintTable, tuple[int, int]], str], dice: random.Random,
) -> Iterator[Slip]:  # fmt: skip
    table = table_of(document, name)
    cells = figures(table) if table else []
    if table is None or not cells:
        return
    row, place = dice.choice(cells)
    before = str(table.rows[row][place])
    after = change(before, dice, table, (row, place))
    if after != before:
        wrong = changed(document, with_cells(table, {(row, place): after}))
        yield _slip(kind, town, table, row, place, after, wrong)


def _slip(
    kind: str, town: Town, table: LintTable, row: int, place: int, after: str, wrong: Document
) -> Slip:
    before = str(table.rows[row][place])
    label = str(table.rows[row][0])
    return Slip(kind, town.name, table.id, label, table.columns[place], before, after, wrong)


# slips of other kinds -----------------------------------------------------------------------------


def _left_out(town: Town, document: Document, dice: random.Random) -> Iterator[Slip]:
    """The totals count one sector less, in every column."""
    table = table_of(document, "emissions")
    assert table is not None
    sector = dice.choice(SECTORS)
    at = next(at for at, row in enumerate(table.rows) if row[0] == town.word(sector))
    last = len(table.rows) - 1
    cells = {}
    for place, scope in enumerate("123", 1):
        kept = [town.scopes[each, scope] for each in SECTORS if each != sector]
        cells[last, place] = town.tonnes(sum(kept, town.total * 0))
    cells[last, 4] = town.tonnes(town.total - town.base(sector))
    wrong = changed(document, with_cells(table, cells))
    yield _slip("sector left out", town, table, at, 4, "", wrong)


def _cost(town: Town, document: Document, dice: random.Random) -> Iterator[Slip]:
    """A cost per tonne that is not cost / tonnes."""
    name, _, cost, tonnes = dice.choice(town.measures)
    right = town.number(round(cost / tonnes))
    wrong_number = town.number(round(cost / tonnes * dice.choice([0.16, 3.7, 1.31])))
    for table in document.tables:
        for at, row in enumerate(table.rows):
            if name not in (row[0], table.columns[1]):
                continue
            for place, cell in enumerate(row):
                text = str(cell)
                ends = (text == right and place == 4) or f"; {right} EUR/t" in text
                if ends and place:
                    after = text[::-1].replace(right[::-1], wrong_number[::-1], 1)[::-1]
                    document_wrong = changed(document, with_cells(table, {(at, place): after}))
                    yield _slip("cost per tonne", town, table, at, place, after, document_wrong)
                    return


def _added(town: Town, document: Document, dice: random.Random) -> Iterator[Slip]:
    """The existing reductions were added to the target to give the gap, in one sector."""
    table = table_of(document, "gap")
    assert table is not None
    sector = dice.choice(SECTORS)
    value = town.base(sector) - town.residual[sector] + town.existing[sector]
    after = town.tonnes(-value if town.negative else value)
    right = town.base(sector) - town.residual[sector] - town.existing[sector]
    before = town.tonnes(-right if town.negative else right)
    for at, row in enumerate(table.rows):
        if before in row:
            place = list(row).index(before)
            wrong = changed(document, with_cells(table, {(at, place): after}))
            yield _slip("reduction added", town, table, at, place, after, wrong)
            return


def _text(town: Town, document: Document, dice: random.Random) -> Iterator[Slip]:
    """A sentence that prints another number than the table."""
    for place in (1, 2, 3):
        passage = document.passages[place]
        number = re.search(r"\d[\d\s\u00a0.,]*\d(?=\s(?:kt|%))", passage.text)
        assert number is not None
        after = transposition(number[0], dice, document.tables[0], (0, 0))
        after = after if after != number[0] else digit(number[0], dice, document.tables[0], (0, 0))
        text = passage.text.replace(number[0], after)
        passages = [*document.passages]
        passages[place] = Passage(text, passage.place)
        wrong = replace(document, passages=passages)
        yield Slip("text", town.name, "text", "", "", number[0], after, wrong)


def _disagree(town: Town, document: Document, dice: random.Random) -> Iterator[Slip]:
    """A sector's emissions changed in the inventory so that every sum still holds."""
    table = table_of(document, "emissions")
    assert table is not None
    sector = dice.choice(SECTORS[:2])
    at = next(at for at, row in enumerate(table.rows) if row[0] == town.word(sector))
    more = town.base(sector) / 7
    last = len(table.rows) - 1
    first = sum((town.scopes[each, "1"] for each in SECTORS), more)
    cells = {
        (at, 1): town.tonnes(town.scopes[sector, "1"] + more),
        (at, 4): town.tonnes(town.base(sector) + more),
        (last, 1): town.tonnes(first),
        (last, 4): town.tonnes(town.total + more),
    }
    wrong = changed(document, with_cells(table, cells))
    yield _slip("tables disagree", town, table, at, 4, cells[at, 4], wrong)


def _factor(town: Town, document: Document, dice: random.Random) -> Iterator[Slip]:
    """A factor out of its carrier's family."""
    table = table_of(document, "factors")
    assert table is not None
    at = dice.choice([0, 1])
    after = town.number(dice.choice([5, 4, 7]) * 111, 0) if town.seed % 2 else "0,998"
    after = after if town.seed % 2 == 0 else f"0{town.marks[1]}{after}"
    wrong = changed(document, with_cells(table, {(at, 1): after.replace(",", town.marks[1])}))
    yield _slip("factor", town, table, at, 1, after, wrong)


def _copied_row(town: Town, document: Document, dice: random.Random) -> Iterator[Slip]:
    """A whole row repeated under another sector; the totals follow it."""
    table = table_of(document, "energy")
    if table is None or len(table.columns) != 5 or town.seed % 3 != 1:
        return
    first, second = dice.sample(range(2), 2)
    cells = {(second, place): str(table.rows[first][place]) for place in range(1, 5)}
    wrong = changed(document, with_cells(table, cells))
    yield _slip("copied row", town, table, second, 1, cells[second, 1], wrong)
