"""Carbon of land: gains, losses, stocks, soils. Carbon gained is CO2 removed."""

# Molar masses: 44 g CO2 hold 12 g of carbon.
CO2_PER_C = 44 / 12


def emission_t(carbon_t: float) -> float:
    """CO2 of a change of stored carbon [t]; below zero, a removal, where carbon grows."""
    return -carbon_t * CO2_PER_C


def growth_t(
    area_ha: float, growth_t_per_ha: float, root_share: float, carbon_share: float
) -> float:
    """Carbon gained by growth in a year.

    ``dC_G = A x G_W x (1 + R) x CF`` (IPCC 2006, Volume 4, Chapter 2, Equations 2.9 and 2.10).

    Parameters
    ----------
    area_ha : area of the forest [ha]
    growth_t_per_ha : dry matter grown above ground in a year [t/ha]
    root_share : dry matter below ground per dry matter above ground [share]
    carbon_share : carbon per dry matter [share]

    Returns
    -------
    Carbon [t].
    """
    return area_ha * growth_t_per_ha * (1 + root_share) * carbon_share


def removed_t(
    wood_m3: float, expansion_t_per_m3: float, root_share: float, carbon_share: float
) -> float:
    """Carbon lost with wood that is harvested, or gathered as whole trees for fuel.

    ``L = H x BCEF_R x (1 + R) x CF`` (IPCC 2006, Volume 4, Chapter 2, Equations 2.12 and 2.13).

    Parameters
    ----------
    wood_m3 : merchantable wood over bark, or wood of whole trees, in a year [m3]
    expansion_t_per_m3 : dry matter of the tree above ground per volume taken out [t/m3]
    root_share, carbon_share : as in ``growth_t``
    """
    return wood_m3 * expansion_t_per_m3 * (1 + root_share) * carbon_share


def disturbed_t(
    area_ha: float,
    biomass_t_per_ha: float,
    root_share: float,
    carbon_share: float,
    lost_share: float,
) -> float:
    """Carbon lost to fire, insects or storms.

    ``L = A x B_W x (1 + R) x CF x fd`` (IPCC 2006, Volume 4, Chapter 2, Equation 2.14).

    Parameters
    ----------
    area_ha : area disturbed in the year [ha]
    biomass_t_per_ha : dry matter above ground [t/ha]
    lost_share : share of the biomass lost [share]
    root_share, carbon_share : as in ``growth_t``
    """
    return area_ha * biomass_t_per_ha * (1 + root_share) * carbon_share * lost_share


def converted_t(area_ha: float, after_t_per_ha: float, before_t_per_ha: float) -> float:
    """Change of carbon in biomass in the year in which land changes its use.

    ``dC = (B_after - B_before) x A`` (IPCC 2006, Volume 4, Chapter 2, Equation 2.16, in carbon).

    Parameters
    ----------
    area_ha : area that changed [ha]
    after_t_per_ha, before_t_per_ha : carbon in biomass after and before [t/ha]
    """
    return (after_t_per_ha - before_t_per_ha) * area_ha


def soil_t_per_ha(
    reference_t_per_ha: float, use_share: float, management_share: float, residue_share: float
) -> float:
    """Carbon in mineral soil to 30 cm.

    ``SOC = SOC_REF x F_LU x F_MG x F_I`` (IPCC 2006, Volume 4, Chapter 2, Equation 2.25).

    Parameters
    ----------
    reference_t_per_ha : carbon under native vegetation [t/ha]
    use_share, management_share, residue_share : stock change factors of land use, management and
        input of organic matter [share]
    """
    return reference_t_per_ha * use_share * management_share * residue_share


def stock_difference_t(
    carbon_from_t: float, carbon_to_t: float, year_from: int, year_to: int
) -> float:
    """Change of carbon in a year between two stocks.

    ``dC = (C_t2 - C_t1) / (t2 - t1)`` (IPCC 2006, Volume 4, Chapter 2, Equation 2.8; for soils
    Equation 2.25 with the time of transition).

    Parameters
    ----------
    carbon_from_t, carbon_to_t : carbon at the first and at the second time [t]
    year_from, year_to : the two times, the second later

    Returns
    -------
    Carbon gained in a year [t].
    """
    return (carbon_to_t - carbon_from_t) / (year_to - year_from)
