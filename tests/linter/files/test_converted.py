"""Markdown as tools make it out of PDF, Word and spreadsheet files."""

from __future__ import annotations

import time

from vatra.linter import files, lint, load


def read(text: str):
    return files.of_text(text, "contract.md").tables


def test_rows_a_converter_left_as_plain_lines():
    (table,) = read(
        """
A-1.1: Final energy use
| Unit | | | MWh/year |
| --- | --- | --- | --- |
| | Scope 1 | Scope 3 | Total |
Buildings
| Natural gas | 250,523 | | 250,523 |
| --- | --- | --- | --- |
District heat 388,926 388,926
| Wood | 4,000 | | 4,000 |
"""
    )
    assert table.unit == "MWh/year"
    assert list(table.columns) == ["", "Scope 1", "Scope 3", "Total"]
    assert [list(row) for row in table.rows] == [
        ["Buildings", None, None, None],
        ["Natural gas", "250,523", None, "250,523"],
        ["District heat", "388,926", None, "388,926"],
        ["Wood", "4,000", None, "4,000"],
    ]


def test_a_line_with_fewer_numbers_than_columns_is_no_row():
    first, second = read(
        """
| Sector | Scope 1 | Scope 2 | Total |
|---|---|---|---|
| Buildings | 10 | 5 | 15 |
Transport 20 20
| Waste | 1 | 1 | 2 |
"""
    )
    assert [row[0] for row in first.rows] == ["Buildings"]
    assert [row[0] for row in second.rows] == ["Waste"]


def test_a_caption_between_rows_parts_two_tables():
    found = read(
        """
| Sector | 2021 |
|---|---|
| Buildings | 10 |
Table 4. Energy
| Waste | 1 |
"""
    )
    assert [table.title for table in found] == ["", "Table 4. Energy"]


def test_running_lines_without_blank_lines_around_them():
    page = "Contract of Lunca, draft\n{}\n\n"
    rows = [
        "| Sector | 2021 |\n|---|---|\n| Buildings | 10 |\n1 / 3",
        "| Transport | 5 |\n|---|---|\n2 / 3",
        "| Waste | 2 |\n|---|---|\n3 / 3",
    ]
    (table,) = read("".join(page.format(each) for each in rows))
    assert [list(row) for row in table.rows] == [
        ["Buildings", "10"],
        ["Transport", "5"],
        ["Waste", "2"],
    ]


def test_rows_that_lack_the_cells_merged_from_above():
    (table,) = read(
        """
|  |  |  |  |
| --- | --- | --- | --- |
| Sector | Base year 2021 | | |
| Scope 1 | Scope 2 | Total |
| Buildings | 10 | 5 | 15 |
"""
    )
    assert list(table.columns) == [
        "Sector",
        "Base year 2021 / Scope 1",
        "Base year 2021 / Scope 2",
        "Base year 2021 / Total",
    ]
    (table,) = read(
        """
| Sector | Carrier | MWh |
| --- | --- | --- |
| Buildings | Gas | 70 |
| Wood | 7 |
| Transport | Diesel | 9 |
"""
    )
    assert list(table.rows[1]) == ["Buildings", "Wood", "7"]


def test_forms_that_lack_the_cells_merged_from_above():
    (table,) = read(
        """
| Action outline | Action name | Retrofit |
| --- | --- | --- |
| Action type | Technical |
| Impact | Total costs | EUR 5 million |
"""
    )
    assert [list(row) for row in table.rows] == [
        ["Action outline", "Action name", "Retrofit"],
        ["Action outline", "Action type", "Technical"],
        ["Impact", "Total costs", "EUR 5 million"],
    ]


def test_a_short_row_without_its_last_cells_stays_where_it_is():
    (table,) = read("| Sector | 2021 | 2030 |\n|---|---|---|\n| A | 1 | 2 |\n| B | 7 |\n")
    assert list(table.rows[1]) == ["B", "7", None]


def test_a_sheet_written_out_whole():
    first, second = read(
        """
## Inventory
| Climate contract of Lunca | Unnamed: 1 | Unnamed: 2 |
| --- | --- | --- |
| NaN | NaN | NaN |
| A-1.4 Emissions (t) | NaN | NaN |
| NaN | NaN | NaN |
| Sector | 2021 | 2030 |
| Buildings | 10 | NaN |
| Total | 10 | NaN |
| NaN | NaN | NaN |
| A-2.3 Gap | NaN | NaN |
| Sector | Gap (t) | NaN |
| Buildings | 7 | NaN |
"""
    )
    assert (first.title, second.title) == ("A-1.4 Emissions (t)", "A-2.3 Gap")
    assert [list(row) for row in first.rows] == [["Buildings", "10", None], ["Total", "10", None]]
    assert [list(row) for row in second.rows] == [["Buildings", "7"]]


def test_a_row_of_words_broken_by_the_page_is_one():
    (table,) = read(
        """
| Action | Text | Cost (EUR) |
|---|---|---|
| Retrofit | All blocks are renovated | 5,000 |

12

| | in the years up to 2030 | |
|---|---|---|
| Buses | New lines | 7,000 |
"""
    )
    assert [list(row) for row in table.rows] == [
        ["Retrofit", "All blocks are renovated in the years up to 2030", "5,000"],
        ["Buses", "New lines", "7,000"],
    ]


def test_a_text_file_of_columns_held_apart_by_spaces(tmp_path):
    path = tmp_path / "contract.txt"
    path.write_text(
        "Emissions, as they are\n\n"
        "Sector            2021    2030\n"
        "Buildings        1,234     567\n"
        "Transport           10       5\n"
        "Total            1,244     572\n",
        "utf-8",
    )
    (table,) = load(path).tables
    assert list(table.columns) == ["Sector", "2021", "2030"]
    assert list(table.rows[0]) == ["Buildings", "1,234", "567"]


def test_forty_tables_in_a_long_text_are_read_in_half_a_second():
    rows = "".join(f"| Sector {at} | {at},100 | {at},200 | {2 * at},300 |\n" for at in range(1, 16))
    part = (
        "## Chapter {0}\n\n"
        + "Words about the emissions of the town and its measures. " * 60
        + "\n\n**Table {0}: Emissions (t CO2e)**\n\n| Sector | 2021 | | |\n|---|---|---|---|\n"
        + "| | Scope 1 | Scope 2 | Total |\n"
        + rows
        + "| Total | 121,500 | 123,000 | 244,500 |\n\n"
    )
    text = "".join(part.format(at) for at in range(40))
    started = time.process_time()
    document = load(text)
    assert time.process_time() - started < 0.5
    assert len(document.tables) == 40
    assert lint(document) == []
