"""What heat costs those who take it: fuel, losses, pumps and what does not depend on heat.

``price = (heat price x plant + electricity price x pumps + fixed) / served``. Who leaves takes
none of the fixed cost along, and the pipes lose about as much as before; those who remain share
both among fewer megawatt-hours.
"""

from __future__ import annotations

from dataclasses import dataclass

from vatra.plans.heatnet.catalogue import value
from vatra.plans.heatnet.year import Year

WH_PER_MWH = 1e6


@dataclass(frozen=True)
class Tariff:
    """Prices: heat at the source and electricity [EUR/MWh], what is paid however much heat flows
    [EUR a year]."""

    heat_eur_mwh: float
    electricity_eur_mwh: float
    fixed_eur: float


@dataclass(frozen=True)
class Cost:
    """Cost of a served megawatt-hour and its parts [EUR/MWh]; ``whole_eur`` of the year.

    ``losses_eur_mwh`` is the heat that is made and lost, at the heat price.
    """

    whole_eur: float
    heat_eur_mwh: float
    losses_eur_mwh: float
    pumps_eur_mwh: float
    fixed_eur_mwh: float

    @property
    def eur_mwh(self) -> float:
        """The sum of the parts."""
        return self.heat_eur_mwh + self.losses_eur_mwh + self.pumps_eur_mwh + self.fixed_eur_mwh


def usual_tariff(
    year: Year,
    heat_eur_mwh: float | None = None,
    electricity_eur_mwh: float | None = None,
    fixed_eur: float | None = None,
) -> Tariff:
    """Prices, and where the fixed cost is not known the usual share of the cost of this year."""
    heat = value("heat_price") if heat_eur_mwh is None else heat_eur_mwh
    power = value("electricity_price") if electricity_eur_mwh is None else electricity_eur_mwh
    if fixed_eur is None:
        share = value("fixed_share") / 100
        running = (heat * year.plant_w.sum() + power * year.pump_w.sum()) / WH_PER_MWH
        fixed_eur = float(running) * share / (1 - share)
    return Tariff(heat, power, fixed_eur)


def cost_of(year: Year, tariff: Tariff) -> Cost | None:
    """What a served megawatt-hour costs; None where nothing is served."""
    served = float(year.served_w.sum()) / WH_PER_MWH
    if served <= 0:
        return None
    lost = float(year.loss_w.sum()) / WH_PER_MWH * tariff.heat_eur_mwh
    pumps = float(year.pump_w.sum()) / WH_PER_MWH * tariff.electricity_eur_mwh
    heat = served * tariff.heat_eur_mwh
    return Cost(
        heat + lost + pumps + tariff.fixed_eur,
        tariff.heat_eur_mwh,
        lost / served,
        pumps / served,
        tariff.fixed_eur / served,
    )
