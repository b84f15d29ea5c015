"""A pack of an invented town: energy, waste, animals and refrigerants, for tests of its pages."""

from __future__ import annotations

from pathlib import Path

CITY = """name: Vâlcelele de Jos
code: valcelele
country: RO
base_year: 2021
target_year: 2030
gwp_set: AR5
climate: boreal_temperate_dry
languages: [ro, en]
numbers: plain
synthetic: true
source: invented for a test
"""
SAID = "synthetic: invented for a test"
# Electricity of 2026 stands between base and target; no row says anything of the years between.
ENERGY = """year,sector,carrier,scope,sub_sector,item,amount,unit,quality,doubt_percent,source,note
2021,buildings,natural_gas,1,I.1,,40000,MWh,M,,{s},metered
2021,buildings,electricity,2,I.1,,12000,MWh,H,,{s},
2021,buildings,wood,1,I.1,,5000,MWh,L,30,{s},
2021,transport,diesel,1,II.1,,20000,MWh,M,,{s},
2021,industry,natural_gas,1,I.3,brick works,15000,MWh,H,,{s},
2026,buildings,natural_gas,1,I.1,,30000,MWh,M,,{s},
2026,transport,diesel,1,II.1,,16000,MWh,M,,{s},
2030,buildings,natural_gas,1,I.1,,20000,MWh,M,,{s},
2030,buildings,electricity,2,I.1,,15000,MWh,M,,{s},
2030,buildings,wood,1,I.1,,5000,MWh,L,30,{s},
2030,transport,diesel,1,II.1,,10000,MWh,M,,{s},
2030,industry,natural_gas,1,I.3,brick works,10000,MWh,M,,{s},
"""
FACTORS = """set,carrier,end_use,gas,year_from,year_to,amount,unit,source,page,doubt,note
local,electricity,any,CO2,2030,,0.1,t/MWh,{s},,0.05 to 0.15,
"""
SOLID_WASTE = """year,category,model,site_type,waste_type,amount,unit,quality,source
2021,III.1.1,commitment,managed_anaerobic,food,3000,t,M,{s}
2021,III.1.3,commitment,managed_anaerobic,food,1000,t,M,{s}
2030,III.1.1,commitment,managed_anaerobic,food,1500,t,M,{s}
"""
LIVESTOCK = """year,animal,heads_count,temperature_degrees_c,item,quality,source
2021,sheep,4000,10,,M,{s}
2030,sheep,3500,10,,M,{s}
"""
_BANK = "bank_kg,filled_kg,retired_capacity_kg"
REFRIGERANTS = f"""year,approach,equipment,refrigerant,item,{_BANK},quality,source
2021,emission_factor,stationary_air_conditioning,R410A,,1900,150,20,M,{{s}}
2030,emission_factor,stationary_air_conditioning,R32,,3100,240,90,M,{{s}}
"""
NOTATIONS = """year,category,gas,key,where,explanation
,II.3.1,,NO,,There is no navigable water.
,II.5.1,,IE,II.1.1,Machines fill up at the same stations.
2021,I.7.1,,C,,"<b>One</b> mine, whose figures are its own."
2021,II.4.1,,NE,,The airfield keeps no record of fuel.
"""
FILES = {
    "energy.csv": ENERGY,
    "factors.csv": FACTORS,
    "solid_waste.csv": SOLID_WASTE,
    "livestock.csv": LIVESTOCK,
    "refrigerants.csv": REFRIGERANTS,
    "notations.csv": NOTATIONS,
}


def write_town(folder: Path) -> Path:
    """The pack, in a folder that exists."""
    (folder / "city.yaml").write_text(CITY, "utf-8")
    for name, text in FILES.items():
        (folder / name).write_text(text.replace("{s}", SAID), "utf-8")
    return folder
