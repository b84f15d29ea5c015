"""Gases of waste composted or digested."""

from vatra.units import MASS

T_PER_KG = MASS.accepted["kg"]


def gas_generated_t(waste_t: float, factor_g_per_kg: float) -> float:
    """Mass of a gas that the treatment generates.

    ``M x EF x 10^-3`` (IPCC 2006, Volume 5, Chapter 4, Equations 4.1 and 4.2).

    Parameters
    ----------
    waste_t : waste treated, wet or dry as the factor is [t]
    factor_g_per_kg : gas per mass of waste [g/kg]

    Returns
    -------
    Mass of the gas [t].
    """
    return waste_t * factor_g_per_kg * T_PER_KG


def methane_emitted_t(generated_t: float, recovered_t: float) -> float:
    """Methane that leaves the plant.

    ``CH4 = M x EF x 10^-3 - R`` (IPCC 2006, Volume 5, Chapter 4, Equation 4.1).

    Parameters
    ----------
    generated_t : methane generated [t]
    recovered_t : methane recovered, not above ``generated_t`` [t]

    Returns
    -------
    Methane [t].
    """
    return generated_t - recovered_t
