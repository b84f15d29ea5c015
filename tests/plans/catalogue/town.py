"""An invented town of 300,000 with every use, every stream and every stock the catalogue counts."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from vatra.plans.catalogue import Entry, curve
from vatra.plans.engine import Action, Adoption, Base, Cell, Effect, Model, evaluate

YEARS = tuple(range(2024, 2055))
G_PER_KWH = {
    "natural_gas": 202.0,
    "district_heat": 280.0,
    "wood": 10.0,
    "electricity": 270.0,
    "electricity_green": 0.0,
    "gasoline": 249.0,
    "diesel": 267.0,
    "lpg": 227.0,
}
# Energy by use: sector, then carrier -> MWh a year.
ENERGY_MWH: Mapping[str, tuple[str, Mapping[str, float]]] = {
    "residential": (
        "buildings",
        {"natural_gas": 1e6, "district_heat": 250e3, "wood": 50e3, "electricity": 240e3},
    ),
    "tertiary": (
        "buildings",
        {"natural_gas": 180e3, "district_heat": 40e3, "electricity": 200e3},
    ),
    "public_buildings": (
        "buildings",
        {"natural_gas": 70e3, "district_heat": 25e3, "electricity": 30e3, "electricity_green": 0},
    ),
    "street_lighting": ("buildings", {"electricity": 15e3, "electricity_green": 0}),
    "industry": ("industry", {"natural_gas": 300e3, "electricity": 250e3}),
    "cars": (
        "transport",
        {"gasoline": 300e3, "diesel": 350e3, "lpg": 20e3, "electricity": 3e3},
    ),
    "buses": ("transport", {"diesel": 45e3, "electricity": 2e3}),
    "rail": ("transport", {"electricity": 15e3}),
    "freight": ("transport", {"diesel": 150e3, "electricity": 500}),
    "waste_fleet": ("waste", {"diesel": 10e3, "electricity": 0}),
    "water": ("waste", {"electricity": 25e3, "electricity_green": 0}),
    "waste": ("waste", {"electricity": 5e3}),
    "agriculture": ("land", {"diesel": 20e3, "electricity": 1e3}),
}
# Streams: sector, tonnes CO2e a year, decay.
STREAMS = {
    "landfill": ("waste", 60e3, 0.09),
    "wastewater": ("waste", 15e3, 0.0),
    "refrigerants": ("industry", 25e3, 0.0),
    "soils": ("land", 4e3, 0.0),
}
ACTIVITY = {"cars": 1.6e9, "buses": 3e8, "rail": 1.5e8, "active": 3e8, "freight": 2e8}
STOCKS = {
    "persons_count": 300e3,
    "floor_area_residential_m2": 7.5e6,
    "floor_area_tertiary_m2": 1.6e6,
    "floor_area_public_m2": 0.6e6,
    "dwellings_count": 130e3,
    "gas_dwellings_count": 85e3,
    "dh_dwellings_count": 30e3,
    "wood_dwellings_count": 3e3,
    "dh_heat_mwh": 315e3,
    "substations_count": 450,
    "roof_pv_residential_kw": 120e3,
    "roof_pv_public_kw": 20e3,
    "roof_pv_commercial_kw": 60e3,
    "roof_pv_industry_kw": 60e3,
    "park_pv_kw": 50e3,
    "park_wind_kw": 30e3,
    "home_battery_kwh": 60e3,
    "public_electricity_mwh": 70e3,
    "luminaires_count": 30e3,
    "tram_km": 30,
    "trams_count": 100,
    "train_km": 60,
    "metro_km": 15,
    "buses_count": 300,
    "bus_lane_km": 30,
    "park_ride_spaces_count": 4000,
    "cycle_km": 200,
    "cars_count": 130e3,
    "taxis_count": 2500,
    "municipal_vehicles_count": 600,
    "public_chargers_count": 1500,
    "vans_count": 9000,
    "trucks_count": 2500,
    "cargo_bikes_count": 300,
    "consolidation_centres_count": 2,
    "municipal_waste_t": 120e3,
    "biowaste_t": 50e3,
    "landfilled_t": 80e3,
    "waste_trucks_count": 80,
    "water_m3": 25e6,
    "wastewater_person_equivalents": 320e3,
    "unsewered_persons_count": 20e3,
    "trees_ha": 80,
    "park_ha": 100,
    "forest_ha": 2000,
    "green_roof_ha": 20,
    "wetland_ha": 100,
    "grassland_ha": 800,
    "cropland_ha": 3000,
    "tractors_count": 150,
    "industry_energy_mwh": 550e3,
    "industry_gas_mwh": 300e3,
    "refrigerant_bank_kg": 80e3,
}


def town(**g_per_kwh: float) -> Base:
    """The town before any measure; carriers named have another factor [g/kWh]."""
    factors = {**G_PER_KWH, **g_per_kwh}
    cells, amount, factor = [], [], []
    for use, (sector, carriers) in ENERGY_MWH.items():
        # Heat pumps and networks may come to where there are none yet.
        for carrier in dict.fromkeys((*carriers, "electricity", "district_heat")):
            cells.append(Cell(use, sector, carrier=carrier))
            amount.append(carriers.get(carrier, 0.0) * 1e6)
            factor.append(factors[carrier])
    for use, (sector, mass_t, decay) in STREAMS.items():
        cells.append(Cell(use, sector, stream=use, decay_per_year=decay))
        amount.append(mass_t * 1e9)
        factor.append(1.0)
    count = len(YEARS)
    return Base(
        YEARS,
        tuple(cells),
        np.repeat(np.array(amount)[:, None], count, axis=1),
        np.repeat(np.array(factor)[:, None], count, axis=1),
        {use: np.full(count, each) for use, each in ACTIVITY.items()},
    )


def units_of(entry: Entry, reach: float = 1.0) -> float:
    """Units of a measure in the town."""
    return reach * STOCKS[entry.stock] * entry.units_per_stock


def in_town(entry: Entry, reach: float = 1.0) -> Action:
    """A measure of the catalogue, in full force in the town from the first year."""
    units = units_of(entry, reach)
    effects = tuple(
        Effect(
            each.operator,
            each.use,
            each.carrier,
            each.to_use,
            each.to_carrier,
            strength=each.strength,
            ratio=each.ratio,
            conversion=each.conversion,
            amount=each.amount,
            scale=units * 1e6,  # MWh -> Wh
            curve=tuple(t * 1e9 * units for t in curve(each.curve)) if each.curve else (),
            group=each.group,
            combine=each.combine,
            potential_share=each.potential_share,
        )
        for each in entry.effects
    )
    adoption = Adoption(YEARS[0], shape="step")
    return Action(
        entry.id,
        entry.name_en,
        entry.name_ro,
        entry.sector,
        entry.field,
        effects,
        adoption,
        reach_share=reach,
    )


def cut_t(entry: Entry, base: Base, reach: float = 1.0) -> np.ndarray:
    """Tonnes that a measure alone cuts in each year, negative where it adds [T]."""
    left = evaluate(Model(base, (in_town(entry, reach),)))
    cut: np.ndarray = (base.emission_mg.sum(axis=0) - left.total_mg) / 1e9
    return cut
