"""The figures of Cluj-Napoca's contract that must hold, from its pack to its plan."""

from pathlib import Path

import polars as pl
import pytest

from vatra.plans import DRIVERS, Plan
from vatra.plans.compute import totals_only
from vatra.runs.contract import Run, run, run_pack
from vatra.runs.pack import open_pack, override

PACK = Path(__file__).parents[2] / "examples" / "cluj"
MG_PER_T = 10**9

# Climate City Contract of Cluj-Napoca: t CO2 by sector, as printed.
PRINTED_2021 = {
    "buildings": 641_750,
    "transport": 151_962,
    "waste": 58_361,
    "industry": 303_478,
    "land": 11_672,
}
PRINTED_2030 = {
    "buildings": 267_401,
    "transport": 92_635,
    "waste": 26_868,
    "industry": 145_089,
    "land": 5_373,
}


@pytest.fixture(scope="module")
def cluj() -> Run:
    return run(PACK)


@pytest.fixture(scope="module")
def plan(cluj: Run) -> Plan:
    assert cluj.plan is not None
    return cluj.plan


def from_rows_t(cluj: Run, year: int) -> dict[str, float]:
    """Sector totals from energy x factor alone, without the rounding in print."""
    counted = totals_only(cluj.inventory.rows).filter(pl.col("year") == year)
    sums = counted.group_by("sector").agg(pl.col("co2e_mg").sum())
    return {sector: mg / MG_PER_T for sector, mg in sums.iter_rows()}


@pytest.mark.parametrize(("year", "printed"), [(2021, PRINTED_2021), (2030, PRINTED_2030)])
def test_sectors_are_within_two_tonnes_of_print(cluj: Run, year: int, printed: dict[str, int]):
    assert from_rows_t(cluj, year) == pytest.approx(printed, abs=2)


def test_what_differs_is_rounding_in_print(cluj: Run):
    assert len(cluj.inventory.differences) == 15
    assert [each for each in cluj.inventory.differences if not each.explained] == []


def test_the_total_of_the_base_year_is_the_printed_one(plan: Plan):
    assert plan.base_total_mg == 1_167_223 * MG_PER_T
    assert plan.base_mg == {sector: t * MG_PER_T for sector, t in PRINTED_2021.items()}


def test_the_residual_is_18_63_per_cent(plan: Plan):
    # 217,466 / 1,167,223 = 0.186311
    assert plan.residual_mg == 217_466 * MG_PER_T
    assert plan.residual_ppm == 186_311
    assert plan.target_met
    assert plan.residual_rule_held


def test_the_cut_splits_in_order(plan: Plan):
    # 949,757 = 382,962 + 246,895 + 319,900
    assert plan.cut_mg == 949_757 * MG_PER_T
    found_t = {driver: plan.split_in_order.total(driver) / MG_PER_T for driver in DRIVERS}
    assert found_t == pytest.approx(
        {"grid": 382_962, "background": 246_895, "measures": 319_900}, abs=0.5
    )


def test_the_symmetric_split_has_a_background_that_adds_emissions(plan: Plan):
    # Electricity use grows fourfold and more while its factor falls: order decides who is credited
    found_t = {driver: plan.split_symmetric.total(driver) / MG_PER_T for driver in DRIVERS}
    assert found_t == pytest.approx(
        {"grid": 679_404, "background": -340_690, "measures": 611_044}, abs=0.6
    )
    assert sum(plan.split_symmetric.total(driver) for driver in DRIVERS) == plan.cut_mg


def test_with_the_production_mix_the_base_year_falls_by_a_quarter():
    pack = open_pack(PACK).with_changes(overrides=(override("electricity.2021=0.27746"),))
    found = run_pack(pack).plan
    assert found is not None
    # 637,208 MWh x (0.701 - 0.27746) = 269,883 t less
    assert found.base_total_mg / MG_PER_T == pytest.approx(897_340, abs=0.5)
    # The target year keeps its own factor; the cut by the grid shrinks by the same 269,883 t.
    assert found.residual_mg == 217_466 * MG_PER_T
    assert found.split_in_order.total("grid") / MG_PER_T == pytest.approx(113_079, abs=0.5)
    assert found.split_in_order.total("measures") == 319_900 * MG_PER_T


@pytest.mark.slow
def test_the_same_pack_has_the_same_seal(cluj: Run):
    assert run(PACK).run_id == cluj.run_id
