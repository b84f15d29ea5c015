import polars as pl
import pytest

from vatra.factors import fuel_size, open_book
from vatra.methods import methods
from vatra.plans.compute import compute, totals_only
from vatra.tables.vocabulary import GRID_CARRIERS, SECTORS


def row(carrier: str, energy_mwh: float) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "year": [2021],
            "sector": ["transport"],
            "carrier": [carrier],
            "scope": ["1"],
            "energy_wh": [round(energy_mwh * 1e6)],
            "line": [2],
        },
        schema_overrides={"year": pl.Int32},
    )


def masses_kg(carrier: str, energy_mwh: float) -> dict[str, float]:
    found = compute(row(carrier, energy_mwh), open_book("AR5"), ("CO2", "CH4", "N2O"))
    return {gas: mg / 1e6 for gas, mg in found.rows().select("gas", "emission_mg").iter_rows()}


def test_it_counts_fuels_in_transport_only():
    method = methods()["transport_fuel"]
    assert [sector for sector in SECTORS if method.applies(sector, "diesel")] == ["transport"]
    assert not any(method.applies("transport", carrier) for carrier in GRID_CARRIERS)


@pytest.mark.parametrize(
    ("carrier", "expected_kg"),
    [
        # IPCC 2006, Volume 2, Tables 3.2.1 and 3.2.2: kg per TJ
        ("diesel", {"CO2": 74_100, "CH4": 3.9, "N2O": 3.9}),
        ("gasoline", {"CO2": 69_300, "CH4": 25, "N2O": 8}),
        ("lpg", {"CO2": 63_100, "CH4": 62, "N2O": 0.2}),
        ("natural_gas", {"CO2": 56_100, "CH4": 92, "N2O": 3}),
    ],
)
def test_a_terajoule_of_each_fuel(carrier: str, expected_kg: dict[str, float]):
    assert masses_kg(carrier, 1000 / 3.6) == pytest.approx(expected_kg, rel=1e-6)


def test_a_thousand_litres_of_diesel():
    # 1,000 l x 0.8439 kg/l x 43.0 MJ/kg = 36,287.7 MJ; x 74.1 g/MJ = 2,688.92 kg CO2
    energy_mwh = 1000 * fuel_size("diesel", "l")
    assert masses_kg("diesel", energy_mwh)["CO2"] == pytest.approx(2688.92, abs=0.01)


def test_biofuel_adds_only_a_memo_item():
    found = compute(row("biofuel", 1000), open_book("AR5"), ("CO2", "CH4", "N2O"))
    assert found.rows()["gas"].to_list() == ["CO2_BIOGENIC"]
    assert totals_only(found.rows())["co2e_mg"].sum() == 0


def test_a_negative_mass_cannot_come_from_positive_energy():
    assert min(masses_kg("diesel", 12.5).values()) > 0
