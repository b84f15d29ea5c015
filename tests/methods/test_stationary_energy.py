import polars as pl
import pytest

from vatra.factors import open_book
from vatra.methods import methods
from vatra.plans.compute import compute, totals_only
from vatra.tables.vocabulary import GRID_CARRIERS, SECTORS

ALL_GASES = ("CO2", "CH4", "N2O")
TJ_IN_WH = 277_777_778  # 1e12 J / 3600 J/Wh, to the watt-hour


def row(carrier: str, energy_wh: int, sector: str = "buildings") -> pl.DataFrame:
    return pl.DataFrame(
        {
            "year": [2021],
            "sector": [sector],
            "carrier": [carrier],
            "scope": ["1"],
            "energy_wh": [energy_wh],
            "line": [2],
        },
        schema_overrides={"year": pl.Int32},
    )


def co2e_kg(rows: pl.DataFrame) -> float:
    return totals_only(rows)["co2e_mg"].sum() / 1e6


def test_it_counts_fuels_everywhere_but_in_transport():
    method = methods()["stationary_energy"]
    assert all(
        method.applies(sector, "natural_gas") == (sector != "transport") for sector in SECTORS
    )
    assert not any(method.applies("buildings", carrier) for carrier in GRID_CARRIERS)


def test_one_megawatthour_of_gas():
    # 1 MWh x 0.20196 t/MWh = 0.20196 t = 201,960,000 mg
    frame = pl.DataFrame({"energy_wh": [1_000_000], "factor": [0.20196]})
    mass = methods()["stationary_energy"].emission_mg(pl.col("energy_wh"), pl.col("factor"))
    assert frame.select(mass.alias("mg"))["mg"].to_list() == [201_960_000]


def test_masses_are_whole_and_halves_go_to_even():
    # 1 Wh x 0.0005 t/MWh x 1000 = 0.5 mg -> 0; 3 Wh -> 1.5 mg -> 2
    frame = pl.DataFrame({"energy_wh": [1, 3], "factor": [0.0005, 0.0005]})
    mass = methods()["stationary_energy"].emission_mg(pl.col("energy_wh"), pl.col("factor"))
    found = frame.select(mass.alias("mg"))["mg"]
    assert found.dtype == pl.Int64
    assert found.to_list() == [0, 2]


def test_a_terajoule_of_gas_at_home_in_three_gases():
    # 56,100 + 5 x 28 + 0.1 x 265 = 56,100 + 140 + 26.5 = 56,266.5 kg CO2e (AR5)
    found = compute(row("natural_gas", TJ_IN_WH), open_book("AR5"), ALL_GASES)
    assert co2e_kg(found.rows()) == pytest.approx(56_266.5, abs=0.01)
    masses = dict(found.rows().select("gas", "emission_mg").iter_rows())
    assert masses["CH4"] / 1e6 == pytest.approx(5, abs=1e-6)
    assert masses["N2O"] / 1e6 == pytest.approx(0.1, abs=1e-6)


@pytest.mark.parametrize(
    ("sector", "expected_kg"),
    [("buildings", 300), ("industry", 10), ("waste", 10), ("land", 300)],
)
def test_methane_of_coal_follows_the_appliance(sector: str, expected_kg: int):
    # IPCC 2006, Volume 2, Tables 2.3 and 2.5: kg CH4 per TJ
    found = compute(row("coal", TJ_IN_WH, sector), open_book("AR5"), ("CH4",))
    assert found.rows()["emission_mg"].sum() / 1e6 == pytest.approx(expected_kg, abs=1e-4)


def test_biogenic_co2_is_a_memo_item():
    # Wood: 112,000 kg/TJ biogenic; in the total only 300 x 28 + 4 x 265 = 9,460 kg CO2e
    found = compute(row("wood", TJ_IN_WH), open_book("AR5"), ALL_GASES)
    biogenic = found.rows().filter(pl.col("gas") == "CO2_BIOGENIC")["co2e_mg"].sum() / 1e6
    assert biogenic == pytest.approx(112_000, abs=0.01)
    assert co2e_kg(found.rows()) == pytest.approx(9_460, abs=0.01)


def test_each_result_row_keeps_where_it_came_from():
    found = compute(row("natural_gas", TJ_IN_WH), open_book("AR5"), ("CO2",), "ab12", "energy.csv")
    kept = found.rows().select("evidence_id", "line", "factor_id", "method").row(0)
    assert kept == ("ab12", 2, "ipcc_2006/natural_gas/CO2", "stationary_energy")
    assert found.factors["ipcc_2006/natural_gas/CO2"].page == "1.23"


def test_no_energy_no_emission():
    found = compute(row("natural_gas", 0), open_book("AR5"), ALL_GASES)
    assert found.rows()["co2e_mg"].to_list() == [0, 0, 0]


def test_a_carrier_without_a_factor_is_reported_and_left_out():
    found = compute(row("peat", 1_000_000), open_book("AR5"), ("CO2",), file="energy.csv")
    assert len(found.rows()) == 0
    (finding,) = found.findings
    assert finding.code == "plans.carrier-unknown"
    assert finding.message("en") == (
        "Row 2: there is no factor for 'peat' in 2021, nor in any other year. "
        "Correct the carrier, or add a row to factors.csv."
    )
