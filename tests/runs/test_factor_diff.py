"""What an update moves: sets, potentials and rows, exact to the milligram."""

from pathlib import Path

import pytest

from vatra.factors import potentials
from vatra.runs.factor_diff import as_rows, factor_diff
from vatra.runs.factor_updates import read_updates, unasked_sets, updated
from vatra.runs.inventory import inventory
from vatra.runs.pack import Pack, open_pack
from vatra.tables import FindingsError

EXAMPLES = Path(__file__).parents[2] / "examples"
MG_PER_T = 10**9
HEAD = "set,carrier,end_use,gas,year_from,year_to,amount,unit,source\n"
SETS = ("ipcc_2006", "local", "ro_aib_production", "renewable")


@pytest.fixture(scope="module")
def cluj() -> Pack:
    return open_pack(EXAMPLES / "cluj")


@pytest.fixture(scope="module")
def every_sector() -> Pack:
    return open_pack(EXAMPLES / "valea-lupului-de-sus")


def exact(diff):
    """The moves of each year add up to the difference of its totals."""
    for year in diff.years:
        moves = sum(each.moved_mg for each in diff.moved if each.year == year.year)
        assert moves == year.after_mg - year.before_mg
    return diff


def test_other_sets_move_each_factor_by_itself(cluj):
    diff = exact(factor_diff(cluj, cluj.with_changes(factor_sets=("ro_aib_production", *SETS[:2]))))
    first = diff.moved[0]
    # 637,208 MWh x (0.27746 - 0.701) = -269,883 t
    assert (first.from_id, first.to_id) == (
        "local/electricity/CO2/2021",
        "ro_aib_production/electricity/CO2/2021",
    )
    assert (first.from_value, first.to_value) == (0.701, 0.27746)
    assert first.moved_mg / MG_PER_T == pytest.approx(-269_883, abs=0.5)
    gas = next(each for each in diff.moved if each.from_id == "local/natural_gas/CO2")
    # 2,822,786 MWh of gas in 2021 x (0.20196 - 0.202) = -112.9 t
    assert gas.moved_mg / MG_PER_T == pytest.approx(-112.91, abs=0.01)


def test_without_an_update_nothing_moves(cluj):
    diff = factor_diff(cluj, cluj)
    assert diff.moved == ()
    assert [each.before_mg - each.after_mg for each in diff.years] == [0, 0]


def test_what_one_version_cannot_count_is_in_neither_total(cluj):
    # Without "local" there is no factor for electricity in 2030.
    diff = exact(factor_diff(cluj, cluj.with_changes(factor_sets=("ipcc_2006", "renewable"))))
    of_2030 = next(each for each in diff.years if each.year == 2030)
    rows = inventory(cluj).counted().filter(year=2030, carrier="electricity")
    biofuel = inventory(cluj).counted().filter(year=2030, carrier="biofuel")
    missing_mg = rows["co2e_mg"].sum() + biofuel["co2e_mg"].sum()
    assert of_2030.left_out_mg == missing_mg > 0
    assert {each.code for each in diff.findings} <= {
        "plans.factor-missing",
        "plans.carrier-unknown",
    }
    assert any("electricity" in each.message("en") for each in diff.findings)


def test_potentials_move_each_gas(every_sector):
    diff = exact(factor_diff(every_sector, every_sector.with_changes(gwp_set="AR6")))
    assert {each.from_id.split("/")[1] for each in diff.moved} == {"AR5"}
    methane = [each for each in diff.moved if each.to_id == "gwp/AR6/CH4"]
    ratio = potentials("AR6")["CH4"] / potentials("AR5")["CH4"]
    for each in methane:
        assert each.after_mg == pytest.approx(each.before_mg * ratio, rel=1e-9)
    assert not [each for each in diff.moved if each.gas == "CO2"]


def test_sets_of_parameters_move_methods_of_activity(every_sector):
    sets = ("ipcc_2019", *every_sector.city.factor_sets)
    diff = exact(factor_diff(every_sector, every_sector.with_changes(factor_sets=sets)))
    enteric = next(
        each for each in diff.moved if each.from_id == "ipcc_2006/livestock.enteric/dairy_cattle"
    )
    assert enteric.to_id == "ipcc_2019/livestock.enteric/dairy_cattle"
    assert enteric.from_value is None


def update(tmp_path, *lines: str) -> Path:
    path = tmp_path / "update.csv"
    path.write_text(HEAD + "".join(f"{line}\n" for line in lines), "utf-8")
    return path


def test_a_row_of_the_book_is_replaced(cluj, tmp_path):
    rows = read_updates(
        update(tmp_path, "ipcc_2006,natural_gas,any,CO2,,,56.3,t/TJ,a revised edition")
    )
    base = cluj.with_changes(factor_sets=SETS)
    diff = exact(factor_diff(base, updated(base, rows)))
    assert {each.from_id for each in diff.moved} == {"ipcc_2006/natural_gas/CO2"}
    assert {each.to_id for each in diff.moved} == {"ipcc_2006/natural_gas/CO2"}
    first = diff.moved[0]
    assert (first.from_value, first.to_value) == pytest.approx((0.20196, 0.20268))
    # Everything of that carrier grows by 56.3 / 56.1
    assert first.after_mg == pytest.approx(first.before_mg * 56.3 / 56.1, rel=1e-9)


def test_a_new_year_of_a_set_is_added(cluj, tmp_path):
    rows = read_updates(
        update(tmp_path, "ro_aib_production,electricity,any,CO2,2030,2030,0.2,t/MWh,a projection")
    )
    base = cluj.with_changes(factor_sets=("ro_aib_production", *SETS[:2], "renewable"))
    diff = exact(factor_diff(base, updated(base, rows)))
    (first,) = diff.moved
    assert (first.from_id, first.to_id) == (
        "local/electricity/CO2/2030",
        "ro_aib_production/electricity/CO2/2030",
    )
    # 0.1 -> 0.2 t/MWh doubles it
    assert first.after_mg == 2 * first.before_mg


def test_a_set_that_the_city_does_not_ask_moves_nothing(cluj, tmp_path):
    rows = read_updates(
        update(tmp_path, "somewhere_else,natural_gas,any,CO2,,,0.5,t/MWh,another book")
    )
    assert unasked_sets(cluj, rows) == ["somewhere_else"]
    assert factor_diff(cluj, updated(cluj, rows)).moved == ()


@pytest.mark.parametrize("amount", [198, 297])
def test_a_parameter_of_the_book_is_replaced(every_sector, tmp_path, amount):
    path = tmp_path / "update.csv"
    path.write_text(
        "set,parameter,key,amount,unit,source\n"
        f"ipcc_2006,livestock.enteric,dairy_cattle,{amount},kg/head,made up\n",
        "utf-8",
    )
    diff = exact(factor_diff(every_sector, updated(every_sector, read_updates(path))))
    name = "ipcc_2006/livestock.enteric/dairy_cattle"
    assert {(each.from_id, each.to_id) for each in diff.moved} == {(name, name)}
    # Each head gives (198 - 99) or (297 - 99) kg more
    heads = every_sector.rows["livestock"].filter(year=2021, animal="dairy_cattle")["heads_count"]
    moved_t = heads.sum() * (amount - 99) / 1000 * potentials("AR5")["CH4"]
    assert diff.moved[0].moved_mg / MG_PER_T == pytest.approx(moved_t, rel=1e-9)


def test_faults_of_the_update_are_said_at_once(tmp_path):
    path = update(
        tmp_path,
        "ipcc_2006,natural_gas,any,CO2,,,abc,t/TJ,x",
        "ipcc_2006,diesel,any,CO2,,,74,barrels,x",
    )
    with pytest.raises(FindingsError) as caught:
        read_updates(path)
    assert {each.code for each in caught.value.findings} == {
        "tables.number-wrong",
        "tables.unit-unknown",
    }


def test_plain_rows_are_in_tonnes(cluj):
    after = cluj.with_changes(factor_sets=("ro_aib_production", *SETS[:2]))
    first = as_rows(factor_diff(cluj, after))[0]
    assert first["city"] == "cluj-napoca"
    assert first["moved_t"] == pytest.approx(-269_883, abs=0.5)
