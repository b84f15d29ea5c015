"""Every cell of every finding is found again on the table as it was printed."""

from __future__ import annotations

import re

import pytest

from tests.linter.corpus import TOWNS
from tests.linter.corpus_slips import Slip, slips
from vatra.linter import CellName, LintTable, lint
from vatra.runs.lint_cells import HEADING_ROW, Finder, Spot

SLIPS = list(slips(TOWNS[::7]))


def digits(value: object) -> str:
    """The digits of a text one after the other, however they are grouped."""
    return re.sub(r"\D", "", str(value))


def test_there_is_something_to_find() -> None:
    assert len(SLIPS) > 90


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: f"{slip.town}-{slip.kind}-{slip.row}")
def test_the_cell_as_found_holds_the_figure_that_is_said(slip: Slip) -> None:
    finders = {table.id: Finder(table) for table in slip.document.tables}
    for finding in lint(slip.document):
        assert None not in [finders[cell.table].spot(cell) for cell in finding.cells]
        if finding.repair is not None:
            name = finding.repair.cell
            table, spot = finders[name.table].table, finders[name.table].spot(name)
            assert spot is not None
            text = str(table.rows[spot.row][spot.column])
            assert digits(finding.repair.printed.text("en")) in digits(text)


MERGED = LintTable(
    id="A-1.4",
    kind="",
    columns=("GHG emissions (t CO2e)", "", "", "", ""),
    rows=(
        ("Unit", "t CO2e", "", "", ""),
        ("No.", "Sector", "Scope 1", "", "Total"),
        ("1", "Buildings", "10", "", "10"),
        ("2", "Transport", "20 (66 %)", "", "20"),
        ("3", "Total", "30 (100 %)", "", "30"),
    ),
    place="line 1",
)


@pytest.mark.parametrize(
    ("row", "column", "spot"),
    [
        # The column of running numbers and the blank one are not counted by the rules.
        ("Buildings", "Scope 1", Spot(2, 2)),
        ("Transport", "Scope 1 (%)", Spot(3, 2)),
        ("Total", "Total", Spot(4, 4)),
        ("Waste", "Total", None),
        ("", "", None),
    ],
)
def test_rows_and_columns_left_out_by_the_rules_are_counted(
    row: str, column: str, spot: Spot | None
) -> None:
    assert Finder(MERGED).spot(CellName("A-1.4", row, column)) == spot


def test_a_typed_table_and_its_total_row() -> None:
    typed = LintTable("t", "emissions", ("Sector", "Total"), (("A", 1), ("B", 2)), total=(4,))
    assert Finder(typed).spot(CellName("t", "Total", "Total")) == Spot(2, 1)
    assert Finder(typed).spot(CellName("t", "B", "Total")) == Spot(1, 1)


def test_a_line_of_a_form_is_where_it_says_something() -> None:
    form = LintTable("t", "", ("Name", "Renovation"), (("Total cost", "5 EUR"),), place="page 3")
    assert Finder(form).spot(CellName("t", "Total cost", "?")) == Spot(0, 1)
    assert Finder(form).spot(CellName("t", "Name", "?")) == Spot(HEADING_ROW, 1)
