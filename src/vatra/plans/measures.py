"""Measures as printed: their claimed tonnes beside what their energy implies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from vatra.units import CENTS_PER_EUR, MG_PER_T, MG_PER_WH_AT_ONE_T_PER_MWH


@dataclass(frozen=True)
class Measure:
    """One measure of the plan.

    ``claimed_mg`` [mg CO2e a year in the target year] or ``None`` when not printed;
    ``implied_mg`` what its energy, by carrier in ``energy_wh`` [Wh], amounts to with the target
    year's factors, ``None`` without energy; ``cost_cents`` [EUR cents].
    """

    code: str
    name_en: str
    name_ro: str
    sector: str
    field: str
    lever: str
    cost_cents: int | None
    claimed_mg: int | None
    implied_mg: int | None
    energy_wh: Mapping[str, int]
    printed_eur_per_t: float | None
    source: str
    line: int

    @property
    def cents_per_t(self) -> int | None:
        """Cost per claimed tonne, from the printed cost and tonnes [EUR cents per t]."""
        if not self.cost_cents or not self.claimed_mg:
            return None
        return round(Fraction(self.cost_cents) * MG_PER_T / self.claimed_mg)

    @property
    def cost_eur(self) -> float | None:
        """Cost [EUR]."""
        return None if self.cost_cents is None else self.cost_cents / CENTS_PER_EUR


def read_measures(
    measures: pl.DataFrame, energy: pl.DataFrame, factors_t_per_mwh: Mapping[str, float]
) -> list[Measure]:
    """Measures in the order of their file, with the energy of each.

    Parameters
    ----------
    measures, energy : rows of the tables ``measures`` and ``measures_energy``
    factors_t_per_mwh : CO2e factor of each carrier in the target year [t/MWh]
    """
    by_code: dict[str, dict[str, int]] = {}
    for code, carrier, energy_wh in energy.select("code", "carrier", "energy_wh").iter_rows():
        by_code.setdefault(code, {})[carrier] = energy_wh
    found = []
    for row in measures.sort("line").iter_rows(named=True):
        removed = by_code.get(row["code"], {})
        known = removed and all(carrier in factors_t_per_mwh for carrier in removed)
        implied = sum(
            round(energy_wh * factors_t_per_mwh[carrier] * MG_PER_WH_AT_ONE_T_PER_MWH)
            for carrier, energy_wh in removed.items()
        ) if known else None  # fmt: skip
        found.append(
            Measure(
                code=row["code"],
                name_en=row["name_en"],
                name_ro=row["name_ro"],
                sector=row["sector"],
                field=row["field"],
                lever=row["lever"] or "",
                cost_cents=row["cost_cents"],
                claimed_mg=row["claimed_mg"],
                implied_mg=implied,
                energy_wh=dict(sorted(removed.items())),
                printed_eur_per_t=row["printed_eur_per_t"],
                source=row["source"],
                line=row["line"],
            )
        )
    return found
