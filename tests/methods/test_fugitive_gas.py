import pytest

from tests.methods.reading import count, masses, messages
from vatra.methods.fugitive_gas.formulas import by_leak_t, by_length_t, by_throughput_t
from vatra.tables.gas_systems import SEGMENTS

SOLD = {"year": 2021, "segment": "gas_distribution", "amount": 12, "unit": "million m3"}
PIPES = {"year": 2021, "segment": "gas_distribution", "length": 40, "pipe": "plastic"}


def test_three_ways_to_methane():
    # 12 million m3 x 1.1E-03 Gg = 0.0132 Gg = 13.2 t
    assert by_throughput_t(12_000_000, 1.1e-3) == pytest.approx(13.2)
    # 12,000,000 m3 x 1 % x 0.97 x 0.678 kg/m3 = 78,919 kg
    assert by_leak_t(12_000_000, 0.01, 0.97, 0.678) == pytest.approx(78.9192)
    assert by_length_t(40, 0.1181) == pytest.approx(4.724)


def test_gas_sold_gives_methane_and_its_carbon_dioxide():
    # 12 x 5.1E-05 Gg = 0.612 t CO2
    found = masses(count("fugitive_gas", SOLD))
    assert found == pytest.approx({("I.8.1", "CH4"): 13.2, ("I.8.1", "CO2"): 0.612})


def test_a_leak_known_comes_before_the_default():
    found = masses(count("fugitive_gas", SOLD | {"leak_percent": 1}))
    assert found == pytest.approx({("I.8.1", "CH4"): 78.9192})
    assert masses(count("fugitive_gas", SOLD | {"leak_percent": 0})) == {("I.8.1", "CH4"): 0}


def test_pipes_by_material():
    # 40 km x 0.1181 t/km = 4.724 t; cast iron 40 x 2.8479 = 113.916 t
    found = count("fugitive_gas", PIPES, PIPES | {"pipe": "cast_iron"})
    assert masses(found, "line") == pytest.approx({2: 4.724, 3: 113.916})
    assert found.rows["activity_unit"].to_list() == ["km", "km"]


def test_flares_burn():
    # 1 million m3 of oil: 0.021 Gg CH4, 34 Gg CO2, 5.4E-04 Gg N2O
    row = SOLD | {"segment": "oil_flaring", "amount": 1}
    found = count("fugitive_gas", row)
    assert masses(found, "gas") == pytest.approx({"CH4": 21, "CO2": 34_000, "N2O": 0.54})
    assert set(found.rows["stream"]) == {"oil_systems"}


@pytest.mark.parametrize("segment", SEGMENTS)
def test_every_segment_has_methane(segment: str):
    assert masses(count("fugitive_gas", SOLD | {"segment": segment}), "gas")["CH4"] > 0


def test_the_range_of_gas_distribution():
    found = count("fugitive_gas", SOLD)
    ratios = {row[1]: row[2:] for row in found.terms.iter_rows()}
    # Minus 20 % to plus 500 %
    assert ratios["ipcc_2006/fugitive.ch4/gas_distribution"] == pytest.approx((0.8, 6))


def test_what_cannot_be_counted_is_said_and_left_out():
    found = count(
        "fugitive_gas",
        SOLD,
        SOLD | {"item": "a", "amount": None},
        SOLD | {"item": "b", "length": 40},
        PIPES | {"item": "c", "leak_percent": 2},
        SOLD | {"item": "d", "leak_percent": 101},
        SOLD | {"item": "e", "segment": "oil_pipeline", "leak_percent": 1},
        PIPES | {"item": "f", "pipe": None},
    )
    assert set(found.rows["line"]) == {2}
    assert messages(found) == [
        "Row 7: leaks in per cent are for gas alone. Leave 'leak_percent' blank for oil.",
        "Row 6: more leaks than passes through. Give the leaks in per cent of the volume, from 0 "
        "to 100.",
        "Row 3: nothing says how much escapes. Give the volume that passes through, or the length "
        "of pipes.",
        "Rows 4, 5: the same leaks are given in two ways. Keep the length of pipes, or the volume "
        "with or without its leaks.",
        "Row 8: the parameter 'gas.leak_per_km' has no default. Give the value in parameters.csv. "
        "Values for cast_iron, plastic, steel_protected, steel_unprotected exist.",
    ]
