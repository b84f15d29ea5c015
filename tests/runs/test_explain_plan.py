import shutil
from pathlib import Path

import pytest

from vatra.runs.contract import run
from vatra.runs.explain import UnknownNumber, explain
from vatra.runs.explain_plan import PREFIX, explain_plan

T = 10**9
SECTORS = ("buildings", "transport", "waste", "industry", "land")


@pytest.fixture(scope="module")
def cluj():
    return run(Path("examples/cluj"))


@pytest.mark.parametrize(
    ("path", "tonnes"),
    [
        ("plan.residual", 217_466),
        ("plan.residual.buildings", 15_158),
        ("plan.cut", 949_757),
        ("plan.grid", 382_962),
        ("plan.background", 246_895),
        ("plan.measures", 319_900),
        ("plan.measures.waste", 16_000),
        ("plan.symmetric.background", -340_690),
    ],
)
def test_the_plans_numbers_are_explained(cluj, path, tonnes):
    assert round(explain_plan(cluj, path, "en").total_mg / T) == tonnes


@pytest.mark.parametrize("driver", ["grid", "background", "measures"])
@pytest.mark.parametrize("sector", SECTORS)
def test_steps_add_up_to_the_sealed_split_to_the_milligram(cluj, driver, sector):
    made = explain_plan(cluj, f"plan.{driver}.{sector}", "en")
    sealed = cluj.contract["plan"]["split"]["in_order"]["by_sector"][sector][driver]
    assert sum(each.value_mg for each in made.steps) == made.total_mg
    assert abs(made.total_mg - sealed) <= 1  # one step of a fraction of a milligram


def test_the_grid_step_shows_both_factors(cluj):
    (step,) = explain_plan(cluj, "plan.grid.buildings", "ro").steps
    # 231,941 x (0.701 - 0.1) = 139,396.541
    assert step.words == "231.941 MWh × (0,701 − 0,1) t/MWh = 139.397\u00a0t"


def test_the_residual_names_the_printed_rows(cluj):
    (step,) = explain_plan(cluj, "plan.residual.buildings", "en").steps
    lines = Path("examples/cluj/published_emissions.csv").read_text("utf-8").splitlines()
    places = [int(each) for each in step.place.partition(":")[2].split(",")]
    assert [lines[each - 1].split(",")[1] for each in places] == [
        "before_measures",
        "after_measures",
    ]


def test_the_symmetric_number_is_the_mean_of_six_orders(cluj):
    made = explain_plan(cluj, "plan.symmetric.grid", "en")
    assert len(made.steps) == 6
    mean = sum(each.value_mg for each in made.steps) / 6
    assert made.total_mg == pytest.approx(mean, abs=10)


def test_every_number_a_step_opens_exists(cluj):
    paths = [f"plan.{name}" for name in ("residual", "target", "cut", "grid", "background")]
    paths += [f"{path}.{sector}" for path in paths if path != "plan.target" for sector in SECTORS]
    for path in [*paths, "plan.measures", *(f"plan.measures.{each}" for each in SECTORS)]:
        for step in explain_plan(cluj, path, "en").steps:
            if step.opens.startswith(PREFIX):
                explain_plan(cluj, step.opens, "en")
            elif step.opens:
                explain(cluj, step.opens)


@pytest.mark.parametrize(
    "path", ["plan.", "plan.moon", "plan.residual.moon", "plan.symmetric", "plan.symmetric.cut"]
)
def test_what_does_not_exist_is_named(cluj, path):
    with pytest.raises(UnknownNumber):
        explain_plan(cluj, path, "en")


def test_claims_beyond_what_a_sector_emits_are_said_as_such(tmp_path):
    pack = Path(shutil.copytree("examples/cluj", tmp_path / "pack"))
    for name in ("published_emissions.csv", "published_energy.csv"):
        (pack / name).unlink()
    text = (pack / "measures.csv").read_text("utf-8")
    (pack / "measures.csv").write_text(text.replace(",16000,412,", ",99000,412,"), "utf-8")
    done = run(pack)
    # Waste 2030: 5,400 x 0.267 + 254,262 x 0.1 = 26,868 t, less than the 99,000 t claimed
    assert [each.message("en") for each in done.findings] == [
        "Row 9: Waste: the measures claim 99,000 t together and the sector cuts 26,868 t. "
        "Lower the claims, or correct the emissions before and after measures."
    ]
    (left,) = explain_plan(done, "plan.residual.waste", "en").steps
    assert left.words == "26,868\u00a0t − 99,000\u00a0t, but not below zero: 0\u00a0t"
    claim, excess = explain_plan(done, "plan.measures.waste", "en").steps
    assert "less 72,132\u00a0t" in excess.words
    assert claim.value_mg + excess.value_mg == round(26_868 * T)
