"""A town with a plan that can be reckoned by hand, for sinks, budgets and monitoring."""

from __future__ import annotations

from pathlib import Path

from tests.runs.packs import pack
from vatra.runs.pack import Pack, open_pack
from vatra.runs.scenario import Scenario, scenario

CITY = """name: Prova
code: prova
base_year: 2021
target_year: 2030
target_cut_percent: 50
residual_limit_percent: 20
gwp_set: AR5
gases: [CO2]
numbers: plain
factor_sets: [local]
synthetic: true
source: Invented for a test
"""
FACTORS = """set,carrier,end_use,gas,year_from,year_to,amount,unit,source
    local,natural_gas,any,CO2,,,0.2,t/MWh,invented
    local,diesel,any,CO2,,,0.25,t/MWh,invented"""
# 5,000 MWh x 0.2 = 1,000 t; 2,000 MWh x 0.25 = 500 t
ENERGY_HEAD = "year,sector,carrier,scope,sub_sector,amount,unit,source\n"
ENERGY = (
    ENERGY_HEAD
    + """2021,buildings,natural_gas,1,I.1,5000,MWh,invented
    2021,transport,diesel,1,II.1,2000,MWh,invented
    2030,buildings,natural_gas,1,I.1,5000,MWh,invented
    2030,transport,diesel,1,II.1,2000,MWh,invented"""
)
ACTIONS = """code,name_en,name_ro,sector,field,start_year,ramp_years,shape,delivery_percent,delay,\
source
    R,Retrofit,Reabilitare,buildings,built_environment,2022,5,linear,100,0,invented
    W,Wood,Pădure,land,green_nature,2023,1,step,100,0,invented"""
# The retrofit saves a half of the gas.
EFFECTS = """code,effect,operator,use,carrier,strength,curve,source
    R,1,efficiency,residential,natural_gas,0.5,,invented
    W,1,sink,,,,mixed_broadleaf,invented"""


def town(folder: Path, **tables: str) -> Pack:
    """The pack, with other or further tables."""
    given = {"energy": ENERGY, "factors": FACTORS, "actions": ACTIONS, "action_effects": EFFECTS}
    opened = open_pack(pack(folder, CITY, **given | tables))
    assert opened.ok, [each.message("en") for each in opened.findings]
    return opened


def planned(folder: Path, **tables: str) -> Scenario:
    """Its scenario."""
    return scenario(town(folder, **tables))
