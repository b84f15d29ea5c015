"""How large the unit of every cell is: said in the cell, its row, its column, or its table."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from decimal import Decimal

from vatra.linter import headings
from vatra.linter.findings import CellName, LintFinding
from vatra.linter.grid import ONE, Cell, Column, Grid, Row
from vatra.linter.quantities import Unit, unit
from vatra.linter.roles import declared_unit

# The quantity a table's unit must have to hold for its plain columns.
_QUANTITY = {
    "emission_gap": ("emission",),
    "emissions": ("emission",),
    "energy": ("energy",),
    "factors": ("factor",),
    "measures": ("money", "emission", "energy", "cost_per_tonne"),
    "costs": ("money",),
    "other": (),
}
_MEASURE_QUANTITY = {
    "cost": "money",
    "tonnes": "emission",
    "cost_per_tonne": "cost_per_tonne",
    "energy": "energy",
    "generated": "energy",
}


_MASS_STEPS = {"t": ONE, "kt": Decimal(1000), "Mt": Decimal(1000000)}
FEWEST_SHARED = 3
# Kinds of tables whose columns are all in the one unit that some of their headings say.
_SHARING = ("emissions", "emission_gap", "energy", "costs")


class Sizing:
    """Size every cell: the unit in the cell, its row, its column, its heading, its table."""

    def __init__(self, grid: Grid, out: list[LintFinding]) -> None:
        self.grid, self.out = grid, out
        self.table_units = self._table_units()

    def set(self) -> None:
        self._unknown_overrides()
        for column in self.grid.columns:
            column.unit = self._column_unit(column)
            for row, cell in zip(self.grid.rows, self.grid.cells(column), strict=True):
                cell.unit = self._cell_unit(row, column, cell)
                cell.size = cell.unit.size if cell.unit else ONE

    def _table_units(self) -> dict[str, Unit]:
        """The units stated for the table by quantity; ``EUR, t`` states two."""
        text = self.grid.table.unit
        if not str(text).strip():
            return {}
        whole = unit(text)
        parts = [text] if whole else [part for part in re.split(r"[,;]", text) if part.strip()]
        found: dict[str, Unit] = {}
        for part in parts:
            read = unit(part)
            if read is None:
                self._report("linter.unit-unknown", part.strip())
            elif read.quantity == "percent" or read.quantity in _QUANTITY[self.grid.kind]:
                found[read.quantity] = read
            elif read.quantity != "count":
                self._report("linter.unit-unfit", part.strip())
        return found

    def _unknown_overrides(self) -> None:
        for heading, text in self.grid.table.units.items():
            if unit(str(text)) is None:
                self._report("linter.unit-unknown", str(text), str(heading))

    def _report(self, code: str, text: str, heading: str = "") -> None:
        name = CellName(self.grid.id, "", heading)
        kind = f"@linter.kind-{self.grid.kind}"
        self.out.append(
            LintFinding(
                code, "warning", self.grid.id, (name,) if heading else (),
                params={"unit": text, "kind": kind},
            )
        )  # fmt: skip

    def _column_unit(self, column: Column) -> Unit | None:
        stated = declared_unit(self.grid, column) or column.says.unit
        if stated is not None and not (stated.quantity == "percent" and not column.percent):
            return stated
        if column.percent:
            return unit("share" if self._fractions(column) else "%")
        if self.grid.kind == "measures":
            return self.table_units.get(_MEASURE_QUANTITY.get(column.role, ""))
        for quantity in (*_QUANTITY[self.grid.kind], "percent"):
            if quantity in self.table_units:
                return self.table_units[quantity]
        if self._fits(self.grid.title.unit):
            return self.grid.title.unit
        shares = self.grid.found and self.grid.kind in _SHARING
        return self._shared() if shares and not re.search(r"[(\[]", column.heading) else None

    def _shared(self) -> Unit | None:
        """The one unit the other headings of a found table say: a heading over some of them."""
        said = {each.says.unit for each in self.grid.columns if self._fits(each.says.unit)}
        return said.pop() if len(said) == 1 else None

    def _fractions(self, column: Column) -> bool:
        """Whether a column of shares counts to one rather than to a hundred."""
        cells = [cell for cell in self.grid.cells(column) if cell.number is not None]
        numbers = [cell.number for cell in cells if cell.number is not None]
        marked = "%" in column.heading or any(cell.token.unit for cell in cells)
        return (
            not marked
            and bool(numbers)
            and all(
                abs(each.value) <= 1 and (each.decimals or each.value in (0, 1)) for each in numbers
            )
            and any(each.decimals for each in numbers)
        )

    def _fits(self, read: Unit | None) -> bool:
        return read is not None and read.quantity in _QUANTITY[self.grid.kind]

    def _cell_unit(self, row: Row, column: Column, cell: Cell) -> Unit | None:
        if cell.token.unit is not None and cell.token.unit.quantity != "count":
            return cell.token.unit
        for heading in headings.phrases("factor")["unit"]:
            if heading in row.texts and not column.percent:
                stated = unit(row.texts[heading])
                if stated is not None:
                    return stated
        if self.grid.sideways and row.says.unit is not None:
            return row.says.unit
        return column.unit


def adopt_units(grids: Sequence[Grid]) -> None:
    """Give found tables of emissions that say no unit the one under which they repeat others.

    A table whose figures stand in another table a thousandfold is in kilotonnes where that one is
    in tonnes, and the other way round.
    """
    emissions = [grid for grid in grids if grid.kind in ("emissions", "emission_gap")]
    known = {
        cell.value
        for grid in emissions
        for column in grid.columns
        if column.unit is not None and column.unit.quantity == "emission"
        for cell in grid.cells(column)
        if cell.given and cell.value
    }
    for grid in emissions:
        plain = [column for column in grid.columns if not column.percent]
        if grid.found and known and all(column.unit is None for column in plain):
            _adopt(grid, plain, known)


def _adopt(grid: Grid, columns: Sequence[Column], known: Set[Decimal]) -> None:
    cells = [cell for column in columns for cell in grid.cells(column) if cell.given]
    held = {
        text: sum(cell.value * size in known for cell in cells if cell.value)
        for text, size in _MASS_STEPS.items()
    }
    best = max(held, key=lambda text: held[text])
    if held[best] >= FEWEST_SHARED:
        for column in columns:
            column.unit = unit(best)
            for cell in grid.cells(column):
                if cell.unit is None:
                    cell.unit, cell.size = column.unit, _MASS_STEPS[best]
