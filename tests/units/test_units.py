import pytest

from vatra import units


def test_a_gigacalorie_is_4_184_gigajoules():
    # 4.184 GJ / 3.6 GJ/MWh = 1.16222 MWh
    assert units.ENERGY.size("Gcal") == pytest.approx(1.162222, abs=1e-6)


def test_iasi_saving_in_joules():
    # 26,172 Gcal x 4.184 GJ/Gcal = 109,503.6 GJ = 109.504 TJ
    saved_mwh = 26172 * units.ENERGY.size("Gcal")
    assert saved_mwh / units.ENERGY.size("TJ") == pytest.approx(109.504, abs=5e-4)


def test_a_tonne_of_oil_equivalent_is_11_63_mwh():
    # IEA: 1 toe = 41.868 GJ = 11.63 MWh
    assert units.ENERGY.size("toe") == pytest.approx(11.63)


def test_factors_per_terajoule_and_per_megawatthour_agree():
    # IPCC 2006 natural gas: 56,100 kg/TJ x 3.6e-6 = 0.20196 t/MWh
    assert 56100 * units.EMISSION_FACTOR.size("kg/TJ") == pytest.approx(0.20196)


@pytest.mark.parametrize("unit", ["barrels", "", "MWH/h", "m3"])
def test_unknown_units_have_no_size(unit):
    assert units.ENERGY.size(unit) is None


def test_case_and_space_do_not_matter():
    assert units.ENERGY.size(" mwh ") == 1.0


def test_every_canonical_unit_has_size_one():
    for quantity in units.QUANTITIES.values():
        assert quantity.size(quantity.canonical) == 1.0
        assert quantity.suffix in units.SUFFIXES


@pytest.mark.parametrize("quantity", [units.MASS, units.EMISSION])
def test_megatonnes_are_never_taken_from_metric_tonnes(quantity):
    # "mt" and "MT" stand for metric tonnes as often; a million times more is no guess to make.
    assert quantity.size("Mt") == 1e6
    assert quantity.size("mt") is None and quantity.size("MT") is None
