"""Gases of waste burnt."""

from vatra.units import MASS

# Mass of a molecule of carbon dioxide over that of its atom of carbon.
CO2_PER_CARBON = 44 / 12
T_PER_G = MASS.accepted["kg"] ** 2


def carbon_dioxide_t(
    waste_t: float, dry_matter: float, carbon: float, share: float, oxidised: float
) -> float:
    """Carbon dioxide of fossil or of biogenic origin.

    ``CO2 = SW x dm x CF x FCF x OF x 44/12`` (IPCC 2006, Volume 5, Chapter 5, Equation 5.1).

    Parameters
    ----------
    waste_t : waste burnt, wet weight [t]
    dry_matter : dry matter in it dm [t/t]
    carbon : carbon in the dry matter CF [t/t]
    share : fossil part of the carbon FCF, or what is left of it for the biogenic part [t/t]
    oxidised : part of the carbon that burns OF [t/t]

    Returns
    -------
    Carbon dioxide [t].
    """
    return waste_t * dry_matter * carbon * share * oxidised * CO2_PER_CARBON


def gas_t(waste_t: float, factor_g_per_t: float) -> float:
    """Methane or nitrous oxide.

    ``IW x EF x 10^-6`` (IPCC 2006, Volume 5, Chapter 5, Equations 5.4 and 5.5). The tables print
    kilograms per gigagram, which are grams per tonne.

    Parameters
    ----------
    waste_t : waste burnt, wet or dry as the factor is [t]
    factor_g_per_t : gas per mass of waste [g/t]

    Returns
    -------
    Mass of the gas [t].
    """
    return waste_t * factor_g_per_t * T_PER_G
