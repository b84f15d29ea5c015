"""Written contracts: how their numbers are read, what their tables are taken for, slips in them."""

from __future__ import annotations

import random

import pytest

from tests.linter.test_traps import findings, printed
from vatra.linter import Document, LintTable, as_text, lint
from vatra.linter.printed import survey
from vatra.linter.reading import read


def values(text: str) -> list[list[object]]:
    """The numbers of the first grid of a table, None where none is read."""
    grid = read(Document([printed(text)])).grids[0]
    return [
        [None if cell.number is None else float(cell.value) for cell in row.cells]
        for row in grid.rows
    ]


TITLE = "GHG emissions by source sectors (t CO2e)"


@pytest.mark.parametrize(
    ("cells", "read"),
    [
        # One column decides its marks by its other numbers or by its sum.
        (("313.956", "5,780,294", "0,00", "6,094,250"), (313956, 5780294, 0, 6094250)),
        (("313.956", "45", "1.044", "315.045"), (313956, 45, 1044, 315045)),
        (("12,5", "1.044,25", "313.956,1", "315.012,85"), (12.5, 1044.25, 313956.1, 315012.85)),
        (("1 234\n567", "196 704", "-", "1 431 271"), (1234567, 196704, None, 1431271)),
        (("12.3 kt", "900 t", "1,100", "14,300"), (12300, 900, 1100, 14300)),
        (("(1,234)", "-2,100", "5,000*", "1,666"), (-1234, -2100, 5000, 1666)),
        (("1, 234", "2 ,100", "5,000 (1)", "8,334"), (1234, 2100, 5000, 8334)),
        (("1234 5678", "10-15", "~5,000", "6,000"), (None, None, None, 6000)),
        (("12,345,67", "1.2.3", "NE", "6,000"), (None, None, None, 6000)),
    ],
)
def test_numbers_as_printed(cells, read):
    labels = ("Buildings", "Transport", "Waste", "Total")
    rows = "\n".join(
        f"| {label} | {cell} |".replace("\n", "<br>")
        for label, cell in zip(labels, cells, strict=True)
    )
    assert [row[0] for row in values(f"{TITLE}\n| Sector | 2019 |\n{rows}")] == list(read)


@pytest.mark.parametrize(
    ("title", "head", "row", "kind"),
    [
        ("A-1.1: Final energy use by source sectors", "Scope 1|Scope 2|Total", "1|2|3", "energy"),
        ("A-1.3: GHG emissions by source sectors", "Scope 1|Scope 2|Total", "1|2|3", "emissions"),
        ("A-1.4: Emisii de GES pe sectoare sursă", "Domeniul 1|Total", "1|1", "emissions"),
        ("A-1.4: Consumul final de energie", "Gaze naturale|Total", "1|1", "energy"),
        ("Decalajul de emisii", "Emisii de bază|Emisii reziduale|Ținta", "5|1|4", "emission_gap"),
        ("Portfolio", "Cost (EUR)|GHG reduction (t)|EUR/t", "10|2|5", "measures"),
        ("Investiții", "2025|2026|Total", "1|2|3", "costs"),
        ("Indicatori", "2025|2027|2030", "1|2|3", "skipped"),
        ("Local climate", "Rain|Snow", "1|2", "other"),
        ("GHG emission reduction potential", "2030|2050", "1|2", "other"),
    ],
)
def test_what_a_table_is(title, head, row, kind):
    labels = ("Buildings", "Clădiri") if "Ț" in head else ("Buildings", "Transport", "Waste")
    labels = ("Buildings", "Transport", "Waste") if len(labels) == 2 else labels
    rows = "\n".join(f"| {label} | {row.replace('|', ' | ')} |" for label in labels)
    table = printed(f"{title}\n| | {head.replace('|', ' | ')} |\n{rows}")
    assert [each.kind for each in survey(Document([table]))] == [kind]


def test_factors_by_carrier():
    table = printed("A-1.2\n| Carrier | t CO2/MWh |\n| Natural gas | 0.202 |\n| Diesel | 0.267 |")
    assert survey(Document([table]))[0].kind == "factors"


SECTORS = """GHG emissions by source sectors, baseline 2019, t CO2e
    | Sector | Scope 1 | Scope 2 | Total |
    | Buildings | 41,210 | 22,105 | 63,315 |
    | Transport | 51,733 | 1,240 | 52,973 |
    | Waste | 2,118 | 10 | 2,128 |
    | IPPU | 12,004 | 8,113 | 20,117 |
    | Total | 107,065 | 31,468 | 138,533 |"""


@pytest.mark.parametrize(
    ("before", "after", "place", "repair"),
    [
        ("41,210", "41,810", ("Buildings", "Scope 1"), "digit"),
        ("52,973", "25,973", ("Transport", "Total"), "transposition"),
        ("138,533", "138,353", ("Total", "Total"), "transposition"),
        ("8,113", "12,004", ("IPPU", "Scope 2"), "copied-cell"),
        ("22,105", "22.105", ("Buildings", "Scope 2"), None),
    ],
)
def test_a_slip_in_a_table_of_sectors(before, after, place, repair):
    found = findings(SECTORS.replace(before, after))
    if repair is None:
        # A mark of the other kind is read as the column shows it is meant.
        assert found == []
        return
    assert len(found) == 1, as_text(found)
    assert (found[0].cells[0].row, found[0].cells[0].column) == place
    assert found[0].repair is not None and found[0].repair.kind == repair


def test_kilotonnes_beside_tonnes_in_two_tables():
    second = """A-2.3 Emissions gap (t CO2e)
    | Sector | Baseline | Residual |
    | Buildings | 63.3 | 6.0 |
    | Transport | 53.0 | 9.1 |
    | Waste | 2.1 | 0.4 |
    | IPPU | 20.1 | 4.0 |
    | Total | 138.5 | 19.5 |"""
    found = findings(SECTORS, second)
    assert [each.code for each in found] == ["linter.tables-unit"], as_text(found)
    assert findings(SECTORS, second.replace("(t CO2e)", "(kt CO2e)")) == []
    assert findings(SECTORS, second.replace(" (t CO2e)", "")) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("In 2019 total emissions amounted to 183,533 t CO2e.", "183,533 t CO2e"),
        ("In 2019 total emissions amounted to 139.5 kt CO2e.", "139.5 kt CO2e"),
        ("Emisiile totale în 2019 au fost de 138.353 tone CO2e.", "138.353 tone CO2e"),
        ("Buildings account for 47.5 % of total emissions in 2019.", "47.5 %"),
        ("In 2019, emissions from transport were 59,273 t CO2e.", "59,273 t CO2e"),
        ("Buildings cause 45.7 % of emissions, transport 32.8 % and waste 1.5 %.", "32.8 %"),
        (
            "Total emissions in 2019 were 135,833 t CO2e, of which buildings 45.7 %.",
            "135,833 t CO2e",
        ),
        (
            "GHG emissions in 2019 stem from buildings (63,315 t) and transport (52,793 t).",
            "52,793 t",
        ),
    ],
)
def test_a_sentence_that_prints_another_number(text, said):
    found = findings(SECTORS, passages=("The base year is 2019.", text))
    assert [each.code for each in found] == ["linter.text-disagrees"], as_text(found)
    assert found[0].params["said"] == said


def test_a_row_repeated_under_another_sector():
    wrong = SECTORS.replace("51,733 | 1,240 | 52,973", "41,210 | 22,105 | 63,315")
    codes = {each.code for each in findings(wrong.rsplit("\n", 1)[0])}
    assert codes == {"linter.copied-line"}


RESIDUAL = """A-2.3 Emissions gap, t CO2e
    | Sector | Baseline | Residual |
    | Buildings | 60,000 | {buildings} |
    | Transport | 40,000 | 8,000 |
    | Waste | 2,000 | 400 |
    | Total | 102,000 | {total} |"""


def test_the_residual_limit_and_its_base_year():
    clean = RESIDUAL.format(buildings="12,000", total="20,400")
    over = RESIDUAL.format(buildings="22,000", total="30,400")
    assert findings(clean) == []
    assert findings(clean, passages=("Compared to 2019 levels the city cuts a lot.",)) == []
    assert [each.code for each in findings(clean, passages=("No year here.",))] == [
        "linter.base-year-missing"
    ]
    # 100 x 30,400 / 102,000 = 29.8 %
    (found,) = findings(over, passages=("The base year is 2019.",))
    assert (found.code, found.severity) == ("linter.residual-limit", "warning")
    assert found.arithmetic() == "100 × 30,400 / 102,000 = 29.80 %"


CELLS = (
    "", "-", "NE", "12", "1,234", "1.234,5", "12.5 %", "(12)", "2019", "Total", "Buildings",
    "AFOLU (sinks)", "EUR 12 million", "10-15", "~5", "1 234 567", "Baseline", "Residual", "Gap",
    "of which x", "Subtotal", "12 345 67", "1,2,3", "Action name", "Total costs", "Diesel", None,
    "GHG emissions reduction estimate", "999999999999999999", "0,00", "Share (%)", "EUR/t", "Unit",
)  # fmt: skip


def test_no_table_is_too_odd_to_be_read():
    dice = random.Random(9)
    titles = (TITLE, "", "A-2.3 Emissions gap", "Emission factors (t/MWh)", "Action outlines")
    for _ in range(300):
        width = dice.randint(1, 6)
        rows = [
            [dice.choice(CELLS) for _ in range(dice.choice([width, width, max(1, width - 1)]))]
            for _ in range(dice.randint(0, 8))
        ]
        heads = [dice.choice(CELLS) or "" for _ in range(width)]
        table = LintTable("t", "", heads, rows, title=dice.choice(titles), place="page 1")
        for found in lint(Document([table], country="RO")):
            assert found.message("ro") and found.message("en")
