"""A network through a year: what drives it, what comes out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from vatra.plans.blocks.climate.climate import Floats
from vatra.plans.heatnet.catalogue import value
from vatra.plans.heatnet.network import HeatNet

# Supply temperatures of the substations are settled to this [K].
TOLERANCE_K = 1e-3
MOST_ROUNDS = 60


@dataclass(frozen=True, eq=False)
class Drive:
    """What the hours bring.

    ``plant_c`` supply at the source and ``ground_c`` [degC], shape (hours,); ``heating_w`` and
    ``hot_water_w`` need of the substations, shape (hours, substations). In hours that are not
    ``running`` the water stands still and nothing is counted.
    """

    plant_c: Floats
    ground_c: Floats
    heating_w: Floats
    hot_water_w: Floats
    running: npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Year:
    """What a network does.

    Attributes
    ----------
    plant_w, needed_w, served_w : heat that leaves the source, is asked for and arrives, by hour
    supply_loss_w, return_loss_w : to the ground, by hour
    return_c : at the source, by hour; nan while the water stands
    flow_kg_s, head_pa, pump_w : at the source, by hour
    margin_k : by how much the supply is warmer than it has to be, where that is least; negative
        where heat falls short, infinite where nobody needs any
    pipe_supply_loss_wh, pipe_return_loss_wh, pipe_flow_kg_s (highest), pipe_speed_m_s (highest),
    pipe_drop_pa_m (highest, of one pipe without fittings) : shape (pipes,)
    station_needed_wh, station_served_wh, station_return_c (mean by flow), station_coldest_c
    (lowest supply), station_short_hours : shape (substations,)
    """

    net: HeatNet
    drive: Drive
    plant_w: Floats
    needed_w: Floats
    served_w: Floats
    supply_loss_w: Floats
    return_loss_w: Floats
    return_c: Floats
    flow_kg_s: Floats
    head_pa: Floats
    pump_w: Floats
    margin_k: Floats
    pipe_supply_loss_wh: Floats
    pipe_return_loss_wh: Floats
    pipe_flow_kg_s: Floats
    pipe_speed_m_s: Floats
    pipe_drop_pa_m: Floats
    station_needed_wh: Floats
    station_served_wh: Floats
    station_return_c: Floats
    station_coldest_c: Floats
    station_short_hours: Floats

    @property
    def loss_w(self) -> Floats:
        """Of supply and return, by hour."""
        return self.supply_loss_w + self.return_loss_w

    @property
    def loss_share(self) -> float:
        """Of the heat that leaves the source in the year."""
        plant = float(self.plant_w.sum())
        return float(self.loss_w.sum()) / plant if plant else 0.0

    @property
    def mean_return_c(self) -> float:
        """At the source, each hour weighted with its flow."""
        return self._by_flow(self.return_c)

    @property
    def mean_supply_c(self) -> float:
        """At the source, each hour weighted with its flow."""
        return self._by_flow(self.drive.plant_c)

    def _by_flow(self, values: Floats) -> float:
        flows = self.drive.running & (self.flow_kg_s > 0)
        if not flows.any():
            return float("nan")
        return float(np.average(values[flows], weights=self.flow_kg_s[flows]))

    @property
    def short_wh(self) -> float:
        """Heat that was asked for and did not arrive."""
        return float((self.station_needed_wh - self.station_served_wh).sum())

    @property
    def bought_wh(self) -> float | None:
        """What the source takes for its heat; None where its efficiency is not known."""
        efficiency = self.net.source.efficiency
        return None if efficiency is None else float(self.plant_w.sum()) / efficiency


def reset_curve_c(net: HeatNet, outdoors_c: Floats, design_c: float) -> Floats:
    """Supply at the source by outdoor temperature: straight from design to the mildest day."""
    mild = value("mild")
    if design_c >= mild:
        raise ValueError(f"design outdoors of {design_c} is not colder than {mild} degC")
    colder = np.clip((mild - outdoors_c) / (mild - design_c), 0.0, 1.0)
    source = net.source
    return np.asarray(source.lowest_c + colder * (source.supply_c - source.lowest_c))


def running(heating_w: Floats, hot_water_w: Floats) -> npt.NDArray[np.bool_]:
    """Hours of the days on which anybody needs anything, shape (hours,)."""
    asked = heating_w.sum(axis=1) + hot_water_w.sum(axis=1)
    days = asked.reshape(-1, 24).sum(axis=1) > 0
    return np.asarray(np.repeat(days, 24), bool)


def drive_of(
    net: HeatNet, plant_c: Floats, ground_c: Floats, heating_w: Floats, hot_water_w: Floats
) -> Drive:
    """Hours with their pauses; needs of shape (hours, substations)."""
    for name, needs in (("heating_w", heating_w), ("hot_water_w", hot_water_w)):
        if needs.shape != (len(plant_c), len(net.substations)):
            raise ValueError(f"{name} has the shape {needs.shape}, not (hours, substations)")
        if not np.isfinite(needs).all() or (needs < 0).any():
            raise ValueError(f"{name} holds what is no need")
    return Drive(plant_c, ground_c, heating_w, hot_water_w, running(heating_w, hot_water_w))
