"""The command that puts panels on roofs."""

import csv
import io
import json

import pytest
from typer.testing import CliRunner

from vatra.cli import app

pytest.importorskip("numba")
pytest.importorskip("pvlib")

BUILDINGS = "building,built,storeys_count,flats_count,source\n" + "\n".join(
    f"b{number},1978,5,20,survey" for number in range(14)
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("stock")
    (path / "buildings.csv").write_text(BUILDINGS + "\n")
    return path


def run(*words):
    return CliRunner().invoke(app, ["blocks", "sun", *map(str, words)])


def test_a_block_in_both_languages(folder, tmp_path):
    picture = tmp_path / "deep" / "weeks.svg"
    english = run(folder, "--building", "b3", "--battery-kwh", "10", "--picture", picture,
                  "--lang", "en")  # fmt: skip
    assert english.exit_code == 0, english.output
    assert "b3, 20 flats:" in english.stdout
    assert "To verify: Law 123/2012" in english.stdout
    assert "SYNTHETIC hours" in english.stdout
    assert "14–20 January" in picture.read_text("utf-8")
    romanian = run(folder, "--building", "b3", "--share", "static", "--lang", "ro")
    assert "b3, apartamente: 20." in romanian.stdout
    assert "De verificat: Legea 123/2012" in romanian.stdout
    assert "scară, lift" in romanian.stdout


def test_a_quarter_shows_its_ends_and_csv_has_all(folder):
    table = run(folder, "--quarter", "--lang", "en")
    assert "14 blocks, 280 flats:" in table.stdout
    assert "and 2 more" in table.stdout
    assert "from neighbours" in table.stdout
    rows = list(csv.DictReader(io.StringIO(run(folder, "--format", "csv").stdout)))
    assert [row["member"] for row in rows] == sorted(f"b{number}" for number in range(14))
    data = json.loads(run(folder, "--format", "json").stdout)
    assert data["total_cents"] == sum(int(row["total_cents"]) for row in rows)
    assert len(data["months"]) == 12 and data["rain"] is None
    assert [each["rule"] for each in data["rules"]] == ["quantitative"]


def test_panels_battery_and_layout_are_those_asked_for(folder):
    def ask(*words):
        return json.loads(run(folder, "--building", "b0", "--format", "json", *words).stdout)

    plain, held = ask("--kwp", "8"), ask("--kwp", "8", "--battery-kwh", "12")
    assert plain["kwp"] == held["kwp"] == 8
    assert held["bought_wh"] < plain["bought_wh"] and held["lost_wh"] > 0 == plain["lost_wh"]
    assert ask("--layout", "east_west")["kwp"] > ask()["kwp"]
    assert ask("--one-meter")["total_cents"] > ask()["total_cents"]
    later = ask("--date", "2031-05-01")
    assert [each["rule"] for each in later["rules"]] == ["financial"]


def test_rain_for_green_space(folder):
    found = run(folder, "--building", "b0", "--green-m2", "300", "--lang", "en")
    assert "300 m² of green" in found.stdout and "SYNTHETIC rain" in found.stdout
    data = json.loads(
        run(folder, "--building", "b0", "--green-m2", "300", "--rain", "constanta",
            "--format", "json").stdout
    )  # fmt: skip
    shares = [row["saved_share"] for row in data["rain"]]
    assert shares == sorted(shares) and shares[0] == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--building", "b0", "--quarter"), "exclude each other"),
        (("--green-m2", "10"), "Name it with --building"),
        (("--building", "b0", "--date", "22.11.2026"), "is not a day"),
        (("--building", "b0", "--flats", "50,zero"), "no areas of flats"),
    ],
)
def test_what_cannot_be_asked(folder, words, said):
    found = run(folder, *words, "--lang", "en")
    assert found.exit_code == 2
    assert said in found.output


def test_faults_end_with_code_1(folder, tmp_path):
    unknown = run(folder, "--building", "b99", "--lang", "en")
    assert unknown.exit_code == 1 and "there is no building 'b99'" in unknown.output
    days = tmp_path / "rain.csv"
    days.write_text("date,rain_mm\n2025-01-01,1\n2025-01-02,x\n")
    rain = run(folder, "--building", "b0", "--green-m2", "10", "--rain", days, "--lang", "en")
    assert rain.exit_code == 1
    # The day that holds no number is told as such, the others as missing.
    words = " ".join(rain.output.split())
    assert "Row 3" in words and "363 days are missing" in words
