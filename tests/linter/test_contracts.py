"""Written contracts of invented towns, read from Markdown: the slips in them and no others."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from tests.linter.test_cluj import EXPECTED
from vatra.linter import Document, LintFinding, LintTable, Passage, as_text, lint, load

FOLDER = Path(__file__).parent / "contracts"
CASES = Path(__file__).parents[2] / "cases" / "linter"
# What stands wrong in each contract, by code and by a word of the row or the sentence.
SLIPS = {
    "vadu_nou.md": [
        # 88,204 + 71,539 + 14,066 + 47,331 + 7,069 = 228,209; 134,539 = 103,039 + 31,500
        ("linter.column-sum", "Total"),
        ("linter.reduction-added", "Transport"),
        ("linter.reduction-added", "Transport"),
        # 410,000,000 / 65,130 = 6,295
        ("linter.cost-per-tonne", "Total costs"),
        # 40,080 + 12,250 < 88,204, and 65,130 < 71,539
        ("linter.measures-target", "Buildings"),
        ("linter.measures-target", "Transport"),
        ("linter.sector-no-measure", "AFOLU"),
        ("linter.sector-no-measure", "IPPU"),
        # 127,304 / 344,703 = 36.9 %, the text says 39.6 %
        ("linter.text-disagrees", "Buildings"),
    ],
    "steinholm.md": [
        # 9,000,000 / 18,000 = 500
        ("linter.cost-per-tonne", "Peatland"),
        # 295 + 83 = 378
        ("linter.column-sum", "Private"),
    ],
    "piatra_alba.md": [
        # 24,800,000 / 8,990 = 2,759
        ("linter.cost-per-tonne", "Costuri"),
    ],
    "baia_noua.md": [
        # 402,000,000 / 88,100 = 4,563
        ("linter.cost-per-tonne", "Tramvai"),
        # 214,922 / 432,507 = 49.7 %
        ("linter.text-disagrees", "Clădiri"),
        ("linter.text-disagrees", "Total"),
    ],
}


@pytest.mark.parametrize("name", SLIPS)
def test_exactly_the_slips_in_a_contract(name):
    found = lint(load(FOLDER / name))
    open_slips = list(SLIPS[name])
    for each in found:
        told = [slip for slip in open_slips if slip[0] == each.code and slip[1] in _row(each)]
        assert told, as_text([each])
        open_slips.remove(told[0])
    assert open_slips == []
    for lang in ("en", "ro"):
        assert as_text(found, lang)


def _row(found: LintFinding) -> str:
    return found.cells[0].row


TITLES = {
    "factors": "A-1.2: Emission factors applied (t/MWh)",
    "energy-2021": "A-1.1: Final energy use 2021 (MWh)",
    "emissions-2021": "A-1.4: GHG emissions by source sectors 2021 (t CO2)",
    "energy-2030": "Final energy use 2030 (MWh)",
    "emissions-2030": "GHG emissions 2030 (t CO2)",
    "residual": "A-2.3 Residual emissions (t CO2)",
    "measures": "B-2.2 Action outlines",
}


def as_found(document: Document) -> Document:
    """The tables of Cluj-Napoca as extraction hands them over."""
    tables = [
        LintTable(
            table.id, "", table.columns, [*table.rows, *([table.total] if table.total else [])],
            title=TITLES[table.id], place="page 1",
            path=["Module A-1 baseline inventory"] if "2021" in table.id else [],
        )
        for table in document.tables
    ]  # fmt: skip
    return Document(tables, country="RO", passages=[Passage("The base year is 2021.", "page 1")])


@pytest.fixture(scope="module")
def cluj() -> Document:
    return as_found(load(CASES / "cluj.yaml"))


def test_cluj_in_print_shows_the_same_slips_as_typed(cluj):
    found = {(each.code, each.table, each.cells[0].row) for each in lint(cluj)}
    assert found == {(code, table, row) for _, code, table, row, _ in EXPECTED}


def test_actions_as_forms_show_the_same_costs_per_tonne(cluj):
    listed = cluj.tables[-1]
    forms = [_form(listed, row) for row in listed.rows]
    found = lint(replace(cluj, tables=[*cluj.tables[:-1], *forms]))
    wrong = {each.cells[0].table for each in found if each.code == "linter.cost-per-tonne"}
    assert wrong == {row for _, code, _, row, _ in EXPECTED if code == "linter.cost-per-tonne"}


def _form(listed: LintTable, row) -> LintTable:
    removed = "; ".join(
        f"{column.split(' removed')[0]}: {cell} MWh"
        for column, cell in zip(listed.columns[6:], row[6:], strict=True)
        if cell
    )
    lines = [
        ["Action name", f"{row[0]} {row[1]}"],
        ["Removed/substituted energy, volume or fuel type", removed or "-"],
        [
            "GHG emissions reduction estimate (total) per emission source sector",
            f"{row[2]}: {row[4]} t CO2" if row[4] else str(row[2]),
        ],
        ["Total costs and costs by CO2e unit", f"{row[3]} EUR; {row[5]} EUR/t CO2"],
    ]
    return LintTable(str(row[0]), "", ["Action outline", str(row[1])], lines, place="page 1")


def test_a_contract_of_forty_tables_under_a_second(cluj):
    tables = [replace(table, id=f"{table.id}-{copy}") for copy in range(6) for table in cluj.tables]
    assert len(tables) >= 40
    document = replace(cluj, tables=tables, passages=[*cluj.passages] * 400)
    started = time.process_time()
    lint(document)
    assert time.process_time() - started < 1
