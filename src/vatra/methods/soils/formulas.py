"""N2O of nitrogen brought onto soils, CO2 of lime and urea, gases of burning."""

KG_PER_T = 1000
# Molar masses: 44 g N2O hold 28 g of nitrogen, 44 g CO2 hold 12 g of carbon.
N2O_PER_N = 44 / 28
CO2_PER_C = 44 / 12


def direct_t(nitrogen_t: float, factor_share: float) -> float:
    """N2O straight from nitrogen in the soil.

    ``N2O = F x EF1 x 44/28`` (IPCC 2006, Volume 4, Chapter 11, Equation 11.1).

    Parameters
    ----------
    nitrogen_t : nitrogen brought onto soils [t]
    factor_share : N2O-N per nitrogen [share]
    """
    return nitrogen_t * factor_share * N2O_PER_N


def indirect_t(nitrogen_t: float, moved_share: float, factor_share: float) -> float:
    """N2O from nitrogen that leaves as ammonia, or with water.

    ``N2O = F x Frac x EF x 44/28`` (IPCC 2006, Volume 4, Chapter 11, Equations 11.9 and 11.10).

    Parameters
    ----------
    nitrogen_t : nitrogen brought onto soils [t]
    moved_share : share that leaves as ammonia and nitrogen oxides, or is leached [share]
    factor_share : N2O-N per nitrogen that left [share]
    """
    return nitrogen_t * moved_share * factor_share * N2O_PER_N


def drained_t(area_ha: float, factor_kg_per_ha: float) -> float:
    """N2O of drained organic soil.

    ``N2O = F_OS x EF2 x 44/28`` (IPCC 2006, Volume 4, Chapter 11, Equation 11.1).

    Parameters
    ----------
    area_ha : drained organic soil [ha]
    factor_kg_per_ha : N2O-N per area and year [kg/ha]
    """
    return area_ha * factor_kg_per_ha / KG_PER_T * N2O_PER_N


def carbonate_t(amount_t: float, carbon_share: float) -> float:
    """CO2 of lime or urea.

    ``CO2 = M x EF x 44/12`` (IPCC 2006, Volume 4, Chapter 11, Equations 11.12 and 11.13).

    Parameters
    ----------
    amount_t : limestone, dolomite or urea spread [t]
    carbon_share : carbon that leaves per mass spread [share]
    """
    return amount_t * carbon_share * CO2_PER_C


def burning_t(burnt_t: float, factor_g_per_kg: float) -> float:
    """A gas of dry matter burnt in the field.

    ``L = A x M_B x C_f x G_ef / 1000`` (IPCC 2006, Volume 4, Chapter 2, Equation 2.27), the first
    three together being the dry matter burnt.

    Parameters
    ----------
    burnt_t : dry matter burnt [t]
    factor_g_per_kg : mass of the gas per dry matter burnt [g/kg]
    """
    return burnt_t * factor_g_per_kg / KG_PER_T
