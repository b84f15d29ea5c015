import pytest

from tests.methods.reading import count, masses, messages
from vatra.factors import Parameter
from vatra.methods.road_asif.formulas import emission_t, vehicle_km

CAR = {"year": 2021, "category": "II.1.1", "vehicle": "car", "carrier": "diesel"}
CAR |= {"amount": 1000, "unit": "thousand vehicle-km"}
BUS = {"year": 2021, "category": "II.1.2", "vehicle": "bus", "carrier": "electricity"}
BUS |= {"amount": 100_000, "unit": "vehicle-km"}


def test_activity_structure_intensity_fuel():
    # 1,000 km x 0.0008 MWh/km x 0.25 t/MWh = 0.2 t
    assert emission_t(1000, 0.0008, 0.25) == pytest.approx(0.2)


def test_passengers_share_a_vehicle():
    # 30,000 passenger-km / 20 passengers = 1,500 vehicle-km
    assert vehicle_km(30_000, 20) == 1500


def test_a_million_kilometres_of_diesel_cars_in_three_gases():
    # 1,000,000 km x 60 g/km = 60 t; x 43 GJ/t = 2,580 GJ = 2.58 TJ
    # 2.58 TJ x 74,100 kg/TJ = 191.178 t CO2; x 3.9 kg/TJ = 10.062 kg CH4 and N2O each
    found = masses(count("road_asif", CAR), "gas")
    assert found["CO2"] == pytest.approx(191.178)
    assert found["CH4"] == found["N2O"] == pytest.approx(0.010062)


@pytest.mark.parametrize(
    ("consumption", "unit"),
    [
        (7.110, "l/100 km"),  # 60 g/km / 0.8439 kg/l = 0.0711 l/km
        (6, "kg/100 km"),
        (60, "g/km"),
        (2.58, "MJ/km"),  # 0.06 kg x 43 MJ/kg
        (0.716667, "kWh/km"),  # 2.58 / 3.6
        (71.6667, "kWh/100 km"),
    ],
)
def test_a_consumption_in_each_unit_is_the_same_consumption(consumption: float, unit: str):
    row = CAR | {"consumption": consumption, "consumption_unit": unit}
    assert masses(count("road_asif", row), "gas")["CO2"] == pytest.approx(191.178, rel=1e-4)


def test_an_electric_bus_within_the_city_is_scope_2():
    # 100,000 km x 1.3 kWh/km = 130 MWh; x 0.27746 t/MWh = 36.07 t
    found = count("road_asif", BUS)
    assert masses(found) == pytest.approx({("II.1.2", "CO2"): 36.0698})
    assert found.rows["activity"].to_list() == [100_000]
    assert found.rows["activity_unit"].to_list() == ["vehicle-km"]


def test_tonnes_of_goods_need_the_load_of_a_truck():
    # 60,000 tonne-km / 6 t = 10,000 km; x 0.24 kg/km x 43 MJ/kg x 0.0741 kg/MJ = 7,647.12 kg
    row = CAR | {"vehicle": "truck", "amount": 60_000, "unit": "tonne-km"}
    assert masses(count("road_asif", row | {"load": 6}), "gas")["CO2"] == pytest.approx(7.64712)
    assert messages(count("road_asif", row)) == [
        "Row 2: the parameter 'road.load' is not known for 'truck'. Known are car. "
        "Correct the row, or give the value in parameters.csv."
    ]


def test_cars_have_a_default_load_that_divides():
    # 1,610,000 passenger-km / 1.61 = 1,000,000 km
    row = CAR | {"amount": 1.61, "unit": "million passenger-km"}
    load = Parameter("local", "road.load", "car", 1.61, "persons", "survey", low=1.4, high=1.84)
    found = count("road_asif", row, parameters=(load,))
    assert masses(found, "gas")["CO2"] == pytest.approx(191.178)
    (ratios,) = set(
        found.terms.filter(found.terms["term_id"] == "local/road.load/car")
        .select("low_ratio", "high_ratio")
        .iter_rows()
    )
    # The fuller the cars the less they drive: 1.61/1.84 = 0.875, 1.61/1.4 = 1.15
    assert ratios == pytest.approx((0.875, 1.15))


def test_a_result_hangs_on_the_factor_and_on_the_default_it_takes():
    found = count("road_asif", CAR)
    assert sorted(found.used) == [
        "emep_eea_2019/road.consumption/car/diesel",
        "ipcc_2006/diesel/CH4/road",
        "ipcc_2006/diesel/CO2",
        "ipcc_2006/diesel/N2O/road",
    ]
    own = CAR | {"consumption": 60, "consumption_unit": "g/km"}
    assert "emep_eea_2019/road.consumption/car/diesel" not in count("road_asif", own).used


def test_the_factor_of_the_carrier_is_of_the_year():
    # 130 MWh x 0.27746 t/MWh in 2021 and x 0.27077 t/MWh in 2022
    found = count("road_asif", BUS, BUS | {"year": 2022})
    assert masses(found, "year") == pytest.approx({2021: 36.0698, 2022: 35.2001})


def test_every_fault_is_said_at_once_and_the_other_rows_count():
    found = count(
        "road_asif",
        CAR,
        CAR | {"carrier": "electricity"},
        BUS | {"category": "II.1.1"},
        CAR
        | {"item": "own", "consumption": 6, "consumption_unit": "kWh/km", "carrier": "hydrogen"},
        CAR | {"item": "empty", "amount": 5, "unit": "passenger-km", "load": 0},
        CAR | {"item": "no unit", "consumption": 6},
        CAR | {"vehicle": "truck", "carrier": "gasoline"},
    )
    assert masses(found, "line", "gas").keys() == {(2, gas) for gas in ("CO2", "CH4", "N2O")}
    assert messages(found) == [
        "Rows 3, 4: the category does not fit the carrier. Within the city power from the grid "
        "is II.1.2 and fuel is II.1.1; the part outside is II.1.3.",
        "Row 6: nobody is aboard: 'load' is zero. Give the passengers or tonnes in a vehicle on "
        "average, or the traffic in vehicle-km.",
        "Row 7: the consumption of 'diesel' cannot be counted in '–'. Use kWh/km, kWh/100 km or "
        "MJ/km, or for a liquid or gaseous fuel l/100 km, kg/100 km or g/km.",
        "Row 5: there is no emission factor for 'hydrogen' in 2021. Add a row to factors.csv, or "
        "choose other factor_sets in city.yaml.",
        "Row 8: the parameter 'road.consumption' is not known for 'truck/gasoline'. Known are "
        "bus/diesel, bus/electricity, bus/natural_gas, car/diesel, car/electricity, car/gasoline, "
        "car/lpg, car/natural_gas, minibus/diesel, motorcycle/gasoline, taxi/diesel, "
        "taxi/electricity, taxi/gasoline, taxi/lpg, trolleybus/electricity, truck/diesel, "
        "van/diesel, van/electricity, van/gasoline. Correct the row, or give the value in "
        "parameters.csv.",
    ]


def test_litres_do_not_fit_electricity():
    found = count("road_asif", BUS | {"consumption": 30, "consumption_unit": "l/100 km"})
    assert len(found.rows) == 0
    assert messages(found)[0].startswith(
        "Row 2: the consumption of 'electricity' cannot be counted in 'l/100 km'."
    )


def test_biofuel_is_a_memo_item():
    row = CAR | {"carrier": "biofuel", "consumption": 6.5, "consumption_unit": "l/100 km"}
    assert messages(count("road_asif", row))  # no density: litres cannot be counted
    row |= {"consumption_unit": "kg/100 km"}
    assert set(count("road_asif", row).rows["gas"]) == {"CO2_BIOGENIC"}
