"""Everything wrong with a mapping or with the file is said at once, and nothing is guessed."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sources.mapping.files import GAS, GAS_MAPPING, workbook
from vatra.sources.mapping import bring_in, open_mapping, parse_mapping, shipped, suggest
from vatra.sources.mapping.cells import read_grid
from vatra.tables import FindingsError, tables
from vatra.words import LANGUAGES

LONG = """
table: energy
columns:
  year: An
  sector: Sector
  carrier: Combustibil
  scope: {constant: 1}
  amount: Consum
  unit: {constant: MWh}
  source: {constant: made up}
"""


def faults(text):
    with pytest.raises(FindingsError) as error:
        parse_mapping(text, "m.yaml")
    for each in error.value.findings:
        assert all(each.message(lang) for lang in LANGUAGES)
    return {
        (each.code.removeprefix("sources.mapping-"), each.column) for each in error.value.findings
    }


def brought(tmp_path, content, mapping=LONG, name="x.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    found = bring_in(path, parse_mapping(mapping, "m.yaml"))
    for each in found.findings:
        assert all(each.message(lang) for lang in LANGUAGES)
    return found


def codes(found):
    return [each.code.removeprefix("sources.mapping-") for each in found.findings]


# The mapping


def test_all_faults_of_a_mapping_at_once():
    text = """
table: energie
sheett: 1
numbers: german
heading_row: zero
columns:
  year: {constant: 2021, from: An}
  sector: {values: {a: b}}
units: {MWh: {times: 2}}
unpivot: {into: item}
keep: [a]
"""
    assert faults(text) == {
        ("choice", "table"),
        ("key-unknown", "sheett"),
        ("choice", "numbers"),
        ("rows", "heading_row"),
        ("source", "columns.year"),
        ("source", "columns.sector"),
        ("units", "units.MWh"),
        ("unpivot", "unpivot"),
        ("keep", "keep"),
    }


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: [", ("syntax", "")),
        ("- a\n- b\n", ("not-keys", "")),
        ("", ("not-keys", "")),
        ("table: energy\n", ("no-columns", "columns")),
        (LONG.replace("year: An", "anul: An"), ("column-unknown", "columns.anul")),
        (LONG.replace("  year: An\n", ""), ("incomplete", "columns")),
        (LONG + "unpivot: {into: fuel, headings: [A]}\n", ("column-unknown", "unpivot.into")),
        (
            LONG.replace("sector: Sector", "sector: {from: Sector, values: {Case: homes}}"),
            ("values-wrong", "columns.sector"),
        ),
        (
            LONG.replace("sector: Sector", "sector: {from: Sector, values: {Case: }}"),
            ("values-blank", "columns.sector"),
        ),
    ],
)
def test_each_fault_of_a_mapping(text, fault):
    assert fault in faults(text)


def test_an_alias_in_yaml_is_refused():
    with pytest.raises(FindingsError) as error:
        parse_mapping("a: &x [1]\ntable: *x\n", "m.yaml")
    assert [each.code for each in error.value.findings] == ["sources.city-alias"]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60) | st.binary(max_size=60).map(lambda b: b.decode("latin-1")))
def test_no_text_breaks_the_parser(text):
    try:
        parse_mapping(text, "m.yaml")
    except FindingsError as error:
        assert all(each.message("en") for each in error.findings)


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda each: (
        st.lists(each, max_size=3) | st.dictionaries(st.text(max_size=8), each, max_size=3)
    ),
    max_leaves=8,
)
_KEYS = ["table", "sheet", "heading_row", "skip_rows", "last_row", "numbers", "columns", "unpivot",
         "units", "keep", "file", "encoding"]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(_KEYS), _VALUES))
def test_no_shape_breaks_the_parser(data):
    text = yaml.safe_dump({**yaml.safe_load(LONG), **data}, allow_unicode=True)
    try:
        parse_mapping(text, "m.yaml")
    except FindingsError as error:
        assert all(each.message("en") for each in error.findings)


@pytest.mark.parametrize("name", shipped())
def test_every_mapping_that_ships_is_whole(name):
    assert open_mapping(name).table == "energy"


def test_a_mapping_that_is_not_there_is_said(tmp_path):
    with pytest.raises(FindingsError) as error:
        open_mapping(str(tmp_path / "no.yaml"))
    assert [each.code for each in error.value.findings] == ["sources.file-missing"]


# The file

HEAD = "An,Sector,Combustibil,Consum\n"


def test_all_faults_of_the_rows_at_once(tmp_path):
    found = brought(tmp_path, HEAD + "2021,case,motorină,1.5\nMMXX,Clădiri,motorină,mult\n")
    assert set(codes(found)) == {"value-unmapped", "tables.year-wrong", "tables.number-wrong"} or (
        set(codes(found)) == {"tables.choice-unknown", "tables.year-wrong", "tables.number-wrong"}
    )
    assert not found.ok


def test_values_the_mapping_does_not_name_are_listed_with_their_rows(tmp_path):
    mapping = LONG.replace("sector: Sector", "sector: {from: Sector, values: {Case: buildings}}")
    text = HEAD + "2021,Case,diesel,1\n2021,Port,diesel,2\n2020,Port,diesel,3\n2021,Clădiri,lpg,4\n"
    found = brought(tmp_path, text, mapping)
    unmapped = [each for each in found.findings if each.code.endswith("value-unmapped")]
    assert [(each.params["value"], each.lines) for each in unmapped] == [("Port", (3, 4))]
    # A label of ours needs no translation.
    assert found.frame["sector"].to_list()[-1] == "buildings"


def test_a_word_nobody_knows_is_not_called_blank(tmp_path):
    mapping = LONG.replace("sector: Sector", "sector: {from: Sector, values: {Case: buildings}}")
    rows = ["2021,Case,diesel,1", "2021,Port,diesel,2", "2021,,diesel,3", "2020,total,lpg,4"]
    found = brought(tmp_path, HEAD + "\n".join(rows), mapping)
    # Line 3 holds a word, line 4 holds nothing, line 5 is a sum and left out.
    assert {(each.code.split(".")[1], each.lines) for each in found.findings} == {
        ("mapping-value-unmapped", (3,)),
        ("blank", (4,)),
        ("total-dropped", (5,)),
    }


def test_what_hangs_on_a_word_nobody_knows_is_not_called_blank(tmp_path):
    mapping = LONG.replace(
        "carrier: Combustibil",
        "carrier: {from: Combustibil, values: {Gaz: natural_gas}}",
    ).replace("sector: Sector", "sector: {of: carrier, values: {natural_gas: buildings}}")
    found = brought(tmp_path, HEAD + "2021,a,Gaz,1\n2021,a,Kripton,2\n", mapping)
    assert [(each.column, each.lines) for each in found.findings] == [("carrier", (3,))]
    assert found.findings[0].params["value"] == "Kripton"


def test_headings_that_are_missing_are_all_named(tmp_path):
    found = brought(tmp_path, "An,Sector,Fuel,Total\n2021,a,b,1\n")
    assert codes(found) == ["heading-missing", "heading-missing"]
    assert [each.column for each in found.findings] == ["Combustibil", "Consum"]


def test_a_heading_that_stands_twice_is_said(tmp_path):
    found = brought(tmp_path, "An,Sector,Combustibil,Consum,Consum\n2021,Clădiri,diesel,1,2\n")
    assert codes(found) == ["heading-twice"]


def test_no_row_with_headings(tmp_path):
    assert codes(brought(tmp_path, "a,b\n1,2\n")) == ["no-headings"]


def test_numbers_that_read_two_ways_are_not_guessed(tmp_path):
    found = brought(tmp_path, HEAD + "2021,Clădiri,diesel,313.956\n")
    assert "numbers-ambiguous" in codes(found)
    said = brought(tmp_path, HEAD + "2021,Clădiri,diesel,313.956\n", LONG + "numbers: ro\n")
    assert said.frame["amount"].to_list() == ["313956"]


def test_a_unit_nobody_says_is_not_guessed(tmp_path):
    mapping = LONG.replace("  unit: {constant: MWh}\n", "")
    text = HEAD + "2021,Clădiri,diesel,1\n"
    assert "unit-unsaid" in codes(brought(tmp_path, text, mapping))
    # A heading or a title says it.
    headed = brought(tmp_path, "Consumuri [mii MWh],,,\n" + text, mapping)
    assert headed.ok
    assert headed.units == {"amount": "mii MWh = 1000 MWh"}
    assert headed.frame.select("amount", "unit").row(0) == ("1000", "MWh")


def test_two_units_in_titles_are_no_unit(tmp_path):
    mapping = LONG.replace("  unit: {constant: MWh}\n", "")
    text = "Energie [MWh],Emisii,Energie [GJ],\n" + HEAD + "2021,Clădiri,diesel,1\n"
    assert "unit-unsaid" in codes(brought(tmp_path, text, mapping))


def test_units_of_theirs_are_multiplied_exactly(tmp_path):
    mapping = LONG.replace("{constant: MWh}", "UM") + "units: {sute: {unit: kWh, times: 100}}\n"
    text = (
        "An,Sector,Combustibil,Consum,UM\n2021,Clădiri,diesel,0.07,sute\n2020,Clădiri,lpg,2,tep\n"
    )
    found = brought(tmp_path, text, mapping)
    assert found.frame.select("amount", "unit").rows() == [("7", "kWh"), ("2", "toe")]


def test_gross_gas_is_converted_by_the_factor_book_not_taken_as_net(tmp_path):
    mapping = LONG.replace("{constant: MWh}", '{constant: "MWh PCS"}')
    found = brought(tmp_path, HEAD + "2021,Clădiri,gaze naturale,10\n", mapping)
    assert found.ok
    assert found.frame.select("carrier", "unit").row(0) == ("natural_gas", "MWh GCV")


def test_blank_amounts_are_left_out_and_said(tmp_path):
    found = brought(tmp_path, HEAD + "2021,Clădiri,diesel,\n2020,Clădiri,diesel,0\n")
    assert codes(found) == ["blank-left-out"]
    assert found.findings[0].lines == (2,)
    # A zero is a figure and stays.
    assert found.frame["amount"].to_list() == ["0"]


def test_merged_labels_are_filled_down_only_when_asked(tmp_path):
    text = HEAD + "2021,Clădiri,diesel,1\n,,lpg,2\n"
    asked = LONG.replace("year: An", "year: {from: An, fill_down: true}").replace(
        "sector: Sector", "sector: {from: Sector, fill_down: true}"
    )
    assert brought(tmp_path, text, asked).frame["sector"].to_list() == ["buildings"] * 2
    assert "tables.blank" in codes(brought(tmp_path, text))


def test_rows_may_be_skipped_or_ended(tmp_path):
    text = (
        HEAD + "2019,Clădiri,diesel,1\n2020,Clădiri,diesel,2\n2021,Clădiri,diesel,3\nNota,a,b,c\n"
    )
    found = brought(tmp_path, text, LONG + "skip_rows: [3]\nlast_row: 4\n")
    assert found.frame["year"].to_list() == ["2019", "2021"]


def test_an_old_encoding_is_named_and_read_when_said(tmp_path):
    data = (HEAD + "2021,Clădiri,motorină,1\n").encode("windows-1250")
    found = brought(tmp_path, data)
    assert codes(found) == ["encoding"]
    assert "encoding: windows-1250" in found.findings[0].message("ro")
    assert brought(tmp_path, data, LONG + "encoding: windows-1250\n").ok


def test_a_sheet_that_is_not_there_is_said(tmp_path):
    path = workbook(tmp_path / "x.xlsx", Consum=[["An"]], Alt=[["An"]])
    found = bring_in(path, parse_mapping(LONG + "sheet: Energie\n", "m.yaml"))
    assert codes(found) == ["sheet"]
    assert found.findings[0].params["sheets"] == ["Consum", "Alt"]


def test_another_file_than_the_mapping_was_made_for_is_a_warning(tmp_path):
    found = brought(tmp_path, GAS, GAS_MAPPING, "power.csv")
    assert found.ok
    assert "other-file" in codes(found)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("x.csv", b"", "sources.file-empty"),
        ("x.docx", b"PK", "sources.type-unknown"),
        ("x.xlsx", b"no workbook", "sources.xlsx-not"),
        ("x.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 99, "sources.xlsx-old"),
        ("x.csv", b"\x00\x01\x02" * 50, "encoding"),
    ],
)
def test_what_is_no_table_is_said(tmp_path, name, data, code):
    assert codes(brought(tmp_path, data, name=name)) == [code]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.binary(min_size=1, max_size=200))
def test_no_bytes_break_the_reader(tmp_path, data):
    for name in ("x.csv", "x.xlsx"):
        found = brought(tmp_path, HEAD.encode() + data if name == "x.csv" else data, name=name)
        assert found.ok or found.findings


# Suggestions


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", sorted(tables()))
def test_our_own_headings_are_understood_for_every_table(name, lang, tmp_path):
    table = tables()[name]
    headings = [table.heading(column, lang) for column in table.columns]
    path = tmp_path / "x.csv"
    path.write_text(
        ";".join(f'"{each}"' for each in headings) + "\n" + ";".join("1" for _ in headings), "utf-8"
    )
    found = suggest(path, name)
    assert dict(found.matched) == {
        column.name: heading for column, heading in zip(table.columns, headings, strict=True)
    }


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.lists(
            st.sampled_from(
                ["", "An", "2021", "Ianuarie", "diesel", "Clădiri", "1.234,5", "Total", "MWh", "x"]
            )
            | st.text(max_size=5),
            max_size=5,
        ),
        max_size=6,
    )
)
def test_no_table_breaks_the_suggestion(tmp_path, grid):
    path = tmp_path / "x.csv"
    path.write_text("\n".join(";".join(row) for row in grid), "utf-8")
    try:
        text = suggest(path).text
    except FindingsError as error:
        assert error.findings
        return
    try:
        bring_in(path, parse_mapping(text, "m.yaml"))
    except FindingsError as error:
        assert all(each.code.startswith("sources.mapping") for each in error.findings)


def test_semicolons_inside_quotes_part_nothing(tmp_path):
    text = 'year,what,amount\n2021,"a; b; c; d",5\n2022,"e; f; g; h",6\n'
    (tmp_path / "x.csv").write_text(text, "utf-8")
    grid = read_grid(tmp_path / "x.csv")
    assert grid.delimiter == ","
    assert grid.rows[1] == (2, ["2021", "a; b; c; d", "5"])


def test_a_workbook_named_csv_is_said_to_be_one(tmp_path):
    (tmp_path / "x.csv").write_bytes(b"PK\x03\x04 and more")
    with pytest.raises(FindingsError) as error:
        read_grid(tmp_path / "x.csv")
    (finding,) = error.value.findings
    assert finding.code == "sources.workbook-as-csv"
    assert "Rename it to x.xlsx" in finding.message("en")
