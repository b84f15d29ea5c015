"""Files as others lay them out; every name and figure is invented."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

# As gas distributors report: months as columns, a total row and a total column, titles above.
GAS = """Raport privind consumul de gaze naturale 2021;;;;
Operator: Distribuție Exemplu;;;;
;;;;
Categorie consumator;Ianuarie (MWh);Februarie (MWh);Martie (MWh);Total (MWh)
Casnic;12.345,5;11.020,0;9.876,25;33.241,75
Noncasnic comercial;3.210,0;-;2.100,5;5.310,5
Industrie;1.000,0;900,0;;1.900,0
Total;16.555,5;11.920,0;11.976,75;40.452,25
"""

GAS_MAPPING = """
table: energy
file: gas_*.csv
columns:
  year: {constant: 2021}
  sector:
    from: Categorie consumator
    values: {Casnic: buildings, Noncasnic comercial: buildings}
  sub_sector:
    from: Categorie consumator
    values: {Casnic: I.1, Noncasnic comercial: I.2, Industrie: I.3}
  carrier: {constant: natural_gas}
  scope: {constant: 1}
  source: {constant: "Distribuție Exemplu, raport 2021"}
unpivot:
  headings: [Ianuarie (MWh), Februarie (MWh), Martie (MWh)]
  into: item
"""

# A baseline emission inventory: sectors as rows, carriers as columns, two rows of headings.
BEI = [
    ["Baseline emission inventory 2019"],
    [],
    ["A. Final energy consumption"],
    ["Sector", "FINAL ENERGY CONSUMPTION [MWh]", "", "", ""],
    ["", "Electricity", "Heat/cold", "Natural gas", "Diesel"],
    ["BUILDINGS, EQUIPMENT/FACILITIES AND INDUSTRIES"],
    ["Municipal buildings", 1200, 300, 4500.5, None],
    ["Tertiary buildings", 9000, None, 12000, None],
    ["Residential buildings", 30000, 15000, 90000, None],
    ["Public lighting", 2100],
    ["Subtotal", 42300, 15300, 106500.5, None],
    ["TRANSPORT"],
    ["Municipal fleet", None, None, None, 800],
    ["Private and commercial transport", None, None, None, 160000],
    ["TOTAL", 42300, 15300, 106500.5, 160800],
]

BEI_MAPPING = """
table: energy
sheet: BEI
heading_row: [4, 5]
columns:
  year: {constant: 2019}
  sector:
    from: Sector
    values:
      Municipal buildings: buildings
      Tertiary buildings: buildings
      Residential buildings: buildings
      Public lighting: buildings
      Municipal fleet: transport
      Private and commercial transport: transport
  item: Sector
  scope: {of: carrier, values: {electricity: 2, district_heat: 2}, else: 1}
  source: {constant: "SECAP of an invented town"}
unpivot:
  headings:
    Electricity: electricity
    Heat/cold: district_heat
    Natural gas: natural_gas
    Diesel: diesel
  into: carrier
"""

# A long table as CIRIS exports it, with the first columns of eCRF_3 only.
CIRIS = """\
Inventory year,GPC ref. no.,CRF - Sector,Scope,Fuel type or activity,Notation key,\
Activity data - Amount,Activity data - Unit,Activity data - Description,Activity data - Source,\
Activity data - Data Quality
2019,I.1.1,Stationary Energy,1,Natural gas,,"1,234.5",MWh,homes,"Supplier, letter",H
2019,I.1.2,Stationary Energy,2,Electricity,,"2,000",MWh,homes,"Supplier, letter",M
2019,II.1.1,Transportation,1,Diesel oil,,360,GJ,cars,Survey,L
2019,III.1.1,Waste,1,Municipal solid waste,,24000,t,landfill,Weighbridge,M
2019,II.4.1,Transportation,1,,NO,,,no airport,,
"""

# A workbook with a title, a date and a blank row above its headings.
TITLED = [
    ["Primăria Orașului Exemplu"],
    ["Consumuri de energie 2022, energie electrică"],
    [],
    ["Nr.", "Obiectiv", "Domeniu", "Cantitate", "UM", "Observații"],
    [1, "Școala nr. 1", "Clădiri", 120.5, "MWh", "contor nou"],
    [2, "Primăria", "Clădiri", 88, "MWh", None],
    [3, "Stația de epurare", "Deșeuri", 1.25, "GWh", None],
]


def workbook(path: Path, **sheets: list[list[object]]) -> Path:
    """A workbook with the given rows per sheet."""
    book = xlsxwriter.Workbook(path)
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if value not in (None, ""):
                    sheet.write(at, column, value)
    book.close()
    return path
