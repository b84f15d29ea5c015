"""``vatra lint`` as a person types it: every kind of file, several at once, and what was read."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.linter.files.town import KINDS
from vatra.cli import app

EXAMPLES = Path("src/vatra/web/lint/examples")
SLIPS = str(EXAMPLES / "poiana-albastra.en.md")
CLEAN = "cases/linter/clean.yaml"


def vatra(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, ["lint", *arguments])
    assert result.exit_code == code, result.output
    return result.output


def as_json(*arguments: str, code: int = 0):
    return json.loads(vatra(*arguments, "--format", "json", code=code))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_of_file_is_read(kind: str, tmp_path: Path) -> None:
    name, write = KINDS[kind]
    path = tmp_path / name
    path.write_bytes(write())
    found = as_json(str(path), "--tables", code=0)
    assert found["findings"] == []
    assert "holds" in [each["state"] for each in found["tables"]]


def test_what_adds_up_ends_with_code_0() -> None:
    assert "nothing to mend" in vatra(CLEAN)


def test_a_finding_says_where_it_stands() -> None:
    text = vatra(SLIPS, code=1)
    # 39.6 + 126.6 + 106.5 + 9.8 = 282.5; the row of 58.7 + 46.9 gives 105.6.
    assert "B-2.3 / Built environment / Total (line 63) [linter.column-sum]" in text
    assert "Likely 105.6 instead of 106.5" in text


def test_places_are_said_in_the_language_of_the_answer() -> None:
    text = vatra(str(EXAMPLES / "poiana-albastra.ro.md"), "--lang", "ro", code=1)
    assert "Textul (linia 7) spune 46,0 %" in text
    assert "(linia 63)" in text


def test_warnings_alone_end_with_code_0(tmp_path: Path) -> None:
    path = tmp_path / "c.md"
    text = Path(SLIPS).read_text("utf-8")
    for wrong, right in (("38,535", "15,935"), ("| 300 |", "| 3,000 |"), ("106.5", "105.6")):
        text = text.replace(wrong, right)
    path.write_text(text, "utf-8")
    found = as_json(str(path))["findings"]
    assert {each["severity"] for each in found} == {"warning"}


def test_tables_says_what_was_taken_for_what() -> None:
    tables = {each["table"]: each for each in as_json(SLIPS, "--tables", code=1)["tables"]}
    assert {name: each["kind"] for name, each in tables.items()} == {
        "A-1.1": "energy",
        "A-1.4": "emissions",
        "A-2.3": "emission_gap",
        "B-2.2": "measures",
        "B-2.3": "costs",
        "C-1.1": "skipped",
    }
    assert tables["A-1.1"]["state"] == "holds"
    # Four rows, five carriers and two totals: 4 + 1 row sums, 5 + 1 column sums.
    assert tables["A-1.1"]["held_count"] == 11
    assert tables["B-2.3"]["state"] == "findings"
    assert tables["C-1.1"]["state"] == "unknown"
    assert "not checked: no numbers the rules know" in vatra(SLIPS, "--tables", code=1)


def test_a_place_that_cannot_be_read_does_not_hide_the_others(tmp_path: Path) -> None:
    empty = tmp_path / "empty.md"
    empty.write_text("No table here.", "utf-8")
    first, second = as_json(str(empty), SLIPS, code=1)
    assert first["ok"] is False
    assert first["findings"][0]["code"] == "linter.no-table"
    assert len(second["findings"]) == 5
    assert "cannot be checked" in vatra(str(empty), CLEAN, code=1)


def test_csv_holds_one_kind_of_row() -> None:
    findings = list(csv.DictReader(io.StringIO(vatra(SLIPS, "--format", "csv", code=1))))
    assert [each["at"] for each in findings][:3] == ["line 39", "line 51", "line 63"]
    tables = list(csv.DictReader(io.StringIO(vatra(SLIPS, "--tables", "--format", "csv", code=1))))
    assert [each["state"] for each in tables].count("findings") == 4


def test_a_folder_of_parts_is_one_contract(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(Path(SLIPS).read_text("utf-8"), "utf-8")
    (tmp_path / "b.yaml").write_text(Path(CLEAN).read_text("utf-8"), "utf-8")
    tables = as_json(str(tmp_path), "--tables", code=1)["tables"]
    assert len(tables) > 6


def test_a_pack_without_its_city_is_still_a_pack(tmp_path: Path) -> None:
    (tmp_path / "energy.csv").write_text("year,sector\n", "utf-8")
    assert "city.yaml" in vatra(str(tmp_path), code=1)


def test_without_a_file_the_command_is_used_wrongly() -> None:
    assert "Missing argument" in vatra(code=2)
