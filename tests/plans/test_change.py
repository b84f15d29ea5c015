"""The change of a city between two years, by hand and for Cluj-Napoca."""

from math import log
from pathlib import Path

import polars as pl
import pytest

from vatra.plans.change import change
from vatra.runs.inventory import inventory
from vatra.runs.pack import open_pack

CLUJ = Path(__file__).parents[2] / "examples" / "cluj"
MG_PER_T = 10**9


def cells(*each: tuple[str, str, float, float]) -> pl.DataFrame:
    """(sector, carrier, MWh, tonnes)."""
    return pl.DataFrame(
        [(s, c, round(mwh * 1e6), round(t * MG_PER_T)) for s, c, mwh, t in each],
        schema={
            "sector": pl.String, "carrier": pl.String, "energy_wh": pl.Int64, "co2e_mg": pl.Int64
        },
        orient="row",
    )  # fmt: skip


def in_tonnes(found):
    return {name: mg / MG_PER_T for name, mg in found.effects_mg.items()}


def test_less_energy_of_the_same_kind():
    (found,) = change(
        cells(("buildings", "natural_gas", 100, 20)), cells(("buildings", "natural_gas", 60, 12))
    )
    assert in_tonnes(found) == {"energy": -8, "mix": 0, "factor": 0, "other": 0}


def test_a_cleaner_grid():
    (found,) = change(
        cells(("buildings", "electricity", 100, 70)), cells(("buildings", "electricity", 100, 30))
    )
    assert in_tonnes(found) == {"energy": 0, "mix": 0, "factor": -40, "other": 0}


def test_from_gas_to_power():
    # Gas 80 -> 40 MWh at 0.2 t/MWh, power 20 -> 60 MWh at 0.5: the mix alone,
    # 16 -> 8 t and 10 -> 30 t
    (found,) = change(
        cells(("buildings", "natural_gas", 80, 16), ("buildings", "electricity", 20, 10)),
        cells(("buildings", "natural_gas", 40, 8), ("buildings", "electricity", 60, 30)),
    )
    assert in_tonnes(found) == pytest.approx({"energy": 0, "mix": 12, "factor": 0, "other": 0})


def test_a_new_carrier_is_a_change_of_the_mix():
    (found,) = change(
        cells(("buildings", "natural_gas", 100, 20)),
        cells(("buildings", "natural_gas", 50, 10), ("buildings", "district_heat", 50, 15)),
    )
    assert in_tonnes(found) == pytest.approx({"energy": 0, "mix": 5, "factor": 0, "other": 0})


def test_people_and_energy_per_person():
    # 20 -> 30 t, people 10 -> 20, energy per person 10 -> 7.5 MWh: L = 10 / ln 1.5 = 24.663
    (found,) = change(
        cells(("transport", "diesel", 100, 20)), cells(("transport", "diesel", 150, 30)), (10, 20)
    )
    weight = 10 / log(1.5)
    assert in_tonnes(found) == pytest.approx(
        {
            "population": weight * log(2),
            "energy": weight * log(0.75),
            "mix": 0,
            "factor": 0,
            "other": 0,
        }
    )


def test_emissions_without_energy_stand_apart():
    (found,) = change(
        cells(("waste", "solid_waste", 0, 50), ("waste", "diesel", 10, 3)),
        cells(("waste", "solid_waste", 0, 40), ("waste", "diesel", 10, 3)),
    )
    assert in_tonnes(found) == {"energy": 0, "mix": 0, "factor": 0, "other": -10}


def test_a_sector_that_ends():
    (found,) = change(cells(("industry", "natural_gas", 100, 20)), cells())
    assert in_tonnes(found) == {"energy": -20, "mix": 0, "factor": 0, "other": 0}


def test_nobody_cannot_be_divided_by():
    with pytest.raises(ValueError, match="population"):
        change(cells(), cells(), (0, 5))


def test_cluj_adds_up_to_the_milligram():
    counted = inventory(open_pack(CLUJ)).counted()
    found = change(counted.filter(year=2021), counted.filter(year=2030))
    assert [each.sector for each in found] == [
        "buildings", "industry", "land", "transport", "waste"
    ]  # fmt: skip
    for each in found:
        assert sum(each.effects_mg.values()) == each.target_mg - each.base_mg
    assert sum(each.base_mg for each in found) == 1_167_223 * MG_PER_T
    # The factor of electricity falls from 0.701 to 0.1 t/MWh in all of them
    assert all(each.effects_mg["factor"] < 0 for each in found)


def test_turning_time_round_turns_the_signs():
    counted = inventory(open_pack(CLUJ)).counted()
    sides = counted.filter(year=2021), counted.filter(year=2030)
    for forward, back in zip(change(*sides), change(*reversed(sides)), strict=True):
        for name, mass in forward.effects_mg.items():
            assert back.effects_mg[name] == pytest.approx(-mass, abs=2000)


def test_energy_that_stands_once_for_each_gas_is_not_counted_twice():
    co2, ch4 = (
        cells(("buildings", "natural_gas", 100, tonnes)).with_columns(gas=pl.lit(gas))
        for gas, tonnes in (("CO2", 20), ("CH4", 1))
    )
    both = pl.concat([co2, ch4])
    half = both.with_columns(pl.col("energy_wh", "co2e_mg") // 2)
    (found,) = change(both, half)
    assert in_tonnes(found) == {"energy": -10.5, "mix": 0, "factor": 0, "other": 0}
