"""Two localities, one with an electricity factor of its own, through the whole way."""

import copy
from pathlib import Path

import polars as pl
import pytest

from tests.runs.packs import CITY, pack
from vatra.contract import seal, verify
from vatra.contract.render.tables.cells import energy_wh
from vatra.runs.contract import Run, run
from vatra.runs.explain import explain
from vatra.runs.factor_diff import factor_diff
from vatra.runs.inventory import inventory
from vatra.runs.pack import open_pack, override

MG_PER_T = 10**9
WH_PER_MWH = 10**6
ENERGY = """year,sector,carrier,scope,locality,amount,unit,source
2021,buildings,electricity,2,turda,1000,MWh,Made up
2021,buildings,electricity,2,dej,2000,MWh,Made up
2021,buildings,electricity,2,,4000,MWh,Made up
2021,buildings,natural_gas,1,turda,100,MWh,Made up
2030,buildings,electricity,2,turda,1000,MWh,Made up
2030,buildings,electricity,2,dej,2000,MWh,Made up
2030,buildings,electricity,2,,4000,MWh,Made up
2030,buildings,natural_gas,1,turda,100,MWh,Made up"""
FACTORS = """set,region,carrier,end_use,gas,year_from,year_to,amount,unit,source
local,,electricity,any,CO2,2021,2030,0.3,t/MWh,Made up
local,turda,electricity,any,CO2,2021,2030,0.1,t/MWh,Made up
local,,electricity,any,CH4,2021,2030,0.001,t/MWh,Made up"""


def made(folder: Path, factors: str = FACTORS, city: str = CITY) -> Run:
    return run(pack(folder, f"{city}target_cut_percent: 10\n", energy=ENERGY, factors=factors))


@pytest.fixture(scope="module")
def computed(tmp_path_factory) -> Run:
    return made(tmp_path_factory.mktemp("pack"))


def co2(run: Run) -> dict[str, tuple[int, int, int]]:
    cells = run.inventory.counted().filter(year=2021, carrier="electricity", gas="CO2")
    rows = cells.select("factor_id", "energy_wh", "co2e_mg", "rows_count").rows()
    return {name: (energy, mass, count) for name, energy, mass, count in rows}


def test_the_row_of_the_locality_takes_its_own_factor(computed):
    # turda 1,000 MWh x 0.1 = 100 t; the others (2,000 + 4,000) MWh x 0.3 = 1,800 t
    assert co2(computed) == {
        "local/electricity/CO2/2021": (6_000 * WH_PER_MWH, 1_800 * MG_PER_T, 2),
        "local/turda/electricity/CO2/2021": (1_000 * WH_PER_MWH, 100 * MG_PER_T, 1),
    }


def test_cells_are_the_sums_of_the_rows(computed):
    keys = ["year", "sector", "carrier", "scope", "gas", "factor_id"]
    sums = (pl.col("energy_wh", "co2e_mg").sum(),)
    cells = computed.inventory.computed.cells.group_by(keys).agg(sums).sort(keys)
    assert computed.inventory.rows.group_by(keys).agg(sums).sort(keys).equals(cells)


def test_what_the_locality_has_no_factor_for_is_the_city_s(computed):
    # CH4 has no factor of turda: 7,000 MWh x 0.001 t/MWh x 28 = 196 t
    cells = computed.inventory.counted().filter(year=2021, carrier="electricity", gas="CH4")
    assert cells.select("factor_id", "co2e_mg", "rows_count").rows() == [
        ("local/electricity/CH4/2021", 196 * MG_PER_T, 3)
    ]


def test_a_factor_of_the_city_s_region_holds_where_a_locality_has_none(tmp_path):
    factors = f"{FACTORS}\nlocal,is,electricity,any,CO2,2021,2030,0.2,t/MWh,Made up"
    # turda 0.1; dej and the city lie in the region: 6,000 MWh x 0.2 = 1,200 t
    found = co2(made(tmp_path, factors, f"{CITY}region: IS\n"))
    assert {name: mass for name, (_, mass, _) in found.items()} == {
        "local/is/electricity/CO2/2021": 1_200 * MG_PER_T,
        "local/turda/electricity/CO2/2021": 100 * MG_PER_T,
    }


def test_energy_counts_each_row_once_however_many_factors_and_gases(computed):
    totals = computed.contract["totals"]
    assert totals["energy_wh"]["2021"]["buildings"] == 7_100 * WH_PER_MWH
    cells = [each for each in computed.contract["cells"] if each["year"] == 2021]
    assert energy_wh(cells, carrier="electricity") == 7_000 * WH_PER_MWH


def test_explain_opens_the_rows_of_each_factor(computed):
    terms = explain(computed, "buildings.electricity.CO2.2021").terms
    lines = {each.factor_id: [row.line for row in each.rows] for each in terms}
    assert lines == {
        "local/electricity/CO2/2021": [3, 4],
        "local/turda/electricity/CO2/2021": [2],
    }
    assert {each.factor_id: each.rows_count for each in terms} == {
        name: len(rows) for name, rows in lines.items()
    }


def test_doubt_hangs_each_row_on_its_own_factor(computed):
    rows, terms = computed.inventory.doubt_rows()
    found = rows.join(terms, on="row").filter(year=2021, carrier="electricity", gas="CO2")
    pairs = found.select("activity_id", "term_id").sort("activity_id").rows()
    assert pairs == [
        ("energy:2", "local/turda/electricity/CO2/2021"),
        ("energy:3", "local/electricity/CO2/2021"),
        ("energy:4", "local/electricity/CO2/2021"),
    ]


def test_the_sealed_contract_holds_and_names_the_altered_cell(computed):
    assert verify(computed.contract, computed.contract) == []
    forged = copy.deepcopy(computed.contract)
    cell = next(each for each in forged["cells"] if "turda" in each["factor_id"])
    cell["first_line"] += 1
    forged = seal({name: each for name, each in forged.items() if name != "seal"})
    paths = [each.path for each in verify(forged, computed.contract)]
    assert paths == ["cells[2021.buildings.electricity.2.CO2.local/turda/electricity/CO2/2021]"
                     ".first_line"]  # fmt: skip


def test_the_plan_reckons_with_the_factors_of_the_localities(computed):
    # Nothing changes until 2030, so the split has nothing to divide and nothing is left over.
    assert computed.plan is not None
    game = computed.plan.games["buildings"]
    cells = [each for each in game.cells if each.carrier == "electricity"]
    # (100 t + 1,800 t + 196 t) / 7,000 MWh
    assert [each.base_t_per_mwh for each in cells] == [pytest.approx(2_096 / 7_000)]
    assert cells[0].base_wh == 7_000 * WH_PER_MWH


def test_an_update_moves_the_use_once(tmp_path):
    made(tmp_path)
    before = open_pack(tmp_path)
    after = before.with_changes(overrides=(override("electricity=0.5"),))
    diff = factor_diff(before, after)
    # CO2 100 t + 1,800 t becomes 7,000 MWh x 0.5 = 3,500 t; CH4 stays.
    year = next(each for each in diff.years if each.year == 2021)
    assert year.after_mg - year.before_mg == (3_500 - 1_900) * MG_PER_T
    moved = sum(each.moved_mg for each in diff.moved if each.year == 2021)
    assert moved == year.after_mg - year.before_mg


def test_a_factor_that_only_the_locality_has_is_missing_elsewhere(tmp_path):
    factors = FACTORS.replace("local,,electricity,any,CO2", "local,cluj,electricity,any,CO2")
    text = "\n".join(row for row in factors.splitlines() if ",CH4," not in row)
    opened = open_pack(
        pack(tmp_path, f"{CITY}factor_sets: [local, ipcc_2006]\n", energy=ENERGY, factors=text)
    )
    found = [each for each in inventory(opened).findings if each.code == "plans.factor-missing"]
    assert [each.lines for each in found] == [(3, 4), (7, 8)]
