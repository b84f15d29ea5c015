"""The five resistances and one capacity of EN ISO 13790, Annex C, for a zone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from vatra.plans.blocks.engines.drive import H_R_OUTSIDE_W_M2K, R_SE_M2K_W, SKY_COLDER_K, sky_share
from vatra.plans.blocks.zone.zone import USUAL_EMISSIVITY, Element, MassClass, Zone

# EN ISO 13790, Table 12: effective mass area and capacity [J/m2K] per floor area.
MASS_AREA_SHARE: dict[MassClass, float] = {
    "very_light": 2.5, "light": 2.5, "medium": 2.5, "heavy": 3.0, "very_heavy": 3.5,
}  # fmt: skip
MASS_J_M2K: dict[MassClass, float] = {
    "very_light": 80e3, "light": 110e3, "medium": 165e3, "heavy": 260e3, "very_heavy": 370e3,
}  # fmt: skip
# 12.2.2: between mass and surface.
H_MS_W_M2K = 9.1
# Heat capacity of air, per volume [J/m3K], and seconds of an hour.
AIR_J_M3K = 1200.0
SECONDS_PER_H = 3600.0
# A number, or an array of one for each zone.
Values = Any


@dataclass(frozen=True)
class Network:
    """Conductances [W/K], effective mass area and capacity, gains of a zone in 5R1C.

    ``h_ve_w_k`` at the stated air change; ``beyond_w`` is what steady temperatures behind elements
    add to the mass node: their conductance times that temperature; ``sky_w`` what opaque elements
    lose to the sky.
    """

    h_w_w_k: float
    h_op_w_k: float
    beyond_w: float
    outside_share: float
    h_ve_w_k: float
    h_is_w_k: float
    h_ms_w_k: float
    a_m_m2: float
    a_t_m2: float
    c_m_j_k: float
    sky_w: float

    @property
    def h_em_w_k(self) -> float:
        """Between mass and what is behind the opaque elements (12.2.2)."""
        if not self.h_op_w_k:
            return 0.0
        return 1 / (1 / self.h_op_w_k - 1 / self.h_ms_w_k)


def network(zone: Zone) -> Network:
    """The conductances of a zone; ``ValueError`` where opaque elements conduct more than its mass
    takes up, which no building does."""
    share = zone.mass.area_share or MASS_AREA_SHARE[zone.mass.klass]
    capacity = zone.mass.c_j_m2k or MASS_J_M2K[zone.mass.klass]
    a_m, a_t = share * zone.floor_m2, zone.surfaces_share * zone.floor_m2
    bridges = sum(each.psi_w_mk * each.length_m * each.b_share for each in zone.bridges)
    steady = [each for each in zone.elements if each.beyond_c is not None]
    h_steady = sum(_conductance(each) for each in steady)
    h_op = bridges + sum(_conductance(each) for each in zone.elements)
    if h_op >= H_MS_W_M2K * a_m:
        raise ValueError(f"{zone.name}: {h_op:.0f} W/K through opaque elements")
    return Network(
        h_w_w_k=sum(each.area_m2 * each.u_w_m2k for each in zone.windows),
        h_op_w_k=h_op,
        beyond_w=sum(_conductance(each) * (each.beyond_c or 0.0) for each in steady),
        outside_share=1 - h_steady / h_op if h_op else 0.0,
        h_ve_w_k=air_w_k(zone, zone.air.change_per_h),
        h_is_w_k=zone.h_is_w_m2k * a_t,
        h_ms_w_k=H_MS_W_M2K * a_m,
        a_m_m2=a_m,
        a_t_m2=a_t,
        c_m_j_k=capacity * zone.floor_m2,
        sky_w=sum(map(_sky_loss, zone.elements)),
    )


def air_w_k(zone: Zone, change_per_h: float) -> float:
    """Conductance of an air change [W/K]."""
    volume_m3_s = change_per_h * zone.volume_m3 / SECONDS_PER_H
    return AIR_J_M3K * zone.air.density_share * volume_m3_s


def _conductance(element: Element) -> float:
    if element.boundary == "adjacent":
        return 0.0
    b_share = 1.0 if element.beyond_c is not None else element.b_share
    return element.area_m2 * element.u_w_m2k * b_share


def _sky_loss(element: Element) -> float:
    """EN ISO 13790, 11.4.6: radiation of an outer surface to the sky [W]."""
    if element.boundary != "outside":
        return 0.0
    outside = R_SE_M2K_W * element.u_w_m2k * element.area_m2
    radiative = H_R_OUTSIDE_W_M2K * element.emissivity_share / USUAL_EMISSIVITY
    return outside * radiative * SKY_COLDER_K * sky_share(element.plane)


@dataclass(frozen=True, eq=False)
class Step:
    """Conductances [W/K], of one zone or as arrays over zones, for the equations of an hour."""

    h_w: Values
    h_em: Values
    h_ve: Values
    h_is: Values
    h_ms: Values
    a_m: Values
    a_t: Values
    c_m: Values
    convective: Values

    def heats(self, gains_w: Values, sun_w: Values) -> tuple[Values, Values, Values]:
        """C.1 to C.3: what gains and sun give to air, mass and surfaces [W]."""
        radiant = (1 - self.convective) * gains_w + sun_w
        mass = self.a_m / self.a_t
        glass = self.h_w / (H_MS_W_M2K * self.a_t)
        return self.convective * gains_w, mass * radiant, (1 - mass - glass) * radiant

    def advance(
        self,
        tm_c: Values,
        te_c: Values,
        behind_w: Values,
        heats: tuple[Values, Values, Values],
        plant_w: Values,
    ) -> tuple[Values, Values, Values, Values]:
        """C.4 to C.11: mass at the end of the hour, its mean, surface and air [degC].

        ``behind_w`` is the conductance behind the mass times the temperature there.
        """  # fmt: skip
        air_w, mass_w, surface_w = heats
        # H1 / Hve, which stays finite without any air change.
        ratio = self.h_is / (self.h_is + self.h_ve)
        h1 = ratio * self.h_ve
        h2 = h1 + self.h_w
        h3 = h2 * self.h_ms / (h2 + self.h_ms)
        light = surface_w + self.h_w * te_c + ratio * (air_w + plant_w) + h1 * te_c
        # Where neither air nor glass leads outdoors, all of it reaches the mass.
        share = self.h_ms / (h2 + self.h_ms)
        total_w = mass_w + behind_w + share * light
        half = (h3 + self.h_em) / 2
        stored = self.c_m / SECONDS_PER_H
        after = (tm_c * (stored - half) + total_w) / (stored + half)
        mean = (tm_c + after) / 2
        surface = (self.h_ms * mean + light) / (self.h_ms + h2)
        air = (self.h_is * surface + self.h_ve * te_c + air_w + plant_w) / (self.h_is + self.h_ve)
        return after, mean, surface, air
