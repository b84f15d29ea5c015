import pytest

from vatra.factors import Factor
from vatra.runs.factor_checks import factor_findings


def own(gas, value, carrier="natural_gas", note=""):
    factor = Factor(
        "local",
        carrier,
        "any",
        gas,
        None,
        None,
        str(value),
        "t/MWh",
        value,
        "meters",
        note=note,
        line=7,
    )
    return [each.message("en") for each in factor_findings([factor], "factors.csv")]


def test_a_factor_of_another_gas_is_refused():
    # CO2 of natural gas 0.202 t/MWh, CH4 of it 0.000018: ten thousand times less
    assert own("CH4", 0.202) == [
        "Row 7: the factor 0.202 t/MWh given for CH4 of natural gas is as large as that of CO2. "
        "Correct the gas or the unit."
    ]
    assert len(own("CO2", 0.000018)) == 1


def test_a_gross_factor_on_net_energy_is_doubted():
    # 0.20196 x 0.9 = 0.181764
    assert own("CO2", 0.1818) == [
        "Row 7: the factor 0.1818 t/MWh of natural gas looks like one per gross calorific value; "
        "energy is counted on the net value, where 202 kg/MWh is usual. Convert it, or say in "
        "'note' why it is so low."
    ]
    assert own("CO2", 0.1818, note="biomethane is mixed in") == []


@pytest.mark.parametrize(
    ("gas", "value", "carrier"),
    [
        ("CO2", 0.202, "natural_gas"),
        ("CO2", 0.19, "natural_gas"),
        ("CH4", 0.00005, "natural_gas"),
        ("CH4", 0.0011, "wood"),
        ("CO2", 0.0, "wood"),
        ("CO2", 0.05, "electricity"),
        ("CO2E", 0.23, "district_heat"),
        ("CO2", 0.3, "a_fuel_of_its_own"),
    ],
)
def test_a_usual_factor_is_left_alone(gas, value, carrier):
    assert own(gas, value, carrier) == []
