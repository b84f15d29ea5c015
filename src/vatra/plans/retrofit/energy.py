"""The energy of packages: what the physics hands over, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from vatra.plans.retrofit.carriers import bill_eur, co2_kg, primary_kwh
from vatra.plans.retrofit.facts import Block, Works
from vatra.plans.retrofit.packages import ENVELOPE_AXES, Packages
from vatra.plans.retrofit.reading import Floats, RetrofitError

_PERCENT = 100


@dataclass(frozen=True)
class Energy:
    """Energy of a block in a typical year under each of ``n`` packages.

    Parameters
    ----------
    final_kwh : bought at the meter by carrier, all uses that the certificate counts, panels' own
        use taken off [kWh], each [n]
    heating_kwh : heat for space heating [kWh], [n]
    peak_heat_kw : greatest heat load, for the size of heat pumps [kW], [n]; ``None``: not known
    all_kwh : like ``final_kwh`` with cooking, appliances and common parts, as bills count; None:
        bills are those of ``final_kwh``
    fed_kwh : given to the grid by panels [kWh], [n]

    Raises ``RetrofitError`` for arrays of different length, unknown values or values below zero.
    """

    final_kwh: Mapping[str, Floats]
    heating_kwh: Floats
    peak_heat_kw: Floats | None = None
    all_kwh: Mapping[str, Floats] | None = None
    fed_kwh: Floats | None = None

    @property
    def billed_kwh(self) -> Mapping[str, Floats]:
        """What bills count by carrier."""
        return self.final_kwh if self.all_kwh is None else self.all_kwh

    def __post_init__(self) -> None:
        series = {**self.final_kwh, "heating": self.heating_kwh}
        if self.peak_heat_kw is not None:
            series["peak"] = self.peak_heat_kw
        if self.fed_kwh is not None:
            series["fed"] = self.fed_kwh
        series |= {f"all {name}": values for name, values in (self.all_kwh or {}).items()}
        shape = (np.asarray(self.heating_kwh).size,)
        wrong = sorted(
            name
            for name, values in series.items()
            if np.shape(values) != shape or not bool((np.asarray(values) >= 0).all())
        )
        if wrong:
            raise RetrofitError("energy-shape", names=wrong, count=shape[0])

    @property
    def count(self) -> int:
        """How many packages there are."""
        return len(self.heating_kwh)


@dataclass(frozen=True)
class Figures:
    """What the energy of each package means, per useful floor area where the name says so [n]."""

    primary_kwh_m2: Floats
    heating_kwh_m2: Floats
    co2_kg_m2: Floats
    bill_eur: Floats


def figures(
    energy: Energy,
    block: Block,
    on_date: date,
    own_eur_per_mwh: Mapping[str, float] | None = None,
) -> Figures:
    """Primary energy, heating, CO2 and bill of every package.

    ``own_eur_per_mwh`` prices by carrier that come before the defaults. Raises ``RetrofitError``
    for a block without ``floor_m2`` and for carriers without a factor or a price.
    """
    if not block.floor_m2:
        raise RetrofitError("area-missing", area="floor_m2")
    return Figures(
        primary_kwh(energy.final_kwh, on_date) / block.floor_m2,
        energy.heating_kwh / block.floor_m2,
        co2_kg(energy.final_kwh, on_date) / block.floor_m2,
        bill_eur(energy.billed_kwh, own_eur_per_mwh),
    )


def works_of(packages: Packages, after: Figures, before: Figures) -> Works:
    """What programmes ask about each package; ``before`` is the block as it stands, one row.

    A saving of what is nothing before is not known.
    """
    return Works(
        primary_saving_percent=_saving(after.primary_kwh_m2, before.primary_kwh_m2),
        heating_saving_percent=_saving(after.heating_kwh_m2, before.heating_kwh_m2),
        heating_kwh_m2=after.heating_kwh_m2,
        has_envelope=packages.touches(ENVELOPE_AXES),
        new_heat_carrier=packages.heat_carriers(),
        pv_kwp=packages.amounts("pv"),
        battery_kwh=packages.amounts("battery"),
    )


def _saving(after: Floats, before: Floats) -> Floats:
    base = float(before[0])
    return np.full(len(after), np.nan) if base == 0 else (1 - after / base) * _PERCENT
