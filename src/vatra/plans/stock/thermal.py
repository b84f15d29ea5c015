"""U of a construction from its layers: EN ISO 6946 for layers side by side with the surface."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from vatra.plans.blocks.zone.zone import Boundary, Layer

Kind = Literal["wall", "roof", "floor"]

# EN ISO 6946:2017, Table 7 [m2K/W]: where the heat of a winter's day goes through the element.
R_SI_M2K_W: dict[Kind, float] = {"wall": 0.13, "roof": 0.10, "floor": 0.17}
R_SE_M2K_W = 0.04


def surfaces_m2k_w(kind: Kind, behind: Boundary) -> float:
    """Both surface resistances [m2K/W].

    Behind an unheated space the air is still and the inner value holds on both sides (6.8); the
    ground touches and has none.
    """
    inside = R_SI_M2K_W[kind]
    if behind == "outside":
        return inside + R_SE_M2K_W
    return inside if behind == "ground" else 2 * inside


def u_w_m2k(layers: Sequence[Layer], kind: Kind, behind: Boundary) -> float:
    """``1 / (R_si + sum(d / lambda) + R_se)`` [W/m2K] (EN ISO 6946, 6.7.1.1)."""
    return 1 / (surfaces_m2k_w(kind, behind) + sum(each.r_m2k_w for each in layers))


def with_insulation_w_m2k(u_before_w_m2k: float, d_m: float, k_w_mk: float) -> float:
    """U after a layer of ``d_m`` [m] and conductivity ``k_w_mk`` [W/mK] is added."""
    return 1 / (1 / u_before_w_m2k + d_m / k_w_mk)


def corrected_u_w_m2k(
    areas: Iterable[tuple[float, float]], bridges: Iterable[tuple[float, float]]
) -> float:
    """``(sum A U + sum psi l) / sum A``: what an element really conducts, bridges included.

    Parameters
    ----------
    areas : pairs of area [m2] and U [W/m2K]
    bridges : pairs of psi [W/mK] and length [m]
    """
    listed = list(areas)
    conductance = sum(area * u for area, u in listed) + sum(psi * m for psi, m in bridges)
    return conductance / sum(area for area, _ in listed)
