"""Emissions of a process, tier 1."""


def process_t(
    production_t: float,
    factor_t_per_t: float,
    correction_share: float,
    cullet_share: float,
    abated_share: float,
) -> float:
    """Mass of a gas from what was produced.

    ``E = production x EF x correction x (1 - cullet) x (1 - abated)`` (IPCC 2006, Volume 3,
    Equations 2.4 for clinker, 2.10 for glass, 3.5 for nitric acid; the others without the terms
    that are not theirs).

    Parameters
    ----------
    production_t : production, or carbonate used [t]
    factor_t_per_t : mass of the gas per production [t/t]
    correction_share : what the factor is to be multiplied with, as for dust lost from the kiln; 1
        where there is nothing
    cullet_share : share of the melt that was glass before [share]
    abated_share : share of the gas destroyed or captured before it leaves [share]

    Returns
    -------
    Mass of the gas [t].
    """
    return production_t * factor_t_per_t * correction_share * (1 - cullet_share) * (
        1 - abated_share
    )  # fmt: skip


def electronics_t(substrate_m2: float, factor_kg_per_m2: float, abated_share: float) -> float:
    """Mass of a gas from etching and cleaning of substrate.

    ``FC = EF x area x (1 - abated)`` (IPCC 2006, Volume 3, Chapter 6, Equation 6.1, with the area
    that was really processed).

    Parameters
    ----------
    substrate_m2 : area of substrate processed in the year [m2]
    factor_kg_per_m2 : mass of the gas per area [kg/m2]
    abated_share : share of the gas destroyed before it leaves [share]

    Returns
    -------
    Mass of the gas [t].
    """
    return substrate_m2 * factor_kg_per_m2 / 1000 * (1 - abated_share)
