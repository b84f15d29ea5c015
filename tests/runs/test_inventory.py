"""From the files of a pack to the GPC table: what must hold whatever the methods are."""

import pytest

from tests.runs.packs import CITY, pack
from vatra.runs.inventory import inventory
from vatra.runs.pack import open_pack

ENERGY = """
    year,sector,carrier,scope,sub_sector,item,amount,unit,quality,doubt_percent,source
    2021,buildings,natural_gas,1,I.1,,1000,MWh,H,,meters
    2021,buildings,wood,1,I.1,,500,MWh,L,40,survey
    2021,buildings,electricity,2,I.2,,200,MWh,,,meters
"""
REFRIGERANTS = """
    year,approach,refrigerant,application,bank_kg,item,quality,source
    2021,bank,HFC134a,commercial,100,shops,M,register
"""


def found(folder, city=CITY, **tables):
    opened = open_pack(pack(folder, city, **({"energy": ENERGY} | tables)))
    assert [each.message("en") for each in opened.findings if each.severity == "error"] == []
    return inventory(opened)


def messages(folder, city=CITY, **tables):
    opened = open_pack(pack(folder, city, **({"energy": ENERGY} | tables)))
    each = [*opened.findings, *(inventory(opened).findings if opened.ok else ())]
    return [finding.message("en") for finding in each]


def test_biogenic_co2_is_in_no_total(tmp_path):
    table = found(tmp_path).gpc[2021]
    line = next(each for each in table.lines if each.category.code == "I.1.1")
    # 500 MWh of wood x 3.6 GJ x 112 kg = 201.6 t of biogenic CO2
    assert line.biogenic_mg == 201_600_000_000
    by_gas = table.by_gas_co2e_mg("BASIC")
    assert "CO2_BIOGENIC" not in by_gas
    assert sum(by_gas.values()) == table.total_mg("BASIC")
    # 1,000 MWh x 0.20196 t/MWh + 200 MWh x 0.27746 t/MWh: no CO2 of wood
    assert by_gas["CO2"] == 201_960_000_000 + 55_492_000_000


def test_the_gwp_set_moves_each_gas_as_its_potential_does(tmp_path):
    base = found(tmp_path / "a")
    other = found(tmp_path / "b", CITY.replace("AR5", "AR6"))
    was, now = base.gpc[2021].by_gas_co2e_mg("BASIC"), other.gpc[2021].by_gas_co2e_mg("BASIC")
    assert now["CO2"] == was["CO2"]
    # CH4 28 -> 27.9, N2O 265 -> 273
    assert now["CH4"] / was["CH4"] == pytest.approx(27.9 / 28, rel=1e-6)
    assert now["N2O"] / was["N2O"] == pytest.approx(273 / 265, rel=1e-6)


def test_a_regional_factor_holds_in_its_region_only(tmp_path):
    factors = """
        set,region,carrier,gas,amount,unit,source
        local,IS,natural_gas,CO2,0.1,t/MWh,measured in the county
    """
    inside = found(tmp_path / "a", CITY + "region: IS\n", factors=factors)
    outside = found(tmp_path / "b", CITY + "region: CJ\n", factors=factors)
    # 1,000 MWh x 0.1 = 100 t there, x 0.20196 = 201.96 t elsewhere
    assert [
        int(each.counted().filter(carrier="natural_gas", gas="CO2")["co2e_mg"].item())
        for each in (inside, outside)
    ] == [100_000_000_000, 201_960_000_000]
    assert "local/is/natural_gas/CO2" in inside.factors
    assert "local/is/natural_gas/CO2" not in outside.factors


def test_quality_of_activity_and_factor_stand_apart(tmp_path):
    table = found(tmp_path).gpc[2021]
    lines = {each.category.code: each for each in table.lines}
    # Gas outweighs the methane of wood in I.1.1; electricity says nothing of its own quality.
    # (biogenic CO2 has no say)
    assert (lines["I.1.1"].quality_activity, lines["I.1.1"].quality_factor) == ("H", "L")
    assert (lines["I.2.2"].quality_activity, lines["I.2.2"].quality_factor) == ("", "M")


def test_doubt_is_the_rows_own_or_its_qualitys_or_unknown(tmp_path):
    rows, terms = found(tmp_path).doubt_rows()
    known = dict(rows.unique("activity_id").select("activity_id", "activity_doubt_ratio").rows())
    # IPCC 2006, Volume 2, Table 2.15: a high quality stands for 5 %; the survey says 40 % itself
    assert known == {"energy:2": 0.05, "energy:3": 0.4, "energy:4": None}
    gas = terms.filter(term_id="ipcc_2006/natural_gas/CO2").row(0, named=True)
    # 54,300 to 58,300 of 56,100 kg/TJ
    assert gas["low_ratio"] == pytest.approx(54_300 / 56_100)
    assert gas["high_ratio"] == pytest.approx(58_300 / 56_100)
    assert rows.filter(gas="CO2_BIOGENIC").is_empty()


def test_a_scope_that_a_sub_sector_does_not_have(tmp_path):
    energy = ENERGY + "    2021,industry,electricity,2,I.7,,5,MWh,,,meters\n"
    assert messages(tmp_path, energy=energy) == [
        "Row 5: the sub-sector I.7 has no scope 2; it has 1. Correct the scope or the sub-sector."
    ]


def test_a_sub_sector_of_another_sector(tmp_path):
    energy = ENERGY + "    2021,buildings,diesel,1,II.1,,5,MWh,,,meters\n"
    assert messages(tmp_path, energy=energy) == [
        "Row 5: the sub-sector II.1 does not belong to the sector Buildings. "
        "Correct one of the two."
    ]


def test_an_own_parameter_changes_the_result(tmp_path):
    waste = """
        year,category,model,site_type,waste_type,amount,unit,source
        2021,III.1.1,commitment,managed_anaerobic,food,1000,t,scales
    """
    parameters = """
        parameter,key,amount,unit,source
        landfill.docf,food,0.25,share,measured
    """
    whole = found(tmp_path / "a", solid_waste=waste)
    half = found(tmp_path / "b", solid_waste=waste, parameters=parameters)
    masses = [
        int(each.counted().filter(gas="CH4", category="III.1.1")["emission_mg"].sum())
        for each in (whole, half)
    ]
    # DOCf 0.5 by default: half of it gives half the methane
    assert masses[0] == pytest.approx(2 * masses[1], rel=1e-9)
    assert masses[0] > 0


def test_an_own_factors_interval_is_in_the_unit_it_was_written_in(tmp_path):
    factors = """
        set,carrier,gas,amount,unit,source,doubt
        local,natural_gas,CO2,55000,kg/TJ,the operator,54000 to 56100 (95 %)
    """
    _, terms = found(tmp_path, factors=factors).doubt_rows()
    gas = terms.filter(term_id="local/natural_gas/CO2").row(0, named=True)
    # 54,000 and 56,100 of 55,000
    assert gas["low_ratio"] == pytest.approx(54 / 55)
    assert gas["high_ratio"] == pytest.approx(56.1 / 55)


def test_what_counts_only_territorially_has_its_doubt_when_asked_for(tmp_path):
    waste = """
        year,category,model,site_type,waste_type,amount,unit,doubt_percent,source
        2021,III.1.1,commitment,managed_anaerobic,food,1000,t,10,scales
        2021,III.1.3,commitment,managed_anaerobic,food,500,t,10,scales of the neighbours
    """
    counted = found(tmp_path, solid_waste=waste)
    categories = [set(counted.doubt_rows(apart)[0]["category"].unique()) for apart in (False, True)]
    assert categories[1] - categories[0] == {"III.1.3"}
    rows, terms = counted.doubt_rows(apart=True)
    territorial = rows.filter(scope="1")["co2e_mg"].sum()
    assert territorial == counted.gpc[2021].total_mg("TERRITORIAL")
    assert set(terms["row"]) <= set(rows["row"])


def test_two_files_of_one_table_are_a_fault(tmp_path):
    folder = pack(tmp_path, CITY, energy=ENERGY)
    (folder / "energy.xlsx").write_bytes(b"anything")
    said = [each.message("en") for each in open_pack(folder).findings]
    assert said == [
        "the pack has both energy.csv and energy.xlsx. "
        "Keep the one that holds, and move the other away."
    ]
