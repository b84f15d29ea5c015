"""Tables of written contracts that look wrong and are not: the linter says nothing about them."""

from __future__ import annotations

import pytest

from vatra.linter import Document, LintTable, Passage, as_text, lint


def printed(text: str, name: str = "t") -> LintTable:
    """A table as extraction hands it over: a title, then rows of cells between bars."""
    title, *lines = [line.strip() for line in text.strip().splitlines()]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return LintTable(name, "", rows[0], rows[1:], title=title, place="page 1")


def findings(*texts: str, passages: tuple[str, ...] = ()):
    tables = [printed(text, f"t{place}") for place, text in enumerate(texts, 1)]
    return lint(Document(tables, passages=[Passage(each, "page 1") for each in passages]))


CLEAN = {
    "a total that leaves scope 3 out": """GHG emissions by sector, t CO2e, baseline 2019
        | Sector | Scope 1 | Scope 2 | Scope 3 | Total |
        | Buildings | 41,210 | 22,105 | 3,100 | 63,315 |
        | Transport | 51,733 | 1,240 | 20,500 | 52,973 |
        | Waste | 2,118 | 0 | 7,412 | 2,118 |
        | Total | 95,061 | 23,345 | 31,012 | 118,406 |""",
    "a total that counts scope 3 of waste only": """GHG emissions by sector, t CO2e, baseline 2019
        | Sector | Scope 1 | Scope 2 | Scope 3 | Total |
        | Buildings | 41,210 | 22,105 | - | 63,315 |
        | Transport | 51,733 | 1,240 | 20,500 | 52,973 |
        | Waste | 2,118 | 10 | 7,412 | 9,540 |
        | Industry | 12,004 | 8,113 | - | 20,117 |
        | Total | 107,065 | 31,468 | 27,912 | 145,945 |""",
    "sinks below the total": """GHG emissions 2019 (t CO2e)
        | Sector | 2015 | 2019 |
        | Buildings | 70,112 | 63,315 |
        | Transport | 50,208 | 52,973 |
        | Waste | 2,411 | 2,118 |
        | Total | 122,731 | 118,406 |
        | LULUCF | -8,210 | -8,344 |
        | Net total | 114,521 | 110,062 |""",
    "sub-sectors that do not cover their sector": """GHG emissions (t CO2e)
        | Sector | 2015 | 2019 |
        | Buildings | 70,112 | 63,315 |
        | - residential | 40,001 | 36,800 |
        | - municipal | 5,208 | 4,973 |
        | Transport | 50,208 | 52,973 |
        | Waste | 2,411 | 2,118 |
        | Total | 122,731 | 118,406 |""",
    "numbers rounded to hundreds beside an exact total": """GHG emissions 2019 (t CO2e)
        | Sector | Emissions |
        | Buildings | 63,300 |
        | Transport | 53,000 |
        | Waste | 2,100 |
        | Total | 118,406 |""",
    "a total in millions": """GHG emissions 2019
        | Sector | Emissions |
        | Buildings | 633,315 t |
        | Transport | 529,730 t |
        | Waste | 21,180 t |
        | Total | 1.2 Mt |""",
    "shares made to sum to a hundred": """GHG emissions 2019 (t CO2e)
        | Sector | Emissions | Share |
        | Buildings | 33,300 | 33.4 % |
        | Transport | 33,300 | 33.3 % |
        | Waste | 33,300 | 33.3 % |
        | Total | 99,900 | 100 % |""",
    "a density column": """Districts of the town
        | District | Inhabitants | Area (ha) | Density |
        | North | 12,410 | 310 | 40.0 |
        | South | 8,112 | 405 | 20.0 |
        | East | 21,733 | 322 | 67.5 |
        | Total | 42,255 | 1,037 | 40.7 |""",
    "an average row": """Energy price (EUR/MWh)
        | Carrier | 2019 | 2021 | 2022 |
        | Natural gas | 41 | 62 | 118 |
        | Electricity | 140 | 180 | 260 |
        | Heat | 71 | 80 | 97 |
        | Total | 84 | 107 | 158 |""",
    "a gap in per cent of two wholes": """A-2.3 Emissions gap
        | | Baseline (t) | Baseline (%) | Residual (t) | Residual (%) | Target (t) | Target (%) |
        | Buildings | 600 | 60 % | 100 | 10 % | 500 | 83 % |
        | Transport | 300 | 30 % | 50 | 5 % | 250 | 83 % |
        | Waste | 100 | 10 % | 20 | 2 % | 80 | 80 % |
        | Total | 1,000 | 100 % | 170 | 17 % | 830 | 83 % |""",
    "costs as ranges and approximations": """Action outlines
        | Action | Sector | Total cost | GHG reduction (t CO2e/year) | Cost per tonne (EUR/t) |
        | A | Buildings | 10-15 million EUR | 4,000 | 2,500-3,750 |
        | B | Transport | ~20 million EUR | 5,000 | ~4,000 |
        | C | Waste | 3 million EUR | 1,000-1,500 | 2,400 |
        | D | AFOLU | tbd | tbd | tbd |""",
    "cumulative tonnes behind the cost per tonne": """Action outlines
        | Action | Sector | Total cost (EUR) | GHG reduction (t CO2e) | Cost per tonne (EUR/t) |
        | A | Buildings | 12,000,000 | 4,000 | 300 |
        | B | Transport | 20,000,000 | 5,000 | 400 |
        | C | Waste | 3,000,000 | 1,000 | 300 |
        | D | Industry | 8,000,000 | 1,600 | 500 |""",
    "costs in lei and cost per tonne in euro": """Action outlines
        | Action | Sector | Total cost (RON) | GHG reduction (t CO2e) | Cost per tonne (EUR/t) |
        | A | Buildings | 60,000,000 | 4,000 | 3,012 |
        | B | Transport | 100,000,000 | 5,000 | 4,016 |
        | C | Waste | 15,000,000 | 1,000 | 3,012 |""",
    "a merged cell written into every column": """GHG emissions by sector, t CO2e
        | Sector | Scope 1 | Scope 2 | Total |
        | Buildings | 41,210 | 22,105 | 63,315 |
        | Transport | 51,733 | 1,240 | 52,973 |
        | Industry | 12,004 | 8,113 | 20,117 |
        | Waste | 2,118 | 2,118 | 2,118 |""",
    "factors beside densities and heating values": """Emission factors
        | Fuel | EF (kg CO2/GJ) | Heating value (GJ/t) | Density (kg/l) |
        | Diesel | 74.1 | 43.0 | 0.845 |
        | Gasoline | 69.3 | 44.3 | 0.745 |
        | Natural gas | 56.1 | 48.0 | 0.0008 |
        | LPG | 63.1 | 47.3 | 0.54 |""",
    "factors per litre and cubic metre": """Emission factors
        | Fuel | Emission factor (kg CO2/l) |
        | Diesel | 2.68 |
        | Gasoline | 2.31 |
        | LPG | 1.51 |""",
    "primary energy factors": """Conversion factors
        | Carrier | Primary energy factor |
        | Natural gas | 1.1 |
        | Electricity | 2.5 |
        | District heat | 0.7 |""",
    "figures glued by conversion": """GHG emissions (t CO2e)
        | Sector | 2015 | 2019 |
        | Buildings | 70,112 63,315 | |
        | Transport | 50,208 | 52,973 |
        | Waste | 2,411 | 2,118 |
        | Total | 122,731 | 118,406 |""",
    "page numbers in a table of contents": """Contents
        | Chapter | Page |
        | Summary | 3 |
        | Baseline | 12 |
        | Actions | 27 |
        | Total costs | 55 |""",
    "a second total in another unit": """Final energy use 2019
        | Sector | Natural gas (MWh) | Electricity (MWh) | Total (GWh) |
        | Buildings | 412,350 | 98,420 | 510.8 |
        | Transport | 3,100 | 4,310 | 7.4 |
        | Industry | 88,412 | 61,904 | 150.3 |
        | Total | 503,862 | 164,634 | 668.5 |""",
    "a total of more than is shown": """Investments by source (million EUR)
        | Source | Total | of which 2025 | of which 2026 |
        | City | 210.0 | 41.0 | 60.0 |
        | State | 380.0 | 12.0 | 81.0 |
        | EU | 255.0 | 30.0 | 45.0 |
        | Total | 845.0 | 83.0 | 186.0 |""",
    "scenarios that overlap": """Emissions by scenario (kt CO2e)
        | Sector | 2019 | 2030 BAU | 2030 existing policies | 2030 CCC |
        | Buildings | 520.3 | 470.1 | 380.0 | 78.0 |
        | Transport | 343.9 | 350.2 | 290.4 | 68.8 |
        | Waste | 32.1 | 30.4 | 22.9 | 9.6 |
        | Total | 896.3 | 850.7 | 693.3 | 156.4 |""",
    "two columns for waste": """GHG emissions 2019 (t CO2e)
        | Year | Buildings | Transport | Solid waste | Wastewater | Total |
        | 2015 | 70,112 | 50,208 | 2,411 | 1,010 | 123,741 |
        | 2019 | 63,315 | 52,973 | 2,118 | 960 | 119,366 |""",
    "heads of indicators with targets": """Indicators
        | Outcome | Indicator | Baseline | 2025 | 2027 | 2030 |
        | Buildings | GHG emissions (t) | 63,315 | 50,000 | 40,000 | 12,000 |
        | Transport | GHG emissions (t) | 52,973 | 44,000 | 30,000 | 10,000 |
        | Total | GHG emissions (t) | 118,406 | 100,000 | 75,000 | 23,000 |""",
}


@pytest.mark.parametrize("name", CLEAN)
def test_no_false_alarm(name):
    found = findings(CLEAN[name])
    assert found == [], as_text(found)


INVENTORY = """GHG emissions by sector, baseline 2019, t CO2e
    | Sector | Scope 1 | Scope 2 | Total |
    | Buildings | 41,210 | 22,105 | 63,315 |
    | Transport | 51,733 | 1,240 | 52,973 |
    | Waste | 2,118 | 10 | 2,128 |
    | Total | 95,061 | 23,355 | 118,416 |"""


@pytest.mark.parametrize(
    "text",
    [
        "In 2019 total emissions amounted to about 120 kt CO2e.",
        "In 2019 total emissions amounted to 118 kt CO2e.",
        "In 2019 total emissions were 0.12 Mt CO2e.",
        "In 2005 total emissions amounted to 131,202 t CO2e.",
        "Total emissions of the county were 1,118,416 t CO2e in 2019.",
        "Total emissions, transport included only in part, were 119,001 t CO2e in 2019.",
        "Per capita the total emissions were 4.1 t CO2e in 2019.",
        "Residential buildings account for 31 % of total emissions.",
        "Buildings account for more than 50 % of total emissions.",
        "Buildings account for 53 % of total emissions in 2019.",
        "Buildings account for 53.47 % of total emissions in 2019.",
        "Buildings account for 64 % of total final energy use.",
        "The city aims to reduce emissions by 80 % by 2030 compared with 2019.",
        "Transport emissions fell by 3.1 % between 2015 and 2019.",
        "The action reduces total emissions by 11,840 t CO2e in 2019 terms.",
        "By 2030 emissions will be reduced by 55 % (EU) and 63.1 % (country).",
        "Scope 1 emissions make up 80.3 % of total emissions in 2019.",
        "In Spain buildings account for 47 % of emissions.",
        "Total emissions including aviation were 121,416 t CO2e in 2019.",
        "Typically buildings account for 43 % of emissions.",
        "Without waste, total emissions in 2019 were 116,288 t CO2e.",
    ],
)
def test_sentences_about_something_else(text):
    found = findings(INVENTORY, passages=("The base year is 2019.", text))
    assert found == [], as_text(found)
