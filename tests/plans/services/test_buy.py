"""What is bought for a block: energy closes, laws hold, figures are those of the rows."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vatra.plans.blocks.climate.climate import Climate
from vatra.plans.blocks.climate.synthetic import synthetic_climate
from vatra.plans.services import (
    CERTIFIED,
    Bought,
    Served,
    ServicesError,
    System,
    bought,
    bought_by,
    usual_heats,
    usual_systems,
)
from vatra.plans.services.served import joined
from vatra.plans.services.systems import carriers_of_systems, services_of_systems
from vatra.tables.building_systems import EMITTERS

# A block of 1,500 m2 and 20 flats that needs 150 kWh/m2 of heat.
YEAR = np.array([0.22, 0.17, 0.13, 0.05, 0, 0, 0, 0, 0, 0.06, 0.15, 0.22]) * 225e6


def served(scale: np.ndarray, recovery: bool = False) -> Served:
    n = len(scale)
    return Served(
        scale[:, None] * YEAR,
        np.full((n, 12), 1e6),
        90e3 * scale,
        np.full(n, 1500.0),
        np.full(n, 20.0),
        np.full(n, recovery),
    )


def apart(found: Bought, service: str) -> float:
    """Of energy coming in and going out, over the year's need."""
    come = found.of_service(service) + sum(
        held for (name, _), held in found.free.items() if name == service
    )
    lost = sum(held for name, held in found.losses.items() if name.startswith(f"{service}_"))
    gone = found.need[service] + lost + found.auxiliary.get(service, 0.0)
    return float(np.abs(come - gone).max() / found.need[service].max())


@pytest.fixture(scope="module")
def climate() -> Climate:
    return synthetic_climate("iasi")


@pytest.mark.parametrize("use", ["block", "house"])
def test_energy_closes_with_every_system(climate: Climate, use: str) -> None:
    for heat in usual_heats(use):
        found = bought(served(np.linspace(0.1, 1, 5)), usual_systems(use, heat), climate)
        for service in ("heating", "hot_water", "cooling"):
            assert apart(found, service) < 1e-9, (heat, service)


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(["district_heat", "gas_boiler_block", "heat_pump_air", "heat_pump_ground"]),
    st.floats(0.02, 1.5),
    st.floats(1e3, 200e3),
    st.one_of(st.none(), st.floats(1e3, 200e3)),
    st.one_of(st.none(), st.floats(0.3, 5)),
)
def test_energy_closes_whatever_the_block(
    heat: str, scale: float, before_w: float, power_w: float | None, efficiency: float | None
) -> None:
    system = System("heating", heat, 0.6, "electricity", "radiator", 70, 50, efficiency, power_w)
    rest = System("heating", "electric_heater", 0.4, "electricity")
    found = bought(
        served(np.array([scale])),
        (system, rest),
        synthetic_climate("iasi"),
        peak_before_w=before_w,
    )
    assert apart(found, "heating") < 1e-9
    assert found.need["heating"].sum() == pytest.approx(scale * YEAR.sum())


def test_states_computed_in_parts_are_the_same(climate: Climate) -> None:
    whole = served(np.linspace(0.1, 1, 9))
    systems = usual_systems("block", "heat_pump_air")
    at_once = bought(whole, systems, climate, peak_before_w=90e3)
    parts = [
        bought(whole.part(slice(k, k + 4)), systems, climate, peak_before_w=90e3)
        for k in range(0, 9, 4)
    ]
    for key, held in joined(parts).wh.items():
        assert np.array_equal(held, at_once.wh[key])


def test_less_need_never_buys_more(climate: Climate) -> None:
    for heat in usual_heats("block"):
        systems = usual_systems("block", heat)
        found = bought(served(np.linspace(0.05, 1, 30)), systems, climate, peak_before_w=90e3)
        yearly = found.of_service("heating").sum(axis=1)
        assert (np.diff(yearly) > 0).all(), heat


def test_emitters_of_the_old_load_help_pumps(climate: Climate) -> None:
    after = served(np.array([0.4]))
    systems = usual_systems("block", "heat_pump_air")
    own = bought(after, systems, climate).of_service("heating").sum()
    old = bought(after, systems, climate, peak_before_w=90e3).of_service("heating").sum()
    assert old < 0.85 * own


def test_a_pump_past_its_power_heats_with_electricity(climate: Climate) -> None:
    small = System("heating", "heat_pump_air", 1, "electricity", "radiator", power_w=1.0)
    found = bought(served(np.array([1.0])), (small,), climate)
    heat = found.need["heating"] + sum(
        held for name, held in found.losses.items() if name.startswith("heating_")
    )
    electricity = found.wh["heating", "electricity"] - found.auxiliary["heating"]
    # 1 W of pump over 8760 h is 8.76 kWh of the year's 250 MWh.
    assert 0 < (heat - electricity).sum() < 8760


def test_the_certificate_leaves_out_appliances(climate: Climate) -> None:
    found = bought(served(np.array([1.0])), usual_systems("block", "district_heat"), climate)
    apart_wh = found.all()["electricity"] - found.certified()["electricity"]
    left = sum(found.wh[name, "electricity"] for name in ("appliances", "common", "cooking"))
    assert apart_wh == pytest.approx(left)
    assert set(CERTIFIED) - {"ventilation"} < set(found.services())
    assert "natural_gas" not in found.certified()
    assert found.of_carrier("natural_gas") == pytest.approx(found.wh["cooking", "natural_gas"])


def test_fans_run_where_heat_is_recovered(climate: Climate) -> None:
    systems = usual_systems("block", "district_heat")
    assert "ventilation" not in bought(served(np.ones(1)), systems, climate).services()
    found = bought(served(np.ones(1), recovery=True), systems, climate)
    # 0.4 Wh/m3 * 1.3 m3/h m2 * 8760 h * 1500 m2 = 6833 kWh
    assert found.of_service("ventilation").sum() == pytest.approx(6.8328e6)


def test_wrong_shapes_are_said_at_once() -> None:
    with pytest.raises(ServicesError, match="heating_wh, flats_count") as refused:
        Served(np.full((2, 12), -1.0), None, np.ones(2), np.ones(2), np.ones(3), np.zeros(2, bool))
    assert refused.value.code == "plans.services.served-shape"
    assert "stări" in refused.value.text("ro")


def test_states_with_systems_of_their_own(climate: Climate) -> None:
    whole = served(np.linspace(0.2, 1, 5))
    choices = [usual_systems("block", "district_heat"), usual_systems("block", "heat_pump_air")]
    which = np.array([0, 1, 0, 1, 1])
    found = bought_by(whole, choices, which, climate, peak_before_w=90e3)
    for choice in (0, 1):
        alone = bought(whole, choices[choice], climate, peak_before_w=90e3)
        rows = which == choice
        for key, held in found.wh.items():
            expected = alone.wh[key][rows] if key in alone.wh else 0.0
            assert held[rows] == pytest.approx(expected)
    assert found.wh["heating", "district_heat"][1].sum() == 0
    for service in ("heating", "hot_water"):
        assert apart(found, service) < 1e-9
    with pytest.raises(ServicesError, match="0 to 1"):
        bought_by(whole, choices, np.array([0, 1, 2, 0, 0]), climate)


def test_everything_that_may_stand_in_the_table_is_computed(climate: Climate) -> None:
    state = served(np.array([0.0, 0.3, 1.0]))
    for name, services in services_of_systems().items():
        for service in services:
            for emitter in EMITTERS:
                system = System(service, name, 0.7, carriers_of_systems()[name], emitter, 70, 50)
                for one in (system, replace(system, supply_c=None, return_c=None)):
                    found = bought(state, (one,), climate, peak_before_w=90e3)
                    for amounts in found.wh.values():
                        assert np.isfinite(amounts).all() and (amounts >= 0).all()
                    if service != "ventilation":
                        assert apart(found, service) < 1e-9


def test_a_split_unit_that_heats_is_an_air_pump(climate: Climate) -> None:
    split = System("heating", "air_conditioner", 1, "electricity")
    found = bought(served(np.ones(1)), (split,), climate)
    given = found.need["heating"].sum() + found.losses["heating_emission"].sum()
    # Coil of 38 degC and outdoors at -3 to 4 degC: 0.85 x (6.08 - 0.0941 x 38 + 0.000464 x 1444)
    # = 2.70 at 0 degC
    assert given / found.wh["heating", "electricity"].sum() == pytest.approx(2.7, abs=0.2)


def test_uses_without_figures_are_refused() -> None:
    with pytest.raises(ServicesError, match="'school' is not known. Known uses: block, house"):
        replace(served(np.ones(1)), use="school")
