import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.methods.reading import count, masses, messages
from vatra.methods.grid_losses.formulas import loss_mwh
from vatra.units import ENERGY, GJ_PER_MWH

ROW = {"year": 2021, "sub_sector": "I.1", "network": "electricity"}
ROW |= {"amount": 900, "unit": "MWh", "loss_percent": 10}


def test_a_tenth_lost_of_what_is_fed_in():
    # 900 MWh delivered = 1,000 MWh fed in x (1 - 0.1); 100 MWh lost
    assert loss_mwh(900, 0.1) == pytest.approx(100)


@given(st.floats(0, 1e9), st.floats(0, 0.999))
def test_what_is_delivered_and_what_is_lost_is_what_was_fed_in(delivered_mwh: float, share: float):
    lost_mwh = loss_mwh(delivered_mwh, share)
    assert lost_mwh == pytest.approx((delivered_mwh + lost_mwh) * share)


def test_losses_are_scope_3_of_the_sub_sector():
    # 100 MWh x 0.27746 t/MWh = 27.746 t
    found = count("grid_losses", ROW, ROW | {"sub_sector": "II.2"})
    assert masses(found) == pytest.approx({("I.1.3", "CO2"): 27.746, ("II.2.3", "CO2"): 27.746})
    assert found.rows["activity"].to_list() == pytest.approx([100, 100])


def test_gigacalories_of_iasi_in_terajoules():
    # 26,172 Gcal x 4.184 GJ/Gcal = 109,503.648 GJ = 109.504 TJ
    size = ENERGY.size("Gcal")
    assert size is not None
    assert round(26_172 * size * GJ_PER_MWH / 1000, 3) == 109.504
    # Half lost: what is lost is what is delivered; 109.504 TJ x 56.1 t/TJ = 6,143.15 t
    row = ROW | {"network": "district_heat", "amount": 26_172, "unit": "Gcal", "loss_percent": 50}
    found = count("grid_losses", row, factors={"district_heat": 0.20196})
    assert masses(found, "gas")["CO2"] == pytest.approx(6143.15, abs=0.01)


def test_the_factor_of_the_network_is_of_the_year():
    found = count("grid_losses", ROW, ROW | {"year": 2022})
    # 100 MWh x 0.27746 in 2021 and x 0.27077 in 2022
    assert masses(found, "year") == pytest.approx({2021: 27.746, 2022: 27.077})


def test_no_loss_is_zero_and_not_missing():
    assert masses(count("grid_losses", ROW | {"loss_percent": 0})) == {("I.1.3", "CO2"): 0}


def test_a_network_that_loses_all_and_one_without_a_factor():
    found = count(
        "grid_losses",
        ROW,
        ROW | {"sub_sector": "I.2", "loss_percent": 100},
        ROW | {"network": "district_heat"},
    )
    assert found.rows["line"].to_list() == [2]
    assert messages(found) == [
        "Row 3: the network loses all it is fed with. Give the loss in per cent of the energy fed "
        "in, below 100.",
        "Row 4: there is no emission factor for 'district_heat' in 2021. Add a row to factors.csv, "
        "or choose other factor_sets in city.yaml.",
    ]
