"""Which rows of data stand behind an amount."""

from __future__ import annotations

from collections.abc import Iterator

from vatra.plans.services.generation import BOILERS
from vatra.plans.services.heat_pump import PUMPS, SPLIT
from vatra.plans.services.hot_water import MONTHS
from vatra.plans.services.reading import Figure, figure
from vatra.plans.services.systems import SUN, System

_DRAWN = (
    "litres_most",
    "litres_per_m2",
    "small_m2",
    "middle_m2",
    "persons_per_m2",
    "persons_middle",
    "persons_middle_per_m2",
    "persons_above_share",
    "stated_hot_c",
    "stated_cold_c",
    "stated_mean_cold_c",
    "draw_c",
    "water_wh_l_k",
)
_COP = ("cop_constant", "cop_per_k", "cop_per_k2", "least_lift_k", "field_share", "most_supply_c")
_SOIL = ("brine_k", "soil_depth_m", "soil_diffusivity_mm2_s", "soil_warmer_k")
_CONDENSING = ("conventional_share", "condensing_at_30_share", "condensing_at_60_share")
_OF_FLATS = {
    "lighting": ("lighting_kwh_per_m2", "dark_below_w_m2", "lit_by_day_share"),
    "appliances": ("appliances_kwh_per_flat", "season_share"),
    "cooking": (
        "gas_cooking_share",
        "gas_cooking_kwh_per_flat",
        "electric_cooking_kwh_per_flat",
    ),
    "common": (
        "stairs_kwh_per_flat",
        "lift_kwh_per_flat",
        "water_pumps_kwh_per_flat",
        "lift_share",
        "lift_from_storeys",
    ),
}


def rows_of(system: System, use: str = "block") -> Iterator[Figure]:
    """Figures that ``bought`` took for a system."""
    if system.service == "heating":
        yield from _emitter(system)
        yield from _pipes(system, ("length_m_per_m2", "u_w_mk"))
        yield from _generator(system)
    elif system.service == "hot_water":
        yield from (figure("hot_water", each, use) for each in _DRAWN)
        yield from (figure("hot_water", f"cold_{month}_c") for month in MONTHS)
        stages = ("stub_share", "length_m_per_m2", "u_w_mk", "pipe_c", "storage_w_per_flat")
        yield from _pipes(system, stages)
        yield from _generator(system)
    elif system.service == "cooling" and system.efficiency is None:
        yield figure("air", "seer", system.system)
    elif system.service == "ventilation":
        yield figure("air", "fan_wh_m3", system.system)
        yield figure("air", "air_m3_h_m2", system.system)


def rows_of_flats(service: str, use: str) -> Iterator[Figure]:
    """Figures behind lighting, appliances, cooking and common parts."""
    yield from (figure("electricity", each, use) for each in _OF_FLATS[service])


def _emitter(system: System) -> Iterator[Figure]:
    yield figure("emitters", "emission_share", system.emitter)
    yield figure("emitters", "exponent", system.emitter)
    if system.supply_c is None:
        yield figure("emitters", "curve_k_per_k", system.emitter)
        yield figure("emitters", "spread_k", system.emitter)


def _pipes(system: System, quantities: tuple[str, ...]) -> Iterator[Figure]:
    names = f"{system.service}_{system.system}", f"{system.service}_any"
    yield from (figure("pipes", each, *names) for each in quantities)
    yield figure("pipes", "around_b_share")


def _generator(system: System) -> Iterator[Figure]:
    name = system.system
    yield figure("generators", "auxiliary_share", name)
    if system.carrier == SUN or system.efficiency is not None:
        return
    if name in PUMPS:
        yield from (figure("heat_pumps", each, name) for each in _COP)
        if name == "heat_pump_ground":
            yield from (figure("heat_pumps", each, name) for each in _SOIL)
        if system.service == "hot_water":
            yield figure("heat_pumps", "hot_water_c")
        if name == SPLIT:
            yield figure("heat_pumps", "coil_c", name)
    elif name in BOILERS:
        yield from (figure("generators", each, name) for each in _CONDENSING)
        since = "condensing_stock_share" if system.installed is None else "condensing_since"
        yield figure("generators", since, name)
    else:
        yield figure("generators", "generation_share", name)
