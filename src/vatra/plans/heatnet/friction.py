"""Pressure lost in pipes: Darcy-Weisbach, the friction factor by Haaland (1983), laminar 64/Re.

S. E. Haaland, Simple and explicit formulas for the friction factor in turbulent pipe flow,
Journal of Fluids Engineering 105 (1983) 89-90. Between Re 2300 and 4000 the larger of both holds.
"""

from __future__ import annotations

import numpy as np

from vatra.plans.blocks.climate.climate import Floats
from vatra.plans.heatnet.catalogue import value

LAMINAR_RE, TURBULENT_RE = 2300.0, 4000.0


def speed_m_s(flow_kg_s: Floats, inner_m: Floats) -> Floats:
    """Mean speed in a pipe."""
    return np.asarray(4 * flow_kg_s / (value("water_density") * np.pi * inner_m**2))


def rough_term(inner_m: Floats, roughness_m: Floats) -> Floats:
    """What Haaland's formula takes of roughness: ``(e / 3.7 d)^1.11``."""
    return np.asarray((roughness_m / inner_m / 3.7) ** 1.11)


def friction_factor(reynolds: Floats, rough: Floats) -> Floats:
    """Darcy's friction factor."""
    re = np.maximum(reynolds, 1e-9)
    laminar = 64 / re
    turbulent = (-1.8 * np.log10(rough + 6.9 / np.maximum(re, LAMINAR_RE))) ** -2
    between = np.maximum(laminar, turbulent)
    return np.where(re < LAMINAR_RE, laminar, np.where(re < TURBULENT_RE, between, turbulent))


def drop_pa_m(flow_kg_s: Floats, inner_m: Floats, rough: Floats) -> Floats:
    """Pressure lost in a metre of one straight pipe [Pa/m]."""
    speed = speed_m_s(flow_kg_s, inner_m)
    reynolds = value("water_density") * speed * inner_m / value("water_viscosity")
    factor = friction_factor(reynolds, rough)
    return np.asarray(factor / inner_m * value("water_density") * speed**2 / 2)
