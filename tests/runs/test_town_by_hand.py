"""The invented town's base year worked out by hand: one figure or more of every method.

The arithmetic stands as a person would write it, from the rows of the example and the printed
tables of the guidelines; no formula of the package is used. Masses are tonnes of the gas.
"""

from pathlib import Path

import polars as pl
import pytest

from vatra.methods import methods
from vatra.runs.inventory import inventory
from vatra.runs.pack import open_pack
from vatra.units import MG_PER_T

N2O, C, TREES = 44 / 28, 44 / 12, 0.47 * 1.23 * 44 / 12
GRID = 0.27746
# Diesel: 43.0 MJ/kg, 0.8439 kg/l, 74.1 kg CO2/GJ.
DIESEL_L, DIESEL_T = 0.8439 * 43.0 / 1000, 43.0
# What can rot of a tonne of unsorted waste: food, garden, paper, wood, textiles, nappies.
DOC = 0.44 * 0.15 + 0.12 * 0.2 + 0.11 * 0.4 + 0.03 * 0.43 + 0.03 * 0.24 + 0.03 * 0.24
COW_N = 420 * 0.35 * 550 / 1000 * 365 / 1000

BY_HAND = [
    # stationary energy, grid energy, fuel sold: MWh x 3.6 GJ x kg/GJ
    ("stationary_energy", "energy", 2, "I.1.1", "CO2", 60_000 * 3.6 * 56.1 / 1000),
    ("stationary_energy", "energy", 2, "I.1.1", "CH4", 60_000 * 3.6 * 5 / 1e6),
    ("stationary_energy", "energy", 5, "I.1.1", "CH4", 30_000 * 3.6 * 300 / 1e6),
    ("grid_energy", "energy", 8, "I.1.2", "CO2", 22_000 * GRID),
    ("transport_fuel", "energy", 47, "II.1.1", "CO2", 25_000 * 3.6 * 69.3 / 1000),
    ("transport_fuel", "energy", 47, "II.1.1", "N2O", 25_000 * 3.6 * 8 / 1e6),
    # networks: what is fed in less what is delivered
    ("grid_losses", "network_losses", 2, "I.1.3", "CO2", (22_000 / 0.879 - 22_000) * GRID),
    ("grid_losses", "network_losses", 3, "I.1.3", "CO2",
     12_045.9 * 4.184 / 3.6 * (1 / 0.76 - 1) * 0.26),
    ("heat_allocation", "chp_plants", 2, "I.4.1", "CO2", 21_500 * 0.20196 * 0.04),
    ("heat_allocation", "chp_plants", 2, "I.4.4", "CO2", 21_500 * 0.20196 * 0.96),
    ("public_lighting", "street_lighting", 2, "I.2.2", "CO2", 1850 * 0.118 * 4.130 * GRID),
    ("public_lighting", "street_lighting", 4, "I.2.2", "CO2", 320 * 0.046 * 4.150 * 0.85 * GRID),
    ("fugitive_coal", "coal_mining", 2, "I.7.1", "CH4", 9000 * 1.2 * 0.67 / 1000),
    ("fugitive_coal", "coal_mining", 4, "I.7.1", "CH4", 1500 * 18 * 0.67 / 1000 - 4),
    ("fugitive_gas", "gas_systems", 2, "I.8.1", "CH4", 64 * 0.1181),
    ("fugitive_gas", "gas_systems", 6, "I.8.1", "CH4", 900_000 * 0.004 * 0.97 * 0.678 / 1000),
    ("fugitive_gas", "gas_systems", 8, "I.8.1", "CH4", 1.4 * 2.2),
    # transport
    ("road_asif", "vehicle_activity", 2, "II.1.1", "CO2", 6400 * 38.5 * DIESEL_L * 0.0741),
    ("road_asif", "vehicle_activity", 5, "II.1.1", "CO2",
     3_900_000 / 13 * 0.080 / 1000 * DIESEL_T * 0.0741),
    ("induced_activity", "trips", 3, "II.1.1", "CO2",
     5200 / 2 * 5.5 * 0.351 * DIESEL_L * 0.0741),
    ("induced_activity", "trips", 3, "II.1.3", "CO2",
     5200 / 2 * 25.5 * 0.351 * DIESEL_L * 0.0741),
    ("line_transport", "line_transport", 2, "II.2.1", "CO2", 310 * 7 / 62 * DIESEL_T * 0.0741),
    ("line_transport", "line_transport", 2, "II.2.3", "N2O",
     310 * 55 / 62 * 0.09 * DIESEL_T * 28.6 / 1e6),
    ("line_transport", "line_transport", 6, "II.3.1", "CH4", 9000 * 0.4 * DIESEL_L * 7 / 1e6),
    ("aviation", "flights", 2, "II.4.3", "CO2",
     0.055 * (820 * 0.620 + (902 - 820 * 0.2) * 44.1 * 0.0715)),
    ("off_road", "off_road_machines", 2, "I.3.1", "N2O",
     6 * 900 * 85 * 0.59 * 248.2 / 1e6 * DIESEL_T * 28.6 / 1e6),
    # waste
    ("landfill", "solid_waste", 7, "III.1.2", "CH4", 5900 * DOC * 0.5 * 0.5 * 16 / 12 * 0.8 * 0.9),
    ("landfill", "solid_waste", 9, "III.1.3", "CH4", 450 * 0.15 * 0.5 * 0.6 * 0.5 * 16 / 12),
    ("biological_treatment", "biological_treatment", 2, "III.2.1", "CH4", 420 * 4 / 1000),
    ("biological_treatment", "biological_treatment", 4, "III.2.3", "N2O", 60 * 0.6 / 1000),
    ("incineration", "incineration", 4, "III.3.1", "CO2", 9 * 0.75 * 0.58 * C),
    ("incineration", "incineration", 3, "III.3.1", "N2O", 35 * 0.4 * 150 / 1e6),
    ("incineration", "incineration", 6, "I.4.4", "CO2", 40 * 0.9 * 0.5 * 0.9 * C),
    ("wastewater", "wastewater", 2, "III.4.1", "CH4",
     (24_000 * 0.62 * 60e-6 * 365 * 1.25 - 95) * 0.6 * 0.3 - 4),
    ("wastewater", "wastewater", 2, "III.4.1", "N2O",
     (24_000 * 0.62 * 38.5e-3 * 0.16 * 1.1 * 1.25 - 6) * 0.005 * N2O),
    ("industrial_wastewater", "industrial_wastewater", 2, "III.4.1", "CH4",
     (5200 * 7 * 2.7 / 1000 - 20) * 0.25 * 0.3),
    # processes and products
    ("industrial_process", "industrial_production", 3, "IV.1.1", "CO2", 4800 * 0.2 * 0.55),
    ("industrial_process", "industrial_production", 5, "IV.1.1", "N2O", 350 * 0.007 * 0.4),
    ("industrial_process", "industrial_production", 7, "IV.1.1", "NF3", 120 * 0.04e-3 * 0.1),
    ("product_use", "product_use", 2, "IV.2.1", "CO2", 62 * 40.2 * 0.020 * 0.2 * C),
    ("product_use", "product_use", 9, "IV.2.1", "SF6", 85e-3 * 0.026),
    ("refrigerants", "refrigerants", 2, "IV.2.1", "HFC143a",
     (60 - 45 + 180 - 10 - (90 - 40)) / 1000 * 0.52),
    ("refrigerants", "refrigerants", 3, "IV.2.1", "HFC32",
     (1900 * 0.055 + 150 * 0.006 + 20 * 0.4 * 0.6) / 1000 * 0.5),
    # animals, soils, land
    ("livestock", "livestock", 2, "V.1.1", "CH4", 420 * (99 + 11) / 1000),
    ("livestock", "livestock", 2, "V.1.1", "N2O",
     COW_N * (0.7 * (0.005 + 0.3 * 0.01) + 0.05 * (0.005 + 0.4 * 0.01) + 0.05 * 0.07 * 0.01) * N2O),
    ("livestock", "livestock", 2, "V.3.1", "N2O",
     COW_N * 0.2 * (0.02 + 0.2 * 0.01 + 0.3 * 0.0075) * N2O),
    ("soils", "soil_inputs", 2, "V.3.1", "N2O", 185 * (0.01 + 0.1 * 0.01 + 0.3 * 0.0075) * N2O),
    ("soils", "soil_inputs", 6, "V.3.1", "CO2", 110 * 0.2 * C),
    ("land", "land_use", 3, "V.2.1", "CO2",
     TREES * (-1240 * 4 + (3100 + 900) * 0.89 + 12 * 120 * 0.25)),
    # A quarter on 14 ha of fields in 2012: a fifth of 65.55 t C/ha lost over 20 years.
    ("land", "land_use", 2, "V.2.1", "CO2", 14 * 95 * 0.69 * 0.2 / 20 * C),
    ("urban_trees", "urban_trees", 2, "V.2.1", "CO2", -21 * 2.9 * C),
    ("urban_trees", "urban_trees", 4, "V.2.1", "CO2", -2100 * 0.01 * C),
]  # fmt: skip


@pytest.fixture(scope="module")
def results() -> pl.DataFrame:
    return inventory(open_pack(Path("examples/valea-lupului-de-sus"))).results


@pytest.mark.parametrize(("method", "table", "line", "category", "species", "tonnes"), BY_HAND)
def test_a_figure_of_the_town(results, method, table, line, category, species, tonnes):
    rows = results.filter(
        year=2021, method=method, table=table, line=line, category=category, species=species
    )
    assert rows["emission_mg"].sum() / MG_PER_T == pytest.approx(tonnes, rel=1e-6)


def test_every_method_is_worked_out():
    assert {method for method, *_ in BY_HAND} == set(methods())
