"""A quarter from its folder to its plan: sums, demands, ranges, files."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.runs.quarters import north, question, write_quarter
from vatra.plans.quarter import Aim, Capacity
from vatra.plans.stock import OwnElement
from vatra.runs.quarter import NoChoice, run_quarter
from vatra.runs.quarter_charts import quarter_charts
from vatra.runs.quarter_files import plan_files
from vatra.runs.quarter_ranges import ranges
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


def test_ranges_hold_what_was_computed_and_even_out_over_blocks() -> None:
    run = north()
    spread, chosen = run.spread, run.chosen
    for held in (spread.before, spread.after, spread.saved):
        assert set(held) == {"heating_kwh", "co2_kg", "primary_kwh", "bill_eur"}
        assert all(each.low < each.middle < each.high for each in held.values())
    for name, each in spread.saved.items():
        assert each.low < chosen.before(name) - chosen.after(name) < each.high
        assert spread.before[name].low < chosen.before(name) < spread.before[name].high
    # What is each block's own evens out: the whole is surer than its blocks together.
    widths = spread.block_saved_kwh[:, 1] - spread.block_saved_kwh[:, 0]
    whole = spread.saved["heating_kwh"].high - spread.saved["heating_kwh"].low
    assert 0.3 * widths.sum() < whole < widths.sum()
    untouched = chosen.package == run.menu.kept
    assert untouched.any() and (spread.block_saved_kwh[untouched] == 0).all()


def test_ranges_are_the_same_each_time_and_narrower_where_somebody_measured() -> None:
    run = north()
    heat = run.question.heat
    again = ranges(run.stock, run.climate, run.packages, run.chosen, heat)
    assert again.before == run.spread.before
    element = OwnElement("wall", "wall", u_w_m2k=1.0)
    codes = [each.code for each in run.stock.buildings]
    measured = replace(run.stock, elements=dict.fromkeys(codes, (element,)))
    surer = ranges(measured, run.climate, run.packages, run.chosen, heat)
    less = surer.before["heating_kwh"]
    known, unknown = (
        (each.high - each.low) / each.middle for each in (less, run.spread.before["heating_kwh"])
    )
    assert known < unknown


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


@pytest.mark.slow
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
