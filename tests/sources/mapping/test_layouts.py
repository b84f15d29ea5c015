"""Four layouts of others, each brought in by its mapping."""

from __future__ import annotations

import pytest

from tests.sources.mapping.files import (
    BEI,
    BEI_MAPPING,
    CIRIS,
    GAS,
    GAS_MAPPING,
    TITLED,
    workbook,
)
from vatra.sources.mapping import bring_in, open_mapping, parse_mapping, suggest
from vatra.sources.mapping.cells import read_grid
from vatra.sources.mapping.suggest import Suggesting
from vatra.tables import FindingsError, tables


@pytest.fixture
def gas(tmp_path):
    path = tmp_path / "gas_2021.csv"
    path.write_text(GAS, "utf-8")
    return path


@pytest.fixture
def bei(tmp_path):
    return workbook(tmp_path / "secap.xlsx", Cover=[["Town hall"]], BEI=BEI)


def rows(brought, *names):
    return list(brought.frame.select(*names).iter_rows())


# Months as columns


def test_months_become_rows_and_totals_stay_out(gas):
    brought = bring_in(gas, parse_mapping(GAS_MAPPING, "m.yaml"))
    assert brought.ok
    # 3 + 2 + 2 amounts: a dash and a blank are no amounts, the total row and column no rows.
    assert rows(brought, "sub_sector", "item", "amount") == [
        ("I.1", "Ianuarie (MWh)", "12345.5"),
        ("I.1", "Februarie (MWh)", "11020.0"),
        ("I.1", "Martie (MWh)", "9876.25"),
        ("I.2", "Ianuarie (MWh)", "3210.0"),
        ("I.2", "Martie (MWh)", "2100.5"),
        ("I.3", "Ianuarie (MWh)", "1000.0"),
        ("I.3", "Februarie (MWh)", "900.0"),
    ]
    assert set(brought.frame["sector"]) == {"buildings", "industry"}
    assert [each.code for each in brought.findings] == ["sources.total-dropped"]


def test_unit_locale_and_headings_are_shown(gas):
    brought = bring_in(gas, parse_mapping(GAS_MAPPING, "m.yaml"))
    assert brought.heading_lines == (4,)
    assert brought.units == {"amount": "MWh"}
    assert brought.styles == {"amount": "ro"}
    assert brought.matched["sector"] == "Categorie consumator"
    assert brought.matched["carrier"] == "= natural_gas"


def test_every_row_keeps_file_line_column_and_hash(gas):
    brought = bring_in(gas, parse_mapping(GAS_MAPPING, "m.yaml"))
    first = brought.frame.row(0, named=True)
    assert first["line"] == 5
    assert first["note"] == f"gas_2021.csv:5:Ianuarie (MWh) sha256:{brought.evidence_id[:12]}"
    assert len(brought.evidence_id) == 64


# Sectors by carriers


def test_a_matrix_of_sectors_and_carriers_becomes_rows(bei):
    brought = bring_in(bei, parse_mapping(BEI_MAPPING, "m.yaml"))
    assert brought.ok, [each.message("en") for each in brought.findings]
    found = rows(brought, "item", "sector", "carrier", "scope", "amount", "unit")
    assert len(found) == 11
    assert ("Municipal buildings", "buildings", "natural_gas", "1", "4500.5", "MWh") in found
    assert ("Public lighting", "buildings", "electricity", "2", "2100", "MWh") in found
    assert ("Municipal fleet", "transport", "diesel", "1", "800", "MWh") in found
    # The whole is the printed total: 42,300 + 15,300 + 106,500.5 + 160,800.
    assert sum(float(each[4]) for each in found) == 324900.5
    assert brought.styles == {"amount": "cells"}


# Long


def test_a_ciris_table_comes_in_by_the_mapping_that_ships(tmp_path):
    path = tmp_path / "ciris.csv"
    path.write_text(CIRIS, "utf-8")
    brought = bring_in(path, open_mapping("ecrf"))
    assert brought.ok, [each.message("en") for each in brought.findings]
    # Waste in tonnes and the notation key are no energy.
    assert rows(brought, "year", "sector", "sub_sector", "carrier", "scope", "amount", "unit") == [
        ("2019", "buildings", "I.1", "natural_gas", "1", "1234.5", "MWh"),
        ("2019", "buildings", "I.1", "electricity", "2", "2000", "MWh"),
        ("2019", "transport", "II.1", "diesel", "1", "360", "GJ"),
    ]
    assert brought.frame["quality"].to_list() == ["H", "M", "L"]
    assert brought.frame["line"].to_list() == [2, 3, 4]


# Titles above the headings


def test_a_workbook_with_titles_needs_only_what_its_suggestion_leaves_open(tmp_path):
    path = workbook(tmp_path / "primarie.xlsx", Consum=TITLED)
    found = suggest(path)
    assert found.matched == {
        "sector": "Domeniu",
        "item": "Obiectiv",
        "amount": "Cantitate",
        "unit": "UM",
        "note": "Observații",
    }
    assert found.open_columns == []
    brought = bring_in(path, parse_mapping(found.text, "m.yaml"))
    assert brought.ok, [each.message("en") for each in brought.findings]
    assert brought.heading_lines == (4,)
    assert rows(brought, "year", "sector", "carrier", "scope", "item", "amount", "unit") == [
        ("2022", "buildings", "electricity", "2", "Școala nr. 1", "120.5", "MWh"),
        ("2022", "buildings", "electricity", "2", "Primăria", "88", "MWh"),
        ("2022", "waste", "electricity", "2", "Stația de epurare", "1.25", "GWh"),
    ]
    assert brought.units == {"amount": "MWh, GWh"}
    assert brought.frame["note"][0].startswith("contor nou; primarie.xlsx:Consum:5 sha256:")


# Suggestions


def test_a_suggestion_sees_months_values_totals_year_and_carrier(gas):
    found = suggest(gas)
    mapping = parse_mapping(found.text, "m.yaml")
    assert mapping.heading_rows == (4,)
    assert mapping.unpivot.into == "item"
    assert list(mapping.unpivot.headings.values()) == ["Ianuarie", "Februarie", "Martie"]
    assert mapping.columns["year"].constant == "2021"
    assert mapping.columns["carrier"].constant == "natural_gas"
    assert dict(mapping.columns["sector"].values) == {
        "casnic": "buildings",
        "noncasnic_comercial": "buildings",
        "total": "skip",
    }


def test_a_suggestion_leaves_open_what_nobody_can_tell(bei):
    found = suggest(bei, sheet="BEI")
    assert "heading_row:\n- 4\n- 5" in found.text
    # No carrier of ours is called heat or cold: a person must say.
    with pytest.raises(FindingsError) as error:
        parse_mapping(found.text, "m.yaml")
    assert [(each.code, each.column) for each in error.value.findings] == [
        ("sources.mapping-values-blank", "unpivot.headings")
    ]
    filled = parse_mapping(found.text.replace("Heat/cold: null", "Heat/cold: district_heat"), "m")
    # Several sectors become "buildings"; their names tell them apart.
    assert filled.columns["item"].heading == "Sector"
    brought = bring_in(bei, filled)
    assert brought.ok, [each.message("en") for each in brought.findings]
    assert sum(float(each) for each in brought.frame["amount"]) == 324900.5


def test_years_as_columns_are_seen(tmp_path):
    path = tmp_path / "ani.csv"
    path.write_text("Combustibil,2019,2020,2021\nmotorină,10,11,12\nbenzină,5,6,7\n", "utf-8")
    found = suggest(path)
    assert found.open_columns == ["sector", "unit"]
    text = found.text.replace("sector:\n    constant: null", "sector:\n    constant: transport")
    mapping = parse_mapping(text.replace("  unit:\n    constant: null\n", ""), "m.yaml")
    brought = bring_in(path, mapping)
    assert [each.code for each in brought.findings] == ["sources.mapping-unit-unsaid"]
    assert rows(brought, "year", "carrier", "amount")[:3] == [
        ("2019", "diesel", "10"),
        ("2020", "diesel", "11"),
        ("2021", "diesel", "12"),
    ]


def test_usual_words_of_sectors_and_fuels_find_their_codes_and_doubtful_ones_none(tmp_path):
    sectors = {
        "locuințe": "buildings", "Locuinte": "buildings", "Rezidențial": "buildings",
        "residential": "buildings", "households": "buildings", "gospodării": "buildings",
        "Consumatori noncasnici": "buildings", "iluminat public": "buildings",
        "Transport public": "transport", "Private and commercial transport": "transport",
        "deșeuri menajere": "waste", "Apă uzată": "waste",
        "stație de epurare": "waste", "Industria alimentară": "industry",
        "Agricultură și silvicultură": "land",
        # Two codes fit, or none: a person says which.
        "clădiri industriale": None, "transport deșeuri": None, "business": None, "altele": None,
    }  # fmt: skip
    carriers = {
        "gaze": "natural_gas", "Gaz metan (rețea)": "natural_gas", "gaze naturale": "natural_gas",
        "Motorină euro 5": "diesel", "benzină premium": "gasoline", "GPL auto": "lpg",
        "en. electrică": "electricity", "Peleți": "wood", "cărbune brun": "lignite",
        "CLU": "fuel_oil",
        "energie electrică verde": None, "benzină pentru aviație": None, "gaze arse": None,
    }  # fmt: skip
    for name, said in {"sector": sectors, "carrier": carriers}.items():
        path = tmp_path / f"{name}.csv"
        path.write_text("\n".join([name, *said]), "utf-8")
        suggesting = Suggesting(read_grid(path), tables()["energy"], "")
        column = tables()["energy"].by_name[name]
        assert {text: suggesting.value(column, text) for text in said} == said


def test_units_as_people_write_them_are_ours(tmp_path):
    path = tmp_path / "u.csv"
    heads = "An;Sector;Combustibil;Cantitate;UM;Sursa"
    lines = ["2022;locuințe;motorină;2;tone;x", "2022;deșeuri;curent;3000;kilowați-oră;x"]
    path.write_text("\n".join([heads, *lines]), "utf-8")
    brought = bring_in(path, parse_mapping(suggest(path).text, "m.yaml"))
    assert brought.ok, [each.message("en") for each in brought.findings]
    assert rows(brought, "sector", "carrier", "amount", "unit") == [
        ("buildings", "diesel", "2", "t"),
        ("waste", "electricity", "3000", "kWh"),
    ]
    # A cubic metre of gas is more or less energy by its calorific value: that is asked for.
    path.write_text("\n".join([heads, "2022;locuințe;gaze;5;mii mc;x"]), "utf-8")
    brought = bring_in(path, parse_mapping(suggest(path).text, "m.yaml"))
    assert [each.code for each in brought.findings] == ["tables.unit-gas-volume"]
