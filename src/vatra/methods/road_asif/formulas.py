"""Activity, structure, intensity, fuel."""


def vehicle_km(traffic_km: float, load: float) -> float:
    """Kilometres of vehicles behind kilometres of passengers or goods.

    Parameters
    ----------
    traffic_km : passenger-kilometres or tonne-kilometres [km]
    load : passengers or tonnes aboard a vehicle on average, above zero [persons or t]

    Returns
    -------
    Kilometres of vehicles [km].
    """
    return traffic_km / load


def emission_t(vehicles_km: float, energy_mwh_per_km: float, factor_t_per_mwh: float) -> float:
    """Mass of a gas from vehicles driven.

    ``G = A x S x I x F`` (GPC 1.1, Section 7.3): activity and structure are the
    kilometres of one kind of vehicle with one carrier, intensity its energy per kilometre, fuel
    the factor of the carrier.

    Parameters
    ----------
    vehicles_km : kilometres of the vehicles in a year [km]
    energy_mwh_per_km : energy that a kilometre takes, net calorific value [MWh/km]
    factor_t_per_mwh : mass of the gas per energy of the carrier [t/MWh]

    Returns
    -------
    Mass of the gas [t].
    """
    return vehicles_km * energy_mwh_per_km * factor_t_per_mwh
