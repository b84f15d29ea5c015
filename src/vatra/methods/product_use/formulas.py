"""Emissions of products while they are used."""

# Molar masses: 44 g CO2 hold 12 g of carbon.
CO2_PER_C = 44 / 12
TJ_PER_T_AT_ONE_TJ_PER_GG = 1e-3


def oxidised_t(
    used_t: float, energy_tj_per_gg: float, carbon_t_per_tj: float, oxidised_share: float
) -> float:
    """CO2 of lubricants or wax that burn while they are used.

    ``CO2 = use x CC x ODU x 44/12`` (IPCC 2006, Volume 3, Chapter 5, Equations 5.2 and 5.4), the
    use in energy.

    Parameters
    ----------
    used_t : lubricant or wax used [t]
    energy_tj_per_gg : net calorific value [TJ/Gg]
    carbon_t_per_tj : carbon content [t/TJ]
    oxidised_share : share oxidised during use [share]
    """
    energy_tj = used_t * energy_tj_per_gg * TJ_PER_T_AT_ONE_TJ_PER_GG
    return energy_tj * carbon_t_per_tj * oxidised_share * CO2_PER_C


def released_t(sold_t: float, released_share: float) -> float:
    """N2O of what was sold.

    ``N2O = sold x EF`` (IPCC 2006, Volume 3, Chapter 8, Equation 8.24, sales of one year).

    Parameters
    ----------
    sold_t : N2O sold for the purpose [t]
    released_share : share that reaches the air [share]
    """
    return sold_t * released_share


def switchgear_kg(
    bank_kg: float, leak_share: float, retired_kg: float, remaining_share: float
) -> float:
    """SF6 of switchgear in use and taken out of use.

    ``E = installed x EF_use + retired x EF_disposal`` (IPCC 2006, Volume 3, Chapter 8, Equation
    8.1, tier 1; its making counts where it is made).

    Parameters
    ----------
    bank_kg : SF6 installed [kg]
    leak_share : share lost in a year [share]
    retired_kg : full charge of equipment taken out of use [kg]
    remaining_share : share of it still inside that is lost, nothing being recovered [share]
    """
    return bank_kg * leak_share + retired_kg * remaining_share


def balance_kg(
    stock_start_kg: float,
    stock_end_kg: float,
    purchases_kg: float,
    sales_kg: float,
    new_capacity_kg: float,
    retired_capacity_kg: float,
) -> float:
    """SF6 that left without being sold or kept.

    ``E = (stock at start - stock at end) + bought - sold - (new capacity - retired capacity)``
    (IPCC 2006, Volume 3, Chapter 8, Section 8.2, tier 3 utility level).

    Parameters
    ----------
    stock_start_kg, stock_end_kg : SF6 in containers on the first and the last day [kg]
    purchases_kg, sales_kg : SF6 bought, also inside equipment, and SF6 given away [kg]
    new_capacity_kg, retired_capacity_kg : full charge of equipment put in and out of use [kg]

    Returns
    -------
    SF6 emitted [kg]; below zero where the figures cannot be right.
    """
    used_up_kg = stock_start_kg - stock_end_kg + purchases_kg - sales_kg
    return used_up_kg - (new_capacity_kg - retired_capacity_kg)
