"""A cell as people read it, and what they type as the file holds it."""

from __future__ import annotations

import pytest

from vatra.tables import tables
from vatra.web.editing.cells import in_style, input_of, shown, typed
from vatra.web.editing.groups import GROUPS, grouped

ENERGY = tables()["energy"].by_name


@pytest.mark.parametrize(
    ("column", "text", "lang", "words"),
    [
        ("sector", "buildings", "ro", "Clădiri"),
        ("sector", "Clădiri", "en", "Buildings"),
        ("amount", "2372076", "ro", "2.372.076"),
        ("amount", "2372076", "en", "2,372,076"),
        ("amount", "12.5", "ro", "12,5"),
        ("amount", "much", "ro", "much"),
        ("year", "2021", "en", "2021"),
        ("source", " meter ", "en", "meter"),
        ("note", "", "en", ""),
    ],
)
def test_a_cell_reads_as_people_write(column: str, text: str, lang: str, words: str) -> None:
    assert shown(ENERGY[column], text, "plain", lang) == words  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "style", "lang", "text"),
    [
        ("1234.5", "plain", "en", "1234.5"),
        ("1,234.5", "plain", "en", "1234.5"),
        ("1.234,5", "plain", "ro", "1234.5"),
        ("1234,5", "plain", "ro", "1234.5"),
        ("1 234,5", "plain", "ro", "1234.5"),
        ("12.5", "plain", "ro", "12.5"),
        ("1.234,5", "ro", "ro", "1.234,5"),
        ("1,234.5", "ro", "en", "1234,5"),
        ("much", "plain", "ro", "much"),
    ],
)
def test_a_number_is_typed_as_the_page_writes_it(
    given: str, style: str, lang: str, text: str
) -> None:
    read = typed(ENERGY["amount"], given, style, lang)  # type: ignore[arg-type]
    assert (read.text, read.fault) == (text, "")


@pytest.mark.parametrize(
    ("given", "style", "lang"),
    # A Romanian means 1234 by 1.234, the file 1 and a bit; an English page the other way round.
    [("1.234", "plain", "ro"), ("1.234", "ro", "en"), ("1,234", "ro", "en")],
)
def test_what_can_be_read_in_two_ways_is_not_guessed(given: str, style: str, lang: str) -> None:
    read = typed(ENERGY["amount"], given, style, lang)  # type: ignore[arg-type]
    assert given in read.fault


def test_a_number_is_written_without_grouping() -> None:
    assert in_style(1234567.25, "ro") == "1234567,25"
    assert in_style(1e-7, "plain") == "0.0000001"


def test_each_column_has_an_input_of_its_kind() -> None:
    table = tables()["energy"]
    kinds = {name: input_of(table, each, "en").kind for name, each in table.by_name.items()}
    assert kinds["sector"] == "select"
    assert (kinds["year"], kinds["amount"], kinds["note"]) == ("year", "number", "words")
    assert ("MWh", "MWh") in input_of(table, table.by_name["unit"], "en").options
    assert ("buildings", "Clădiri") in input_of(table, table.by_name["sector"], "ro").options


def test_every_table_stands_under_one_question() -> None:
    named = [name for each in GROUPS.values() for name in each]
    assert len(named) == len(set(named))
    assert {each.name for _, listed in grouped() for each in listed} == set(tables())
    # A new table appears under "other" until somebody says which question it answers.
    assert set(tables()) <= set(named)
