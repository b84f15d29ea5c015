from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.methods.reading import checked, count, masses, messages
from vatra.factors import Parameter, open_book, open_parameters
from vatra.methods import Inputs
from vatra.methods.heat_allocation import Allocated, allocated_factors
from vatra.methods.heat_allocation.formulas import (
    heat_share_by_efficiency,
    heat_share_by_exergy,
    local_electricity_factor_t_per_mwh,
    local_heat_factor_t_per_mwh,
)

PLANT = {"year": 2021, "plant": "east", "carrier": "natural_gas", "amount": 1000, "unit": "MWh"}
PLANT |= {"electricity": 350, "heat": 450, "method": "efficiency", "own_use_percent": 0}
CARNOT = PLANT | {"method": "carnot", "heat_temperature": 90, "ambient_temperature": 10}
METHODS = (PLANT, PLANT | {"method": "secap"}, CARNOT)
OUTPUT = st.floats(0.01, 1e6)


def factors_of(*rows: dict[str, object]) -> list[Allocated]:
    inputs = Inputs(
        {"chp_plants": checked("chp_plants", *rows)}, open_book("AR5"), open_parameters(), (2021,)
    )
    return allocated_factors(inputs)


# Formulas


def test_heat_by_the_american_defaults_of_the_ghg_protocol():
    # 80 % and 35 %: 450/0.8 = 562.5; 350/0.35 = 1,000; 562.5 / 1,562.5 = 0.36
    assert heat_share_by_efficiency(450, 350, 0.80, 0.35) == pytest.approx(0.36)


@given(OUTPUT, OUTPUT, st.floats(0.1, 0.4))
def test_twice_as_hard_to_make_is_the_british_rule(heat: float, power: float, efficiency: float):
    # Defra/DECC, conversion factors, Annex 2: a kWh of electricity weighs twice a kWh of heat
    share = heat_share_by_efficiency(heat, power, 2 * efficiency, efficiency)
    assert share == pytest.approx(heat / (heat + 2 * power))


def test_heat_by_the_work_it_could_do():
    # 1 - 283.15/363.15 = 0.220294; 450 x 0.220294 = 99.1323; / (99.1323 + 350) = 0.220720
    assert heat_share_by_exergy(450, 350, 90, 10) == pytest.approx(0.220720, abs=1e-6)


@given(OUTPUT, OUTPUT, st.floats(20, 500), st.floats(-20, 19))
def test_hotter_heat_carries_more(heat: float, power: float, hot_c: float, ambient_c: float):
    share = heat_share_by_exergy(heat, power, hot_c, ambient_c)
    assert 0 < share < 1
    assert heat_share_by_exergy(heat, power, hot_c + 50, ambient_c) > share


def test_one_product_carries_all():
    assert heat_share_by_efficiency(450, 0, 0.92, 0.53) == 1
    assert heat_share_by_efficiency(0, 350, 0.92, 0.53) == 0
    assert heat_share_by_exergy(450, 0, 90, 10) == 1


def test_heat_factor_of_a_city():
    # (12,000 t made + 1,000 t brought in - 500 t sold) / 50,000 MWh = 0.25 t/MWh
    assert local_heat_factor_t_per_mwh(12_000, 1_000, 500, 50_000) == pytest.approx(0.25)


def test_electricity_factor_of_a_city():
    # [(100,000 - 20,000 - 10,000) x 0.4 + 6,000 + 0] / 100,000 = 34,000 / 100,000
    factor = local_electricity_factor_t_per_mwh(100_000, 20_000, 10_000, 0.4, 6_000, 0)
    assert factor == pytest.approx(0.34)


def test_electricity_factor_of_a_net_exporter():
    # 120,000 + 30,000 made > 100,000 used: 45,000 t / 150,000 MWh = 0.3
    factor = local_electricity_factor_t_per_mwh(100_000, 120_000, 30_000, 0.4, 45_000, 0)
    assert factor == pytest.approx(0.3)


# The method


@pytest.mark.slow
@given(OUTPUT, OUTPUT)
def test_heat_and_electricity_carry_the_plant_whatever_the_method(heat: float, power: float):
    output = {"heat": heat, "electricity": power, "amount": 2_000_001}
    totals = [masses(count("heat_allocation", row | output), "gas") for row in METHODS]
    # 2,000,001 MWh x 0.20196 t/MWh; two milligrams of rounding
    for total in totals:
        assert total["CO2"] == pytest.approx(2_000_001 * 0.20196, abs=3e-9)
        assert total == pytest.approx(totals[0], abs=3e-9)


def test_reference_efficiencies_of_gas():
    # 450/0.92 = 489.13; 350/0.53 = 660.38; 489.13 / 1,149.51 = 0.425513
    # 1,000 MWh x 0.20196 = 201.96 t: 85.937 t heat, 116.023 t electricity
    found = masses(count("heat_allocation", PLANT), "stream", "gas")
    assert found["chp_heat", "CO2"] == pytest.approx(85.937, abs=1e-3)
    assert found["chp_electricity", "CO2"] == pytest.approx(116.023, abs=1e-3)


def test_own_use_is_basic_and_what_is_supplied_territorial():
    # 201.96 t: 5 % own use = 10.098 t, 191.862 t supplied
    found = masses(count("heat_allocation", PLANT | {"own_use_percent": 5}))
    assert found["I.4.1", "CO2"] == pytest.approx(10.098)
    assert found["I.4.4", "CO2"] == pytest.approx(191.862)


def test_wood_is_biogenic_but_for_two_gases():
    found = masses(count("heat_allocation", PLANT | {"carrier": "wood"}), "gas")
    # 3.6 TJ x 112,000, 30 and 4 kg/TJ
    assert found == pytest.approx({"CO2_BIOGENIC": 403.2, "CH4": 0.108, "N2O": 0.0144})


def test_own_efficiencies_come_before_the_reference():
    own = PLANT | {"electric_efficiency_percent": 35, "heat_efficiency_percent": 80}
    # 36 % of 201.96 t = 72.7056 t
    found = count("heat_allocation", own)
    assert masses(found, "stream", "gas")["chp_heat", "CO2"] == pytest.approx(72.7056)
    assert not [each for each in found.used if "chp." in each]


def test_an_interval_of_an_efficiency_moves_heat_and_electricity_apart():
    doubtful = Parameter(
        "local", "chp.heat_efficiency", "natural_gas", 92, "%", "boiler", low=80, high=92
    )
    found = count("heat_allocation", PLANT, parameters=(doubtful,))
    heat, power = (
        found.rows.filter((found.rows["gas"] == "CO2") & (found.rows["stream"] == stream))["row"][0]
        for stream in ("chp_heat", "chp_electricity")
    )
    moved = {row[0]: row[2:] for row in found.terms.iter_rows() if row[1].startswith("local/")}
    # At 80 %: 562.5 / (562.5 + 660.38) = 0.459979; / 0.425513 = 1.0810; 0.540021/0.574487 = 0.94
    assert moved[heat] == pytest.approx((1.0810, 1), abs=1e-4)
    assert moved[power] == pytest.approx((0.9400, 1), abs=1e-4)


def test_factors_for_a_city_s_own_rows():
    # 85.937 t / 450 MWh = 0.19097; 116.023 t / 350 MWh = 0.33149
    found = {(each.carrier, each.gas): each.t_per_mwh for each in factors_of(PLANT)}
    assert found["district_heat", "CO2"] == pytest.approx(0.19097, abs=1e-5)
    assert found["electricity", "CO2"] == pytest.approx(0.33149, abs=1e-5)


def test_two_fuels_of_a_plant_make_one_factor():
    wood = PLANT | {"carrier": "wood", "electricity": 0, "heat": 450}
    found = {(each.carrier, each.gas): each.t_per_mwh for each in factors_of(PLANT, wood)}
    # 85.937 t over 900 MWh of heat
    assert found["district_heat", "CO2"] == pytest.approx(0.095485, abs=1e-5)
    assert found["electricity", "CO2"] == pytest.approx(0.33149, abs=1e-5)


@given(OUTPUT, OUTPUT)
def test_factors_times_output_are_the_plant(heat: float, power: float):
    row = PLANT | {"heat": heat, "electricity": power, "amount": 2_000_001}
    carried = {each.carrier: each.t_per_mwh for each in factors_of(row) if each.gas == "CO2"}
    total = carried["district_heat"] * heat + carried["electricity"] * power
    assert total == pytest.approx(2_000_001 * 0.20196)


# What is wrong


def test_plants_that_cannot_be_shared_are_said_and_left_out():
    found = count(
        "heat_allocation",
        PLANT,
        PLANT | {"plant": "a", "electricity": 0, "heat": 0},
        CARNOT | {"plant": "b", "heat_temperature": None},
        CARNOT | {"plant": "c", "heat_temperature": 10},
        PLANT | {"plant": "d", "heat_efficiency_percent": 0},
        PLANT | {"plant": "e", "own_use_percent": 130},
        PLANT | {"plant": "f", "carrier": "peat"},
        PLANT | {"plant": "g", "heat": 700},
    )
    assert set(found.rows["line"]) == {2, 9}
    assert messages(found) == [
        "Row 6: an efficiency is zero. Give it in per cent above zero, or leave it blank for the "
        "default.",
        "Row 9: more energy comes out than the fuel holds. Check the units and whether the "
        "outputs are those of this fuel alone; the row is counted.",
        "Row 3: the plant makes neither electricity nor heat, so nothing can be shared. Give the "
        "output, or put the fuel into energy.csv.",
        "Row 7: the plant uses more than it makes. Give own use in per cent of the output, at "
        "most 100.",
        "Rows 4, 5: the Carnot method needs the temperature of the heat and of the surroundings, "
        "the heat being the warmer. Give both, or choose another method.",
        "Row 8: there is no emission factor for 'peat' in 2021. Add a row to factors.csv, or "
        "choose other factor_sets in city.yaml.",
        "Row 8: the parameter 'chp.electric_efficiency' is not known for 'peat'. Known are coal, "
        "diesel, fuel_oil, lignite, lpg, natural_gas, secap, wood. Correct the row, or give the "
        "value in parameters.csv.",
        "Row 8: the parameter 'chp.heat_efficiency' is not known for 'peat'. Known are coal, "
        "diesel, fuel_oil, lignite, lpg, natural_gas, secap, wood. Correct the row, or give the "
        "value in parameters.csv.",
    ]
    assert [each.severity for each in found.findings].count("warning") == 1
