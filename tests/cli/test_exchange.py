"""Out as others ask for it, in from what others write, as a person types it."""

import csv
import shutil
from pathlib import Path

import polars as pl
import pytest
import yaml
from polars.testing import assert_frame_equal

from tests.cli.command import as_json, vatra
from tests.sources.mapping.files import BEI, GAS, GAS_MAPPING, workbook
from vatra.faces import faces
from vatra.faces.files import read

CLUJ = "examples/cluj"


@pytest.fixture
def gas(tmp_path):
    (tmp_path / "gas_2021.csv").write_text(GAS, "utf-8")
    (tmp_path / "gas.yaml").write_text(GAS_MAPPING, "utf-8")
    return tmp_path / "gas_2021.csv", tmp_path / "gas.yaml"


# Export


@pytest.mark.parametrize("face", sorted(faces()))
def test_export_writes_a_face_that_import_reads_back(face, tmp_path):
    path = tmp_path / "out" / f"{face}.xlsx"
    said = as_json("export", CLUJ, "--face", face, "--to", path)
    assert said["files"] == [str(path)]
    back = as_json("import", path, "--face", face)
    assert back["face"] == face
    assert back["synthetic"] is False
    assert list(back["tables"]) == list(faces()[face].parts)


def test_export_shows_the_base_year_unless_another_is_asked_for(tmp_path):
    def years(*more):
        vatra("export", CLUJ, "--face", "ecrf", "--to", tmp_path / "e.csv", *more)
        return set(read(faces()["ecrf"], tmp_path / "e.csv").frames["ecrf"]["year"])

    assert years() == {2021}
    assert years("--year", "2030", "--year", "2021") == {2021, 2030}


def test_export_follows_a_changed_factor(tmp_path):
    path = tmp_path / "e.json"
    vatra("export", CLUJ, "--face", "gpc", "--to", path, "--factor", "electricity.2021=0.27746")
    frame = read(faces()["gpc"], path).frames["gpc"]
    basic = frame.filter(pl.col("category") == "BASIC")["co2e_mg"][0]
    # 637,208 MWh of electricity x (0.701 - 0.27746) less than 1,167,221.460 t.
    assert basic == 1_167_221_460_000_000 - 637_208 * (701_000_000 - 277_460_000)


def test_export_in_romanian_reads_back_too(tmp_path):
    vatra("export", CLUJ, "--face", "secap", "--to", tmp_path / "s.csv", "--lang", "ro")
    heading = (tmp_path / "s-a.csv").read_text("utf-8-sig").splitlines()[0]
    assert heading.startswith("an,sector,denumirea sectorului,energie electrică [MWh]")
    assert len(read(faces()["secap"], tmp_path / "s.csv").frames["a"]) == 7


@pytest.mark.slow
def test_export_of_a_synthetic_city_says_so(tmp_path):
    pack = Path(shutil.copytree(CLUJ, tmp_path / "pack"))
    text = (pack / "city.yaml").read_text("utf-8")
    (pack / "city.yaml").write_text(text.replace("synthetic: false", "synthetic: true"), "utf-8")
    for face in faces():
        said = vatra("export", pack, "--face", face, "--to", tmp_path / f"{face}.json")
        assert "synthetic" in said
        assert as_json("import", tmp_path / f"{face}.json", "--face", face)["synthetic"] is True


def test_export_names_what_it_does_not_know(tmp_path):
    said = vatra("export", CLUJ, "--face", "cdp", "--to", tmp_path / "x.csv", code=2)
    assert "ccc-v1, ccc-v2, ecrf, gpc, rows, secap" in " ".join(said.replace("│", "").split())
    vatra("export", CLUJ, "--face", "gpc", "--to", tmp_path / "x.csv", "--year", "1999", code=2)
    found = as_json("export", CLUJ, "--face", "gpc", "--to", tmp_path / "x.docx", code=1)
    assert [each["code"] for each in found["findings"]] == ["faces.type-unknown"]


# Import


def test_import_shows_before_it_writes(gas, tmp_path):
    said = as_json("import", gas[0], "--mapping", gas[1], "--preview", "--out", tmp_path / "pack")
    assert (said["rows_count"], said["written"]) == (7, None)
    assert said["units"] == {"amount": "MWh"}
    assert said["numbers"] == {"amount": "ro"}
    assert said["heading_rows"] == [4]
    assert not (tmp_path / "pack").exists()


def test_import_speaks_to_people_in_both_languages(gas):
    for lang, words in (("en", "would go into energy.csv"), ("ro", "ar intra în energy.csv")):
        said = vatra("import", gas[0], "--mapping", gas[1], "--preview", "--lang", lang)
        assert words in " ".join(said.split())
        assert "1.234,56" in said


def test_import_writes_rows_that_the_pack_checks(gas, tmp_path):
    pack = tmp_path / "pack"
    shutil.copytree(CLUJ, pack)
    # What is left of the city's plan acts on energy that the other file does not have.
    plan = ("measures", "measures_energy", "actions", "relations", "financing", "funding", "energy")
    for name in plan:
        (pack / f"{name}.csv").unlink(missing_ok=True)
    said = as_json("import", gas[0], "--mapping", gas[1], "--out", pack)
    assert said["written"] == str(pack / "energy.csv")
    files = {each["file"]: each for each in as_json("check", pack)["files"]}
    assert files["energy.csv"]["rows"] == 7
    again = as_json("import", gas[0], "--mapping", gas[1], "--out", pack, code=1)
    assert [each["code"] for each in again["findings"]] == ["sources.mapping-exists"]


def test_import_refuses_with_all_findings_and_writes_nothing(gas, tmp_path):
    broken = gas[0].read_text("utf-8").replace("Casnic;", "Altceva;").replace("1.000,0", "mult")
    gas[0].write_text(broken, "utf-8")
    said = as_json("import", gas[0], "--mapping", gas[1], "--out", tmp_path / "pack", code=1)
    codes = [each["code"] for each in said["findings"] if each["severity"] == "error"]
    # Sector and sub-sector of the new word, which is not blank for that; the amount that is no
    # number.
    assert sorted(codes) == [
        "sources.mapping-value-unmapped",
        "sources.mapping-value-unmapped",
        "tables.number-wrong",
    ]
    assert not (tmp_path / "pack").exists()


def test_import_suggests_a_mapping_that_can_be_saved(tmp_path):
    path = workbook(tmp_path / "bei.xlsx", BEI=BEI)
    text = vatra("import", path, "--suggest").replace("null", "district_heat")
    (tmp_path / "bei.yaml").write_text(text, "utf-8")
    said = as_json("import", path, "--mapping", tmp_path / "bei.yaml", "--preview")
    assert said["ok"] and said["rows_count"] == 11


def test_import_is_told_the_sign_between_columns(tmp_path):
    # Each line has one comma and one semicolon: nothing in the file tells which of them parts it.
    path = tmp_path / "a.csv"
    path.write_text("Sector, all;MWh\nHomes, old;1\nShops, new;2\n", "utf-8")
    for name, sign in (("comma", ","), ("semicolon", ";")):
        said = vatra("import", path, "--suggest", "--delimiter", name)
        written = yaml.safe_load(said)
        assert written["delimiter"] == sign


def test_a_sign_that_is_named_goes_before_that_of_the_mapping(gas):
    # The file is parted by semicolons; read at tabs, no heading of the mapping is there.
    said = as_json("import", gas[0], "--mapping", gas[1], "--preview", "--delimiter", "tab", code=1)
    assert said["rows_count"] == 0 and said["findings"]
    again = as_json("import", gas[0], "--mapping", gas[1], "--preview", "--delimiter", "semicolon")
    assert again["rows_count"] == 7


@pytest.mark.parametrize("lang", ["en", "ro"])
def test_a_sign_that_is_not_known_is_refused_with_the_choices(gas, lang):
    said = vatra("import", gas[0], "--suggest", "--delimiter", ";", "--lang", lang, code=2)
    assert "comma, semicolon, tab, pipe" in " ".join(said.replace("│", "").split())
    vatra("import", gas[0], "--face", "ecrf", "--delimiter", "tab", code=2)


@pytest.mark.parametrize(
    "arguments",
    [(), ("--mapping", "ecrf"), ("--mapping", "ecrf", "--suggest"), ("--suggest", "--table", "x"),
     ("--face", "x")],
)  # fmt: skip
def test_import_says_what_is_missing(arguments, gas):
    vatra("import", gas[0], *arguments, code=2)


def test_a_broken_mapping_is_refused_with_every_fault(gas):
    gas[1].write_text("table: x\ncolumns: []\nsheets: 1\n", "utf-8")
    said = as_json("import", gas[0], "--mapping", gas[1], "--preview", code=1)
    assert len(said["findings"]) == 3


# There and back


def test_an_ecrf_of_cluj_imports_to_a_pack_with_the_same_ecrf(tmp_path):
    vatra("export", CLUJ, "--face", "ecrf", "--to", tmp_path / "e.csv")
    pack = Path(shutil.copytree(CLUJ, tmp_path / "pack"))
    for name in (
        "energy",
        "measures",
        "measures_energy",
        "published_emissions",
        "published_energy",
    ):
        (pack / f"{name}.csv").unlink()
    vatra("import", tmp_path / "e.csv", "--mapping", "ecrf", "--out", pack)
    vatra("export", pack, "--face", "ecrf", "--to", tmp_path / "again.csv")
    first, again = (
        read(faces()["ecrf"], tmp_path / name).frames["ecrf"].drop("source")
        for name in ("e.csv", "again.csv")
    )
    assert_frame_equal(first, again, check_exact=True)
    with (pack / "energy.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["source"] == "energy.csv:9"
    assert rows[0]["note"].startswith("e.csv:2 sha256:")


def test_a_secap_table_of_cluj_imports_to_the_same_matrix(tmp_path):
    vatra("export", CLUJ, "--face", "secap", "--to", tmp_path / "s.csv", "--lang", "en")
    pack = Path(shutil.copytree(CLUJ, tmp_path / "pack"))
    for name in (
        "energy",
        "measures",
        "measures_energy",
        "published_emissions",
        "published_energy",
    ):
        (pack / f"{name}.csv").unlink()
    vatra("import", tmp_path / "s-a.csv", "--mapping", "secap", "--out", pack)
    vatra("export", pack, "--face", "secap", "--to", tmp_path / "t.csv")
    for part in ("a", "c"):
        first, again = (
            read(faces()["secap"], tmp_path / name).frames[part] for name in ("s.csv", "t.csv")
        )
        assert_frame_equal(first, again, check_exact=True)
