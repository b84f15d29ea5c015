"""How much refrigerant was lost in a year."""


def balance_kg(
    stock_start_kg: float,
    stock_end_kg: float,
    purchases_kg: float,
    sales_kg: float,
    new_capacity_kg: float,
    retired_capacity_kg: float,
) -> float:
    """Refrigerant that left without being sold or kept: the mass balance.

    ``E = (stock at start - stock at end) + purchases - sales - (charge of new equipment -
    charge of retired equipment)`` (IPCC 2006, Volume 3, Chapter 7, Equation 7.9, tier 2b, with
    the change of stock as the balance of a site has it).

    Parameters
    ----------
    stock_start_kg, stock_end_kg : gas kept in containers on the first and the last day [kg]
    purchases_kg : gas bought, also inside new equipment, and gas returned by users [kg]
    sales_kg : gas sold, sent back, recycled elsewhere or destroyed [kg]
    new_capacity_kg : full charge of equipment that came into use [kg]
    retired_capacity_kg : full charge of equipment taken out of use [kg]

    Returns
    -------
    Refrigerant emitted [kg]; below zero where the figures cannot be right.
    """
    used_up_kg = stock_start_kg - stock_end_kg + purchases_kg - sales_kg
    return used_up_kg - (new_capacity_kg - retired_capacity_kg)


def filling_kg(filled_kg: float, loss_share: float) -> float:
    """Lost while new equipment is charged.

    ``E = M x k`` (IPCC 2006, Volume 3, Chapter 7, Equation 7.12).

    Parameters
    ----------
    filled_kg : refrigerant charged into new equipment in the year [kg]
    loss_share : share lost at assembly or installation [share]
    """
    return filled_kg * loss_share


def leak_kg(bank_kg: float, leak_share: float) -> float:
    """Lost from equipment in use, servicing included.

    ``E = B x x`` (IPCC 2006, Volume 3, Chapter 7, Equation 7.13).

    Parameters
    ----------
    bank_kg : refrigerant held by equipment in use [kg]
    leak_share : share lost in a year [share]
    """
    return bank_kg * leak_share


def end_of_life_kg(charge_kg: float, remaining_share: float, recovered_share: float) -> float:
    """Lost when equipment is taken out of use.

    ``E = M x p x (1 - n)`` (IPCC 2006, Volume 3, Chapter 7, Equation 7.14).

    Parameters
    ----------
    charge_kg : full charge of the equipment taken out of use [kg]
    remaining_share : share of the charge still inside [share]
    recovered_share : share of what is inside that is recovered [share]
    """
    return charge_kg * remaining_share * (1 - recovered_share)
