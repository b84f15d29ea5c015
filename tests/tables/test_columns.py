import pytest

from vatra.tables import fold, label, tables
from vatra.units import SUFFIXES
from vatra.words import LANGUAGES

ALL = [(table, column) for table in tables().values() for column in table.columns]
IDS = [f"{table.name}-{column.name}" for table, column in ALL]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Gaze Naturale", "gaze_naturale"),
        ("stația", "statia"),
        ("staţia", "statia"),
        ("  cost, EUR ", "cost_eur"),
        ("", ""),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(("table", "column"), ALL, ids=IDS)
def test_every_heading_leads_back_to_its_column(table, column):
    headings = table.headings()
    for written in (column.name, *(table.heading(column, lang) for lang in LANGUAGES)):
        assert headings[fold(written)] == column.name


@pytest.mark.parametrize(("table", "column"), ALL, ids=IDS)
def test_every_code_is_known_by_its_labels(table, column):
    words = column.accepted_words()
    for code in column.codes():
        for lang in LANGUAGES:
            assert words[fold(label(column.vocabulary, code, lang))] == code


@pytest.mark.parametrize(
    ("table", "column"),
    [(table, column) for table, column in ALL if column.quantity],
    ids=[each for each, (_, column) in zip(IDS, ALL, strict=True) if column.quantity],
)
def test_numbers_say_their_unit(table, column):
    assert column.typed_name.endswith(SUFFIXES)
    assert column.unit_column in table.by_name or column.name.endswith(SUFFIXES)


def test_tables_are_found_by_looking():
    assert {"energy", "factors", "measures", "measures_energy"} <= set(tables())
    assert all(table.keys for table in tables().values())
