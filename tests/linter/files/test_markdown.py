"""What converters and people do to tables in Markdown: each in one small text."""

from __future__ import annotations

import pytest

from vatra.linter import LintTable, files, load


def tables(text: str) -> list[LintTable]:
    return list(load(text, "contract.md").tables)


def only(text: str) -> LintTable:
    found = tables(text)
    assert len(found) == 1, [list(table.columns) for table in found]
    return found[0]


def grid(table: LintTable) -> list[list[object]]:
    return [list(table.columns), *map(list, table.rows)]


PLAIN = [["Sector", "2021", "2030"], ["Buildings", "1,234", "567"], ["Total", "1,234", "567"]]
FORMS = {
    "outer pipes": """
| Sector | 2021 | 2030 |
|---|---:|:--:|
| Buildings | 1,234 | 567 |
| Total | 1,234 | 567 |
""",
    "no outer pipes": """
Sector | 2021 | 2030
--- | --- | ---
Buildings | 1,234 | 567
Total | 1,234 | 567
""",
    "no rule": """
| Sector | 2021 | 2030 |
| Buildings | 1,234 | 567 |
| Total | 1,234 | 567 |
""",
    "missing last pipe": """
| Sector | 2021 | 2030
|---|---|---
| Buildings | 1,234 | 567
| Total | 1,234 | 567
""",
    "bold, italic, code": """
| **Sector** | __2021__ | ***2030*** |
|---|---|---|
| *Buildings* | `1,234` | _567_ |
| **Total** | **1,234** | **567** |
""",
    "links, images, marks": """
| Sector[^1] | 2021 | 2030 |
|---|---|---|
| [Buildings](#a "b") | 1,234[^2] | ![](p.png)567 |
| Total | 1,234 | 567 |
""",
    "blank heading row of a converter": """
|  |  |  |
|---|---|---|
| Sector | 2021 | 2030 |
| Buildings | 1,234 | 567 |
| Total | 1,234 | 567 |
""",
    "blank columns of merged cells": """
| Sector | | 2021 | | | 2030 |
|---|---|---|---|---|---|
| Buildings | | 1,234 | | | 567 |
| Total | | 1,234 | | | 567 |
""",
    "headings beside their numbers": """
| Sector | 2021 | | 2030 | |
|---|---|---|---|---|
| Buildings | | 1,234 | | 567 |
| Total | | 1,234 | | 567 |
""",
    "row broken over lines": """
| Sector | 2021 | 2030 |
|---|---|---|
| Buildings | 1,234
| 567 |
| Total | 1,234 | 567 |
""".replace("1,234\n| 567", "1,234 | 567"),
    "html": """
<table><tr><td>Sector</td><td>2021</td><td>2030</td></tr>
<tr><td>Buildings</td><td>1,234</td><td>567</td></tr>
<tr><td>Total</td><td>1,234</td><td>567</td></tr></table>
""",
    "html with head and entities": """
<table border="1"><thead><tr><th><p>Sector</p></th><th>2021</th><th>2030</th></tr></thead>
<tbody><tr><td>Buildings&nbsp;</td><td>1&#44;234</td><td>567</td></tr>
<tr><td><b>Total</b></td><td>1,234</td><td>567</td></tbody></table>
""",
    "grid": """
+-----------+-------+------+
| Sector    | 2021  | 2030 |
+===========+=======+======+
| Buildings | 1,234 | 567  |
+-----------+-------+------+
| Total     | 1,234 | 567  |
+-----------+-------+------+
""",
    "columns under dashes": """
  Sector         2021   2030
  ----------- ------- ------
  Buildings     1,234    567
  Total         1,234    567
""",
    "rows under dashes, apart": """
  --------------------------
  Sector         2021   2030
  ----------- ------- ------
  Buildings     1,234    567

  Total         1,234    567
  --------------------------
""",
    "fenced": """
```markdown
| Sector | 2021 | 2030 |
|---|---|---|
| Buildings | 1,234 | 567 |
| Total | 1,234 | 567 |
```
""",
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_table_reads_the_same(form):
    text = "# A-1.4 Emissions\n" + FORMS[form]
    assert [grid(table) for table in files.of_text(text, "contract.md").tables] == [PLAIN]


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        (r"1 \| 2", "1 | 2"),
        ("1,234<sup>1</sup>", "1,234¹"),
        ("1,234 <sup>a)</sup>", "1,234"),
        ("5 m<sup>2</sup>", "5 m²"),
        ("CO<sub>2</sub>e", "CO2e"),
        ("CO~2~", "CO2"),
        ("$tCO_2e$", "tCO2e"),
        (r"$\mathrm{CO}_{2}$ 12", "CO2 12"),
        (r"12\%", "12%"),
        (r"\-12", "-12"),
        ("1,234*", "1,234*"),
        ("a<br>b", "a\nb"),
        ("1,234,<br>567", "1,234,567"),
        ("479,16<br/>0", "479,160"),
        ("1 234<br>567", "1 234 567"),
        ("12<br>13", "12\n13"),
        ("12.5<br>%", "12.5%"),
        ("< 5", "< 5"),
        ("&lt;5 &amp; more", "<5 & more"),
        ("**1,234**", "1,234"),
        ("$5 and $6", "$5 and $6"),
        ("snake_case_name", "snake_case_name"),
    ],
)
def test_a_cell_is_what_a_reader_sees(cell, read):
    table = only(f"| Sector | Value |\n|---|---|\n| Buildings | {cell} |\n| Waste | 7 |\n")
    assert table.rows[0][1] == read


def test_stacked_headings_are_joined_by_column():
    table = only(
        """
| Sector | Base year 2021 | | | Target 2030 | |
|---|---|---|---|---|---|
| | Scope 1 | Scope 2 | Total | Scope 1 | Total |
| Buildings | 10 | 20 | 30 | 5 | 5 |
"""
    )
    assert list(table.columns) == [
        "Sector",
        "Base year 2021 / Scope 1",
        "Base year 2021 / Scope 2",
        "Base year 2021 / Total",
        "Target 2030 / Scope 1",
        "Target 2030 / Total",
    ]


@pytest.mark.parametrize(
    "first",
    [
        "| Sector | Base year 2021 | Base year 2021 | Base year 2021 |",
        "| | | Base year 2021 | |",
        "| Sector | Base year 2021 | Col3 | Col4 |",
    ],
)
def test_a_merged_heading_is_repeated_centred_or_given_a_made_up_name(first):
    table = only(
        f"{first}\n|---|---|---|---|\n| Sector | Scope 1 | Scope 2 | Total |\n"
        "| Buildings | 10 | 20 | 30 |\n| Waste | 1 | 2 | 3 |\n"
    )
    assert list(table.columns) == ["Sector"] + [
        f"Base year 2021 / {name}" for name in ("Scope 1", "Scope 2", "Total")
    ]
    assert table.rows[0] == ("Buildings", "10", "20", "30")


def test_units_and_column_numbers_below_headings_are_no_data():
    table = only(
        """
| | Baseline emissions | Residual emissions | Reduction target |
|---|---|---|---|
| | (t CO2e) | (t CO2e) | (t CO2e) |
| | (1) | (2) | (3)=(1)-(2) |
| Buildings | 100 | 20 | 80 |
"""
    )
    assert grid(table) == [
        [
            "",
            "Baseline emissions (t CO2e)",
            "Residual emissions (t CO2e)",
            "Reduction target (t CO2e)",
        ],
        ["Buildings", "100", "20", "80"],
    ]


def test_a_heading_broken_over_rows_is_one_heading():
    table = only(
        """
| Sector | Baseline | Residual |
|---|---|---|
| | emissions | emissions |
| Buildings | 100 | 20 |
"""
    )
    assert list(table.columns) == ["Sector", "Baseline emissions", "Residual emissions"]


def test_merged_cells_of_html_reach_over_rows_and_columns():
    table = only(
        """
<table>
<tr><th rowspan="2">Sector</th><th rowspan=2>Carrier</th><th colspan="2">2021</th></tr>
<tr><th>MWh</th><th>t</th></tr>
<tr><td rowspan="2">Buildings</td><td>Gas</td><td rowspan="2">70</td><td>14</td></tr>
<tr><td>Wood</td><td>0</td></tr>
<tr><td colspan="4">Transport</td></tr>
<tr><td>Cars</td><td>Diesel</td><td>9</td><td>2</td></tr>
</table>
"""
    )
    assert grid(table) == [
        ["Sector", "Carrier", "2021 / MWh", "2021 / t"],
        ["Buildings", "Gas", "70", "14"],
        # Words reach down; the 70 counts once.
        ["Buildings", "Wood", None, "0"],
        ["Transport", None, None, None],
        ["Cars", "Diesel", "9", "2"],
    ]


def test_merged_cells_of_a_grid():
    table = only(
        """
+-----------+---------------+
| Sector    | 2021          |
|           +-------+-------+
|           | MWh   | t     |
+===========+=======+=======+
| Buildings | 70    | 14    |
+-----------+-------+-------+
"""
    )
    assert grid(table)[-1] == ["Buildings", "70", "14"]
    assert list(table.columns) == ["Sector", "2021 / MWh", "2021 / t"]


HEAD = "| Sector | Scope 1 | Total |\n|---|---|---|\n"
FURNITURE = {
    "page number": "\n\n12\n\n",
    "page words": "\n\nPage 12 of 90\n\n",
    "comment": '\n\n<!-- PageBreak -->\n\n<!-- PageHeader="Contract" -->\n\n',
    "rule": "\n\n---\n\n",
    "image": "\n\n![logo](page13.png)\n\n",
    "form feed": "\n\n\f\n",
    "running line": "\n\nClimate contract of Lunca, page 3\n\n",
    "words of continuation": "\n\nTable 3 (continued)\n\n",
}


@pytest.mark.parametrize("between", FURNITURE)
@pytest.mark.parametrize("repeated", [True, False])
def test_a_table_split_by_a_page_is_one(between, repeated):
    text = (
        "Climate contract of Lunca, page 1\n\nTable 3. Emissions\n\nClimate contract of Lunca, "
        f"page 2\n\n{HEAD}| Buildings | 10 | 10 |\n| Transport | 5 | 5 |{FURNITURE[between]}"
        + (HEAD if repeated else "")
        + "| Waste | 2 | 2 |\n"
        + ("" if repeated else "|---|---|---|\n")
        + "| Total | 17 | 17 |\n"
    )
    table = only(text)
    assert list(table.columns) == ["Sector", "Scope 1", "Total"]
    assert [row[0] for row in table.rows] == ["Buildings", "Transport", "Waste", "Total"]
    assert table.title == "Table 3. Emissions"


def test_stacked_headings_repeated_on_the_next_page_are_dropped():
    head = "| Sector | 2021 | |\n|---|---|---|\n| | t | MWh |\n"
    table = only(f"{head}| Buildings | 10 | 70 |\n\n7\n\n{head}| Waste | 5 | 9 |\n")
    assert [row[0] for row in table.rows] == ["Buildings", "Waste"]


def test_two_tables_are_not_joined():
    one = f"{HEAD}| Buildings | 10 | 10 |\n| Total | 10 | 10 |\n"
    assert len(tables(f"{one}\n\n12\n\n{one}")) == 2, "the first one ends in its total"
    assert (
        len(tables(f"{one}\nThe next year looks better.\n\n| Waste | 2 | 2 |\n|---|---|---|\n"))
        == 2
    )
    assert len(tables(f"{one}\nTable 4. Energy\n\n{one}")) == 2
    other = one.replace("Scope 1", "Scope 2")
    assert len(tables(f"{one}\n\n{other}")) == 2


@pytest.mark.parametrize("mark", ["and", "and", "de", "&", "("])
def test_a_label_broken_over_rows_is_one(mark):
    end = ")" if mark == "(" else ""
    table = only(f"{HEAD}| Waste {mark} | | |\n| wastewater{end} | 5 | 5 |\n| Total | 5 | 5 |\n")
    assert [row[0] for row in table.rows] == [f"Waste {mark} wastewater{end}", "Total"]
    assert table.rows[0][1:] == ("5", "5")


def test_the_rest_of_a_label_below_its_numbers_joins_it():
    table = only(
        f"{HEAD}| Waste and | 5 | 5 |\n| wastewater | | |\n| of which landfill | 4 | 4 |\n"
    )
    assert [row[0] for row in table.rows] == ["Waste and wastewater", "of which landfill"]


def test_sections_stay_rows_of_their_own():
    table = only(f"{HEAD}| Buildings | Buildings | Buildings |\n| gas | 5 | 5 |\n| Waste | | |\n")
    assert [list(row) for row in table.rows] == [
        ["Buildings", None, None],
        ["gas", "5", "5"],
        ["Waste", None, None],
    ]


def test_blank_labels_below_a_merged_one_take_it():
    table = only(
        "| Sector | Carrier | MWh |\n|---|---|---|\n"
        "| Buildings | Gas | 5 |\n| | Wood | 7 |\n| Total | | 12 |\n"
    )
    assert [row[0] for row in table.rows] == ["Buildings", "Buildings", "Total"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Table A-1.4 GHG emissions by sector\n\n{}", "Table A-1.4 GHG emissions by sector"),
        ("**Tabelul 3.** Emisii pe sectoare\n\n{}", "Tabelul 3. Emisii pe sectoare"),
        ("### A-2.3: Emissions gap\n\n{}", "A-2.3: Emissions gap"),
        ("{}\n\n*Table 7: Emissions of the town*\n", "Table 7: Emissions of the town"),
        ("Table 2: Emissions\n\n(values in t CO2e)\n\n{}", "Table 2: Emissions"),
        ("| GHG emissions in 2021 | | |\n|---|---|---|\n{}", "GHG emissions in 2021"),
        ("| GHG emissions | GHG emissions | GHG emissions |\n|---|---|---|\n{}", "GHG emissions"),
        ("The emissions of the town are:\n\n{}", "The emissions of the town are:"),
        ("The emissions have fallen since 1990. Table 2 shows that.\n\n{}", ""),
    ],
)  # fmt: skip
def test_titles_from_captions_rows_and_headings(text, title):
    assert only(text.format(f"{HEAD}| Buildings | 10 | 10 |\n| Total | 10 | 10 |\n")).title == title


@pytest.mark.parametrize(
    ("caption", "name"),
    [
        ("Table A-1.4: Emissions", "A-1.4"),
        ("A–2.3 Emissions gap", "A-2.3"),
        ("Table 12. Energy", "Table 12"),
        ("T-6.1 Costs", "T-6.1"),
        ("Module A-2: Table A-2.3 Gap", "A-2.3"),
        ("The emissions are:", "table 1"),
    ],
)
def test_tables_are_called_by_the_short_name_in_their_caption(caption, name):
    assert only(f"**{caption}**\n\n{HEAD}| Buildings | 10 | 10 |\n").id == name


def test_captions_below_their_tables_are_not_taken_for_the_next():
    one = f"{HEAD}| Buildings | 10 | 10 |\n| Total | 10 | 10 |\n"
    found = tables(f"Words.\n\n{one}\nTable 1. First\n\n{one}\nTable 2. Second\n\nMore words.\n")
    assert [table.title for table in found] == ["Table 1. First", "Table 2. Second"]


def test_a_caption_amid_words_names_the_table_above_it():
    one = f"{HEAD}| Buildings | 10 | 10 |\n| Total | 10 | 10 |\n"
    found = tables(
        f"{one}\nTable 1. First\n\nHere the chapter goes on with a sentence of its own.\n\n{one}"
    )
    assert [table.title for table in found] == ["Table 1. First", ""]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Table 1: Emissions (kt CO2e)\n\n{}", "kt CO2e"),
        ("Tabelul 1: Emisii, în tCO2e\n\n{}", "tCO2e"),
        ("Table 1: Energy use in MWh by sector\n\n{}", "MWh"),
        ("Table 1: Energy [GWh/year]\n\n{}", "GWh/year"),
        ("Table 1: Energy\n\nUnit: MWh\n\n{}", "MWh"),
        ("Table 1: Energy (MWh) and emissions (t CO2e)\n\n{}", ""),
        ("Table 1: Cities in t he region\n\n{}", ""),
        ("Table 1: Emissions in 2021\n\n{}", ""),
    ],
)
def test_units_of_captions_and_notes(text, unit):
    assert only(text.format(f"{HEAD}| Buildings | 10 | 10 |\n| Waste | 4 | 4 |\n")).unit == unit


@pytest.mark.parametrize(
    "rows",
    [
        "| Base year | 2019 | |\n| Unit | t CO2e/year | |\n",
        "| Base year: 2019 | | |\n| Unit: t CO2e/year | | |\n",
        "| Anul de bază | 2019 | |\n| Unitate de măsură | t CO2e/year | |\n",
    ],
)
def test_base_year_and_unit_in_rows_above_the_headings(rows):
    table = only(
        f"| A-1.4: GHG emissions | | |\n|---|---|---|\n{rows}| | Scope 1 | Total |\n"
        "| Buildings | 10 | 10 |\n"
    )
    assert (table.title, table.base_year, table.unit) == (
        "A-1.4: GHG emissions",
        2019,
        "t CO2e/year",
    )
    assert grid(table) == [["", "Scope 1", "Total"], ["Buildings", "10", "10"]]


def test_the_path_is_the_headings_above():
    text = "# Contract\n\n## Part A\n\n### Old\n\n## Part B\n\n### Actions\n\nWords.\n\n"
    assert only(f"{text}{HEAD}| A | 1 | 1 |\n").path == ("Contract", "Part B", "Actions")


def test_forms_keep_labels_and_texts():
    table = only(
        """
| B-2.2: Individual action outlines | | |
|---|---|---|
| Action outline | Action name | Retrofit |
| | Action type | Technical |
| GHG impact | GHG emissions reduction estimate (total) | 70,000 t<br>by 2030 |
| | Total costs and costs by CO2e unit | EUR 180 million |
"""
    )
    assert table.title == "B-2.2: Individual action outlines"
    assert list(table.columns) == ["", "", ""]
    assert list(table.rows[2]) == [
        "GHG impact",
        "GHG emissions reduction estimate (total)",
        "70,000 t\nby 2030",
    ]


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("The base year is 2021.", ("", 2021)),
        ("The base year is 2021. Its baseline year was 2008.", ("", None)),
        ("Anul de bază: 2019", ("", 2019)),
        ("In 2021 things were different.", ("", None)),
        ("# Climate City Contract of Valea Mare", ("Valea Mare", None)),
        ("Municipiul Lunca se angajează.", ("Lunca", None)),
        ("The City of Lunca and the City of Brădet.", ("", None)),
    ],
)
def test_what_the_text_states_only_where_it_is_plain(text, stated):
    document = load(f"{text}\n\n{HEAD}| Buildings | 10 | 10 |\n", "contract.md")
    assert (document.city, document.base_year) == stated


def test_country_and_language():
    body = f"\n\n{HEAD}| Buildings | 10 | 10 |\n"
    assert load("Romania, România, Romania." + body).country == "RO"
    assert load("Romania and Spain, Romania and Spain." + body).country == ""
    romanian = load("Emisiile orașului scad cu măsuri și acțiuni în clădiri și transport." + body)
    assert (romanian.language, romanian.country) == ("ro", "RO")


def test_passages_are_paragraphs_items_and_headings_with_their_lines():
    text = "# Contract\n\nFirst line\nof a paragraph.\n\n- an item\n- two\n\n12\n\n"
    document = load(f"{text}{HEAD}| A | 1 | 1 |\n", "contract.md")
    assert [(each.text, each.place) for each in document.passages] == [
        ("Contract", "line 1"),
        ("First line of a paragraph.", "line 3"),
        ("an item", "line 6"),
        ("two", "line 7"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "| Contents | |\n|---|---|\n| Chapter one ..... | 12 |\n| Chapter two | 15 |\n",
        "| GHG | Greenhouse gas |\n|---|---|\n| CCC | Climate City Contract |\n",
        "| A box with a sentence in it. |\n|---|\n",
    ],
)
def test_tables_that_are_none_are_harmless(text):
    for table in tables(text):
        assert table.kind == ""
        assert all(len(row) == len(table.columns) for row in table.rows)


def test_an_unclosed_table_ends_at_the_next_chapter():
    document = load("<table><tr><td>a</td><td>1</td></tr>\n\n# Next\n\nWords of the chapter.\n")
    assert [each.text for each in document.passages] == ["Next", "Words of the chapter."]


def test_claimed_spans_take_no_memory():
    cell = '<td colspan="99999999" rowspan="99999999">1</td>'
    table = only(f"<table><tr>{cell * 3}</tr><tr><td>x</td></tr></table>")
    assert len(table.columns) <= 700
