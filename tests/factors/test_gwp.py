import pytest

from vatra.factors import GWP_SETS, potentials


def test_families_of_gases_have_no_potential_of_their_own():
    for gwp_set in GWP_SETS:
        assert {"HFC", "PFC"}.isdisjoint(potentials(gwp_set))


def test_a_gas_that_a_set_does_not_know_is_absent_and_not_zero():
    assert "NF3" not in potentials("SAR")
    assert potentials("AR5")["NF3"] == 16_100


def test_an_unknown_gwp_set_names_those_that_exist():
    with pytest.raises(KeyError, match="'AR7' is not known. Use SAR, AR4, AR5, AR5_FEEDBACK, AR6"):
        potentials("AR7")


def test_carbon_dioxide_is_the_measure_in_every_set():
    for gwp_set in GWP_SETS:
        found = potentials(gwp_set)
        assert found["CO2"] == found["CO2E"] == found["CO2_BIOGENIC"] == 1


def test_every_set_knows_methane_and_nitrous_oxide():
    for gwp_set in GWP_SETS:
        assert 20 < potentials(gwp_set)["CH4"] < 40
        assert 250 < potentials(gwp_set)["N2O"] < 320
