"""CSV files as cities send them: how they are read, and what is said of the broken ones."""

import gzip
import hashlib

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sources.files import ENERGY, HEAD, energy_file, read_energy, row, said, said_of_rows
from vatra.sources import csv_file, csv_parse


def test_rows_come_as_texts_with_their_lines(tmp_path):
    path = energy_file(tmp_path, HEAD, row(1, note="n"), row(2))
    raw = read_energy(path)
    assert raw.findings == [] and raw.ok
    assert raw.frame.columns == [*HEAD.split(","), "line"]
    assert raw.frame.row(0) == (
        "2021", "buildings", "natural_gas", "1", "B1", "12.5", "MWh", "register", "n", 2,
    )  # fmt: skip
    assert raw.frame["note"].to_list() == ["n", None]
    assert raw.evidence_id == hashlib.sha256(path.read_bytes()).hexdigest()
    assert raw.byte_count == len(path.read_bytes())
    assert (raw.dialect.delimiter, raw.dialect.encoding) == (",", "UTF-8")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_seen_in_the_headings(tmp_path, delimiter):
    path = energy_file(tmp_path, HEAD.replace(",", delimiter), row().replace(",", delimiter))
    raw = read_energy(path)
    assert raw.dialect.delimiter == delimiter
    assert said_of_rows(raw) == []


def test_headings_with_two_marks_are_told_apart_by_the_rows(tmp_path):
    # As many commas as semicolons in the headings; the rows part by semicolons only.
    head = HEAD.replace(",", ";") + ";a,b,c,d,e,f,g,h,i,j,k"
    path = energy_file(tmp_path, head, row(amount="12,5").replace(",", ";").replace("12;5", "12,5"))
    assert read_energy(path).dialect.delimiter == ";"


def test_a_delimiter_line_of_spreadsheets_is_understood(tmp_path):
    raw = read_energy(
        energy_file(tmp_path, "sep=;", HEAD.replace(",", ";"), row().replace(",", ";"))
    )
    assert raw.frame["line"].to_list() == [3]


def test_headings_in_both_languages(tmp_path):
    head = (
        "Year / An,SECTOR,Purtător de energie,domeniu,item / poziție,amount / cantitate,"
        "unitate,sursă,notă"
    )
    assert said_of_rows(read_energy(energy_file(tmp_path, head, row()))) == []


def test_a_byte_order_mark_and_windows_line_ends(tmp_path):
    text = f"\ufeff{HEAD}\r\n{row(1)}\r\n{row(2, note='ș')}\r\n"
    raw = read_energy(energy_file(tmp_path, data=text.encode()))
    assert raw.findings == []
    assert raw.frame["note"].to_list() == [None, "ș"]
    assert raw.frame["line"].to_list() == [2, 3]


def test_the_last_line_may_lack_its_end(tmp_path):
    raw = read_energy(energy_file(tmp_path, data=f"{HEAD}\n{row(1)}\n{row(2)}".encode()))
    assert raw.frame["line"].to_list() == [2, 3]


def test_blank_lines_are_skipped_and_counted(tmp_path):
    path = energy_file(tmp_path, "", HEAD, "", row(1), ",,,,,,,,", "", row(2), "  ,,,,,,,,", "")
    raw = read_energy(path)
    assert raw.findings == []
    assert raw.frame["line"].to_list() == [4, 7]


def test_line_breaks_in_quotes_are_counted(tmp_path):
    path = energy_file(
        tmp_path, HEAD, row(1, note='"one\ntwo\n\nthree"'), row(2), "", row(3, source='"a, b"')
    )
    raw = read_energy(path)
    assert raw.frame["line"].to_list() == [2, 6, 8]
    assert raw.frame["note"][0] == "one\ntwo\n\nthree"
    assert raw.frame["source"][2] == "a, b"


def test_headings_over_two_lines(tmp_path):
    path = energy_file(tmp_path, HEAD.replace("item", '"item\n"'), row(1), row(2))
    assert read_energy(path).frame["line"].to_list() == [3, 4]


def test_doubled_quotes_are_one(tmp_path):
    raw = read_energy(energy_file(tmp_path, HEAD, row(1, note='"the ""old"" meter"')))
    assert raw.frame["note"].to_list() == ['the "old" meter']


def test_surrounding_spaces_go_and_spaces_alone_are_nothing(tmp_path):
    path = energy_file(tmp_path, HEAD, row(1, source="  a b ", note="   "), row(2, note='""'))
    raw = read_energy(path)
    assert raw.frame["source"].to_list() == ["a b", "register"]
    assert raw.frame["note"].to_list() == [None, None]


def test_rows_with_missing_or_extra_fields_are_named(tmp_path):
    path = energy_file(tmp_path, HEAD, row(1), "2021,buildings", row(2), row(3) + ",x", row(4))
    raw = read_energy(path)
    assert said(raw) == [
        "Rows 3, 5: there are 2, 10 fields where the headings have 9. "
        "Put a value that holds the delimiter in quotes, and keep empty fields."
    ]
    assert said(raw, "ro") == [
        "Rândurile 3, 5: sunt 2, 10 câmpuri, iar capul de tabel are 9. "
        "Puneți între ghilimele valorile care conțin separatorul și păstrați câmpurile goale."
    ]
    assert len(raw.frame) == 0


def test_one_missing_field_is_found_beside_quotes(tmp_path):
    # Two commas inside quotes would make up for two missing fields if they were only counted.
    path = energy_file(tmp_path, HEAD, row(1, source='"a, b, c"'), row(2), row(3)[: -len(",,")])
    assert said(read_energy(path))[0].startswith("Row 4: there are 8 fields")


@pytest.mark.parametrize(
    ("encoding", "guessed"),
    [
        ("cp1250", "Windows-1250 / ISO-8859-2"),
        ("iso8859-2", "Windows-1250 / ISO-8859-2"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
    ],
)
def test_a_wrong_encoding_is_named(tmp_path, encoding, guessed):
    text = f"{HEAD}\n{row(1)}\n{row(2, note='staţie veche de călătorii')}\n"
    line = 1 if "16" in encoding else 3
    raw = read_energy(energy_file(tmp_path, data=text.encode(encoding)))
    assert said(raw) == [
        f"Row {line}: the file is not UTF-8 text; it looks like {guessed}. "
        "Open it in a spreadsheet and save it as CSV UTF-8."
    ]


def test_windows_1252_is_told_from_1250(tmp_path):
    for text, guessed in (("Café — Iași".replace("ș", "s"), "1252"), ("„călătorii”", "1250")):
        data = f"{HEAD}\n{row(1, note=text)}\n".encode(f"cp{guessed}")
        assert said(read_energy(energy_file(tmp_path, data=data)))[0].startswith(
            f"Row 2: the file is not UTF-8 text; it looks like Windows-{guessed}."
        )


def test_the_first_bad_byte_far_down_is_named_in_romanian(tmp_path):
    lines = [HEAD, *(row(number) for number in range(30_000))]
    lines[20_000] = row("x", note="stație".replace("ț", "\udcfe"))
    data = "\n".join(lines).encode("utf-8", "surrogateescape")
    assert said(read_energy(energy_file(tmp_path, data=data)), "ro") == [
        "Rândul 20001: fișierul nu este text UTF-8; pare a fi Windows-1250 / ISO-8859-2. "
        "Deschideți-l într-un program de calcul tabelar și salvați-l ca CSV UTF-8."
    ]


def test_nul_characters(tmp_path):
    for data in (f"{HEAD}\n{row(1)}\n{row(2, note=chr(0))}\n", f"{HEAD}\0\n{row(1)}\n"):
        assert said(read_energy(energy_file(tmp_path, data=data.encode())))[0].endswith(
            "there is a NUL character, which no text has. Save the table again as CSV UTF-8."
        )


@pytest.mark.parametrize("note", ['"open', 'x"', '"a" b', '"a"b"'])
def test_quotes_that_do_not_match(tmp_path, note):
    raw = read_energy(energy_file(tmp_path, HEAD, row(1), row(2, note=note), row(3)))
    assert [each.code for each in raw.findings] == ["sources.csv-quotes"]
    assert 3 in raw.findings[0].lines
    assert said(raw)[0].endswith(
        "the quotation marks do not match. "
        "Close the quoted value, or double a quotation mark that belongs to it."
    )


def test_old_line_ends(tmp_path):
    raw = read_energy(energy_file(tmp_path, data=f"{HEAD}\r{row(1)}\r".encode()))
    assert said(raw) == [
        "Row 1: the lines end in an old way (CR only). Save the table again as CSV UTF-8."
    ]


def test_a_packed_file_is_not_unpacked(tmp_path):
    data = gzip.compress(f"{HEAD}\n{row(1)}\n".encode())
    assert said(read_energy(energy_file(tmp_path, data=data))) == [
        "the file is packed, not text. Unpack it and give the CSV file in it."
    ]


def test_columns_standing_twice(tmp_path):
    raw = read_energy(energy_file(tmp_path, f"{HEAD},An,year", row() + ",2021,2021"))
    assert said(raw) == [
        "Row 1: the column 'year' stands more than once, as 'year', 'An', 'year'. "
        "Keep one and take the others out."
    ]


def test_unknown_columns_are_a_warning(tmp_path):
    raw = read_energy(energy_file(tmp_path, f"{HEAD},colour", row() + ",red"))
    assert said(raw) == [
        "the column 'colour' is not known in energy.csv and is not read. Rename it or take it out."
    ]
    assert raw.ok and "colour" not in raw.frame.columns


def test_values_without_a_heading_are_a_warning(tmp_path):
    raw = read_energy(energy_file(tmp_path, f"{HEAD},,", row(1) + ",,", row(2) + ",,x"))
    assert said(raw) == [
        "Row 1: column 11 has values but no heading and is not read. "
        "Give it a heading or take it out."
    ]
    assert raw.ok


def test_missing_columns_are_said_by_the_check(tmp_path):
    raw = read_energy(energy_file(tmp_path, "year,sector,carrier,scope", "2021,waste,wood,1"))
    assert said_of_rows(raw) == [
        "the columns amount, unit, source are missing in energy.csv. Add them; "
        "'vatra template' writes a file with all headings."
    ]


def test_headings_alone_have_no_rows(tmp_path):
    raw = read_energy(energy_file(tmp_path, HEAD))
    assert raw.ok
    assert said_of_rows(raw) == [
        "the file has no rows. Fill in at least one row below the headings."
    ]


def test_a_file_that_vanishes_while_it_is_read_is_told_as_that(tmp_path, monkeypatch):
    def gone(*_):
        raise FileNotFoundError("gone")

    monkeypatch.setattr(csv_file, "parse_file", gone)
    raw = read_energy(energy_file(tmp_path, HEAD, row()))
    assert [each.code for each in raw.findings] == ["sources.file-missing"]


def test_a_name_with_brackets_is_one_file(tmp_path):
    assert (
        len(read_energy(energy_file(tmp_path, HEAD, row(), name="energy [2021]*.csv")).frame) == 1
    )


def test_romanian_numbers_semicolons_and_words(tmp_path):
    path = energy_file(
        tmp_path,
        "an;sector;purtător de energie;domeniu;poziție;cantitate;unitate;sursă;notă",
        "2021;Clădiri;gaz metan;1;;1.234,56;MWh;factură;",
        "2021;Deșeuri;motorină;1;;196 704;kWh;factură;",
    )
    raw = read_energy(path)
    assert raw.findings == [] and said_of_rows(raw) == []


# Large files are read in another way: the same must come out.


def big(*changes, rows=20_000):
    """Lines of a file above the size from which repeated texts are stored once."""
    lines = [HEAD, *(row(number) for number in range(rows))]
    for at, line in changes:
        lines[at] = line
    return lines


def both_ways(tmp_path, monkeypatch, lines):
    """The file read with and without storing repeated texts once."""
    path = energy_file(tmp_path, *lines)
    assert path.stat().st_size > csv_parse.CODED_FROM_BYTES
    coded = read_energy(path)
    monkeypatch.setattr(csv_parse, "CODED_FROM_BYTES", 10**12)
    return coded, read_energy(path)


@pytest.mark.parametrize(
    "changes",
    [
        [],
        [(15_000, row("x", unit="barrels", source="late", carrier="Lemne de foc"))],
        [(15_000, row("x", sector=" waste ", source=" late ", item=" x "))],
        [(15_000, row("x", sector='"waste"', note='"a, b"'))],
        [(15_000, row("x", source='"two\nlines"')), (16_000, "")],
        [(15_000, row("x", sector="Total")), (15_001, row("total", item="TOTAL GENERAL"))],
        [(15_000, row("x", year="", scope="", unit="", amount="")), (3, ",,,,,,,,")],
    ],
)
def test_large_files_read_like_small_ones(tmp_path, monkeypatch, changes):
    coded, plain = both_ways(tmp_path, monkeypatch, big(*changes))
    texts = coded.frame.with_columns(pl.exclude("line").cast(pl.String))
    assert texts.equals(plain.frame)
    assert said(coded) == said(plain)
    assert sorted(said_of_rows(coded)) == sorted(said_of_rows(plain))


def test_repeated_texts_are_stored_once(tmp_path):
    frame = read_energy(energy_file(tmp_path, *big())).frame
    assert frame.schema["sector"] == pl.Enum and frame.schema["source"] == pl.Categorical
    assert frame.schema["item"] == pl.String and frame.schema["amount"] == pl.String


def test_texts_that_differ_stay_plain(tmp_path):
    lines = [HEAD, *(row(number, source=f"bill {number}") for number in range(20_000))]
    assert read_energy(energy_file(tmp_path, *lines)).frame.schema["source"] == pl.String


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=8).filter(
    lambda text: text == text.strip()
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(notes=st.lists(CELL, min_size=1, max_size=8), delimiter=st.sampled_from(",;|\t"))
def test_any_text_in_quotes_comes_back(tmp_path, notes, delimiter):
    lines, expected, line = [HEAD.replace(",", delimiter)], [], 2
    for number, note in enumerate(notes):
        quoted = '"' + note.replace('"', '""') + '"'
        lines.append(row(number).replace(",", delimiter) + quoted)
        expected.append((note or None, line))
        line += 1 + note.count("\n")
    raw = read_energy(energy_file(tmp_path, *lines))
    assert said(raw) == []
    assert raw.frame.select("note", "line").rows() == expected


def test_the_table_is_what_the_tests_think():
    known = [column.name for column in ENERGY.columns]
    assert [name for name in known if name in HEAD.split(",")] == HEAD.split(",")
    assert {column.name for column in ENERGY.columns if column.required} <= set(HEAD.split(","))


def test_a_workbook_named_csv_is_said_to_be_one(tmp_path):
    path = tmp_path / "energy.csv"
    path.write_bytes(b"PK\x03\x04" + bytes(100))
    (finding,) = read_energy(path).findings
    assert finding.code == "sources.workbook-as-csv"
    assert "Rename it to energy.xlsx" in finding.message("en")
