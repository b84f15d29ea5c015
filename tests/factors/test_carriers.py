import pytest

from vatra.factors import Factor, FactorBook, Parameter, open_book, open_parameters
from vatra.factors.carriers import CarrierFactors

KG_PER_TJ = 3.6e-6  # t/MWh


def own(gas: str, value: float, end_use: str = "any") -> Factor:
    return Factor(
        "local", "diesel", end_use, gas, None, None, str(value), "t/MWh", value, "measured"
    )


def rail(book: FactorBook, *parameters: Parameter) -> CarrierFactors:
    return CarrierFactors(book, open_parameters((), parameters), "rail", "rail")


def test_the_book_gives_what_it_has():
    found = CarrierFactors(open_book("AR5"), open_parameters(), "road").of("diesel", 2021, 2)
    assert {each.gas: each.t_per_mwh / KG_PER_TJ for each in found} == pytest.approx(
        {"CO2": 74_100, "CH4": 3.9, "N2O": 3.9}
    )


def test_parameters_fill_the_gases_the_book_does_not_give():
    found = rail(open_book("AR5")).of("diesel", 2021, 2)
    assert {each.gas: each.t_per_mwh / KG_PER_TJ for each in found} == pytest.approx(
        {"CO2": 74_100, "CH4": 4.15, "N2O": 28.6}
    )
    assert [type(each.used) for each in found] == [Factor, Parameter, Parameter]


def test_a_city_s_own_methane_is_not_filled():
    found = rail(open_book("AR5", own=[own("CH4", 1e-5)])).of("diesel", 2021, 2)
    assert {each.gas: each.t_per_mwh for each in found}["CH4"] == 1e-5


def test_a_mixture_holds_all_gases_already():
    found = rail(open_book("AR5", own=[own("CO2E", 0.27)])).of("diesel", 2021, 2)
    assert [each.gas for each in found] == ["CO2E"]


def test_biogenic_carbon_is_not_counted_as_fossil_too():
    fossil = Parameter("local", "rail.co2", "biofuel", 70_800, "kg/TJ", "wrong")
    found = rail(open_book("AR5"), fossil).of("biofuel", 2021, 2)
    assert [each.gas for each in found] == ["CO2_BIOGENIC"]


def test_a_carrier_that_only_parameters_know():
    aviation = CarrierFactors(open_book("AR5"), open_parameters(), "aviation", "aviation")
    found = {each.gas: each.t_per_mwh for each in aviation.of("jet_kerosene", 2021, 2)}
    # 71,500 kg/TJ x 3.6 = 0.2574 t/MWh
    assert found["CO2"] == pytest.approx(0.2574)


def test_methane_alone_is_no_factor_and_every_line_is_noted():
    methane = Parameter("local", "rail.ch4", "peat", 2, "kg/TJ", "made up")
    factors = rail(open_book("AR5"), methane)
    assert factors.of("peat", 2021, 9) == []
    assert factors.of("peat", 2021, 4) == []
    assert factors.of("diesel", 2021, 5)
    assert list(factors.missing()) == [([4, 9], "peat", "2021")]
