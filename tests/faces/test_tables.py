"""What stands in the tables of each face, by hand."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from vatra.faces import Report, faces
from vatra.faces.face import LINES, RESULTS, frame_of
from vatra.faces.secap import SECTORS as SECAP_SECTORS
from vatra.runs.exchange import report as exchange_report
from vatra.runs.inventory import inventory
from vatra.runs.pack import open_pack
from vatra.sources.city_yaml import City
from vatra.tables.gpc import categories

CITY = City(name="Exemplu", code="exemplu", base_year=2021, target_year=2030, gwp_set="AR5")
T = 10**9


def row(category, carrier, gas, t, *, activity=1.0, unit="MWh", table="energy", line=2, **more):
    each = categories().get(category)
    return {
        "year": 2021,
        "category": category,
        "sector": each.ccc_sector if each else "buildings",
        "scope": each.scope if each else 1,
        "carrier": carrier,
        "gas": gas,
        "species": gas,
        "activity": activity,
        "activity_unit": unit,
        "emission_mg": t * T,
        "co2e_mg": t * T,
        "table": table,
        "file": f"{table}.csv",
        "line": line,
        "method": "any",
        **more,
    }


def report(*rows, lines=(), city=CITY, **more):
    frames = frame_of(RESULTS, list(rows)), frame_of(LINES, list(lines))
    return Report(city, *frames, **more)


def written(name, given, part=None):
    frames = faces()[name].write(given)
    return frames[part or name]


# GPC


def test_gpc_prints_a_line_per_category_and_three_totals(cluj_base):
    table = written("gpc", cluj_base)
    totals = ["print_rounding", "BASIC", "BASIC+", "TERRITORIAL"]
    assert table["category"].to_list() == [*categories(), *totals]


def test_gpc_totals_add_up_as_the_protocol_says():
    masses = {
        "I.1.1": 1,
        "I.1.3": 10,
        "III.1.2": 100,
        "III.1.3": 1000,
        "IV.1.1": 10000,
        "VI.1.1": 7,
    }
    lines = [
        {"year": 2021, "category": code, "co2_mg": t * T, "co2e_mg": t * T}
        for code, t in masses.items()
    ]
    found = written("gpc", report(lines=lines))
    totals = dict(found.select("category", "co2e_mg").iter_rows())
    assert totals["BASIC"] == 101 * T  # 1 + 100
    assert totals["BASIC+"] == 10111 * T  # 1 + 10 + 100 + 10000
    assert totals["TERRITORIAL"] == 11001 * T  # scope 1: 1 + 1000 + 10000
    assert found.filter(pl.col("category") == "BASIC")["ch4_mg"].to_list() == [None]


def test_gpc_keeps_notation_keys_and_where():
    line = {
        "year": 2021,
        "category": "I.8.1",
        "notation": "IE",
        "where": "I.4.1",
        "explanation": "counted with the network",
    }
    found = written("gpc", report(lines=[line])).row(0, named=True)
    assert (found["notation"], found["where"], found["co2e_mg"]) == ("IE", "I.4.1", None)


# eCRF


def test_ecrf_has_33_columns_of_different_names():
    fields = faces()["ecrf"].parts["ecrf"]
    assert len(fields) == 33
    assert len({each.heading for each in fields}) == 33


def test_every_sub_sector_has_its_place_in_the_framework(cluj_base):
    lines = [{"year": 2021, "category": code, "notation": "NE"} for code in categories()]
    found = written("ecrf", report(lines=lines))
    assert found["category"].to_list() == list(categories())
    assert found["crf_sector"].null_count() == found["crf_sub_sector"].null_count() == 0
    assert "" not in found["crf_sub_sector"].to_list()


def test_gases_of_one_source_row_stand_side_by_side():
    found = written(
        "ecrf",
        report(
            row("I.1.1", "wood", "CH4", 3),
            row("I.1.1", "wood", "N2O", 2),
            row("I.1.1", "wood", "CO2_BIOGENIC", 400),
            row("IV.2.1", "refrigerants", "HFC", 5, table="refrigerants", unit="kg"),
        ),
    ).to_dicts()
    wood, hfc = found
    assert (wood["co2_mg"], wood["ch4_co2e_mg"], wood["n2o_co2e_mg"]) == (None, 3 * T, 2 * T)
    # Biogenic CO2 is beside the total, not in it: 3 + 2.
    assert (wood["co2e_mg"], wood["biogenic_co2_mg"]) == (5 * T, 400 * T)
    # No column of its own, but in the total.
    assert (hfc["co2_mg"], hfc["co2e_mg"]) == (None, 5 * T)


def test_ecrf_gives_factors_with_their_source(cluj_base):
    found = written("ecrf", cluj_base).filter(pl.col("category") == "I.6.2").row(0, named=True)
    assert found["factor_co2_t_per_mwh"] == found["factor_t_co2e_per_mwh"] == 0.701
    assert found["factor_unit"] == "t/MWh"
    assert found["factor_ids"] == "local/electricity/CO2/2021"
    assert found["source"] == "energy.csv:3"


def test_the_factor_of_all_gases_uses_the_potentials():
    from vatra.factors import Factor

    def factor(gas, value):
        return Factor(
            "local", "diesel", "any", gas, None, None, str(value), "t/MWh", value, "meter"
        )

    factors = {each.factor_id: each for each in (factor("CO2", 0.25), factor("CH4", 0.001))}
    given = report(
        row("II.1.1", "diesel", "CO2", 1, factor_id="local/diesel/CO2"),
        row("II.1.1", "diesel", "CH4", 1, factor_id="local/diesel/CH4"),
        factors=factors,
        gwp={"CO2": 1.0, "CH4": 28.0},
    )
    found = written("ecrf", given).row(0, named=True)
    assert found["factor_ch4_t_per_mwh"] == 0.001
    assert found["factor_t_co2e_per_mwh"] == pytest.approx(0.278)  # 0.25 + 28 x 0.001


# Contracts


def test_v1_energy_and_emissions_are_those_of_the_rows(cluj_base):
    frames = faces()["ccc-v1"].write(cluj_base)
    by_sector = defaultdict(int)
    with Path("examples/cluj/energy.csv").open(encoding="utf-8") as file:
        for each in csv.DictReader(file):
            if each["year"] == "2021":
                by_sector[each["sector"]] += int(each["amount"]) * 10**6
    found = dict(frames["a-1.3"].select("sector", "total_wh").iter_rows())
    assert found == {**by_sector, "total": sum(by_sector.values())}
    total = frames["a-1.4"].filter(pl.col("sector") == "total").row(0, named=True)
    assert total["total_mg"] == 1_167_221_460_000_000
    assert total["share_percent"] == 100.0


def test_v1_energy_has_each_sector_whole_and_by_carrier(cluj_base):
    table = faces()["ccc-v1"].write(cluj_base)["a-1.1"]
    transport = table.filter(pl.col("sector") == "transport")
    assert transport["carrier"].to_list() == [
        None, "biofuel", "diesel", "electricity", "gasoline", "lpg"
    ]  # fmt: skip
    whole, *parts = transport["total_wh"].to_list()
    assert whole == sum(parts)


def test_v2_keeps_sinks_apart_from_sources():
    given = report(
        row("V.1.1", "cattle", "CH4", 90, unit="head", table="livestock"),
        row("V.2.1", "forest", "CO2", -40, unit="ha", table="land"),
    )
    table = faces()["ccc-v2"].write(given)["a-1.3"]
    assert dict(table.select("sector", "total_mg").iter_rows()) == {
        "land_sources": 90 * T, "land_sinks": -40 * T, "total": 50 * T
    }  # fmt: skip


def test_v2_lists_the_potentials_of_the_species_that_were_counted():
    given = report(
        row("IV.2.1", "refrigeration", "HFC", 5, species="HFC134a", unit="kg", table="x"),
        gwp={"CO2": 1.0, "CH4": 28.0, "CO2E": 1.0, "CO2_BIOGENIC": 1.0},
    )
    table = faces()["ccc-v2"].write(given)["a-1.2"]
    # IPCC AR5, Working Group I, Table 8.A.1: HFC-134a 1,300.
    assert dict(table.select("gas", "gwp").iter_rows()) == {
        "CO2": 1.0, "CH4": 28.0, "HFC134a": 1300.0
    }  # fmt: skip


def test_territorial_and_other_emissions_enter_no_contract():
    given = report(
        row("III.1.1", "solid_waste", "CH4", 5, unit="t", table="landfill"),
        row("III.1.3", "solid_waste", "CH4", 100, unit="t", table="landfill", line=3),
        row("VI.1.1", "flights", "CO2", 1000, unit="km", table="other", line=4),
        row("I.1.1", "wood", "CO2_BIOGENIC", 10000),
    )
    for name, part in (("ccc-v1", "a-1.4"), ("ccc-v2", "a-1.3"), ("secap", "c")):
        last = faces()[name].write(given)[part].row(-1, named=True)
        assert (last["sector"], last["total_mg"]) == ("total", 5 * T), name


def test_energy_of_a_row_counts_once_however_many_gases_it_emits():
    given = report(*(row("I.1.1", "wood", gas, 1, activity=7.0) for gas in ("CH4", "N2O")))
    assert faces()["ccc-v1"].write(given)["a-1.3"]["total_wh"].to_list() == [7_000_000] * 2
    assert faces()["secap"].write(given)["a"]["total_wh"].to_list() == [7_000_000] * 2


def test_losses_in_networks_are_no_final_energy():
    given = report(
        row("I.1.2", "electricity", "CO2", 1, activity=100.0),
        row("I.1.3", "electricity", "CO2", 1, activity=8.0, table="network_losses"),
    )
    assert faces()["ccc-v1"].write(given)["a-1.3"]["total_wh"].to_list() == [100_000_000] * 2


def test_v2_sums_amounts_of_activity_in_their_own_unit():
    given = report(
        *(row("III.1.1", "solid_waste", "CH4", 1, activity=0.1, unit="t", table="landfill", line=n)
          for n in range(10))
    )  # fmt: skip
    found = faces()["ccc-v2"].write(given)["a-1.4"].row(0, named=True)
    # Ten times 0.1 is 1 whatever order they are added in.
    assert (found["activity"], found["activity_unit"], found["energy_wh"]) == (1.0, "t", None)


def test_v2_adds_energy_up_whatever_unit_it_came_in():
    given = report(
        row("I.1.1", "wood", "CH4", 1, activity=1.0),
        row("I.1.1", "wood", "CH4", 2, activity=3.6, unit="GJ", line=3),
    )
    table = faces()["ccc-v2"].write(given)["a-1.4"]
    assert table.select("energy_wh", "co2e_mg").rows() == [(2_000_000, 3 * T)]


# SECAP


def test_secap_places_rows_by_sub_sector_item_and_table():
    given = report(
        row("I.1.1", "natural_gas", "CO2", 1, line=2),
        row("I.2.1", "natural_gas", "CO2", 2, line=3),
        row("I.2.2", "electricity", "CO2", 4, line=4, item="Iluminat public"),
        row("I.2.1", "wood", "CO2", 8, line=5, item="municipal buildings"),
        row("II.1.1", "diesel", "CO2", 16, line=6, item="Parcul auto municipal"),
        row("III.4.1", "wastewater", "CH4", 32, line=7, unit="kg", table="wastewater"),
        row("", "coal", "CO2", 64, line=8),
    )
    table = faces()["secap"].write(given)["c"]
    found = {sector: mass // T for sector, mass in table.select("sector", "total_mg").iter_rows()}
    assert found == {
        "residential": 1,
        "tertiary": 2,
        "public_lighting": 4,
        "municipal_buildings": 8,
        "municipal_fleet": 16,
        "wastewater": 32,
        "buildings_not_allocated": 64,
        "total": 127,
    }
    assert table.filter(pl.col("sector") == "wastewater")["non_energy_mg"].to_list() == [32 * T]


def test_secap_matrix_adds_up(cluj_base):
    frames = faces()["secap"].write(cluj_base)
    for part, unit in (("a", "wh"), ("c", "mg")):
        for line in frames[part].to_dicts():
            cells = [value for name, value in line.items() if name.endswith(f"_{unit}")]
            assert sum(each or 0 for each in cells[:-1]) == cells[-1]
    assert set(frames["a"]["sector"]) <= {*SECAP_SECTORS, "total"}


def test_local_generation_is_supply_and_no_final_use():
    given = report(row("I.4.4", "natural_gas", "CO2", 9, activity=50.0, table="generation"))
    frames = faces()["secap"].write(given)
    assert frames["b"].select("carrier", "energy_wh", "co2e_mg").row(0) == (
        "natural_gas", 50_000_000, 9 * T
    )  # fmt: skip
    assert len(frames["a"]) == len(frames["c"]) == 0


def test_secap_names_its_approach_and_columns(cluj_base):
    table = faces()["secap"].write(cluj_base)["d"]
    assert set(table["approach"]) == {"IPCC"}
    assert dict(table.select("carrier", "column").iter_rows())["lpg"] == "liquid_gas"


def test_a_carrier_nobody_knows_is_fossil_unless_only_biogenic():
    given = report(
        row("I.1.1", "peat", "CO2", 1),
        row("I.1.1", "straw", "CO2_BIOGENIC", 9, line=3),
        row("I.1.1", "straw", "CH4", 2, line=3),
    )
    found = faces()["secap"].write(given)["c"].row(0, named=True)
    assert (found["other_fossil_mg"], found["other_biomass_mg"]) == (1 * T, 2 * T)


# All


@pytest.mark.parametrize("name", sorted(faces()))
def test_synthetic_data_say_so_in_every_table_with_rows(name, cluj_base):
    synthetic = replace(cluj_base, city=replace(cluj_base.city, synthetic=True))
    for frame in faces()[name].write(synthetic).values():
        marks = frame.get_column("data" if "data" in frame.columns else "source")
        assert all("synthetic" in (mark or "").casefold() for mark in marks)


@pytest.mark.parametrize("name", sorted(faces()))
def test_every_face_has_titles_and_headings_in_both_languages(name):
    face = faces()[name]
    for lang in ("en", "ro"):
        assert face.title(lang)
        for part, fields in face.parts.items():
            assert face.part_title(part, lang)
            headings = [each.heading_in(name, lang) for each in fields]
            assert len(set(headings)) == len(headings)
            # A heading that is a bare name with a unit suffix was forgotten in the texts.
            if name not in ("rows",):
                assert not [each for each in headings if each.endswith(("_mg", "_wh"))]


@pytest.mark.parametrize("name", sorted(faces()))
def test_every_mass_and_energy_ends_in_its_unit(name):
    for fields in faces()[name].parts.values():
        for each in fields:
            if each.kind in ("mass", "energy"):
                assert each.name.endswith("_mg" if each.kind == "mass" else "_wh")


# One model


@pytest.mark.parametrize("pack", ["cluj", "iasi", "valea-lupului-de-sus"])
def test_all_faces_of_a_pack_add_up_to_the_same_total(pack):
    found = inventory(open_pack(Path("examples") / pack))
    year = found.pack.city.base_year
    given = exchange_report(found, (year,))
    frames = {name: face.write(given) for name, face in faces().items()}

    def last(name, part, column):
        return frames[name][part].filter(pl.col("sector") == "total")[column].sum()

    counted = found.counted().filter((pl.col("year") == year) & (pl.col("category") != ""))
    whole = counted["co2e_mg"].sum()
    gpc = dict(frames["gpc"]["gpc"].select("category", "co2e_mg").iter_rows())
    supply = frames["secap"]["b"].filter(pl.col("category") != "I.4.4")["co2e_mg"].sum()
    outside = [code for code, each in categories().items() if not each.counts_in("BASIC+")]
    ecrf = frames["ecrf"]["ecrf"].filter(~pl.col("category").is_in(outside))
    assert whole > 0
    assert gpc["BASIC+"] == whole
    assert last("ccc-v1", "a-1.4", "total_mg") == whole
    assert last("ccc-v2", "a-1.3", "total_mg") == whole
    assert last("secap", "c", "total_mg") + supply == whole
    assert ecrf["co2e_mg"].sum() == whole
