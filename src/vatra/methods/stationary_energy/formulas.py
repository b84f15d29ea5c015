"""Fuel burnt in buildings, industry, waste plants and on land."""

import polars as pl

from vatra.methods.base import to_integer_mg
from vatra.units import MG_PER_WH_AT_ONE_T_PER_MWH


def emission_mg(energy_wh: pl.Expr, factor_t_per_mwh: pl.Expr) -> pl.Expr:
    """Mass of a gas from fuel burnt.

    ``E = fuel x EF`` (IPCC 2006, Volume 2, Chapter 2, Equation 2.1, tier 1).

    Parameters
    ----------
    energy_wh : fuel burnt, net calorific value [Wh]
    factor_t_per_mwh : mass of the gas per energy of the fuel [t/MWh]

    Returns
    -------
    Mass of the gas [mg], whole numbers.
    """
    return to_integer_mg(energy_wh * factor_t_per_mwh * MG_PER_WH_AT_ONE_T_PER_MWH)
