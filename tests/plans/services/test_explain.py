"""Every amount with its formula and rows."""

import json

import numpy as np
import pytest

from tests.plans.services.test_buy import served
from vatra.plans.blocks.climate.synthetic import synthetic_climate
from vatra.plans.services import (
    ServicesError,
    System,
    bought,
    explain,
    usual_heats,
    usual_systems,
    with_heat,
)

CLIMATE = synthetic_climate("iasi")


@pytest.mark.parametrize("recovery", [False, True])
def test_amounts_are_those_that_are_bought(recovery: bool) -> None:
    state = served(np.ones(1), recovery)
    for heat in usual_heats("block"):
        systems = usual_systems("block", heat)
        whole = bought(state, systems, CLIMATE, peak_before_w=90e3)
        told: dict[tuple[str, str], float] = {}
        for each in explain(state, systems, CLIMATE, peak_before_w=90e3):
            for carrier, kwh in each.bought_kwh.items():
                key = each.service, carrier
                told[key] = told.get(key, 0) + kwh
        assert told == pytest.approx({key: wh.sum() / 1e3 for key, wh in whole.wh.items()})


def test_collectors_and_boilers_are_told_apart() -> None:
    systems = (
        System("hot_water", "solar_thermal", 0.5, "sun"),
        System("hot_water", "gas_boiler_block", 0.5, "natural_gas"),
    )
    state = served(np.ones(1))
    gas = bought(state, systems, CLIMATE).wh["hot_water", "natural_gas"]
    sun, boiler = explain(state, systems, CLIMATE)[:2]
    assert boiler.bought_kwh["natural_gas"] == pytest.approx(gas.sum() / 1e3)
    assert set(sun.bought_kwh) == {"electricity"}
    assert sun.numbers["free_kwh"] == pytest.approx(sun.numbers["given_kwh"])


def test_numbers_of_the_formula_hold() -> None:
    pumps = with_heat(
        usual_systems("block", "district_heat"), usual_systems("block", "heat_pump_air")
    )
    (heating,) = explain(served(np.array([0.4])), pumps, CLIMATE, peak_before_w=90e3)[:1]
    numbers = heating.numbers
    given = numbers["need_kwh"] + numbers["emission_kwh"] + numbers["distribution_kwh"]
    assert numbers["bought_kwh"] == pytest.approx(
        given / numbers["performance"] + numbers["auxiliary_kwh"]
    )
    assert numbers["load_percent"] == pytest.approx(40)
    # 80/60 laid out; 50 x 0.4^(1/1.3) = 24.7 over 20 degC and half of 20 x 0.4
    assert numbers["supply_c"] == pytest.approx(20 + 24.71 + 4, abs=0.05)
    assert "49/41 °C" in heating.text("en")
    assert {"cop_constant", "u_w_mk", "emission_share"} <= {e.quantity for e in heating.rows}


def test_told_in_both_languages_and_as_plain_data() -> None:
    for each in explain(
        served(np.ones(1), True), usual_systems("block", "gas_boiler_flat"), CLIMATE
    ):
        assert each.text("en") != each.text("ro")
        assert each.rows
        assert json.loads(json.dumps(each.plain()))["service"] == each.service
        for row in each.rows:
            assert row.source and row.doubt
            assert row.name("en") and row.name("ro")


def test_one_state_is_explained_at_a_time() -> None:
    with pytest.raises(ServicesError, match="there are 2"):
        explain(served(np.ones(2)), usual_systems("block", "district_heat"), CLIMATE)
