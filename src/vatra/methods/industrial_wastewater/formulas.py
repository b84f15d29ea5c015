"""Methane of the wastewater of industry."""

from vatra.units import MASS

T_PER_KG = MASS.accepted["kg"]


def oxygen_demand_t(product_t: float, flow_m3_per_t: float, cod_kg_per_m3: float) -> float:
    """Organic matter in the wastewater of a product.

    ``TOW = P x W x COD`` (IPCC 2006, Volume 5, Chapter 6, Equation 6.6; in tonnes here).

    Parameters
    ----------
    product_t : product made in the year [t]
    flow_m3_per_t : wastewater per product W [m3/t]
    cod_kg_per_m3 : chemical oxygen demand of the wastewater [kg/m3]

    Returns
    -------
    Chemical oxygen demand [t in the year].
    """
    return product_t * flow_m3_per_t * cod_kg_per_m3 * T_PER_KG


def methane_generated_t(load_t: float, sludge_t: float, capacity: float, mcf: float) -> float:
    """Methane that a treatment generates.

    ``(TOW - S) x Bo x MCF`` (IPCC 2006, Volume 5, Chapter 6, Equations 6.4 and 6.5).

    Parameters
    ----------
    load_t : organic matter that reaches the treatment [t COD]
    sludge_t : organic matter removed with the sludge S [t COD]
    capacity : methane that the matter can give Bo [t/t COD]
    mcf : part of it that the treatment gives [1]

    Returns
    -------
    Methane [t].
    """
    return (load_t - sludge_t) * capacity * mcf
