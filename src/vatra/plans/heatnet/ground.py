"""What a buried pair of pipes loses, and how warm the ground is at its depth.

Steady heat conduction about two equal pipes (EN 13941, after Bøhm, International Journal of
Energy Research 24 (2000) 1311-1334): insulation, soil and the neighbour resist in series.
Temperature of undisturbed ground: Kusuda and Achenbach, ASHRAE Transactions 71 (1965) 61-75.
"""

from __future__ import annotations

from math import log, pi

import numpy as np

from vatra.plans.blocks.climate.climate import Climate, Floats
from vatra.plans.heatnet.catalogue import value

_DAYS = 365
_HARMONIC = 2 * np.pi / _DAYS


def u_w_mk(
    outer_m: float,
    casing_m: float,
    insulation_w_mk: float,
    depth_m: float,
    *,
    soil_w_mk: float | None = None,
    gap_m: float | None = None,
) -> float:
    """Loss of each pipe of a pair per metre and kelvin above the ground [W/mK].

    ``U = 1 / (R_insulation + R_soil + R_pair)``: with it in both pipes the pair loses
    ``U (T_supply - T_ground) + U (T_return - T_ground)``, which is exact for the pair together.
    What the supply loses beyond its part warms the return: 3 to 5 % of U times their difference
    passes from one to the other and is not counted pipe by pipe.

    Parameters
    ----------
    outer_m, casing_m : diameters of the steel pipe and of the casing
    depth_m : of cover, from the surface to the top of the casing
    gap_m : between the casings
    """
    soil = value("soil_conductivity") if soil_w_mk is None else soil_w_mk
    gap = value("gap") if gap_m is None else gap_m
    # The film of air above the ground counts as more ground.
    depth = depth_m + casing_m / 2 + value("surface_resistance") * soil
    wrapped = log(casing_m / outer_m) / (2 * pi * insulation_w_mk)
    around = log(4 * depth / casing_m) / (2 * pi * soil)
    pair = log(1 + (2 * depth / (gap + casing_m)) ** 2) / (4 * pi * soil)
    return 1 / (wrapped + around + pair)


def ground_c(climate: Climate, depth_m: float | None = None) -> Floats:
    """Temperature of the ground at a depth [degC], shape (8760,).

    The first harmonic of the air's days, damped and late with depth.
    """
    depth = value("depth") if depth_m is None else depth_m
    days = climate.dry_bulb_c.reshape(-1, 24).mean(axis=1)
    at = np.arange(_DAYS) + 0.5
    cosine = 2 * float((days * np.cos(_HARMONIC * at)).mean())
    sine = 2 * float((days * np.sin(_HARMONIC * at)).mean())
    swing, phase = np.hypot(cosine, sine), np.arctan2(sine, cosine)
    damped = depth * np.sqrt(np.pi / (_DAYS * value("soil_diffusivity")))
    hours = (np.arange(len(climate.dry_bulb_c)) + 0.5) / 24
    wave = np.cos(_HARMONIC * hours - phase - damped)
    return np.asarray(days.mean() + swing * np.exp(-damped) * wave, float)
