"""Cluj-Napoca under the production mix: what its contract prints more, and why."""

from pathlib import Path

import polars as pl
import pytest

from vatra.runs.gap import gap
from vatra.runs.inventory import inventory
from vatra.runs.pack import open_pack, override

CLUJ = Path(__file__).parents[2] / "examples" / "cluj"
MG_PER_T = 10**9


@pytest.fixture(scope="module")
def production_mix():
    pack = open_pack(CLUJ).with_changes(overrides=(override("electricity.2021=0.27746"),))
    return inventory(pack)


def test_the_factor_of_electricity_explains_the_gap(production_mix):
    # 637,208 MWh x (0.701 - 0.27746) = 269,883 t
    made = gap(production_mix, 2021)
    assert made.published_mg == 1_167_223 * MG_PER_T
    causes = made.by_cause()
    assert causes["factor"] / MG_PER_T == pytest.approx(269_883, abs=0.5)
    assert made.by_cause("electricity")["factor"] == causes["factor"]
    assert causes["activity"] == causes["boundary"] == causes["unexplained"] == 0
    assert abs(causes["rounding"]) < 2 * MG_PER_T


def test_each_sector_has_its_part(production_mix):
    made = gap(production_mix, 2021)
    by_sector = {
        each.sector: each.amount_mg / MG_PER_T for each in made.entries if each.cause == "factor"
    }
    # 231,941 MWh x 0.42354 = 98,236 t
    assert by_sector["buildings"] == pytest.approx(98_236, abs=0.5)
    assert set(by_sector) == {"buildings", "transport", "waste", "industry", "land"}


def test_under_its_own_factors_only_rounding_is_left():
    made = gap(inventory(open_pack(CLUJ)), 2021)
    assert {each.cause for each in made.entries} == {"rounding"}


def test_gases_the_contract_leaves_out_are_the_boundary():
    pack = open_pack(CLUJ).with_changes(
        gases=("CO2", "CH4", "N2O"), factor_sets=("local", "ipcc_2006", "ro_aib_production")
    )
    counted = inventory(pack)
    made = gap(counted, 2021, printed_gases=["CO2"])
    others = counted.counted().filter(pl.col("gas").is_in(["CH4", "N2O"]), year=2021)
    assert made.by_cause()["boundary"] == -others["co2e_mg"].sum() < 0


def test_an_energy_that_print_does_not_carry_into_its_tonnes():
    # Land 2030: printed 35,206 MWh where the carriers add up to 30,206: the tonnes follow the
    # carriers, so the energy explains what then has no explanation.
    made = gap(inventory(open_pack(CLUJ)), 2030)
    land = {each.cause: each.amount_mg for each in made.entries if each.sector == "land"}
    assert land["activity"] / MG_PER_T == pytest.approx(5_373.129 * 5_000 / 30_206, abs=0.5)
    assert land["unexplained"] / MG_PER_T == pytest.approx(-5_373.129 * 5_000 / 30_206, abs=0.5)
