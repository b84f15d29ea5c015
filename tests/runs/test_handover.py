"""Blocks as measures: the engine saves exactly what they save, beside whatever else is on."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("numba", reason="the extra 'buildings' is not installed")
pytest.importorskip("shapely", reason="the extra 'buildings' is not installed")

from tests.runs.handovers import (
    ASKED,
    CAPACITY,
    IASI,
    chosen,
    few,
    without_target_rows,
)
from vatra.plans.engine import evaluate
from vatra.plans.quarter import Aim, quarter_packages
from vatra.runs.handover import (
    HandOver,
    hand_over,
    write,
)
from vatra.runs.handover_energy import energy_of
from vatra.runs.handover_members import of_package, of_quarter
from vatra.runs.quarter import Question, run_stock_quarter
from vatra.runs.retrofit import USUAL_HEAT
from vatra.runs.retrofit_facts import Asked
from vatra.runs.scenario import open_scenario


@pytest.fixture(scope="module")
def moderate() -> HandOver:
    return hand_over(IASI, chosen("moderate"))


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(IASI, tmp_path / "iasi"))


@pytest.mark.slow
def test_the_engine_saves_what_the_blocks_save_in_every_year(moderate: HandOver):
    proof = moderate.proof
    assert proof.worst < 1e-12
    assert proof.base_off < 1e-12
    assert set(proof.stock_wh) == {"district_heat", "electricity", "natural_gas"}
    # Nothing before the first blocks are done, more with each year's.
    first = proof.years.index(min(each.start_year for each in moderate.parts))
    heat = proof.engine_wh["district_heat"]
    assert not heat[:first].any()
    assert (np.diff(heat[first - 1 : first + 3]) > 0).all()


def test_on_a_level_pathway_that_is_the_sum_over_blocks(pack: Path):
    without_target_rows(pack)
    choice = chosen("deep_pv")
    done = hand_over(pack, choice)
    year = done.before.years[-1]
    bought = energy_of(
        choice.stock, choice.climate, choice.packages, choice.chosen.package, heat=USUAL_HEAT
    )
    built = [n for n in choice.chosen.touched if choice.order.done[n]]
    wanted: dict[str, float] = {}
    for n in built:
        each = bought[n]
        after = dict(each.after)
        after["electricity"] -= each.own_wh
        for name in {*each.before, *after}:
            gone = each.before.get(name, 0.0) - after.get(name, 0.0)
            wanted[name] = wanted.get(name, 0.0) + gone
    at = done.before.years.index(year)
    assert built
    for name, wh in wanted.items():
        if abs(wh) > 1:
            assert done.proof.engine_wh[name][at] == pytest.approx(wh, rel=1e-9)
    factor = {
        cell.carrier: done.after.model.base.factor[n, at]
        for n, cell in enumerate(done.after.model.base.cells)
        if cell.use == done.parts[0].use
    }
    tonnes = sum(wh * factor[name] for name, wh in wanted.items())
    assert done.proof.engine_mg[at] == pytest.approx(tonnes, rel=1e-9)


@pytest.mark.slow
def test_pumps_fans_panels_and_batteries_are_exact_too():
    done = hand_over(IASI, chosen("deep_pump"))
    assert done.proof.worst < 1e-12
    (part,) = {each.package: each for each in done.parts}.values()
    # What is moved is heat, at the pumps' seasonal performance.
    assert {move.carrier for move in part.moves} <= {"district_heat", "natural_gas"}
    assert all(2 < move.ratio < 6 for move in part.moves)
    operators = {row["operator"] for row in done.rows.new["action_effects"]}
    assert operators == {"efficiency", "shift_carrier", "own_generation"}
    # Roofs that do not hold 40 kWp are told, not forgotten.
    assert "runs.handover-unfit" in {each.code for each in done.findings}


def test_measures_on_homes_do_not_touch_the_blocks_again(moderate: HandOver):
    """All measures on homes on: what the blocks save stays the same to the last digits."""
    model = moderate.after.model
    mine = {each.code for each in moderate.parts}
    homes = {
        each.code for each in model.actions if any(e.use == "residential" for e in each.effects)
    }
    assert {"1.1", "1.2", "3.5"} <= homes
    joint, alone = evaluate(model.only(homes | mine)), evaluate(model.only(mine))
    for n, cell in enumerate(model.base.cells):
        if cell.use in mine:
            assert joint.amount[n] == pytest.approx(alone.amount[n], rel=1e-12)


@pytest.mark.slow
def test_a_quarter_is_handed_over_with_its_order_of_works(pack: Path):
    """End to end: choose by target, write the copy, and the plan of the copy runs."""
    stock, climate = few()
    question = Question(Aim(target_share={"co2": 0.5}), CAPACITY, ASKED)
    run = run_stock_quarter(stock, climate, question, quarter_packages())
    done = hand_over(pack, of_quarter(run))
    assert done.proof.worst < 1e-9
    handed = sorted(code for part in done.parts for code in part.blocks)
    touched = [run.menu.blocks[n] for n in run.chosen.touched]
    assert handed == sorted(touched)
    for part in done.parts:
        years = {int(run.order.done[run.menu.blocks.index(code)]) for code in part.blocks}
        assert years == {part.start_year - 1}
    assert sum(part.money.cost_cents for part in done.parts) == run.chosen.cost_cents
    written = write(done, pack.parent / "with")
    assert {each.name for each in written} >= {"actions.csv", "action_effects.csv", "uses.csv"}
    again = open_scenario(pack.parent / "with")
    assert {each.code for each in done.parts} <= set(again.model.codes)


def test_money_keeps_its_mean_and_its_range(moderate: HandOver):
    for part in moderate.parts:
        it = moderate.after.model.actions[moderate.after.model.codes[part.code]].economics
        assert it is not None
        assert it.capex_total_eur * 100 == pytest.approx(part.money.cost_cents, rel=1e-12)
        low, high = it.units_count * 100 * it.capex_eur.quantile(np.array([0.1, 0.9]))
        assert high - low == pytest.approx(part.money.high_cents - part.money.low_cents, rel=1e-6)


def test_payers_of_a_programme_go_along():
    asked = Asked(
        date(2026, 9, 1), programme_ids=("oug_18_2009",), applicant="city", has_association=True,
        design_year=1980, region="nord_est", rank="municipality", seismic_class="RsIII",
        has_eu_funds=False,
    )  # fmt: skip
    choice = of_package(*few(), "deep", asked, CAPACITY)
    done = hand_over(IASI, choice)
    rows = [row for row in done.rows.new["financing"] if row["action"] == done.parts[0].code]
    paid = done.parts[0].money.paid_cents
    assert set(paid) == {"city", "owners", "state"}
    shares = {row["payer"]: row["share_percent"] for row in rows}
    assert sum(shares.values()) == pytest.approx(100)
    assert shares["state"] == pytest.approx(100 * paid["state"] / done.parts[0].money.cost_cents)


def test_a_share_of_some_types_comes_first_in_the_order_of_works():
    choice = chosen("moderate", types=("block_t744r_p4_1973_1982",), share=0.5)
    menu = choice.chosen.menu
    kinds = {each.code: each.archetype for each in choice.stock.buildings}
    touched = [menu.blocks[n] for n in choice.chosen.touched]
    assert {kinds[code] for code in touched} == {"block_t744r_p4_1973_1982"}
    of_type = [n for n, code in enumerate(menu.blocks) if kinds[code] in kinds[touched[0]]]
    whole = menu.flats_count[of_type].sum()
    flats = menu.flats_count[choice.chosen.touched]
    assert 0.5 * whole <= flats.sum() < 0.5 * whole + flats.max()
