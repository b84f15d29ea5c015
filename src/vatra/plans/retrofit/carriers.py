"""From energy at the meter to primary energy, CO2 and the bill.

Primary energy is the total one (renewable and not), as the energy certificate sums it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np

from vatra.plans.finance.prices import default_prices
from vatra.plans.retrofit.reading import (
    Floats,
    Origin,
    RetrofitError,
    Validity,
    origin,
    rows,
    validity,
)

KWH_PER_MWH = 1000.0


@dataclass(frozen=True)
class CarrierFactors:
    """What a kWh at the meter stands for.

    ``primary_nonrenewable`` and ``primary_renewable`` in kWh of primary energy per kWh,
    ``co2_kg_per_kwh_primary`` in kg per kWh of primary energy.
    """

    carrier: str
    primary_nonrenewable: float
    primary_renewable: float
    co2_kg_per_kwh_primary: float
    validity: Validity
    origin: Origin

    @property
    def primary(self) -> float:
        """Total primary energy per kWh at the meter."""
        return self.primary_nonrenewable + self.primary_renewable

    @property
    def co2_kg_per_kwh(self) -> float:
        """CO2 per kWh at the meter [kg/kWh]."""
        return self.primary * self.co2_kg_per_kwh_primary


@cache
def carrier_factors() -> tuple[CarrierFactors, ...]:
    """Every factor of ``data/carriers.csv``."""
    return tuple(
        CarrierFactors(
            row["carrier"],
            float(row["primary_nonrenewable"]),
            float(row["primary_renewable"]),
            float(row["co2_kg_per_kwh_primary"]),
            validity(row),
            origin(row),
        )
        for row in rows("carriers")
    )


def factors_on(carriers: Iterable[str], on_date: date) -> Mapping[str, CarrierFactors]:
    """Factors of some carriers on a day; one fault names all that have none."""
    valid = {each.carrier: each for each in carrier_factors() if each.validity.holds(on_date)}
    wanted = sorted(carriers)
    missing = [each for each in wanted if each not in valid]
    if missing:
        raise RetrofitError(
            "no-primary-factor", carriers=missing, day=on_date.isoformat(), known=sorted(valid)
        )
    return {each: valid[each] for each in wanted}


def primary_kwh(final_kwh: Mapping[str, Floats], on_date: date) -> Floats:
    """Primary energy [kWh] of energy at the meter by carrier [kWh], element by element."""
    known = factors_on(final_kwh, on_date)
    return _sum(known[each].primary * final_kwh[each] for each in sorted(final_kwh))


def co2_kg(final_kwh: Mapping[str, Floats], on_date: date) -> Floats:
    """CO2 [kg] of energy at the meter by carrier [kWh], element by element."""
    known = factors_on(final_kwh, on_date)
    return _sum(known[each].co2_kg_per_kwh * final_kwh[each] for each in sorted(final_kwh))


def bill_eur(
    final_kwh: Mapping[str, Floats], own_eur_per_mwh: Mapping[str, float] | None = None
) -> Floats:
    """Yearly bill of households without VAT [EUR], element by element.

    ``own_eur_per_mwh`` comes before the default prices of the finance room; a carrier that has
    neither is a fault.
    """
    own = own_eur_per_mwh or {}
    priced = {
        carrier: each.value
        for (carrier, kind), each in default_prices().items()
        if kind == "household"
    } | dict(own)
    missing = sorted(set(final_kwh) - set(priced))
    if missing:
        raise RetrofitError("no-price", carriers=missing)
    return _sum(priced[each] / KWH_PER_MWH * final_kwh[each] for each in sorted(final_kwh))


def _sum(parts: Iterable[Floats]) -> Floats:
    total: Floats | None = None
    for each in parts:
        total = each if total is None else total + each
    if total is None:
        raise RetrofitError("no-energy")
    return np.asarray(total, np.float64)
