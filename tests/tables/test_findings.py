import pytest

from vatra.tables import Finding, FindingsError, has_errors, order

BLANK = Finding("tables.blank", "error", "energy.csv", (3,), "unit", {"column": "unit"})
LATER = Finding("tables.blank", "error", "energy.csv", (9,), "unit", {"column": "unit"})
WARNING = Finding(
    "tables.column-unknown", "warning", "a.csv", (), "x", {"column": "x", "file": "a.csv"}
)


def test_errors_come_first_then_lines():
    assert order([WARNING, LATER, BLANK]) == [BLANK, LATER, WARNING]


def test_only_errors_stop():
    assert has_errors([WARNING, BLANK])
    assert not has_errors([WARNING])


def test_place_is_file_line_column():
    assert BLANK.place() == "energy.csv:3:unit"
    assert WARNING.place() == "a.csv:x"


def test_as_data():
    assert BLANK.as_dict("ro") == {
        "code": "tables.blank",
        "severity": "error",
        "file": "energy.csv",
        "lines": [3],
        "line_count": 1,
        "column": "unit",
        "message": "Rândul 3: „unit” este necompletat. Completați.",
    }


def test_an_error_carries_all_findings():
    with pytest.raises(FindingsError) as raised:
        raise FindingsError([LATER, BLANK])
    assert str(raised.value) == (
        "Row 3: 'unit' is blank. Fill it in.\nRow 9: 'unit' is blank. Fill it in."
    )


@pytest.mark.parametrize(
    ("lines", "count", "words"),
    [
        ((8,), 0, "Row 8"),
        ((8, 31), 0, "Rows 8, 31"),
        (tuple(range(1, 11)), 10, "Rows 1, 2, 3, 4, 5, 6, 7, 8, 9, 10"),
        (tuple(range(1, 101)), 1000, "Rows 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 990 more"),
    ],
)
def test_rows_are_named(lines, count, words):
    finding = Finding(
        "tables.blank", "error", "f", lines, "unit", {"column": "unit"}, line_count=count
    )
    assert finding.message("en").startswith(f"{words}: ")
