"""A made-up town with a plan of fifteen measures: with the smallest set of every kind of effect."""

from __future__ import annotations

from pathlib import Path

CITY = """\
name: Fântânele de Probă
code: fantanele
country: RO
base_year: 2021
target_year: 2035
target_cut_percent: 45
residual_limit_percent: 30
gwp_set: AR5
gases: [CO2]
languages: [ro, en]
numbers: plain
factor_sets: [ipcc_2006, ro_aib_production, renewable]
region: IS
climate: boreal_temperate_dry
synthetic: true
plan_start_year: 2026
source: invented for the tests
"""
ENERGY = """\
year,sector,carrier,scope,sub_sector,amount,unit,quality,doubt_percent,source,note
2021,buildings,natural_gas,1,I.1,200000,MWh,L,10,invented,
2021,buildings,electricity,2,I.1,80000,MWh,L,10,invented,
2021,buildings,natural_gas,1,I.2,60000,MWh,L,10,invented,
2021,buildings,electricity,2,I.2,90000,MWh,L,10,invented,
2021,transport,diesel,1,II.1,120000,MWh,L,10,invented,
2021,transport,gasoline,1,II.1,70000,MWh,L,10,invented,
2021,industry,natural_gas,1,I.3,50000,MWh,L,10,invented,
2021,industry,electricity,2,I.3,40000,MWh,L,10,invented,
"""
USES = """\
use,sector,sub_sector,carrier,share_percent,source,note
cars,transport,II.1,gasoline,100,invented,
cars,transport,II.1,diesel,60,invented,
buses,transport,II.1,diesel,15,invented,
freight,transport,II.1,diesel,25,invented,
public_buildings,buildings,I.2,natural_gas,40,invented,
public_buildings,buildings,I.2,electricity,20,invented,
"""
STOCKS = """\
stock,use,amount,source,note
passenger_km,cars,600000000,invented,
passenger_km,buses,120000000,invented,
passenger_km,active,40000000,invented,
"""
DRIVERS = """\
driver,use,carrier,year,amount,unit,source,note
population,,,2021,60000,persons,invented,
population,,,2035,58200,persons,invented,
factor,,electricity,2021,0.27746,t/MWh,invented,
factor,,electricity,2035,0.12,t/MWh,invented,
"""
ACTIONS = """\
code,catalogue,start_year,level_percent,reach_percent,units_count,requires,source,note
B1,flats_deep,2027,100,45,900000,,invented,
B2,flats_moderate,2026,80,35,700000,,invented,
B3,heat_pump_air_homes,2028,100,40,12000,,invented,
B4,pv_houses,2026,100,100,6000,,invented,
B5,battery_homes,2028,100,100,4000,,invented,
B6,public_deep,2026,100,80,90000,,invented,
B7,pv_public,2027,100,100,2500,,invented,
B8,commercial_moderate,2027,100,60,240000,,invented,
T1,ev_charging_public,2026,100,100,220,,invented,
T2,ev_private,2027,100,70,16000,,invented,
T3,electric_buses,2026,100,90,45,,invented,
T4,cycling_network,2026,100,100,40,,invented,
T5,e_vans,2027,100,60,700,,invented,
I1,industry_efficiency,2026,100,70,40000,,invented,
L1,urban_forest,2027,100,100,80,,invented,
"""


def write_village(folder: Path) -> Path:
    """Write the pack into a folder."""
    contents = {
        "city.yaml": CITY,
        "energy.csv": ENERGY,
        "uses.csv": USES,
        "stocks.csv": STOCKS,
        "drivers.csv": DRIVERS,
        "actions.csv": ACTIONS,
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        (folder / name).write_text(content, "utf-8")
    return folder
