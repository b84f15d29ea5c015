"""Methane of digestion and manure, nitrogen of manure and the N2O it becomes."""

KG_PER_T = 1000
DAYS_PER_YEAR = 365
# Molar masses: 44 g N2O hold 28 g of nitrogen.
N2O_PER_N = 44 / 28


def methane_t(heads_count: float, factor_kg_per_head: float) -> float:
    """CH4 of digestion or of manure.

    ``CH4 = EF x N`` (IPCC 2006, Volume 4, Chapter 10, Equations 10.19 and 10.22, tier 1).

    Parameters
    ----------
    heads_count : average number of animals in the year
    factor_kg_per_head : CH4 per animal and year [kg]

    Returns
    -------
    CH4 [t].
    """
    return heads_count * factor_kg_per_head / KG_PER_T


def excreted_t(heads_count: float, rate_kg_per_t_day: float, mass_kg: float) -> float:
    """Nitrogen excreted in a year.

    ``N = heads x N_rate x TAM / 1000 x 365`` (IPCC 2006, Volume 4, Chapter 10, Equation 10.30).

    Parameters
    ----------
    heads_count : average number of animals in the year
    rate_kg_per_t_day : nitrogen per tonne of animal and day [kg]
    mass_kg : mass of one animal [kg]

    Returns
    -------
    Nitrogen [t].
    """
    return heads_count * rate_kg_per_t_day * mass_kg / KG_PER_T * DAYS_PER_YEAR / KG_PER_T


def direct_t(nitrogen_t: float, system_share: float, factor_share: float) -> float:
    """N2O straight from manure.

    ``N2O = N x MS x EF3 x 44/28`` (IPCC 2006, Volume 4, Chapter 10, Equation 10.25; on pasture
    Chapter 11, Equation 11.1).

    Parameters
    ----------
    nitrogen_t : nitrogen excreted [t]
    system_share : share of it in the system [share]
    factor_share : N2O-N per nitrogen in the system [share]
    """
    return nitrogen_t * system_share * factor_share * N2O_PER_N


def indirect_t(
    nitrogen_t: float, system_share: float, moved_share: float, factor_share: float
) -> float:
    """N2O from nitrogen that left as ammonia, or with water.

    ``N2O = N x MS x Frac x EF x 44/28`` (IPCC 2006, Volume 4, Chapter 10, Equations 10.26 and
    10.27; on pasture Chapter 11, Equations 11.9 and 11.10).

    Parameters
    ----------
    nitrogen_t : nitrogen excreted [t]
    system_share : share of it in the system [share]
    moved_share : share that leaves as ammonia and nitrogen oxides, or is leached [share]
    factor_share : N2O-N per nitrogen that left [share]
    """
    return nitrogen_t * system_share * moved_share * factor_share * N2O_PER_N
