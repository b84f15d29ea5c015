"""What gathering adds to methods: sector, scope, CO2e; what it leaves out; the shape of cells."""

import polars as pl

from vatra.factors import open_book, open_parameters
from vatra.methods import Inputs
from vatra.plans.compute import CELL_KEYS
from vatra.plans.gather import gather
from vatra.tables import check, tables
from vatra.tables.vocabulary import GASES


def checked(name, *rows):
    table = tables()[name]
    columns = {column.name: None for column in table.columns}
    texts = [
        columns | {"source": "test"} | row | {"line": line} for line, row in enumerate(rows, 2)
    ]
    schema = dict.fromkeys(columns, pl.String) | {"line": pl.Int64}
    found = check(table, pl.DataFrame(texts, schema=schema), f"{name}.csv")
    assert found.findings == []
    return {name: found.rows}


def inputs(rows, gwp_set="AR5", years=(2021,)):
    return Inputs(rows, open_book(gwp_set), open_parameters(), years, "boreal_temperate_wet")


COMPOST = {
    "year": "2021",
    "category": "III.2.2",
    "process": "compost",
    "basis": "wet",
    "amount": "1000",
    "unit": "t",
}


def test_the_category_decides_sector_and_scope_and_the_potential_co2e():
    found = gather(inputs(checked("biological_treatment", COMPOST)), GASES)
    rows = {row["gas"]: row for row in found.rows.iter_rows(named=True)}
    # 1,000 t wet: 4 kg CH4 and 0.24 kg N2O a tonne (2006); x 28 and x 265
    assert rows["CH4"]["emission_mg"] == 4 * 10**9
    assert rows["CH4"]["co2e_mg"] == 28 * 4 * 10**9
    assert (rows["CH4"]["sector"], rows["CH4"]["scope"]) == ("waste", "3")
    assert rows["N2O"]["co2e_mg"] == rows["N2O"]["emission_mg"] * 265
    assert found.findings == []


def test_only_the_gases_and_years_asked_for_are_counted():
    rows = checked("biological_treatment", COMPOST, COMPOST | {"year": "2030"})
    found = gather(inputs(rows), ("CH4",))
    assert found.rows.select("year", "gas").rows() == [(2021, "CH4")]
    assert found.terms["row"].unique().to_list() == found.rows["row"].to_list()


def test_cells_have_the_shape_of_those_of_energy():
    rows = checked("biological_treatment", COMPOST, COMPOST | {"item": "second"})
    cells = gather(inputs(rows), GASES).cells()
    assert cells.columns[: len(CELL_KEYS)] == list(CELL_KEYS)
    assert cells["rows_count"].to_list() == [2, 2]
    assert cells["first_line"].to_list() == [2, 2]
    assert cells.filter(gas="CH4")["emission_mg"].item() == 8 * 10**9


def test_a_species_without_a_potential_is_left_out_and_named():
    rows = checked(
        "refrigerants",
        {
            "year": "2021",
            "approach": "emission_factor",
            "equipment": "fire_protection",
            "refrigerant": "R245fa",
            "bank_kg": "100",
            "filled_kg": "0",
            "retired_capacity_kg": "0",
        },
    )
    found = gather(inputs(rows, "SAR"), GASES)
    assert found.rows.is_empty()
    assert [each.message("en").partition(" Correct")[0] for each in found.findings] == [
        "Row 2: the GWP set SAR has no potential for 'HFC245fa'."
    ]
    assert not gather(inputs(rows, "AR5"), GASES).rows.is_empty()
