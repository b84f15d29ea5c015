"""Rubbish in the tables of a plan: each is refused with its file, its row and the next step."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from vatra.plans.engine import evaluate
from vatra.runs.choices import read_choices
from vatra.runs.contract import run
from vatra.runs.monitor import monitor
from vatra.runs.scenario import open_scenario
from vatra.tables import FindingsError

CITY = """\
name: Dealu Mic
code: dealu-mic
base_year: 2021
target_year: 2031
target_cut_percent: 60
gwp_set: AR5
gases: [CO2]
numbers: plain
factor_sets: [local, ipcc_2006]
synthetic: true
source: invented for a test
"""
TABLES = {
    "energy": """\
year,sector,sub_sector,carrier,scope,amount,unit,source
2021,buildings,I.1,natural_gas,1,1000,MWh,invented
2021,buildings,I.1,electricity,2,400,MWh,invented
2021,transport,II.1,diesel,1,500,MWh,invented
""",
    "factors": """\
set,carrier,end_use,gas,year_from,year_to,amount,unit,source
local,electricity,any,CO2,,,0.3,t/MWh,invented
local,electricity_green,any,CO2,,,0,t/MWh,invented
local,natural_gas,any,CO2,,,0.2,t/MWh,invented
local,diesel,any,CO2,,,0.25,t/MWh,invented
""",
    "actions": """\
code,name_en,name_ro,sector,field,start_year,units_count,unit_capex,requires,source
A,Walls,Pereți,buildings,built_environment,2022,10,100,,invented
B,Pumps,Pompe,transport,mobility_transport,2022,10,100,,invented
C,Green current,Curent verde,transport,energy_systems,2022,1,0,,invented
""",
    "action_effects": """\
code,effect,operator,use,carrier,to_carrier,strength,amount_per_unit,source
A,1,efficiency,residential,natural_gas,,0.3,,invented
B,1,shift_carrier,road,diesel,electricity,0.5,,invented
C,1,shift_carrier,road,electricity,electricity_green,1,,invented
""",
}
# What is put in, where, and what the refusal must say.
WRONG = [
    ("actions", "A,Walls,Pereți,buildings,built_environment,2022",
     "A,Walls,Pereți,buildings,built_environment,2021", "runs.action-start", "actions.csv", 2),
    ("actions", "2022,10,100,,invented\nB", "2022,10,-100,,invented\nB",
     "runs.capital-negative", "actions.csv", 2),
    ("actions", "2022,10,100,,invented\nB", "2022,1e15,1000,,invented\nB",
     "runs.money-too-large", "actions.csv", 2),
    ("actions", "2022,10,100,,invented\nB", "2022,10,1e30,,invented\nB",
     "runs.money-too-large", "actions.csv", 2),
    ("action_effects", "A,1,efficiency,residential,natural_gas,,0.3,",
     "A,1,observed_tonnes,residential,natural_gas,,1,-5", "runs.amount-negative",
     "action_effects.csv", 2),
    ("action_effects", "A,1,efficiency,residential,natural_gas,,0.3,",
     "A,1,own_generation,residential,,,1,1e30", "runs.amount-too-large",
     "action_effects.csv", 2),
    ("action_effects", "A,1,efficiency,residential,natural_gas",
     "A,2,efficiency,residential,natural_gas,,0.3,,invented\nA,1,efficiency,residential,moonlight",
     "runs.cell-unknown", "action_effects.csv", 3),
    ("action_effects", "A,1,efficiency,residential", "A,1,efficiency,moon",
     "runs.cell-unknown", "action_effects.csv", 2),
]  # fmt: skip


@pytest.fixture
def pack(tmp_path: Path):
    """Writes a small pack; tables given by name stand in place of its own."""

    def write(**tables: str) -> Path:
        (tmp_path / "city.yaml").write_text(CITY, encoding="utf-8")
        for name, text in (TABLES | tables).items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def refused(folder: Path) -> dict[str, tuple[str, tuple[int, ...]]]:
    """Code, file and rows of every error; each has a message in both languages."""
    with pytest.raises(FindingsError) as told:
        open_scenario(folder)
    errors = [each for each in told.value.findings if each.severity == "error"]
    for each in errors:
        assert not {"{", "@"} & set(each.message("en") + each.message("ro"))
    return {each.code: (each.file, each.lines) for each in errors}


@pytest.mark.parametrize(("table", "old", "new", "code", "file", "line"), WRONG)
def test_rubbish_is_refused_with_its_row(
    pack, table: str, old: str, new: str, code: str, file: str, line: int
) -> None:
    assert TABLES[table].count(old) == 1
    found = refused(pack(**{table: TABLES[table].replace(old, new)}))
    assert found == {code: (file, (line,))}


def test_a_carrier_that_one_action_brings_can_be_replaced_by_another(pack) -> None:
    scenario = open_scenario(pack())
    found = evaluate(scenario.model)
    cells = [(cell.use, cell.carrier) for cell in scenario.model.base.cells]
    assert ("road", "electricity_green") in cells
    # 500 MWh of diesel: half moves on to electricity, of which there was none, and none of the
    # arrivals is moved a second time.
    moved = found.amount[cells.index(("road", "electricity")), -1] / 1e6
    assert moved == pytest.approx(250.0)


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ("factor,,electricity,2021,300,kg/MWh", "runs.driver-unit"),
        ("factor,,,2021,0.3,t/MWh", "runs.driver-carrier"),
        ("population,,,2021,0,persons", "runs.driver-base-missing"),
        ("population,,,2021,100,persons\npopulation,,,2031,0.1,thousand persons",
         "runs.driver-units-mixed"),
    ],
)  # fmt: skip
@pytest.mark.filterwarnings("error")
def test_a_driver_that_would_be_misread_is_refused(pack, rows: str, code: str) -> None:
    lines = "".join(f"{row},invented\n" for row in rows.splitlines())
    drivers = "driver,use,carrier,year,amount,unit,source\n" + lines
    found = refused(pack(drivers=drivers))
    assert list(found) == [code]
    assert found[code][0] == "drivers.csv"


@pytest.mark.parametrize("relation", ["exclusive", "nested"])
def test_an_action_is_not_related_to_itself(pack, relation: str) -> None:
    relations = f"relation,code,other,source\n{relation},A,A,invented\n"
    assert refused(pack(relations=relations)) == {"runs.relation-itself": ("relations.csv", (2,))}


def test_a_circle_of_relations_stands_at_their_row(pack) -> None:
    relations = "relation,code,other,source\nrequires,A,B,invented\nrequires,B,A,invented\n"
    assert refused(pack(relations=relations)) == {"runs.requires-circle": ("relations.csv", (2,))}


def test_uses_and_levels_a_hair_above_the_whole_say_by_how_much(pack) -> None:
    uses = "use,sector,carrier,share_percent,source\ncars,transport,diesel,100.01,invented\n"
    with pytest.raises(FindingsError, match=r"take 100\.01 %"):
        open_scenario(pack(uses=uses))


def test_a_use_of_a_carrier_that_is_not_there_is_said(pack) -> None:
    uses = "use,sector,carrier,share_percent,source\ncars,transport,moonlight,50,invented\n"
    said = [
        each for each in open_scenario(pack(uses=uses)).findings if each.code == "runs.use-idle"
    ]
    assert [(each.file, each.lines) for each in said] == [("uses.csv", (2,))]
    assert "II.1 / diesel" in said[0].message("en")


def test_an_action_that_waits_for_one_that_is_not_done_is_said(pack) -> None:
    actions = TABLES["actions"].replace("units_count", "level_percent,units_count")
    actions = actions.replace("2022,10,100,,invented\nB", "2022,100,10,100,B,invented\nB")
    actions = actions.replace("2022,10,", "2022,0,10,").replace("2022,1,0", "2022,100,1,0")
    scenario = open_scenario(pack(actions=actions))
    said = {each.code: each.lines for each in scenario.findings}
    assert said["runs.requires-idle"] == (2,)
    gas = [cell.carrier == "natural_gas" for cell in scenario.model.base.cells]
    assert np.all(evaluate(scenario.model).amount[gas] == scenario.model.base.amount[gas])


def test_choices_start_after_the_base_year(pack, tmp_path: Path) -> None:
    scenario = open_scenario(pack())
    file = tmp_path / "choices.csv"
    file.write_text("code,start_year,level_percent\nA,2021,50\n", encoding="utf-8")
    with pytest.raises(FindingsError, match="2022 to 2031"):
        read_choices(file, scenario)


def test_a_base_year_without_emissions_is_no_base(pack) -> None:
    energy = TABLES["energy"].replace("1000,", "0,").replace("400,", "0,").replace("500,", "0,")
    folder = pack(energy=energy)
    assert refused(folder) == {"runs.base-empty": ("energy.csv", ())}
    # With rows of the target year there would be a plan, whose every share would be of nothing.
    later = energy + "2031,buildings,I.1,natural_gas,1,900,MWh,invented\n"
    with pytest.raises(FindingsError, match="nothing is emitted in the base year 2021"):
        run(pack(energy=later, actions=TABLES["actions"].splitlines()[0] + "\n",
                 action_effects=TABLES["action_effects"].splitlines()[0] + "\n"))  # fmt: skip


def test_a_plan_without_actions_can_be_followed(pack) -> None:
    nothing = {name: TABLES[name].splitlines()[0] + "\n" for name in ("actions", "action_effects")}
    found = monitor(open_scenario(pack(**nothing)), draws=256)
    assert found.expected["plan_pace"].forecasts == ()
