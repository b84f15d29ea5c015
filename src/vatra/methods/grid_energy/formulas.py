"""Electricity and heat bought from a network."""

import polars as pl

from vatra.methods.base import to_integer_mg
from vatra.units import MG_PER_WH_AT_ONE_T_PER_MWH


def emission_mg(energy_wh: pl.Expr, factor_t_per_mwh: pl.Expr) -> pl.Expr:
    """Mass of a gas from energy bought from a network.

    ``E = energy x EF_grid`` (GPC 1.1, Section 6.3; GHG Protocol Scope 2 Guidance, Section 4).

    Parameters
    ----------
    energy_wh : energy bought, at the meter [Wh]
    factor_t_per_mwh : mass of the gas per energy of the network's mix in that year [t/MWh]

    Returns
    -------
    Mass of the gas [mg], whole numbers.
    """
    return to_integer_mg(energy_wh * factor_t_per_mwh * MG_PER_WH_AT_ONE_T_PER_MWH)
