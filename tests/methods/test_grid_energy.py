import polars as pl
import pytest

from vatra.factors import Factor, open_book
from vatra.methods import energy_methods, methods
from vatra.plans.compute import compute
from vatra.tables.vocabulary import GRID_CARRIERS, SECTORS


def rows(*years: int, carrier: str = "electricity", energy_mwh: int = 1000) -> pl.DataFrame:
    count = len(years)
    return pl.DataFrame(
        {
            "year": list(years),
            "sector": ["buildings"] * count,
            "carrier": [carrier] * count,
            "scope": ["2"] * count,
            "energy_wh": [energy_mwh * 1_000_000] * count,
            "line": list(range(2, count + 2)),
        },
        schema_overrides={"year": pl.Int32},
    )


def heat_factor(value_t_per_mwh: float) -> Factor:
    return Factor(
        set="local",
        carrier="district_heat",
        end_use="any",
        gas="CO2",
        year_from=2021,
        year_to=2021,
        amount=str(value_t_per_mwh),
        unit="t/MWh",
        value_t_per_mwh=value_t_per_mwh,
        source="The operator's declaration",
    )


def test_it_counts_what_a_network_brings_in_every_sector():
    method = methods()["grid_energy"]
    assert all(method.applies(sector, each) for sector in SECTORS for each in GRID_CARRIERS)
    assert not method.applies("buildings", "natural_gas")


def test_exactly_one_method_counts_each_carrier_in_each_sector():
    for sector in SECTORS:
        for carrier in ("natural_gas", "diesel", "wood", *GRID_CARRIERS):
            counting = [
                each.name for each in energy_methods().values() if each.applies(sector, carrier)
            ]
            assert len(counting) == 1


def test_the_factor_belongs_to_the_year():
    # 1,000 MWh x 0.27746 = 277.46 t in 2021, x 0.27077 = 270.77 t in 2022
    found = compute(rows(2021, 2022), open_book("AR5"), ("CO2",))
    assert [mg / 1e9 for mg in found.rows()["co2e_mg"]] == pytest.approx([277.46, 270.77])


def test_a_year_without_a_factor_names_the_years_that_exist():
    found = compute(rows(2035), open_book("AR5"), ("CO2",), file="energy.csv")
    (finding,) = found.findings
    assert finding.code == "plans.factor-missing"
    message = finding.message("en")
    assert message.startswith("Row 2: there is no factor for 'electricity' in 2035. The book has ")
    assert "ro_aib_production: 2016-2022" in message
    assert message.endswith("Add a row to factors.csv, or choose other factor_sets in city.yaml.")


def test_renewable_electricity_is_zero_and_not_missing():
    found = compute(rows(2021, carrier="electricity_green"), open_book("AR5"), ("CO2",))
    assert found.findings == []
    assert found.rows()["co2e_mg"].to_list() == [0]


def test_district_heat_needs_the_operators_factor():
    asked = rows(2021, carrier="district_heat")
    assert compute(asked, open_book("AR5"), ("CO2",)).findings[0].code == "plans.carrier-unknown"
    found = compute(asked, open_book("AR5", own=[heat_factor(0.24)]), ("CO2",))
    # 1,000 MWh x 0.24 t/MWh = 240 t
    assert found.rows()["co2e_mg"].to_list() == [240_000_000_000]


def test_cells_add_rows_up_and_count_them():
    # 3 rows x 1,000 MWh x 0.27746 t/MWh = 832.38 t
    found = compute(rows(2021, 2021, 2021), open_book("AR5"), ("CO2",))
    (cell,) = found.cells.iter_rows(named=True)
    assert (cell["rows_count"], cell["first_line"]) == (3, 2)
    assert cell["co2e_mg"] == 832_380_000_000
