"""Which systems serve a building."""

from typing import Any

import polars as pl
import pytest

from vatra.plans.services import ServicesError, systems_of, usual_systems, with_heat
from vatra.plans.services.systems import carriers_of_systems
from vatra.sources.raw import no_rows
from vatra.tables import check, tables
from vatra.tables.building_systems import EMITTERS, SERVICES, SYSTEMS

TABLE = tables()["building_systems"]
USUAL = usual_systems("block", "district_heat")


def rows(*given: dict[str, Any]) -> pl.DataFrame:
    schema = check(TABLE, no_rows(), TABLE.file_name).rows.schema
    blank = dict.fromkeys(schema) | {"building": "b1", "share_percent": 100.0, "line": 2}
    return pl.DataFrame([blank | each for each in given], schema=schema)


def test_rows_come_before_what_is_usual() -> None:
    own = {"service": "heating", "system": "gas_boiler_flat", "share_percent": 40.0}
    found = systems_of(
        "b1",
        rows(
            own | {"installed": 2019, "supply_degrees_c": 60.0},
            {"service": "heating", "system": "district_heat", "share_percent": 60.0},
            {"building": "b2", "service": "cooling", "system": "air_conditioner"},
        ),
        USUAL,
    )
    heating = [each for each in found if each.service == "heating"]
    assert [(each.system, each.share) for each in heating] == [
        ("gas_boiler_flat", 0.4),
        ("district_heat", 0.6),
    ]
    assert (heating[0].carrier, heating[0].supply_c, heating[0].installed) == (
        "natural_gas",
        60.0,
        2019,
    )
    # The row of the district heat leaves its temperatures to the usual system.
    assert (heating[1].supply_c, heating[1].emitter) == (80.0, "radiator")
    assert [each.system for each in found if each.service == "cooling"] == ["air_conditioner"]
    assert found[-1].system == "natural_ventilation"


def test_units_of_a_row_are_turned() -> None:
    row = {"service": "heating", "system": "heat_pump_air", "efficiency_percent": 310.0}
    (heating,) = systems_of("b1", rows(row | {"power_kw": 90.0}), USUAL)[:1]
    assert (heating.efficiency, heating.power_w) == (3.1, 90e3)


def test_systems_that_cannot_serve_are_named_at_once() -> None:
    wrong = (
        {"service": "heating", "system": "heat_recovery"},
        {"service": "cooling", "system": "district_heat"},
        {"service": "hot_water", "system": "gas_boiler_flat"},
    )
    with pytest.raises(ServicesError, match="heating: heat_recovery, cooling: district_heat") as no:
        systems_of("b1", rows(*wrong), USUAL)
    assert "gas_boiler_flat" not in str(no.value)
    assert no.value.code == "plans.services.system-service"


def test_a_building_without_rows_is_usual() -> None:
    assert systems_of("b1", rows(), USUAL) == USUAL


def test_heat_is_changed_and_the_rest_kept() -> None:
    found = with_heat(USUAL, usual_systems("block", "heat_pump_air"))
    assert [each.system for each in found] == [
        "heat_pump_air",
        "heat_pump_air",
        "air_conditioner",
        "natural_ventilation",
    ]
    # The radiators stay, and the water they were laid out for.
    assert (found[0].emitter, found[0].supply_c, found[0].return_c) == ("radiator", 80.0, 60.0)
    stoves = usual_systems("block", "gas_stove")
    assert with_heat(stoves, usual_systems("block", "heat_pump_air"))[0].supply_c is None
    assert with_heat(USUAL, usual_systems("block", "electric_heater"))[0].emitter == "none"


def test_unknown_uses_and_heats_name_the_known_ones() -> None:
    with pytest.raises(ServicesError, match=r"block, house"):
        usual_systems("castle", "district_heat")
    with pytest.raises(ServicesError, match=r"district_heat, gas_boiler_flat"):
        usual_systems("block", "cold_fusion")


def test_words_are_those_of_the_table() -> None:
    assert set(carriers_of_systems()) == set(SYSTEMS)
    for use in ("block", "house"):
        for heat in ("district_heat", "wood_stove"):
            for each in usual_systems(use, heat):
                assert each.service in SERVICES
                assert each.emitter in EMITTERS
