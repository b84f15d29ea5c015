"""A quarter from its folder to its plan: sums, demands, ranges, files."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from tests.runs.quarters import north, question, write_quarter
from vatra.plans.blocks.bulk import renovated, simulate_states
from vatra.plans.quarter import Aim, Capacity
from vatra.plans.quarter.doubt import doubts, drawn_states
from vatra.plans.retrofit.effects import changes
from vatra.runs.quarter import NoChoice, run_quarter
from vatra.runs.quarter_charts import quarter_charts
from vatra.runs.quarter_files import plan_files
from vatra.runs.quarter_report import sentences
from vatra.runs.quarter_rows import (
    as_data,
    block_rows,
    carrier_rows,
    class_rows,
    totals,
    year_rows,
)
from vatra.tables import FindingsError


def test_the_target_is_met_and_proved() -> None:
    whole = totals(north())
    assert whole["after_co2_g"] <= 0.65 * whole["before_co2_g"] * (1 + 1e-9)
    assert whole["proved"] and whole["synthetic"]
    assert whole["blocks_count"] == 10 and whole["flats_count"] == 220


def test_blocks_years_and_payers_add_up_to_the_whole() -> None:
    run = north()
    whole, blocks, years = totals(run), block_rows(run), year_rows(run)
    assert sum(each["cost_cents"] for each in blocks) == whole["cost_cents"]
    assert sum(each["cost_cents"] for each in years) == whole["cost_cents"]
    assert sum(whole["payers_cents"].values()) == whole["cost_cents"]
    for payer, cents in whole["payers_cents"].items():
        assert sum(each[f"{payer}_cents"] for each in blocks) == cents
        assert sum(each[f"{payer}_cents"] for each in years) == cents
    # Half the state, three tenths the city, as far as the programme pays.
    assert whole["payers_cents"]["state"] > whole["payers_cents"]["city"] > 0
    for name in ("before_co2_g", "after_co2_g", "before_heating_wh", "after_heating_wh"):
        assert sum(each[name] for each in blocks) == pytest.approx(whole[name], abs=10)


def test_classes_and_carriers_hold_every_block_and_kilowatt_hour() -> None:
    run = north()
    assert sum(each["before_count"] for each in class_rows(run)) == 10
    assert sum(each["after_count"] for each in class_rows(run)) == 10
    heat = next(each for each in carrier_rows(run) if each["carrier"] == "district_heat")
    assert heat["before_wh"] > heat["after_wh"]


def test_no_year_has_more_flats_than_contractors() -> None:
    run = north()
    assert (run.order.flats <= 90 + 1e-9).all()
    assert len(run.order.years) > 1


def test_ranges_hold_the_middle_and_those_of_blocks_the_whole() -> None:
    spread = north().spread
    for each in (spread.heating_before_kwh, spread.heating_after_kwh, spread.co2_saved_kg):
        assert each.low < each.middle < each.high
    # The same draw for all blocks: the range of the sum is no narrower than the sum of ranges
    # would be if saving rose with the same draw everywhere.
    low = spread.block_saved_kwh[:, 0].sum()
    assert low <= spread.heating_saved_kwh.low * 1.02
    saved = north().chosen.before("heating_kwh") - north().chosen.after("heating_kwh")
    assert spread.heating_saved_kwh.low < saved < spread.heating_saved_kwh.high


def test_a_drawn_state_is_the_zone_changed_one_by_one() -> None:
    run = north()
    zone = run.stock.zones()[0]
    package = int(run.chosen.package[run.chosen.touched[0]])
    _, then = drawn_states(4)
    states = changes(run.packages).take([package]).crossed(then)
    fast = simulate_states([zone], run.climate, states, "rc5", single=False).heating_wh[0]
    from vatra.plans.blocks import simulate

    slow = simulate([renovated(zone, states, place) for place in range(4)], run.climate, "rc5")
    assert fast.sum(axis=1) == pytest.approx(slow.heating_wh.sum(axis=1), rel=1e-4)


def test_draws_have_the_tenths_they_were_given() -> None:
    now, then = drawn_states(1024)
    for each in doubts():
        if each.quantity == "air":
            low, high = np.quantile(now.air_scale, (0.1, 0.9))
            assert (low, high) == pytest.approx((each.low, each.high), rel=0.03)
    assert (then.inside_k - now.inside_k).mean() == pytest.approx(0.5, abs=0.03)
    assert all(each.source and each.doubt for each in doubts())


def test_demands_that_cannot_be_met_are_said_with_what_would_do(tmp_path: Path) -> None:
    folder = write_quarter(tmp_path, "north")
    with pytest.raises(NoChoice) as fault:
        run_quarter(
            folder, question(Aim("cost", budget_cents=1_000_000, target_share={"co2": 0.5}))
        )
    assert {each.family for each in fault.value.shortfalls} == {"budget", "target"}
    assert all("Nu este posibil" in each for each in fault.value.texts("ro"))


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FindingsError):
        run_quarter(tmp_path, question(Aim()))


def test_the_answer_comes_first_in_both_languages() -> None:
    english, romanian = sentences(north(), "en"), sentences(north(), "ro")
    assert "with a probability of 80%" in english[0] and "10 blocks" in english[0]
    assert "probabilitate de 80 %" in romanian[0]
    assert len(english) == len(romanian)


def test_pictures_say_their_finding_and_their_numbers() -> None:
    drawn = {each.name: each for each in quarter_charts(north(), "ro")}
    assert {"quarter-bars", "quarter-front", "quarter-works"} <= set(drawn)
    for each in drawn.values():
        assert each.title and each.rows and "<svg" in each.svg("dark", 360)
    if "quarter-map" in drawn:
        assert drawn["quarter-map"].svg().count("<path") == 2 * 10


def test_every_file_is_written_the_same_each_time() -> None:
    one, other = plan_files(north(), "en"), plan_files(north(), "en")
    assert one == other
    assert {"blocks.csv", "years.csv", "plan.json", "blueprint.zip"} <= set(one)
    assert one["report-ro.pdf"].startswith(b"%PDF") and one["report-en.docx"][:2] == b"PK"
    assert json.loads(one["plan.json"]) == json.loads(json.dumps(as_data(north())))


def test_money_of_a_year_bounds_the_works(tmp_path: Path) -> None:
    folder = write_quarter(tmp_path, "north")
    run = run_quarter(
        folder,
        question(Aim("co2", budget_cents=60_000_000), Capacity(2027, budget_cents=20_000_000)),
    )
    assert run.chosen.cost_cents <= 60_000_000
    assert (run.order.cost_cents <= 20_000_000).all()
