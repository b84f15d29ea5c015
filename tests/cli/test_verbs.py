"""The verbs as a person types them; files in and out are real."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from typer.main import get_command

from tests.cli.command import as_json, plain, vatra
from vatra.cli import app

pytestmark = pytest.mark.usefixtures("rendered_once")

CLUJ = "examples/cluj"
VERBS = (
    "check",
    "inventory",
    "gpc",
    "doubt",
    "gap",
    "change",
    "years",
    "recalculate",
    "catalogue",
    "plan",
    "optimise",
    "uncertainty",
    "monitor",
    "finance",
    "blocks",
    "lint",
    "contract",
    "verify",
    "explain",
    "factors",
    "export",
    "import",
    "template",
    "demo",
    "serve",
    "admin",
)


@pytest.fixture
def pack(tmp_path):
    return Path(shutil.copytree(CLUJ, tmp_path / "pack"))


def test_every_verb_is_listed_here():
    assert tuple(get_command(app).list_commands(None)) == VERBS


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_with_an_example(verb):
    assert f"Example: vatra {verb}" in plain(vatra(verb, "--help"))


@pytest.mark.slow
def test_check_shows_how_each_file_was_read():
    files = {each["file"]: each for each in as_json("check", CLUJ)["files"]}
    assert files["energy.csv"]["delimiter"] == ","
    assert files["energy.csv"]["rows"] == 27


def test_check_refuses_with_all_faults_and_code_1(pack):
    text = (pack / "energy.csv").read_text("utf-8")
    (pack / "energy.csv").write_text(text.replace("231941,MWh", "abc,barrels"), "utf-8")
    found = as_json("check", str(pack), code=1)
    assert [each["code"] for each in found["findings"]] == [
        "tables.number-wrong",
        "tables.unit-unknown",
    ]


def test_check_finds_what_only_computing_shows(pack):
    text = (pack / "energy.csv").read_text("utf-8")
    rows = [row for row in text.splitlines() if not row.startswith("2030,land,diesel")]
    (pack / "energy.csv").write_text("\n".join(rows).replace("waste,diesel", "waste,coke"), "utf-8")
    found = as_json("check", str(pack), code=1)
    assert not found["ok"]
    assert {each["code"] for each in found["findings"]} == {
        "plans.carrier-unknown",
        "runs.target-row-missing",
    }


def test_inventory_gives_the_printed_totals():
    rows = {(each["year"], each["sector"]): each for each in as_json("inventory", CLUJ)["rows"]}
    printed = {
        "buildings": 641_750,
        "transport": 151_962,
        "waste": 58_361,
        "industry": 303_478,
        "land": 11_672,
        "total": 1_167_223,
    }
    assert {sector: rows[2021, sector]["total_t"] for sector in printed} == printed
    assert rows[2021, "total"]["scope_3_t"] == 56_919


def test_inventory_under_another_factor():
    # 1,167,223 - 637,208 MWh x (0.701 - 0.27746) t/MWh = 1,167,223 - 269,883 = 897,340
    answer = as_json("inventory", CLUJ, "--factor", "electricity.2021=0.27746")
    total = next(each for each in answer["rows"] if each["sector"] == "total")
    assert round(total["total_t"]) == 897_340


def test_plan_splits_the_cut():
    plan = as_json("plan", CLUJ)
    assert round(plan["cut_t"]) == 949_757
    split = {name: round(t) for name, t in plan["split"]["in_order"]["total_t"].items()}
    assert split == {"grid": 382_962, "background": 246_895, "measures": 319_900}
    assert plan["residual_percent"] == pytest.approx(18.63, abs=0.005)
    assert plan["target_met"]


@pytest.mark.parametrize("verb", ["check", "plan"])
def test_warnings_are_shown_to_people_and_do_not_stop(pack, verb):
    text = (pack / "measures.csv").read_text("utf-8")
    (pack / "measures.csv").write_text(text.replace(",16000,412,", ",99000,412,"), "utf-8")
    shown = plain(vatra(verb, str(pack)))
    assert "the measures claim 99,000 t together and the sector cuts 16,000 t" in shown


def test_plan_under_another_factor_misses_its_target():
    text = plain(vatra("plan", CLUJ, "--lang", "ro", "--factor", "electricity.2021=0.27746"))
    assert "Cluj-Napoca a emis 897.340 t în 2021." in text
    assert "reducerea promisă de 81,37 % nu este atinsă" in text


def test_csv_is_one_table_and_safe(pack):
    text = (pack / "measures.csv").read_text("utf-8")
    (pack / "measures.csv").write_text(text.replace("Cluj Bike", "=HYPERLINK(1)", 1), "utf-8")
    rows = list(csv.reader(io.StringIO(vatra("lint", str(pack), "--format", "csv", code=1))))
    assert rows[0][0] == "place"
    assert all(len(row) == len(rows[0]) for row in rows)
    assert all(not cell.startswith("=") for row in rows for cell in row)


@pytest.mark.parametrize("verb", ["inventory", "plan"])
def test_csv_numbers_are_for_machines(verb):
    rows = list(csv.DictReader(io.StringIO(vatra(verb, CLUJ, "--lang", "ro", "--format", "csv"))))
    buildings = next(each for each in rows if each["sector"] == "buildings")
    assert float(buildings["total_t" if verb == "inventory" else "base_t"]) == 641_750


def test_explain_as_csv_has_a_row_per_summand():
    text = vatra("explain", CLUJ, "buildings.2021", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [each["rows"] for each in rows][:2] == ["energy.csv:3", "energy.csv:2"]
    assert sum(int(each["co2e_mg"]) for each in rows) == 641_750 * 10**9


def test_explain_ends_at_file_and_line():
    text = plain(vatra("explain", CLUJ, "buildings.2021"))
    assert "231,941 MWh × 0.701 t/MWh = 162,591 t" in text
    assert "energy.csv:3" in text
    assert "factors.csv:7" in text


def test_explain_says_what_exists():
    assert "'moon' is not known" in plain(vatra("explain", CLUJ, "moon.2021", code=1))


def test_lint_ends_with_code_1_on_errors():
    found = as_json("lint", CLUJ, code=1)["findings"]
    assert any(each["code"] == "linter.row-sum" for each in found)


def test_template_then_check_says_what_to_fill_in(tmp_path):
    folder = str(tmp_path / "city")
    vatra("template", folder)
    assert (tmp_path / "city" / "city.yaml").exists()
    found = as_json("check", folder, code=1)["findings"]
    # Headings alone are no fault in a table that a pack may do without.
    assert {each["file"] for each in found} <= {"city.yaml", "energy.csv"}
    assert any(each["file"] == "energy.csv" for each in found)


def test_template_overwrites_nothing(tmp_path):
    (tmp_path / "energy.csv").write_text("mine", "utf-8")
    assert "energy.csv" in vatra("template", str(tmp_path), code=1)
    assert [each.name for each in tmp_path.iterdir()] == ["energy.csv"]


@pytest.mark.slow
def test_contract_then_verify_then_a_forged_copy(tmp_path, pack):
    out = tmp_path / "out"
    written = as_json("contract", str(pack), "--out", str(out))
    assert {"contract.json", "contract.ro.pdf", "contract.en.pdf"} <= set(written["files"])
    document = out / "contract.json"
    assert as_json("verify", str(document))["whole"]
    assert as_json("verify", str(document), "--pack", str(pack))["whole"]
    sealed = json.loads(document.read_text("utf-8"))
    sealed["totals"]["all"]["2021"] -= 1
    document.write_text(json.dumps(sealed), "utf-8")
    paths = [each["path"] for each in as_json("verify", str(document), code=1)["mismatches"]]
    assert "totals.all.2021" in paths


@pytest.mark.slow
def test_verify_of_a_changed_pack_names_the_figure(tmp_path, pack):
    out = tmp_path / "out"
    vatra("contract", str(pack), "--out", str(out))
    text = (pack / "energy.csv").read_text("utf-8")
    (pack / "energy.csv").write_text(text.replace("231941", "231942"), "utf-8")
    answer = as_json("verify", str(out / "contract.json"), "--pack", str(pack), code=1)
    paths = {each["path"] for each in answer["mismatches"]}
    assert "cells[2021.buildings.electricity.2.CO2].energy_wh" in paths
    assert "versions.files.energy.csv.sha256" in paths


@pytest.mark.parametrize("content", ["", "{", "[1, 2]", '{"format": "other"}', "\x00"])
def test_verify_of_rubbish_is_said(tmp_path, content):
    file = tmp_path / "contract.json"
    file.write_text(content, "utf-8")
    assert "Traceback" not in vatra("verify", str(file), code=1)


def test_verify_of_a_missing_file(tmp_path):
    assert "does not exist" in plain(vatra("verify", str(tmp_path / "none.json"), code=1))


def test_demo_ends_after_writing(tmp_path):
    out = tmp_path / "out"
    text = plain(vatra("demo", CLUJ, "--no-serve", "--out", str(out)))
    assert "Cluj-Napoca emitted 1,167,223 t CO2e in 2021." in text
    assert "Linter:" in text
    assert (out / "contract.json").exists()
    assert (out / "pack" / "energy.csv").read_bytes() == Path(CLUJ, "energy.csv").read_bytes()


@pytest.mark.slow
def test_two_demos_give_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        vatra("demo", CLUJ, "--no-serve", "--out", str(tmp_path / name))
    first = {p.relative_to(tmp_path / "a"): p for p in (tmp_path / "a").rglob("*") if p.is_file()}
    second = {p.relative_to(tmp_path / "b"): p for p in (tmp_path / "b").rglob("*") if p.is_file()}
    assert first.keys() == second.keys()
    differing = [str(n) for n in first if first[n].read_bytes() != second[n].read_bytes()]
    assert differing == []


def test_serve_needs_a_written_folder(tmp_path):
    assert "has no contract.json" in plain(vatra("serve", str(tmp_path), code=1))


@pytest.mark.parametrize(
    "arguments",
    [
        ("inventory", CLUJ, "--lang", "de"),
        ("inventory", CLUJ, "--factor", "electricity"),
        ("inventory", CLUJ, "--gases", "CO3"),
        ("inventory", CLUJ, "--gwp-set", "AR9"),
        ("inventory", CLUJ, "--factor-sets", "mine"),
        ("inventory", CLUJ, "--format", "xml"),
    ],
)
def test_wrong_use_is_exit_code_2(arguments):
    vatra(*arguments, code=2)
