"""Panels: what a kilowatt of peak power gives in each hour of a year.

Sun on the panels by the sky of Perez, what their glass lets through by Fresnel (De Soto et al.,
Solar Energy 80 (2006) 78-88; the sky's and the ground's share by Marion, Solar Energy 147 (2017)
344-348), cells warmed in proportion to the sun (Ross 1976; the climate has no wind), power and
inverter by PVWatts (Dobos 2014). Formulas come from pvlib (extra ``buildings``), numbers from
``data/panels.csv``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, reduce
from typing import Literal

import numpy as np

from vatra.plans.blocks import Climate, Plane
from vatra.plans.blocks.climate.climate import HOURS, Floats
from vatra.plans.blocks.sun.perez import perez
from vatra.plans.blocks.sun.plane import OnPlane
from vatra.plans.sunpower.reading import figures, value

Mount = Literal["rack", "flat", "roof"]
W_PER_KWP = 1000.0
# PVWatts' inverter is best where it says; its curve is about this efficiency.
_REFERENCE_SHARE = 0.9637
SOUTH = (Plane(35.0, 180.0),)
TERRACE = (Plane(15.0, 180.0),)
EAST_WEST = (Plane(10.0, 90.0), Plane(10.0, 270.0))
_LOSSES = ("soiling", "shading", "snow", "mismatch", "wiring", "connections", "light_induced",
           "nameplate", "age", "availability")  # fmt: skip


@dataclass(frozen=True)
class Losses:
    """What is lost between a module in the laboratory and the meter.

    Attributes
    ----------
    system_share : lost before the inverter, of direct current
    power_per_k : change of power per kelvin of the cells above 25 degC [1/K], below zero
    inverter_share : the inverter's nominal efficiency
    panels_per_inverter_share : peak power of the panels over the inverter's
    """

    system_share: float
    power_per_k: float
    inverter_share: float
    panels_per_inverter_share: float


@cache
def usual_losses() -> Losses:
    """The losses of ``data/panels.csv``; parts multiply, as PVWatts multiplies them."""
    kept = reduce(lambda left, name: left * (1 - value("panels", f"{name}_share")), _LOSSES, 1.0)
    others = ("power_per_k", "inverter_share", "panels_per_inverter_share")
    return Losses(1 - kept, *(value("panels", name) for name in others))


def panel_w(
    climate: Climate,
    plane: Plane | tuple[Plane, ...] = SOUTH,
    *,
    mount: Mount = "rack",
    losses: Losses | None = None,
) -> Floats:
    """Power of 1 kWp of panels at the meter in each hour [W], shape (8760,), none below zero.

    Parameters
    ----------
    plane : how they lie; of several each holds the same share of them, on one inverter
    mount : how air reaches their back: ``rack`` free standing, ``flat`` close to a flat roof,
        ``roof`` on a pitched one
    losses : the usual ones where not given

    Raises ``ImportError`` without the extra ``buildings``.
    """
    planes = plane if isinstance(plane, tuple) else (plane,)
    known = losses or usual_losses()
    sun = perez(climate, tuple(sorted(set(planes))))
    parts = [_direct_w(climate, each, sun[each], mount, known) for each in planes]
    return _through_inverter(np.mean(parts, axis=0), known)


def _direct_w(climate: Climate, plane: Plane, sun: OnPlane, mount: Mount, losses: Losses) -> Floats:
    """Direct current of 1 kWp on one plane after the system's losses [W]."""
    import pvlib  # type: ignore[import-untyped]

    heating_k = figures("panels")[f"heating_{mount}_k_m2_w"].value
    cell_c = pvlib.temperature.ross(sun.total_w_m2, climate.dry_bulb_c, k=heating_k)
    inside = _behind_glass(plane, sun)
    found = pvlib.pvsystem.pvwatts_dc(inside, cell_c, W_PER_KWP, losses.power_per_k)
    return np.asarray(found, float) * (1 - losses.system_share)


def _behind_glass(plane: Plane, sun: OnPlane) -> Floats:
    """Irradiance that reaches the cells [W/m2]."""
    import pvlib

    angle_deg = np.degrees(np.arccos(np.clip(sun.cos_angle, 0.0, 1.0)))
    through = _diffuse(plane.tilt_deg)
    return np.asarray(
        sun.beam_w_m2 * pvlib.iam.physical(angle_deg)
        + sun.sky_w_m2 * through["sky"]
        + sun.ground_w_m2 * through["ground"],
        float,
    )


@cache
def _diffuse(tilt_deg: float) -> dict[str, float]:
    """Shares of the sky's and the ground's light that pass the glass; a level panel sees none of
    the ground."""
    import pvlib

    found = pvlib.iam.marion_diffuse("physical", tilt_deg)
    return {name: float(np.nan_to_num(found[name])) for name in ("sky", "ground")}


def _through_inverter(direct_w: Floats, losses: Losses) -> Floats:
    import pvlib

    most_w = W_PER_KWP / losses.panels_per_inverter_share / losses.inverter_share
    found = pvlib.inverter.pvwatts(direct_w, most_w, losses.inverter_share, _REFERENCE_SHARE)
    power: Floats = np.maximum(np.nan_to_num(np.asarray(found, float)), 0.0)
    return power.reshape(HOURS)
