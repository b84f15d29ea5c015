"""Whatever text is handed in: a document of sound shape, or a finding."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from vatra.linter import files, lint, load
from vatra.tables import FindingsError

PIECES = [
    "|", "||", "\n", "\n\n", "---", "|---|---|", "| a | 1 |", "| Total | 2,5 | 3.000 |", "\\|",
    "<br>", "<table>", "</table>", "<tr>", "<td>", "<td colspan=3>", "<td rowspan='2'>", "</td>",
    "<th", "+---+", "+===+===+", "| x   | y |", "# ", "## A-1.4", "Table 3. Emissions", "2021",
    "Base year", "(t CO2e)", "**", "_", "$x_2$", "[^1]", "![a](b)", "```", "<!--", "-->", "&amp;",
    "&#x110000;", "\f", "\t", "----- -----", "--------------", "Sector", "Scope 1", "Buildings",
    "1.234,5", "12 %", "NE", "(1)", "3=1-2", "a   b   c", "x  1  2", "\u00a0", "\u2028", "\x85",
    "\ufeff", "ș", "Action name", "Total costs", "EUR", "\r",
]  # fmt: skip
TEXTS = (
    st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=60).map("".join) | st.text()
)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_any_markdown_gives_a_sound_document(text):
    document = files.of_text(text, "any")
    for table in document.tables:
        assert table.place and len(table.rows_at) == len(table.rows)
        assert all(len(row) == len(table.columns) for row in table.rows)
    ids = [table.id for table in document.tables]
    assert len(set(ids)) == len(ids)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_any_markdown_is_linted_or_refused(text):
    try:
        document = load(f"{text}\n", "any")
        lint(document)
    except FindingsError as error:
        assert all(each.code.startswith("linter.") for each in error.findings)
