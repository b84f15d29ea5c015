"""The verb ``optimise`` as a person types it, and what it writes read back by ``plan``."""

import csv
import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.cli.command import plain, vatra
from vatra.cli import app
from vatra.runs.optimise import Asked, optimise_scenario
from vatra.runs.scenario import open_scenario

CLUJ, IASI = "examples/cluj", "examples/iasi"
# Whole levels and one objective: a plan within seconds.
QUICK = ("--levels", "100", "--objective", "emissions", "--time-limit", "3")
BUDGET = ("--budget", "6.09bn")


@pytest.fixture(scope="module")
def cluj(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict, Path]:
    """One search of Cluj-Napoca's options for what its contract costs, and the file it saved."""
    file = tmp_path_factory.mktemp("best") / "best.csv"
    text = vatra("optimise", CLUJ, *QUICK, *BUDGET, "--save", str(file), "--format", "json")
    return json.loads(text), file


def test_help_has_an_example():
    assert "Example: vatra optimise" in plain(vatra("optimise", "--help"))


@pytest.mark.slow
def test_the_same_money_reaches_more_than_the_contract(cluj):
    answer, _ = cluj
    assert answer["capex_eur"] <= 6.09e9
    assert answer["planned_capex_eur"] == 6.09e9
    assert answer["emission_t"] < answer["planned_t"] < answer["base_t"]
    assert answer["reached_year"] is not None
    assert answer["emission_t"] <= answer["target_t"]


@pytest.mark.slow
def test_the_gap_is_shown_and_the_bound_is_below_the_plan(cluj):
    answer, _ = cluj
    objective = answer["objectives"][0]
    assert objective["name"] == "emissions"
    assert objective["bound"] <= objective["value"] == pytest.approx(answer["emission_t"])
    points = (objective["value"] - objective["bound"]) / answer["base_t"]
    assert objective["gap_share"] == pytest.approx(points, rel=1e-3)
    assert answer["bound_is_of_floor"] is True
    # The plan is what the exact engine says of it, and the optimiser's own figures agree.
    assert answer["difference_share"] <= 1e-3


def test_the_parts_add_up(cluj):
    answer, _ = cluj
    assert sum(each["capex_eur"] for each in answer["choices"]) == pytest.approx(
        answer["capex_eur"]
    )
    assert sum(answer["capex_by_year_eur"].values()) == pytest.approx(answer["capex_eur"])
    last = answer["path_t"][str(answer["target_year"])]
    assert last == pytest.approx(answer["emission_t"])


def test_what_is_saved_is_read_back_by_plan(cluj):
    answer, file = cluj
    with file.open(encoding="utf-8") as rows:
        saved = {row["code"]: row for row in csv.DictReader(rows)}
    done = {each["code"]: each for each in answer["choices"]}
    assert {code for code, row in saved.items() if float(row["level_percent"])} == set(done)
    for code, each in done.items():
        assert int(saved[code]["start_year"]) == each["start_year"]
    plan = json.loads(vatra("plan", CLUJ, "--choices", str(file), "--format", "json"))
    assert plan["path"][-1]["total_t"] == pytest.approx(answer["emission_t"], abs=0.01)


@pytest.mark.slow
def test_people_read_a_sentence_the_choices_the_gap_and_what_binds():
    text = plain(vatra("optimise", CLUJ, *QUICK, *BUDGET))
    assert re.search(
        r"Cluj-Napoca: the best plan found leaves [\d,]+ t CO2e in 2030, a cut of \d\d\.\d\d%, "
        r"with \d+ of \d+ measures for EUR \d\.\d+ bn\. The plan as it stands leaves 234,506 t",
        text,
    )
    titles = ["What is done, from when", "How good the plan is", "Limits that bite"]
    places = [text.index(each) for each in titles]
    assert places == sorted(places)
    assert "points of the base year" in text
    assert "capital of all years" in text
    assert "never emits more than the exact one" in text


@pytest.mark.slow
def test_romanian():
    text = plain(vatra("optimise", CLUJ, *QUICK, *BUDGET, "--lang", "ro"))
    assert "Cluj-Napoca: cel mai bun plan găsit lasă" in text
    assert "Planul actual lasă 234.506 t" in text
    assert "Limite care constrâng" in text


@pytest.mark.slow
def test_csv_has_a_row_for_each_measure():
    rows = list(csv.DictReader(vatra(
        "optimise", CLUJ, *QUICK, *BUDGET, "--format", "csv").splitlines()))  # fmt: skip
    assert rows
    assert {"code", "start_year", "level_percent", "capex_eur", "cut_t"} <= set(rows[0])


@pytest.mark.slow
def test_a_target_that_cannot_be_kept_says_by_how_much():
    result = CliRunner().invoke(
        app, ["optimise", CLUJ, "--levels", "100", "--target", "99.5", "--budget", "100m",
              "--time-limit", "4"],
    )  # fmt: skip
    assert result.exit_code == 1
    text = plain(result.output)
    assert "No plan keeps all these limits." in text or "No plan was found" in text
    assert re.search(r"Target: [\d,]+ t CO2e more would do \(\d+\.?\d* points", text)
    assert "Capital of all years" in text


def test_all_faults_of_the_options_stand_together():
    result = CliRunner().invoke(
        app, ["optimise", CLUJ, "--from", "1990", "--objective", "fame,emissions",
              "--levels", "150", "--budget-year", "nobody.2027=5m"],
    )  # fmt: skip
    assert result.exit_code == 1
    text = plain(result.output)
    for part in ("1990", "'fame' is not known", "1.5 is not between", "the payer nobody"):
        assert part in text


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--budget", "6,09bn", "'6,09bn' is no amount of money"),
        ("--budget", "-5m", "is no amount of money"),
        ("--budget-year", "2027=lots", "'lots' is no amount of money"),
        ("--levels", "some", "'some' are no levels"),
    ],
)
def test_a_wrong_option_says_how_to_write_it(option, value, said):
    result = CliRunner().invoke(app, ["optimise", CLUJ, f"{option}={value}"])
    assert result.exit_code == 2
    # The message stands in a frame whose sides cut it.
    assert said in plain(re.sub(r"[│╭╮╰╯─]", " ", result.output))


@pytest.mark.slow
def test_a_budget_of_each_year_is_kept_in_each():
    text = vatra("optimise", CLUJ, *QUICK, "--budget-year", "300m", "--budget-year",
                 "2027=50m", "--format", "json")  # fmt: skip
    answer = json.loads(text)
    spent = answer["capex_by_year_eur"]
    assert spent["2027"] <= 50e6
    assert max(spent.values()) <= 300e6
    assert answer["emission_t"] < answer["base_t"]


@pytest.mark.slow
def test_the_synthetic_city_and_its_tables_of_money():
    """Iași: budgets and funds of the pack bind; the optimiser's figures are the exact ones."""
    found = optimise_scenario(
        open_scenario(Path(IASI)),
        Asked(objectives=("emissions",), levels=(1.0,), capex_total_cents=500_000_000_000),
        time_limit_s=3,
    )
    assert found.optimum.found
    assert found.optimum.difference_share <= 1e-3
    assert found.capex_cents <= 500_000_000_000
    assert found.emission_mg is not None
    assert found.emission_mg < found.scenario.base_mg
    budgets = {key: most for key, most in found.limits.capex_cents_by_year.items() if key[0]}
    assert all(year in found.scenario.years for _, year in budgets)


@pytest.mark.parametrize("lang", ["en", "ro"])
def test_a_file_that_cannot_be_written_is_said_before_the_search(tmp_path: Path, lang: str):
    for place in (tmp_path, tmp_path / "nowhere" / "best.csv"):
        said = plain(vatra("optimise", CLUJ, "--save", str(place), "--lang", lang, code=1))
        assert place.name in said
        assert ("cannot be written" if lang == "en" else "nu poate fi scris") in said
    assert not list(tmp_path.iterdir())
