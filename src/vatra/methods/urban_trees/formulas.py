"""Carbon that trees in settlements take up."""

# Molar masses: 44 g CO2 hold 12 g of carbon.
CO2_PER_C = 44 / 12


def crown_growth_t(area_ha: float, growth_t_per_ha: float) -> float:
    """Carbon taken up by crown cover in a year.

    ``dC_G = AT x CRW`` (IPCC 2006, Volume 4, Chapter 8, Equation 8.2, tier 2a).

    Parameters
    ----------
    area_ha : area covered by crowns, not of the park [ha]
    growth_t_per_ha : carbon per area of crowns and year [t/ha]

    Returns
    -------
    Carbon [t].
    """
    return area_ha * growth_t_per_ha


def tree_growth_t(trees_count: float, growth_t_per_tree: float) -> float:
    """Carbon taken up by single trees in a year.

    ``dC_G = NT x C`` (IPCC 2006, Volume 4, Chapter 8, Equation 8.3, tier 2b).

    Parameters
    ----------
    trees_count : number of trees of a species class
    growth_t_per_tree : carbon per tree and year [t]

    Returns
    -------
    Carbon [t].
    """
    return trees_count * growth_t_per_tree


def removal_t(carbon_t: float, age_years: float, active_years: float) -> float:
    """CO2 removed, below zero; none once trees are past their active growing period.

    After it, what grows is taken to be lost again (IPCC 2006, Volume 4, Chapter 8, Section
    8.2.1.1).

    Parameters
    ----------
    carbon_t : carbon taken up in a year while growing [t]
    age_years : mean age of the trees [years]
    active_years : length of the active growing period [years]
    """
    return -carbon_t * CO2_PER_C if age_years <= active_years else 0.0
