"""The Mănăștur-like quarter planned, and its blueprint put on the Iași-like one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.runs.quarters import question
from vatra.plans.quarter import Aim, Capacity
from vatra.runs.blueprint import blueprint
from vatra.runs.blueprint_apply import apply_blueprint
from vatra.runs.blueprint_file import as_zip
from vatra.runs.quarter import run_quarter
from vatra.runs.quarter_rows import published_rows, totals

QUARTERS = Path(__file__).parents[2] / "examples" / "quarters"


@pytest.mark.slow
def test_one_quarter_is_copied_to_the_other(tmp_path: Path) -> None:
    asked = question(Aim("cost", target_share={"co2": 0.4}), Capacity(2027, flats_per_year=1_000))
    run = run_quarter(QUARTERS / "manastur-like", asked)
    whole = totals(run)
    assert whole["proved"] and whole["synthetic"] and whole["blocks_count"] >= 300
    assert whole["after_co2_g"] <= 0.6 * whole["before_co2_g"] * (1 + 1e-9)
    assert run.network is not None and run.network.before.lost_share > 0.05
    (tmp_path / "b.zip").write_bytes(as_zip(blueprint(run)))
    there = question(Aim(), climate="iasi")
    applied = apply_blueprint(tmp_path / "b.zip", QUARTERS / "iasi-like", there)
    levels = [each.level for each in applied.found]
    assert len(levels) >= 300 and levels.count("same") > 0.8 * len(levels)
    copied = totals(applied.run)
    cut = 1 - copied["after_co2_g"] / copied["before_co2_g"]
    assert cut == pytest.approx(0.4, abs=0.05)
    assert applied.own is not None and applied.own.proved
    assert {each.what for each in applied.measure} >= {"climate", "weather", "synthetic", "network"}


def test_published_figures_stand_beside_synthetic_ones() -> None:
    listed = {(each["place"], each["quantity"]): each for each in published_rows()}
    people = listed["manastur", "inhabitants_count"]
    assert (people["low"], people["high"]) == (80_000, 126_600)
    assert all(each["source"] and each["doubt"] for each in listed.values())
